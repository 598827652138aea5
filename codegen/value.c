/* SPDX-License-Identifier: BSD-2-Clause */
#include "value.h"

#include <string.h>

#include "bug.h"

/* An object of so many members has an index. */
#define INDEXED_FROM 8
#define INDEXED_TO   (1 << 14)

static struct value *value_new(struct arena *arena, enum value_kind kind)
{
	struct value *value = ARENA_NEW(arena, struct value);

	value->kind = kind;
	return value;
}

struct value *value_null(void)
{
	static struct value null = {.kind = VALUE_NULL};

	return &null;
}

struct value *value_boolean(bool boolean)
{
	static struct value booleans[] = {
		{.kind = VALUE_BOOLEAN, .boolean = false},
		{.kind = VALUE_BOOLEAN, .boolean = true},
	};

	return &booleans[boolean];
}

struct value *value_integer(struct arena *arena, long long integer)
{
	struct value *value = value_new(arena, VALUE_INTEGER);

	value->integer = integer;
	return value;
}

struct value *value_real(struct arena *arena, double real)
{
	struct value *value = value_new(arena, VALUE_REAL);

	value->real = real;
	return value;
}

struct value *value_string(struct arena *arena, const char *text)
{
	return text ? value_string_of_length(arena, text, strlen(text)) : value_null();
}

struct value *value_string_of_length(struct arena *arena, const char *text, size_t length)
{
	struct value *value = value_new(arena, VALUE_STRING);

	value->string = text;
	value->count = length;
	return value;
}

struct value *value_list(struct arena *arena)
{
	return value_new(arena, VALUE_LIST);
}

struct value *value_object(struct arena *arena)
{
	return value_new(arena, VALUE_OBJECT);
}

struct value *value_append(struct value *list, struct arena *arena, struct value *item)
{
	if (list->kind != VALUE_LIST)
		BUG("value of kind %d is no list", list->kind);
	*ARENA_PUSH(arena, list->items, list->count) = item;
	return item;
}

static void index_member(struct value *object, uint32_t hash, size_t number)
{
	uint32_t slot = hash & object->mask;

	while (object->index[slot])
		slot = (slot + 1) & object->mask;
	object->index[slot] = (uint16_t)number;
}

/* Room for as many members again; half of the slots stay free. */
static void enlarge_index(struct value *object, struct arena *arena)
{
	object->index = NULL;
	if (object->count >= INDEXED_TO)
		return;
	object->mask = (uint32_t)(4 * object->count - 1);
	object->index = ARENA_ARRAY(arena, uint16_t, object->mask + 1);
	for (size_t i = 0; i < object->count; i++)
		index_member(object, object->members[i].hash, i + 1);
}

struct value *value_set(struct value *object, struct arena *arena, const char *key,
			struct value *item)
{
	uint32_t hash = value_hash(key);

	if (object->kind != VALUE_OBJECT)
		BUG("value of kind %d is no object", object->kind);
	if (object->count >= INDEXED_FROM && !(object->count & (object->count - 1)))
		enlarge_index(object, arena);
	*ARENA_PUSH(arena, object->members, object->count) = (struct value_member){key, hash, item};
	if (object->index)
		index_member(object, hash, object->count);
	return item;
}

void value_set_string(struct value *object, struct arena *arena, const char *key, const char *text)
{
	value_set(object, arena, key, value_string(arena, text));
}

void value_set_integer(struct value *object, struct arena *arena, const char *key,
		       long long integer)
{
	value_set(object, arena, key, value_integer(arena, integer));
}

void value_set_boolean(struct value *object, struct arena *arena, const char *key, bool boolean)
{
	value_set(object, arena, key, value_boolean(boolean));
}

/* FNV-1a, 32 bits. */
uint32_t value_hash(const char *key)
{
	uint32_t h = 0x811c9dc5;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 0x01000193;
	return h;
}

static bool is_named(const struct value_member *member, const char *key, uint32_t hash)
{
	return member->hash == hash && (member->key == key || !strcmp(member->key, key));
}

const struct value *value_find(const struct value *object, const char *key, uint32_t hash)
{
	if (!object || object->kind != VALUE_OBJECT)
		return NULL;
	if (object->index) {
		uint32_t slot = hash & object->mask;

		for (; object->index[slot]; slot = (slot + 1) & object->mask) {
			if (is_named(&object->members[object->index[slot] - 1], key, hash))
				return object->members[object->index[slot] - 1].value;
		}
		return NULL;
	}
	for (size_t i = 0; i < object->count; i++) {
		if (is_named(&object->members[i], key, hash))
			return object->members[i].value;
	}
	return NULL;
}

const struct value *value_get(const struct value *object, const char *key)
{
	return value_find(object, key, value_hash(key));
}

bool value_is_true(const struct value *value)
{
	if (!value)
		return false;
	switch (value->kind) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOLEAN:
		return value->boolean;
	case VALUE_STRING:
	case VALUE_LIST:
		return value->count > 0;
	default:
		return true;
	}
}
