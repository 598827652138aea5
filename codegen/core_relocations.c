/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An access string is a list of numbers, "0:3:1": the first one steps over the pointer, the others
 * name members and elements of what is reached so far. For enumerators it is the one number, for
 * types it says nothing.
 */
#include "core_relocations.h"

#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_ext.h"
#include "btf_query.h"
#include "bug.h"

/* By enum core_kind. */
static const char *const kinds[CORE_KIND_COUNT] = {
	"byte offset",
	"byte size",
	"existence",
	"signedness",
	"left shift",
	"right shift",
	"local type",
	"target type",
	"type's existence",
	"type's size",
	"enumerator's existence",
	"enumerator's value",
	"type's match",
};

struct relocation_reader {
	const struct object *object;
	struct arena *arena;
	struct btf_ext_data ext;
	const struct object_section *section; /* of the block at hand, or NULL */
	struct core_relocations found;
};

static void start_block(void *context, size_t name)
{
	struct relocation_reader *reader = context;

	reader->section = object_find_section(
		reader->object,
		btf_query_name(reader->object->btf, btf_ext_load(&reader->ext, name)));
}

/* ".member" or "[3]" of a type, which becomes that of the member. */
static const char *step(struct relocation_reader *reader, uint32_t *id, uint32_t index)
{
	const struct btf *btf = reader->object->btf;
	const struct btf_type *type;
	struct btf_query_member member;

	*id = btf_query_resolve(btf, *id, NULL);
	type = btf__type_by_id(btf, *id);
	if (*id && btf_is_composite(type) && index < btf_vlen(type)) {
		member = btf_query_member(btf, type, index);
		*id = member.type;
		return arena_printf(reader->arena, ".%s", member.name);
	}
	*id = *id && btf_is_array(type) ? btf_array(type)->type : 0;
	return arena_printf(reader->arena, "[%u]", index);
}

static const char *member_path(struct relocation_reader *reader, uint32_t id, const char *access)
{
	const char *path = btf_query_type_name(reader->object->btf, id);
	char *end;
	unsigned long index = strtoul(access, &end, 10);

	if (index)
		path = arena_printf(reader->arena, "%s[%lu]", path, index);
	while (*end == ':') {
		index = strtoul(end + 1, &end, 10);
		path = arena_printf(reader->arena, "%s%s", path,
				    step(reader, &id, (uint32_t)index));
	}
	return path;
}

static const char *enumerator(struct relocation_reader *reader, uint32_t id, const char *access)
{
	const struct btf *btf = reader->object->btf;
	unsigned long index = strtoul(access, NULL, 10);
	const struct btf_type *type;

	id = btf_query_resolve(btf, id, NULL);
	type = btf__type_by_id(btf, id);
	if (!id || index >= btf_vlen(type) || !btf_is_any_enum(type))
		return "";
	return btf_query_name(btf, btf_is_enum(type) ? btf_enum(type)[index].name_off
						     : btf_enum64(type)[index].name_off);
}

/* A type of which only the name is known. */
static bool is_declared_only(const struct btf *btf, uint32_t id)
{
	id = btf_query_resolve(btf, id, NULL);
	return id && btf_kind(btf__type_by_id(btf, id)) == BTF_KIND_FWD;
}

static const char *describe(struct relocation_reader *reader, size_t record)
{
	const struct btf *btf = reader->object->btf;
	uint32_t id = btf_ext_load(&reader->ext, record + 4);
	const char *access = btf_query_name(btf, btf_ext_load(&reader->ext, record + 8));
	uint32_t kind = btf_ext_load(&reader->ext, record + 12);
	const char *name = kind < ARRAY_SIZE(kinds) ? kinds[kind] : "another fact";

	if (core_kind_is_of_field(kind))
		return arena_printf(reader->arena, "%s of %s", name,
				    member_path(reader, id, access));
	if (core_kind_is_of_enumerator(kind))
		return arena_printf(reader->arena, "%s %s.%s", name, btf_query_type_name(btf, id),
				    enumerator(reader, id, access));
	return arena_printf(reader->arena, "%s %s%s", name, btf_query_type_name(btf, id),
			    is_declared_only(btf, id) ? ", which is only declared" : "");
}

static void read_record(void *context, size_t record)
{
	struct relocation_reader *reader = context;

	if (!reader->section)
		return;
	*ARENA_PUSH(reader->arena, reader->found.items,
		    reader->found.count) = (struct core_relocation){
		.section = reader->section,
		.offset = btf_ext_load(&reader->ext, record),
		.text = describe(reader, record),
		.kind = btf_ext_load(&reader->ext, record + 12),
		.type = btf_ext_load(&reader->ext, record + 4),
		.access =
			btf_query_name(reader->object->btf, btf_ext_load(&reader->ext, record + 8)),
		.is_declared_only = is_declared_only(reader->object->btf,
						     btf_ext_load(&reader->ext, record + 4)),
	};
}

static int compare(const void *a, const void *b)
{
	const struct core_relocation *x = a, *y = b;

	if (x->section != y->section)
		return x->section->index < y->section->index ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

struct core_relocations core_relocations_read(const struct object *object, struct arena *arena)
{
	const struct object_section *section = object_find_section(object, BTF_EXT_ELF_SEC);
	struct relocation_reader reader = {.object = object, .arena = arena};
	struct btf_ext_visitor visitor = {start_block, read_record, &reader};

	if (!object->btf || !section || !section->data)
		return reader.found;
	reader.ext = (struct btf_ext_data){
		.bytes = (unsigned char *)section->data,
		.size = section->size,
		.is_big = object->byte_order == BYTE_ORDER_BIG,
	};
	reader.found.is_damaged = btf_ext_visit(&reader.ext, BTF_EXT_CORE_RELO, &visitor) != 0;
	if (reader.found.count)
		qsort(reader.found.items, reader.found.count, sizeof(reader.found.items[0]),
		      compare);
	return reader.found;
}

const struct core_relocation *core_relocations_find(const struct core_relocations *relocations,
						    const struct object_section *section,
						    uint64_t offset)
{
	const struct core_relocation key = {.section = section, .offset = offset};

	return relocations->count
		       ? bsearch(&key, relocations->items, relocations->count, sizeof(key), compare)
		       : NULL;
}

const char *core_relocations_find_declared(struct arena *arena, struct bytes bytes)
{
	struct diag quiet = {0};
	struct core_relocations found;
	struct object object;
	const char *text = NULL;

	/* Words are read from it. */
	bytes.data = arena_memdup(arena, bytes.data, bytes.size);
	if (object_read(&object, arena, &quiet, "", bytes))
		return NULL;
	found = core_relocations_read(&object, arena);
	for (size_t i = 0; i < found.count && !text; i++)
		text = found.items[i].is_declared_only ? found.items[i].text : NULL;
	object_release(&object);
	return text;
}
