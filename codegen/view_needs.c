/* SPDX-License-Identifier: BSD-2-Clause */
/* "needs": what must be loaded with a map or program, as members of struct N. */
#include <stdlib.h>

#include "view.h"

/* "maps.events", "progs.watch" */
static const char *member(struct view *view, uint32_t node)
{
	const struct value *maps = value_get(view->root, "maps");
	const struct value *programs = value_get(view->root, "programs");
	const struct value *item =
		node < maps->count ? maps->items[node] : programs->items[node - maps->count];

	return arena_printf(view->arena, "%s.%s", node < maps->count ? "maps" : "progs",
			    value_get(item, "member")->string);
}

static bool has_need(const struct model *model, const struct model_need *need)
{
	return model->n_needs &&
	       bsearch(need, model->needs, model->n_needs, sizeof(*need), model_compare_needs);
}

static bool is_new(const struct view *view, size_t variant, const struct model_need *need)
{
	for (size_t i = 0; i < variant; i++) {
		if (has_need(view->variants[i].model, need))
			return false;
	}
	return true;
}

/* Of all variants: what is loaded without need does no harm. */
void view_add_needs(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "needs", value_list(arena));

	for (size_t i = 0; i < view->n_variants; i++) {
		const struct model *model = view->variants[i].model;

		for (size_t j = 0; j < model->n_needs; j++) {
			const struct model_need *need = &model->needs[j];
			struct value *item;

			if (!is_new(view, i, need))
				continue;
			item = value_append(list, arena, value_object(arena));
			value_set_string(item, arena, "user", member(view, need->user));
			value_set_string(item, arena, "used", member(view, need->used));
		}
	}
	value_set_boolean(view->root, arena, "has_needs", list->count > 0);
}
