/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON values: what the templates see and `bpfbake inspect --json` prints. They live in an arena
 * and are built once, in order; members keep the order in which they were added.
 *
 * Why not jansson's json_t: a large object has some hundred thousand values, each of which would
 * be a hash table or a counted reference. Reading and writing JSON text is jansson's, below.
 */
#ifndef CODEGEN_VALUE_H
#define CODEGEN_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

enum value_kind {
	VALUE_NULL,
	VALUE_BOOLEAN,
	VALUE_INTEGER,
	VALUE_REAL,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_OBJECT,
};

struct value {
	enum value_kind kind;
	uint32_t mask; /* of `index`: its slots but one */
	size_t count;  /* bytes of a string, items of a list, members of an object */
	uint16_t
		*index; /* of an object with many members, by hash: their numbers from 1; or NULL */
	union {
		bool boolean;
		long long integer;
		double real;
		const char *string; /* NUL-terminated, UTF-8 */
		struct value **items;
		struct value_member *members;
	};
};

struct value_member {
	const char *key;
	uint32_t hash; /* value_hash of the key */
	struct value *value;
};

/* Strings and keys are not copied: they must live as long as the value. */
struct value *value_null(void);
struct value *value_boolean(bool);
struct value *value_integer(struct arena *, long long);
struct value *value_real(struct arena *, double);
struct value *value_string(struct arena *, const char *text); /* NULL gives null */
struct value *value_string_of_length(struct arena *, const char *text, size_t length);
struct value *value_list(struct arena *);
struct value *value_object(struct arena *);

/* Adds at the end; returns `item`, so that a list or object can be filled further. A key must
 * not be in the object already. */
struct value *value_append(struct value *list, struct arena *, struct value *item);
struct value *value_set(struct value *object, struct arena *, const char *key, struct value *item);

void value_set_string(struct value *object, struct arena *, const char *key, const char *text);
void value_set_integer(struct value *object, struct arena *, const char *key, long long);
void value_set_boolean(struct value *object, struct arena *, const char *key, bool);

/* The member of that name, or NULL; also for what is no object. */
const struct value *value_get(const struct value *object, const char *key);

/* The same for who asks many objects for one key. */
uint32_t value_hash(const char *key);
const struct value *value_find(const struct value *object, const char *key, uint32_t hash);

/* Mustache's truth: null, false, an empty list and a missing value (NULL) are false; so is an
 * empty string, as in most implementations; 0 is true. */
bool value_is_true(const struct value *);

#endif
