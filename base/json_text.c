/* SPDX-License-Identifier: BSD-2-Clause */
#include "json_text.h"

#include "utf8.h"

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

/* What is hidden is at most three bytes of UTF-8. */
static void add_hidden(struct strbuf *out, const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;
	unsigned code = bytes[0] < 0x80   ? bytes[0]
			: bytes[0] < 0xe0 ? (bytes[0] & 0x1fU) << 6 | (bytes[1] & 0x3fU)
					  : (bytes[0] & 0xfU) << 12 | (bytes[1] & 0x3fU) << 6 |
						    (bytes[2] & 0x3fU);

	strbuf_add_format(out, "\\u%04x", code);
}

void json_text_escape(struct strbuf *out, const char *text, size_t size)
{
	for (const char *end = text + size; text < end;) {
		size_t length = utf8_length(text), taken = length ? length : 1;

		if (!length)
			strbuf_add_string(out, "\xef\xbf\xbd");
		else if (*text != '\n' && utf8_is_hidden(text))
			add_hidden(out, text);
		else
			strbuf_add(out, text, taken);
		text += taken;
	}
}

/* How many bytes stand for themselves. */
static size_t plain_length(const char *text)
{
	size_t length = 0;

	while (text[length] >= ' ' && text[length] <= '~' && text[length] != '"' &&
	       text[length] != '\\')
		length++;
	return length;
}

static void add_quoted(struct strbuf *out, const char *text)
{
	strbuf_add_char(out, '"');
	while (*text) {
		size_t plain = plain_length(text), length;

		strbuf_add(out, text, plain);
		text += plain;
		length = utf8_length(text);
		if (*text == '"' || *text == '\\')
			strbuf_add_format(out, "\\%c", *text);
		else if (*text == '\n')
			strbuf_add_string(out, "\\n");
		else if (*text == '\t')
			strbuf_add_string(out, "\\t");
		else if (*text)
			json_text_escape(out, text, length ? length : 1);
		text += !*text ? 0 : length ? length : 1;
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
