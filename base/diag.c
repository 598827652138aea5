/* SPDX-License-Identifier: BSD-2-Clause */
#include "diag.h"

#include <stdarg.h>

#include "strbuf.h"

__attribute__((format(printf, 4, 0))) static void report(struct diag *diag, enum diag_level level,
							 const char *where, const char *format,
							 va_list args)
{
	struct strbuf text = STRBUF_INIT;

	if (!diag->emit)
		return;
	strbuf_add_vformat(&text, format, args);
	diag->emit(diag->context, level, where, text.text);
	strbuf_release(&text);
}

int diag_error(struct diag *diag, const char *where, const char *format, ...)
{
	va_list args;

	diag->n_errors++;
	va_start(args, format);
	report(diag, DIAG_ERROR, where, format, args);
	va_end(args);
	return -1;
}

void diag_warning(struct diag *diag, const char *where, const char *format, ...)
{
	va_list args;

	diag->n_warnings++;
	va_start(args, format);
	report(diag, DIAG_WARNING, where, format, args);
	va_end(args);
}

void diag_note(struct diag *diag, const char *where, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report(diag, DIAG_NOTE, where, format, args);
	va_end(args);
}
