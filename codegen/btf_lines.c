/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * .BTF is built again by libbpf, type by type, so that ids and places stay and its strings are
 * collected in order. .BTF.ext is changed in place.
 */
#include "btf_lines.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_ext.h"
#include "btf_order.h"
#include "btf_query.h"
#include "path.h"
#include "strmap.h"

/* A source file, cut into lines. */
struct source_file {
	char **lines; /* from line 1 on; NULL: the file cannot be read */
	size_t n_lines;
};

struct line_writer {
	const struct object *object;
	struct arena *arena;
	const char *directory, *working_directory;
	struct btf *btf; /* the new one */
	struct btf_order order;
	struct btf_ext_data ext; /* the new .BTF.ext */
	struct strmap files;     /* struct source_file by name */
	bool failed;
};

static void store_string(struct line_writer *writer, size_t offset, const char *text)
{
	int place = btf__add_str(writer->btf, text);

	if (place < 0)
		writer->failed = true;
	else
		btf_ext_store(&writer->ext, offset, (uint32_t)place);
}

static const char *load_string(struct line_writer *writer, size_t offset)
{
	const char *text =
		btf__name_by_offset(writer->object->btf, btf_ext_load(&writer->ext, offset));

	if (!text)
		writer->failed = true;
	return text ? text : "";
}

/* "././a//b.h" → "a/b.h"; an absolute name stays, but for one that has the working directory where
 * a relative one has nothing: icecc puts it there. */
static const char *normalize(struct line_writer *writer, const char *name)
{
	const char *working = writer->working_directory;
	size_t prefix = working ? strlen(working) : 0;
	char *result, *to;

	if (prefix && !strncmp(name, working, prefix) && name[prefix] == '/')
		name += prefix + 1;
	if (name[0] == '/')
		return name;
	result = to = arena_strdup(writer->arena, name);
	while (*name) {
		size_t length = strcspn(name, "/");
		bool is_last = !name[length];

		if (length && !(length == 1 && name[0] == '.' && !is_last)) {
			memcpy(to, name, length);
			to += length;
			if (!is_last)
				*to++ = '/';
		}
		name += length + !is_last;
	}
	*to = '\0';
	return result;
}

static void cut_lines(struct arena *arena, struct source_file *file, struct bytes text)
{
	const char *at = (const char *)text.data, *end = at + text.size;

	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		size_t length = (size_t)(stop - at);

		if (length && at[length - 1] == '\r')
			length--;
		*ARENA_PUSH(arena, file->lines, file->n_lines) = arena_strndup(arena, at, length);
		at = stop + 1;
	}
}

static struct source_file *find_file(struct line_writer *writer, const char *name)
{
	void **place = strmap_at(&writer->files, writer->arena, name);
	struct source_file *file = *place;
	struct bytes text;

	if (file)
		return file;
	file = ARENA_NEW(writer->arena, struct source_file);
	*place = file;
	if (!file_read(writer->arena, path_join(writer->arena, writer->directory, name), &text))
		cut_lines(writer->arena, file, text);
	return file;
}

static void write_section(void *context, size_t name)
{
	struct line_writer *writer = context;

	store_string(writer, name, load_string(writer, name));
}

static void write_line(void *context, size_t record)
{
	struct line_writer *writer = context;
	const char *name = normalize(writer, load_string(writer, record + 4));
	const char *text = load_string(writer, record + 8);
	uint32_t line = btf_ext_load(&writer->ext, record + 12) >> 10;
	const struct source_file *file = writer->directory ? find_file(writer, name) : NULL;

	if (file && line >= 1 && line <= file->n_lines)
		text = file->lines[line - 1];
	store_string(writer, record + 4, name);
	store_string(writer, record + 8, text);
}

static void write_relocation(void *context, size_t record)
{
	struct line_writer *writer = context;
	uint32_t type = btf_ext_load(&writer->ext, record + 4);

	if (writer->order.new &&type < btf__type_cnt(writer->object->btf))
		btf_ext_store(&writer->ext, record + 4, writer->order.new[type]);
	store_string(writer, record + 8, load_string(writer, record + 8));
}

