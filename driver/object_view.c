/* SPDX-License-Identifier: BSD-2-Clause */
#include "object_view.h"

#include "light.h"
#include "object_files.h"
#include "targets.h"

int object_view_read(struct object_view *view, struct session *session, const char *path,
		     const struct header_options *options)
{
	struct arena *arena = &session->arena;
	struct model_variant variant = {.model = &view->model};
	struct model_set set = {&variant, 1};

	if (object_file_read(&view->object, session, path) ||
	    model_read(&view->model, arena, &session->diag, &view->object))
		return -1;
	variant.object = view->object.bytes;
	variant.target = target_of(view->object.byte_order)->name;
	variant.condition = target_of(view->object.byte_order)->condition;
	if (options->is_light && (light_make(session, &variant, &view->object, options->name) ||
				  light_require(session, &set)))
		return -1;
	view->value = header_view(arena, &session->diag, options, &set);
	return view->value ? 0 : -1;
}

void object_view_release(struct object_view *view)
{
	object_release(&view->object);
}
