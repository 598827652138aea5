/* SPDX-License-Identifier: BSD-2-Clause */
#include "merge.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

/* What is compared with what: two variants. */
struct comparison {
	struct diag *diag;
	struct arena *arena;
	const struct model_variant *a, *b;
	const char *where; /* of what is compared */
	int result;
};

/* Where what is compared is declared in a variant; else its path. */
static const char *where(struct comparison *c, const struct model *model, const char *kind,
			 const char *name)
{
	return kind ? source_facts_where(c->arena, model->facts,
					 arena_printf(c->arena, "%s %s", kind, name), model->path)
		    : model->path;
}

static void differ_text(struct comparison *c, const char *what, const char *name, const char *a,
			const char *b)
{
	if (a == b || (a && b && !strcmp(a, b)))
		return;
	c->result = diag_error(c->diag, c->where,
			       "%s%s%s is '%s' for %s but '%s' for %s; it must be the same for all "
			       "targets",
			       what, *name ? " of " : "", name, a ? a : "", c->a->target,
			       b ? b : "", c->b->target);
}

static void differ_number(struct comparison *c, const char *what, const char *name, uint64_t a,
			  uint64_t b)
{
	if (a == b)
		return;
	c->result = diag_error(c->diag, c->where,
			       "%s of %s is %" PRIu64 " for %s but %" PRIu64
			       " for %s; it must be the same for all targets",
			       what, name, a, c->a->target, b, c->b->target);
}

static void compare_map(struct comparison *c, const struct model_map *a, const struct model_map *b)
{
	const char *name = a->name;

	differ_number(c, "the type", name, a->type, b->type);
	differ_number(c, "the key size", name, a->key_size, b->key_size);
	differ_number(c, "max_entries", name, a->max_entries, b->max_entries);
	differ_number(c, "map_flags", name, a->flags, b->flags);
	differ_number(c, "numa_node", name, a->numa_node, b->numa_node);
	differ_number(c, "pinning", name, a->pinning, b->pinning);
	differ_number(c, "map_extra", name, a->extra, b->extra);
	/* Sections may differ in what the program's types differ in. */
	if (a->origin == MAP_DEFINED)
		differ_number(c, "the value size", name, a->value_size, b->value_size);
	if (!a->inner != !b->inner)
		differ_text(c, "the inner map", name, a->inner ? a->inner->name : NULL,
			    b->inner ? b->inner->name : NULL);
	else if (a->inner)
		compare_map(c, a->inner, b->inner);
}

static void compare_program(struct comparison *c, const struct model_program *a,
			    const struct model_program *b)
{
	differ_text(c, "the section", a->name, a->section, b->section);
}

/* 0 when both have the same names in the same order, else -1 after an error. */
#define COMPARE_NAMES(c, what, kind, list, count)                                     \
	compare_names((c),                                                            \
		      &(struct name_lists){(what), (kind), (c)->a->model->list,       \
					   (c)->b->model->list, (c)->a->model->count, \
					   (c)->b->model->count, sizeof((c)->a->model->list[0])})

/* Each item begins with its name. */
static const char *name_at(const void *items, size_t index, size_t size)
{
	const char *name;

	memcpy(&name, (const char *)items + index * size, sizeof(name));
	return name;
}

static bool has_name(const void *items, size_t count, size_t size, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(name_at(items, i, size), name))
			return true;
	}
	return false;
}

/* Two lists that must have the same names in the same order. */
struct name_lists {
	const char *what; /* "map" */
	const char *kind; /* of source_facts.h: "variable"; NULL: none of them */
	const void *a, *b;
	size_t a_count, b_count, size; /* size: of an item */
};

static int differ_presence(struct comparison *c, const struct name_lists *l, const char *name,
			   const struct model_variant *only)
{
	return c->result = diag_error(c->diag, where(c, only->model, l->kind, name),
				      "%s '%s' is there for %s only; it must be there for all "
				      "targets",
				      l->what, name, only->target);
}

static int compare_names(struct comparison *c, const struct name_lists *l)
{
	for (size_t i = 0; i < l->a_count || i < l->b_count; i++) {
		const char *x = i < l->a_count ? name_at(l->a, i, l->size) : NULL;
		const char *y = i < l->b_count ? name_at(l->b, i, l->size) : NULL;

		if (x && y && !strcmp(x, y))
			continue;
		if (x && !has_name(l->b, l->b_count, l->size, x))
			return differ_presence(c, l, x, c->a);
		if (y && !has_name(l->a, l->a_count, l->size, y))
			return differ_presence(c, l, y, c->b);
		return c->result = diag_error(c->diag, where(c, c->b->model, l->kind, y ? y : x),
					      "%s %zu is '%s' for %s but '%s' for %s; it must be "
					      "the same for all targets",
					      l->what, i + 1, x ? x : "", c->a->target, y ? y : "",
					      c->b->target);
	}
	return 0;
}

static void compare(struct comparison *c)
{
	const struct model *a = c->a->model, *b = c->b->model;

	differ_text(c, "the license", "", a->license, b->license);
	if (!COMPARE_NAMES(c, "map", "variable", maps, n_maps)) {
		for (size_t i = 0; i < a->n_maps; i++) {
			c->where = where(c, b, "variable", a->maps[i].name);
			compare_map(c, &a->maps[i], &b->maps[i]);
		}
		COMPARE_NAMES(c, "section", NULL, sections, n_sections);
	}
	if (!COMPARE_NAMES(c, "program", "function", programs, n_programs)) {
		for (size_t i = 0; i < a->n_programs; i++) {
			c->where = where(c, b, "function", a->programs[i].name);
			compare_program(c, &a->programs[i], &b->programs[i]);
		}
	}
}

int model_set_check(const struct model_set *set, struct arena *arena, struct diag *diag)
{
	int result = 0;

	for (size_t i = 1; i < set->n_variants; i++) {
		struct comparison c = {
			.diag = diag,
			.arena = arena,
			.a = &set->variants[0],
			.b = &set->variants[i],
			.where = set->variants[i].model->path,
		};

		compare(&c);
		if (c.result)
			result = -1;
	}
	return result;
}
