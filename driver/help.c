/* SPDX-License-Identifier: BSD-2-Clause */
#include "help.h"

#include <string.h>

#define WIDTH       80
#define HELP_INDENT 6

void help_add_paragraph(struct strbuf *out, const char *text, size_t indent)
{
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " ");

		if (column && column + 1 + length > WIDTH) {
			strbuf_add_char(out, '\n');
			column = 0;
		}
		if (column) {
			strbuf_add_char(out, ' ');
			column++;
		} else {
			strbuf_add_format(out, "%*s", (int)indent, "");
			column = indent;
		}
		strbuf_add(out, text, length);
		column += length;
		text += length + (text[length] == ' ');
	}
	strbuf_add_char(out, '\n');
}

void help_add_options(struct strbuf *out, const struct option_table *table)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct option_spec *spec = &table->specs[i];

		if (!spec->help)
			continue;
		strbuf_add_format(out, "  -%s%s%s", spec->name, spec->argument ? " " : "",
				  spec->argument ? spec->argument : "");
		if (spec->environment[0])
			strbuf_add_format(out, "  (environment: %s%s%s)", spec->environment[0],
					  spec->environment[1] ? ", else " : "",
					  spec->environment[1] ? spec->environment[1] : "");
		strbuf_add_char(out, '\n');
		help_add_paragraph(out, spec->help, HELP_INDENT);
	}
}
