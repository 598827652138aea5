/* SPDX-License-Identifier: BSD-2-Clause */
#include "json_text.h"

#define INDENT 4

static void separate(struct json_text *json)
{
	if (json->needs_comma)
		strbuf_add_char(json->out, ',');
	json->needs_comma = true;
}

static void end_line(struct json_text *json)
{
	if (json->is_pretty)
		strbuf_add_format(json->out, "\n%*s", json->depth * INDENT, "");
}

void json_text_open(struct json_text *json, char bracket)
{
	separate(json);
	strbuf_add_char(json->out, bracket);
	json->depth++;
	json->needs_comma = false;
}

void json_text_close(struct json_text *json, char bracket)
{
	json->depth--;
	if (json->needs_comma)
		end_line(json);
	strbuf_add_char(json->out, bracket);
	json->needs_comma = true;
}

static void add_quoted(struct strbuf *out, const char *text)
{
	strbuf_add_char(out, '"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			strbuf_add_format(out, "\\%c", c);
		else if (c == '\n')
			strbuf_add_string(out, "\\n");
		else if (c == '\t')
			strbuf_add_string(out, "\\t");
		else if (c < ' ')
			strbuf_add_format(out, "\\u%04x", c);
		else
			strbuf_add_char(out, *text);
	}
	strbuf_add_char(out, '"');
}

void json_text_key(struct json_text *json, const char *name)
{
	separate(json);
	end_line(json);
	add_quoted(json->out, name);
	strbuf_add_string(json->out, json->is_pretty ? ": " : ":");
	json->needs_comma = false;
}

void json_text_string(struct json_text *json, const char *text)
{
	separate(json);
	add_quoted(json->out, text);
}

void json_text_literal(struct json_text *json, const char *text)
{
	separate(json);
	strbuf_add_string(json->out, text);
}

void json_text_integer(struct json_text *json, long long value)
{
	separate(json);
	strbuf_add_format(json->out, "%lld", value);
}

void json_text_unsigned(struct json_text *json, unsigned long long value)
{
	separate(json);
	strbuf_add_format(json->out, "%llu", value);
}
