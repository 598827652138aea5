/* SPDX-License-Identifier: BSD-2-Clause */
#include "source_merge.h"

#include <string.h>

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool is_same_place(const struct source_place *a, const struct source_place *b)
{
	return a->line == b->line && is_same_text(a->file, b->file);
}

/* A header that two sources include declares the same at the same place. */
static void add_place(struct source_facts *facts, struct arena *arena, const char *what,
		      const struct source_place *place)
{
	void **slot = strmap_at(&facts->places, arena, what);
	struct source_place *copy, *last = NULL;

	for (struct source_place *known = *slot; known; last = known, known = known->next) {
		if (is_same_place(known, place))
			return;
	}
	copy = ARENA_ARRAY(arena, struct source_place, 1);
	*copy = *place;
	copy->next = NULL;
	if (last)
		last->next = copy;
	else
		*slot = copy;
}

static void add_places(struct source_facts *facts, struct arena *arena,
		       const struct source_facts *more)
{
	size_t position = 0;
	const char *what;
	void *value;

	while (strmap_next(&more->places, &position, &what, &value)) {
		for (const struct source_place *place = value; place; place = place->next)
			add_place(facts, arena, what, place);
	}
	position = 0;
	while (strmap_next(&more->enum_signs, &position, &what, &value)) {
		void **sign = strmap_at(&facts->enum_signs, arena, what);

		if (!*sign)
			*sign = value;
	}
}

static bool is_same_constant(const struct source_constant *a, const struct source_constant *b)
{
	if (!a || !b)
		return a == b;
	return is_same_text(a->literal, b->literal) && a->value == b->value &&
	       a->is_unsigned == b->is_unsigned && a->bytes == b->bytes &&
	       a->is_swapped == b->is_swapped && is_same_constant(a->other, b->other);
}

static bool is_known(const struct strvec *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (!strcmp(names->items[i], name))
			return true;
	}
	return false;
}

static void find_disputed(struct strvec *disputed, struct arena *arena,
			  const struct source_facts *facts)
{
	struct strmap first = {0};

	for (size_t i = 0; i < facts->n_constants; i++) {
		struct source_constant *constant = &facts->constants[i];
		void **slot = strmap_at(&first, arena, constant->name);

		if (!*slot)
			*slot = constant;
		else if (!is_same_constant(*slot, constant) && !is_known(disputed, constant->name))
			strvec_push(disputed, arena, constant->name);
	}
}

/* Of each name one, or none. */
static void keep_constants(struct source_facts *facts, struct arena *arena,
			   const struct strvec *disputed)
{
	struct strmap kept = {0};
	size_t count = 0;

	for (size_t i = 0; i < facts->n_constants; i++) {
		void **slot = strmap_at(&kept, arena, facts->constants[i].name);

		if (*slot || is_known(disputed, facts->constants[i].name))
			continue;
		*slot = (void *)facts->constants[i].name;
		facts->constants[count++] = facts->constants[i];
	}
	facts->n_constants = count;
}

static void add_event(struct source_facts *facts, struct arena *arena,
		      const struct source_event *event)
{
	for (size_t i = 0; i < facts->n_events; i++) {
		const struct source_event *known = &facts->events[i];

		if (known->line == event->line && is_same_text(known->file, event->file) &&
		    is_same_text(known->map, event->map) && is_same_text(known->type, event->type))
			return;
	}
	*ARENA_PUSH(arena, facts->events, facts->n_events) = *event;
}

/* Two of one name that differ both stay: who adds them to an object says so. */
static void add_type(struct source_facts *facts, struct arena *arena,
		     const struct source_type *type)
{
	for (size_t i = 0; i < facts->n_types; i++) {
		const struct source_type *known = &facts->types[i];

		if (!strcmp(known->name, type->name) && known->btf.size == type->btf.size &&
		    !memcmp(known->btf.data, type->btf.data, type->btf.size))
			return;
	}
	*ARENA_PUSH(arena, facts->types, facts->n_types) = *type;
}

static void add_facts(struct source_facts *facts, struct arena *arena,
		      const struct source_facts *more)
{
	add_places(facts, arena, more);
	for (size_t i = 0; i < more->n_constants; i++)
		*ARENA_PUSH(arena, facts->constants, facts->n_constants) = more->constants[i];
	for (size_t i = 0; i < more->n_events; i++)
		add_event(facts, arena, &more->events[i]);
	for (size_t i = 0; i < more->n_types; i++)
		add_type(facts, arena, &more->types[i]);
	if (facts->error)
		return;
	facts->error = more->error;
	facts->error_place = more->error_place;
}

static bool is_of(const struct source_merge *merge, const struct source_facts *const *items,
		  size_t count)
{
	bool is_same = merge->items != NULL;

	for (size_t i = 0; i < count && is_same; i++)
		is_same = merge->items[i] == items[i];
	return is_same;
}

static const struct source_facts *merge_all(struct source_merge *merge, struct arena *arena,
					    const struct source_facts *const *items, size_t count)
{
	struct source_facts *facts = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!items[i])
			continue;
		if (!facts)
			facts = ARENA_ARRAY(arena, struct source_facts, 1);
		add_facts(facts, arena, items[i]);
	}
	if (facts) {
		struct strvec disputed = {0};

		find_disputed(&disputed, arena, facts);
		keep_constants(facts, arena, &disputed);
		for (size_t i = 0; i < disputed.count; i++) {
			if (!is_known(&merge->disputed, disputed.items[i]))
				strvec_push(&merge->disputed, arena, disputed.items[i]);
		}
	}
	return facts;
}

const struct source_facts *source_merge(struct source_merge *merge, struct arena *arena,
					const struct source_facts *const *items, size_t count)
{
	if (count == 1)
		return items[0];
	if (!is_of(merge, items, count)) {
		merge->result = merge_all(merge, arena, items, count);
		merge->items = items;
	}
	return merge->result;
}
