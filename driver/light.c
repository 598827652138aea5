/* SPDX-License-Identifier: BSD-2-Clause */
#include "light.h"

#include "light_loader.h"

int light_make(struct session *session, struct model_variant *variant, const struct object *read,
	       const char *name)
{
	struct arena *arena = &session->arena;
	struct light_loader *loader = ARENA_NEW(arena, struct light_loader);

	if (light_check(arena, &session->diag, variant->model, read))
		return -1;
	if (!light_loader_serves(variant->model->byte_order))
		return 0;
	variant->loader = loader;
	return light_loader_make(loader, arena, &session->diag, variant->model, variant->object,
				 name);
}

int light_require(struct session *session, const struct model_set *set)
{
	const struct model *model = set->variants[0].model;

	for (size_t i = 0; i < set->n_variants; i++) {
		if (set->variants[i].loader)
			return 0;
	}
	return diag_error(&session->diag, model->path,
			  "is %s-endian, and %s makes loaders for this machine's byte order alone; "
			  "build it on such a machine, or with libbpf 1.5",
			  model->byte_order == BYTE_ORDER_BIG ? "big" : "little",
			  light_loader_libbpf(&session->arena));
}
