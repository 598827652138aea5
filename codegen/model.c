/* SPDX-License-Identifier: BSD-2-Clause */
#include "model.h"

#include <string.h>

#include "btf_query.h"
#include "model_parts.h"

/* As long as libbpf keeps it (struct bpf_object). */
#define LICENSE_MAX 63

const struct btf_type *model_find_datasec(const struct model_reader *reader, const char *name)
{
	uint32_t id = btf_query_datasec(reader->btf, name);

	return id ? btf__type_by_id(reader->btf, id) : NULL;
}

const char *model_where(const struct model_reader *reader, const char *kind, const char *name)
{
	return source_facts_where(reader->arena, reader->object->facts,
				  arena_printf(reader->arena, "%s %s", kind, name),
				  reader->object->path);
}

static const char *read_license(struct model_reader *reader)
{
	const struct object_section *section = object_find_section(reader->object, "license");
	size_t length;

	if (!section || !section->data)
		return "";
	length = strnlen((const char *)section->data, section->size);
	return arena_strndup(reader->arena, (const char *)section->data,
			     length < LICENSE_MAX ? length : LICENSE_MAX);
}

static uint32_t read_version(struct model_reader *reader)
{
	const struct object_section *section = object_find_section(reader->object, "version");
	const unsigned char *data;

	if (!section || !section->data || section->size != 4)
		return 0;
	data = section->data;
	if (reader->object->byte_order == BYTE_ORDER_BIG)
		return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 |
		       data[3];
	return (uint32_t)data[3] << 24 | (uint32_t)data[2] << 16 | (uint32_t)data[1] << 8 | data[0];
}

/* Where the first map of the old style is declared. */
static const char *old_maps_where(struct model_reader *reader, const struct object_section *section)
{
	const struct object *object = reader->object;

	for (size_t i = 0; i < object->n_symbols; i++) {
		if (object->symbols[i].section == section->index && *object->symbols[i].name)
			return model_where(reader, "variable", object->symbols[i].name);
	}
	return object->path;
}

static int check_object(struct model_reader *reader)
{
	const struct object *object = reader->object;
	const struct object_section *old_maps = object_find_section(object, "maps");

	if (old_maps)
		return diag_error(
			reader->diag, old_maps_where(reader, old_maps),
			"has maps of the old style, SEC(\"maps\"), which libbpf 1.0 dropped; "
			"define them in SEC(\".maps\") with __uint and __type");
	if (!object->btf)
		return diag_error(reader->diag, object->path,
				  "has no BTF; compile it with -g, and strip it with llvm-strip -g "
				  "or not at all");
	return 0;
}

int model_read(struct model *model, struct arena *arena, struct diag *diag,
	       const struct object *object)
{
	struct model_reader reader = {
		.model = model,
		.arena = arena,
		.diag = diag,
		.object = object,
		.btf = object->btf,
	};

	*model = (struct model){
		.path = object->path,
		.byte_order = object->byte_order,
		.btf = object->btf,
		.facts = object->facts,
		.disputed_types = object->disputed_types,
		.knows_signs =
			object->knows_signs || (object->btf && btf_query_knows_signs(object->btf)),
	};
	if (check_object(&reader))
		return -1;
	model->license = read_license(&reader);
	model->kernel_version = read_version(&reader);
	if (model_read_sections(&reader) || model_read_maps(&reader) ||
	    model_read_programs(&reader))
		return -1;
	model_read_needs(&reader);
	return 0;
}

int model_check_content(struct diag *diag, const struct model *model)
{
	if (model->n_maps || model->n_programs)
		return 0;
	return diag_error(diag, model->path,
			  "has no program and no map; mark functions with SEC(\"…\") and maps "
			  "with SEC(\".maps\")");
}
