/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A list of strings that is always followed by a NULL, as execve wants it. The array and the
 * strings live in the arena that was given; nothing is released one by one. A zeroed struct strvec
 * is valid and empty, but `items` is NULL until the first push.
 */
#ifndef BASE_STRVEC_H
#define BASE_STRVEC_H

#include "arena.h"

struct strvec {
	char **items; /* `count` strings, then NULL */
	size_t count;
};

/* Appends a copy of `text`. */
void strvec_push(struct strvec *, struct arena *, const char *text);
void strvec_push_format(struct strvec *, struct arena *, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void strvec_push_all(struct strvec *, struct arena *, const struct strvec *more);

#endif
