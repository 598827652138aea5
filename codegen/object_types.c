/* SPDX-License-Identifier: BSD-2-Clause */
#include "object_types.h"

#include <bpf/libbpf.h>
#include <string.h>

#include "btf_query.h"

/* Two definitions of a struct or union agree in size, and in each member's name and place. */
static bool is_same_layout(const struct btf *a, uint32_t a_id, const struct btf *b, uint32_t b_id)
{
	const struct btf_type *x = btf__type_by_id(a, btf_query_resolve(a, a_id, NULL));
	const struct btf_type *y = btf__type_by_id(b, btf_query_resolve(b, b_id, NULL));

	if (!x || !y || !btf_is_composite(x) || !btf_is_composite(y))
		return btf_query_size(a, a_id) == btf_query_size(b, b_id);
	if (x->size != y->size || btf_vlen(x) != btf_vlen(y))
		return false;
	for (uint32_t i = 0; i < btf_vlen(x); i++) {
		struct btf_query_member m = btf_query_member(a, x, i);
		struct btf_query_member n = btf_query_member(b, y, i);

		if (strcmp(m.name, n.name) != 0 || m.bit_offset != n.bit_offset ||
		    m.width != n.width)
			return false;
	}
	return true;
}

/* Without the sign's flag on enums, when the object's compiler does not set it: whether it does is
 * a property of the whole BTF (btf_query_knows_signs). */
static void forget_signs(struct btf *btf)
{
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		struct btf_type *type = (struct btf_type *)btf__type_by_id(btf, id);

		if (btf_is_any_enum(type))
			type->info &= ~(1U << 31);
	}
}

/* `where` is the type's place, for messages. */
static void add_type(struct object *object, struct diag *diag, const struct source_type *type,
		     const char *where)
{
	bool knows_signs = btf_query_knows_signs(object->btf);
	struct btf *btf = btf__new(type->btf.data, (__u32)type->btf.size);
	uint32_t id = btf_query_find(object->btf, type->name);

	if (libbpf_get_error(btf))
		return;
	if (id && !is_same_layout(object->btf, id, btf, btf_query_find(btf, type->name)))
		diag_warning(diag, where,
			     "libclang lays the type '%s' out otherwise than the compiler did; the "
			     "compiler's word counts",
			     type->name);
	if (!knows_signs)
		forget_signs(btf);
	if (!id)
		btf__add_btf(object->btf, btf);
	btf__free(btf);
}

void object_add_types(struct object *object, struct arena *arena, struct diag *diag)
{
	const struct source_facts *facts = object->facts;

	for (size_t i = 0; object->btf && facts && i < facts->n_types; i++)
		add_type(object, diag, &facts->types[i],
			 source_facts_where_type(arena, facts, facts->types[i].name, object->path));
}
