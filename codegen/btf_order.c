/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_order.h"

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A declaration, to be sorted. */
struct declaration {
	const char *name;
	bool is_union;
	uint32_t id;
};

static int compare_declarations(const void *a, const void *b)
{
	const struct declaration *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	if (order)
		return order;
	if (x->is_union != y->is_union)
		return x->is_union - y->is_union;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* The declarations from `first` on that stand in one row, sorted. */
static uint32_t sort_row(struct declaration *row, const struct btf *btf, uint32_t first)
{
	uint32_t count = 0, end = btf__type_cnt(btf);

	for (uint32_t id = first; id < end; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_fwd(type))
			break;
		row[count++] = (struct declaration){
			.name = btf__name_by_offset(btf, type->name_off),
			.is_union = btf_kflag(type),
			.id = id,
		};
	}
	qsort(row, count, sizeof(row[0]), compare_declarations);
	return count;
}

struct btf_order btf_order_find(struct arena *arena, const struct btf *btf)
{
	uint32_t count = btf__type_cnt(btf), length;
	struct declaration *row = ARENA_ARRAY(arena, struct declaration, count);
	struct btf_order order = {
		.old = ARENA_ARRAY(arena, uint32_t, count),
		.new = ARENA_ARRAY(arena, uint32_t, count),
	};
	bool has_changed = false;

	for (uint32_t id = 1; id < count; id += length) {
		length = btf_is_fwd(btf__type_by_id(btf, id)) ? sort_row(row, btf, id) : 1;
		for (uint32_t i = 0; i < length; i++) {
			uint32_t old = length > 1 ? row[i].id : id;

			order.old[id + i] = old;
			order.new[old] = id + i;
			has_changed |= old != id + i;
		}
	}
	return has_changed ? order : (struct btf_order){0};
}

void btf_order_apply(const struct btf_order *order, struct btf_type *type)
{
	uint32_t count = btf_vlen(type);

	switch (btf_kind(type)) {
	case BTF_KIND_ARRAY:
		btf_array(type)->type = order->new[btf_array(type)->type];
		btf_array(type)->index_type = order->new[btf_array(type)->index_type];
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		for (uint32_t i = 0; i < count; i++)
			btf_members(type)[i].type = order->new[btf_members(type)[i].type];
		break;
	case BTF_KIND_DATASEC:
		for (uint32_t i = 0; i < count; i++)
			btf_var_secinfos(type)[i].type = order->new[btf_var_secinfos(type)[i].type];
		break;
	case BTF_KIND_FUNC_PROTO:
		for (uint32_t i = 0; i < count; i++)
			btf_params(type)[i].type = order->new[btf_params(type)[i].type];
		type->type = order->new[type->type];
		break;
	case BTF_KIND_PTR:
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
	case BTF_KIND_TYPE_TAG:
		type->type = order->new[type->type];
		break;
	default: /* numbers, enums and declarations */
		break;
	}
}
