/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A byte that prints stands for itself, except for quote, backslash and '?' (two of which begin a
 * trigraph). Any other is an octal escape, as short as what follows it allows: "\0" before another
 * escape, "\000" before a digit. Octal, because an escape of hexadecimal digits has no end.
 */
#include "c_literal.h"

#include <stdbool.h>
#include <string.h>

#define LINE_WIDTH 96

static bool stands_for_itself(unsigned char c)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
}

/* Writes one byte, at most 4 characters; `next` is the byte behind it, or -1 at the end of a line.
 */
static size_t put_byte(char *out, unsigned char c, int next)
{
	bool is_before_digit = next >= '0' && next <= '9';
	size_t n = 0;

	if (stands_for_itself(c)) {
		out[n++] = (char)c;
		return n;
	}
	out[n++] = '\\';
	if (c == '"' || c == '\\') {
		out[n++] = (char)c;
		return n;
	}
	if (c >= 0100 || is_before_digit)
		out[n++] = (char)('0' + (c >> 6));
	if (c >= 010 || is_before_digit)
		out[n++] = (char)('0' + ((c >> 3) & 7));
	out[n++] = (char)('0' + (c & 7));
	return n;
}

char *c_literal_string(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	char *literal = arena_alloc(arena, 4 * length + 3), *end = literal;

	*end++ = '"';
	for (size_t i = 0; i < length; i++)
		end += put_byte(end, (unsigned char)text[i], (unsigned char)text[i + 1]);
	*end++ = '"';
	*end = '\0';
	return literal;
}

void c_literal_bytes(struct strbuf *out, struct bytes bytes, const char *indent)
{
	size_t i = 0, indent_length = strlen(indent);

	do {
		char *start = strbuf_reserve(out, indent_length + LINE_WIDTH + 8), *end = start;

		memcpy(end, indent, indent_length);
		end += indent_length;
		*end++ = '"';
		/* Four columns for the longest byte, one for the quote. */
		while (i < bytes.size && end - start < LINE_WIDTH - 4) {
			int next = i + 1 < bytes.size ? bytes.data[i + 1] : -1;

			end += put_byte(end, bytes.data[i++], next);
		}
		*end++ = '"';
		*end++ = '\n';
		*end = '\0';
		out->length += (size_t)(end - start);
	} while (i < bytes.size);
}
