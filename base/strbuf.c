/* SPDX-License-Identifier: BSD-2-Clause */
#include "strbuf.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "large.h"

/* Room for a formatted text that is made before its length is known. */
#define FORMAT_ROOM 256

char strbuf_empty[1];

char *strbuf_reserve(struct strbuf *buf, size_t extra)
{
	size_t capacity = buf->capacity ? buf->capacity : 64;
	char *larger;

	if (extra > SIZE_MAX / 2 - buf->length)
		bug_out_of_memory();
	while (capacity < buf->length + extra + 1)
		capacity *= 2;
	if (capacity == buf->capacity)
		return buf->text + buf->length;
	larger = realloc(buf->capacity ? buf->text : NULL, capacity);
	if (!larger)
		bug_out_of_memory();
	if (!buf->capacity)
		larger[0] = '\0';
	if (capacity >= LARGE_FROM)
		large_pages(larger, capacity);
	buf->text = larger;
	buf->capacity = capacity;
	return buf->text + buf->length;
}

void strbuf_add(struct strbuf *buf, const void *data, size_t size)
{
	bool has_room = size < buf->capacity - buf->length;
	char *end = has_room ? buf->text + buf->length : strbuf_reserve(buf, size);

	if (size)
		memcpy(end, data, size);
	buf->length += size;
	buf->text[buf->length] = '\0';
}

void strbuf_add_string(struct strbuf *buf, const char *text)
{
	strbuf_add(buf, text, strlen(text));
}

void strbuf_add_char(struct strbuf *buf, char c)
{
	strbuf_add(buf, &c, 1);
}

void strbuf_add_vformat(struct strbuf *buf, const char *format, va_list args)
{
	char *end = strbuf_reserve(buf, FORMAT_ROOM);
	va_list again;
	int length;

	va_copy(again, args);
	length = vsnprintf(end, FORMAT_ROOM + 1, format, args);
	if (length < 0)
		BUG("bad format '%s'", format);
	if (length > FORMAT_ROOM)
		vsnprintf(strbuf_reserve(buf, (size_t)length), (size_t)length + 1, format, again);
	buf->length += (size_t)length;
	va_end(again);
}

void strbuf_add_format(struct strbuf *buf, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strbuf_add_vformat(buf, format, args);
	va_end(args);
}

void strbuf_truncate(struct strbuf *buf, size_t length)
{
	if (length > buf->length)
		BUG("cannot cut %zu bytes to %zu", buf->length, length);
	if (length == buf->length)
		return;
	buf->length = length;
	buf->text[length] = '\0';
}

void strbuf_release(struct strbuf *buf)
{
	if (buf->capacity)
		free(buf->text);
	*buf = (struct strbuf)STRBUF_INIT;
}
