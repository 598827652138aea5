/* SPDX-License-Identifier: BSD-2-Clause */
/* "btfs": the BTFs of kernels that have none, an archive for each byte order. */
#include "view.h"

static const char *const conditions[] = {
	[BYTE_ORDER_LITTLE] = "__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__",
	[BYTE_ORDER_BIG] = "__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__",
};

bool view_has_btfs(const struct view *view)
{
	const struct btf_archives *btfs = view->options->btfs;

	return btfs &&
	       (btfs->of[BYTE_ORDER_LITTLE].n_kernels || btfs->of[BYTE_ORDER_BIG].n_kernels);
}

static void add_archive(struct view *view, struct value *list, enum byte_order order)
{
	const struct btf_archive *archive = &view->options->btfs->of[order];
	struct arena *arena = view->arena;
	const char *open =
		arena_printf(arena, "#%sif %s", list->count ? "el" : "", conditions[order]);
	struct value *item = value_append(list, arena, value_object(arena));

	value_set_string(item, arena, "open", open);
	value_set_string(item, arena, "byte_order", order == BYTE_ORDER_BIG ? "big" : "little");
	value_set_integer(item, arena, "kernels", (long long)archive->n_kernels);
	value_set_integer(item, arena, "count", (long long)archive->n_btfs);
	value_set_integer(item, arena, "size", (long long)archive->size);
	value_set_integer(item, arena, "packed_size", (long long)archive->packed.size);
	value_set_string(item, arena, "literal", view_literal(view, archive->packed));
}

void view_add_btfs(struct view *view)
{
	struct value *list = value_set(view->root, view->arena, "btfs", value_list(view->arena));

	value_set_boolean(view->root, view->arena, "has_btfs", view_has_btfs(view));
	for (int order = BYTE_ORDER_LITTLE; view_has_btfs(view) && order <= BYTE_ORDER_BIG;
	     order++) {
		if (view->options->btfs->of[order].n_kernels)
			add_archive(view, list, (enum byte_order)order);
	}
}
