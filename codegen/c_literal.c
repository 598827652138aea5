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

/* How a byte is written before anything but a digit. */
struct escape {
	unsigned char length;
	char text[4];
};

static bool stands_for_itself(unsigned char c)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '?';
}

static struct escape escape_of(unsigned char c, bool is_before_digit)
{
	struct escape e = {0};

	if (stands_for_itself(c)) {
		e.text[e.length++] = (char)c;
		return e;
	}
	e.text[e.length++] = '\\';
	if (c == '"' || c == '\\') {
		e.text[e.length++] = (char)c;
		return e;
	}
	if (c >= 0100 || is_before_digit)
		e.text[e.length++] = (char)('0' + (c >> 6));
	if (c >= 010 || is_before_digit)
		e.text[e.length++] = (char)('0' + ((c >> 3) & 7));
	e.text[e.length++] = (char)('0' + (c & 7));
	return e;
}

/* Objects have many bytes: each is looked up. */
static const struct escape *escapes(void)
{
	static struct escape table[256];

	if (!table[0].length) {
		for (int c = 0; c < 256; c++)
			table[c] = escape_of((unsigned char)c, false);
	}
	return table;
}

/* Writes one byte, at most 4 characters, with room for as many; `next` is the byte behind it, or -1
 * at the end of a line. */
static size_t put_byte(char *out, const struct escape *table, unsigned char c, int next)
{
	struct escape e = table[c];

	if (next >= '0' && next <= '9' && e.length > 1)
		e = escape_of(c, true);
	memcpy(out, e.text, sizeof(e.text));
	return e.length;
}

char *c_literal_string(struct arena *arena, const char *text)
{
	size_t length = strlen(text);
	char *literal = arena_alloc(arena, 4 * length + 7), *end = literal;

	*end++ = '"';
	for (size_t i = 0; i < length; i++)
		end += put_byte(end, escapes(), (unsigned char)text[i], (unsigned char)text[i + 1]);
	*end++ = '"';
	*end = '\0';
	return literal;
}

void c_literal_bytes(struct strbuf *out, struct bytes bytes, const char *indent)
{
	const struct escape *table = escapes();
	size_t i = 0, indent_length = strlen(indent);

	do {
		char *start = strbuf_reserve(out, indent_length + LINE_WIDTH + 8), *end = start;

		memcpy(end, indent, indent_length);
		end += indent_length;
		*end++ = '"';
		/* Four columns for the longest byte, one for the quote. */
		while (i < bytes.size && end - start < LINE_WIDTH - 4) {
			int next = i + 1 < bytes.size ? bytes.data[i + 1] : -1;

			end += put_byte(end, table, bytes.data[i++], next);
		}
		*end++ = '"';
		*end++ = '\n';
		*end = '\0';
		out->length += (size_t)(end - start);
	} while (i < bytes.size);
}