static void write_ext(struct line_writer *writer)
{
	static void (*const records[])(void *, size_t) = {
		[BTF_EXT_FUNC_INFO] = NULL,
		[BTF_EXT_LINE_INFO] = write_line,
		[BTF_EXT_CORE_RELO] = write_relocation,
	};

	for (int part = 0; part < BTF_EXT_PART_COUNT; part++) {
		struct btf_ext_visitor visitor = {write_section, records[part], writer};

		if (btf_ext_visit(&writer->ext, (enum btf_ext_part)part, &visitor))
			writer->failed = true;
	}
}

/*
 * The section of exported types goes from the object, so BTF may not speak of it. What stands in
 * place of the DATASEC and its variables has the same length, and means nothing.
 */
static int add_export_section(struct line_writer *writer, const struct btf_type *datasec)
{
	const struct btf *from = writer->object->btf;
	int id = btf__add_union(writer->btf, NULL, 8);

	for (uint32_t i = 0; i < btf_vlen(datasec) && id > 0; i++) {
		const struct btf_type *variable =
			btf__type_by_id(from, btf_var_secinfos(datasec)[i].type);

		if (btf__add_field(writer->btf, NULL, (int)variable->type, 0, 0))
			return -1;
	}
	return id;
}

static bool is_variable_of(const struct btf_type *datasec, uint32_t id)
{
	for (uint32_t i = 0; i < btf_vlen(datasec); i++) {
		if (btf_var_secinfos(datasec)[i].type == id)
			return true;
	}
	return false;
}

/* Ids stay, but for those of declarations, and places in the section do. */
static void copy_types(struct line_writer *writer)
{
	const struct btf *from = writer->object->btf;
	uint32_t count = btf__type_cnt(from), export = btf_query_datasec(from, BTF_EXPORT_SECTION);
	const struct btf_type *datasec = export ? btf__type_by_id(from, export) : NULL;

	writer->order = btf_order_find(writer->arena, from);
	for (uint32_t id = 1; id < count && !writer->failed; id++) {
		uint32_t old = writer->order.old ? writer->order.old[id] : id;
		const struct btf_type *type = btf__type_by_id(from, old);
		int copy;

		if (old == export)
			copy = add_export_section(writer, datasec);
		else if (datasec && btf_is_var(type) && is_variable_of(datasec, old))
			copy = btf__add_int(writer->btf, "bpfbake_export", 1, 0);
		else
			copy = btf__add_type(writer->btf, from, type);
		writer->failed = copy != (int)id;
		if (writer->order.new && !writer->failed)
			btf_order_apply(&writer->order,
					(struct btf_type *)btf__type_by_id(writer->btf, id));
	}
}

static struct bytes raw_btf(struct line_writer *writer)
{
	bool is_big = writer->object->byte_order == BYTE_ORDER_BIG;
	struct bytes result = {0};
	const void *data;
	__u32 size;

	if (btf__set_endianness(writer->btf, is_big ? BTF_BIG_ENDIAN : BTF_LITTLE_ENDIAN))
		return result;
	data = btf__raw_data(writer->btf, &size);
	if (data)
		result = (struct bytes){arena_memdup(writer->arena, data, size), size};
	return result;
}

struct btf_lines btf_lines_complete(const struct object *object, struct arena *arena,
				    const char *directory, const char *working_directory)
{
	const struct object_section *ext = object_find_section(object, BTF_EXT_ELF_SEC);
	struct line_writer writer = {.object = object,
				     .arena = arena,
				     .directory = directory,
				     .working_directory = working_directory};
	struct btf_lines lines = {0};

	if (!object->btf || !ext || !ext->data)
		return lines;
	writer.btf = btf__new_empty();
	if (libbpf_get_error(writer.btf))
		return lines;
	writer.ext = (struct btf_ext_data){
		.bytes = arena_memdup(arena, ext->data, ext->size),
		.size = ext->size,
		.is_big = object->byte_order == BYTE_ORDER_BIG,
	};
	copy_types(&writer);
	if (!writer.failed)
		write_ext(&writer);
	if (!writer.failed)
		lines.btf = raw_btf(&writer);
	if (lines.btf.size)
		lines.ext = (struct bytes){writer.ext.bytes, writer.ext.size};
	btf__free(writer.btf);
	return lines;
}
