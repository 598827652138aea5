/* SPDX-License-Identifier: BSD-2-Clause */
#include "linker.h"

#include "linker_parts.h"

static int check_orders(struct linker *linker)
{
	const struct object *first = linker->inputs[0].object;

	for (size_t i = 1; i < linker->n_inputs; i++) {
		const struct object *object = linker->inputs[i].object;

		if (object->byte_order != first->byte_order)
			return diag_error(linker->diag, object->path,
					  "is %s endian, and '%s' is not; link objects of one "
					  "byte order",
					  object->byte_order == BYTE_ORDER_BIG ? "big" : "little",
					  first->path);
	}
	return 0;
}

static int link_parts(struct linker *linker, struct bytes *out)
{
	struct bytes ext;

	if (check_orders(linker) || linker_place_sections(linker) ||
	    linker_resolve_symbols(linker) || linker_move_relocations(linker) ||
	    linker_merge_btf(linker) || linker_merge_ext(linker, &ext))
		return -1;
	return linker_write(linker, ext, out);
}

int linker_link(const struct linker_objects *objects, struct arena *arena, struct diag *diag,
		struct bytes *out)
{
	struct linker linker = {
		.arena = arena,
		.diag = diag,
		.inputs = ARENA_ARRAY(arena, struct linker_input, objects->count),
		.n_inputs = objects->count,
	};
	int result;

	for (size_t i = 0; i < objects->count; i++)
		linker.inputs[i].object = &objects->items[i];
	result = link_parts(&linker, out);
	btf__free(linker.btf);
	return result;
}
