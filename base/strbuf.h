/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A string that grows. `text` is never NULL and always ends in a NUL that `length` does not count;
 * the bytes before it may be any, NUL included. Initialise with STRBUF_INIT; give back with
 * strbuf_release, after which it is empty and valid again. No function here fails: without memory
 * the program ends.
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stdarg.h>
#include <stddef.h>

struct strbuf {
	char *text;
	size_t length, capacity; /* capacity 0: `text` is not owned */
};

extern char strbuf_empty[1];

#define STRBUF_INIT                  \
	{                            \
		.text = strbuf_empty \
	}

void strbuf_add(struct strbuf *, const void *data, size_t size);
void strbuf_add_string(struct strbuf *, const char *text);
void strbuf_add_char(struct strbuf *, char c);
void strbuf_add_format(struct strbuf *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void strbuf_add_vformat(struct strbuf *, const char *format, va_list)
	__attribute__((format(printf, 2, 0)));

/* Room for `extra` more bytes without a further allocation: the place where they go. The caller
 * adds what it wrote to `length` and ends it with a NUL. */
char *strbuf_reserve(struct strbuf *, size_t extra);

/* Cuts to `length`, which must not be more than the present one. */
void strbuf_truncate(struct strbuf *, size_t length);

void strbuf_release(struct strbuf *);

#endif
