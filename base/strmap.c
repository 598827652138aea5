/* SPDX-License-Identifier: BSD-2-Clause */
/* Open addressing with linear probing; at most half of the slots are used. */
#include "strmap.h"

#include <stdint.h>
#include <string.h>

struct strmap_slot {
	const char *key; /* NULL: empty */
	void *value;
};

/* FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
static uint64_t hash(const char *key)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3;
	return h;
}

static struct strmap_slot *find(const struct strmap *map, const char *key)
{
	size_t i = hash(key) & (map->capacity - 1);

	while (map->slots[i].key && strcmp(map->slots[i].key, key) != 0)
		i = (i + 1) & (map->capacity - 1);
	return &map->slots[i];
}

static void enlarge(struct strmap *map, struct arena *arena)
{
	struct strmap old = *map;

	map->capacity = old.capacity ? 4 * old.capacity : 16;
	map->slots = ARENA_ARRAY(arena, struct strmap_slot, map->capacity);
	for (size_t i = 0; i < old.capacity; i++) {
		if (old.slots[i].key)
			*find(map, old.slots[i].key) = old.slots[i];
	}
}

void **strmap_at(struct strmap *map, struct arena *arena, const char *key)
{
	struct strmap_slot *slot;

	if (2 * map->count >= map->capacity)
		enlarge(map, arena);
	slot = find(map, key);
	if (!slot->key) {
		slot->key = key;
		map->count++;
	}
	return &slot->value;
}

void *strmap_get(const struct strmap *map, const char *key)
{
	return map->capacity ? find(map, key)->value : NULL;
}

bool strmap_next(const struct strmap *map, size_t *position, const char **key, void **value)
{
	while (*position < map->capacity && !map->slots[*position].key)
		++*position;
	if (*position >= map->capacity)
		return false;
	*key = map->slots[*position].key;
	*value = map->slots[*position].value;
	++*position;
	return true;
}
