/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table from strings to pointers, in an arena. A zeroed struct strmap is valid and empty. Keys
 * are not copied: they must live as long as the table. Nothing can be taken out again.
 */
#ifndef BASE_STRMAP_H
#define BASE_STRMAP_H

#include <stdbool.h>

#include "arena.h"

struct strmap {
	struct strmap_slot *slots;
	size_t count, capacity;
};

/* The place of `key`'s value, for reading and writing; a new key starts with NULL. Valid until
 * the next call with a new key. */
void **strmap_at(struct strmap *, struct arena *, const char *key);

/* The value of `key`, or NULL when there is none. */
void *strmap_get(const struct strmap *, const char *key);

/* The next entry from `position` on, which begins with 0 and is moved; false after the last. In no
 * order that means anything, but always the same. */
bool strmap_next(const struct strmap *, size_t *position, const char **key, void **value);

#endif
