/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libbpf's btf_dump writes the types. The order is that of bpftool since 7.5, by which two kernels'
 * headers differ where their types do: enums first (without a name, then with one), then integers,
 * then structs and unions by name, each with what refers to them; last what has no name. Behind the
 * types stand the functions that a kernel offers to programs, which are marked by a tag.
 *
 * Source: bpftool's btf.c (sort_btf_c, dump_btf_kfuncs).
 */
#include "btf_c.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btf_dumpable.h"
#include "btf_query.h"

enum rank {
	RANK_ANONYMOUS_ENUM,
	RANK_ENUM,
	RANK_NUMBER,
	RANK_COMPOSITE,
	RANK_FUNCTION,
	RANK_LAST = 10,
};

struct entry {
	uint32_t id;
	enum rank rank;
	const char *sort_name; /* of the type behind references */
	const char *name;
	uint64_t hash; /* of the names within: for types of one name */
};

static bool is_reference(const struct btf_type *type)
{
	return btf_query_is_modifier(type) || btf_is_ptr(type) || btf_is_typedef(type) ||
	       btf_is_decl_tag(type);
}

/* Of a type with a name, or behind one with a name: what it stands for at last. */
static enum rank find_rank(const struct btf *btf, uint32_t id)
{
	bool has_name = false;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		has_name |= type->name_off != 0;
		if (btf_is_any_enum(type))
			return has_name ? RANK_ENUM : RANK_ANONYMOUS_ENUM;
		if (btf_is_int(type) || btf_is_float(type))
			return RANK_NUMBER;
		if (btf_is_composite(type))
			return has_name ? RANK_COMPOSITE : RANK_LAST;
		if (btf_is_func_proto(type))
			return has_name ? RANK_FUNCTION : RANK_LAST;
		if (!has_name || !(btf_is_array(type) || is_reference(type)))
			return RANK_LAST;
		id = btf_is_array(type) ? btf_array(type)->type : type->type;
	}
	return RANK_LAST;
}

/* An enum without a name goes by its first enumerator, unless something refers to it. */
static const char *find_sort_name(const struct btf *btf, uint32_t id)
{
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_any_enum(type) && !type->name_off && i == 0 && btf_vlen(type))
			return btf_query_name(btf, btf_is_enum64(type) ? btf_enum64(type)->name_off
								       : btf_enum(type)->name_off);
		if (!btf_is_array(type) && !is_reference(type))
			return btf_query_name(btf, type->name_off);
		id = btf_is_array(type) ? btf_array(type)->type : type->type;
	}
	return "";
}

static uint64_t add_number(uint64_t hash, uint64_t value)
{
	return hash * 31 + value;
}

static uint64_t add_name(uint64_t hash, const struct btf *btf, uint32_t offset)
{
	uint64_t of_name = 0;

	if (!offset)
		return hash;
	for (const char *c = btf_query_name(btf, offset); *c; c++)
		of_name = add_number(of_name, (uint64_t)*c);
	return add_number(hash, of_name);
}

static uint64_t hash_members(uint64_t hash, const struct btf *btf, const struct btf_type *type);

static uint64_t hash_type(const struct btf *btf, uint32_t id, bool with_members, int depth)
{
	const struct btf_type *type = btf__type_by_id(btf, id);
	uint64_t hash = add_name(0, btf, type->name_off);

	if (btf_is_enum(type)) {
		for (uint32_t i = 0; i < btf_vlen(type); i++)
			hash = add_name(hash, btf, btf_enum(type)[i].name_off);
	} else if (btf_is_enum64(type)) {
		for (uint32_t i = 0; i < btf_vlen(type); i++)
			hash = add_name(hash, btf, btf_enum64(type)[i].name_off);
	} else if (btf_is_composite(type) && with_members) {
		hash = hash_members(hash, btf, type);
	} else if (depth < BTF_QUERY_MAX_CHAIN && btf_is_array(type)) {
		hash = add_number(hash, btf_array(type)->nelems);
		hash = add_number(hash,
				  hash_type(btf, btf_array(type)->type, with_members, depth + 1));
	} else if (depth < BTF_QUERY_MAX_CHAIN && is_reference(type)) {
		hash = add_number(hash, hash_type(btf, type->type, with_members, depth + 1));
	}
	return hash;
}

static uint64_t hash_members(uint64_t hash, const struct btf *btf, const struct btf_type *type)
{
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		hash = add_name(hash, btf, btf_members(type)[i].name_off);
		hash = add_number(hash, hash_type(btf, btf_members(type)[i].type, false, 0));
	}
	return hash;
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = (int)x->rank - (int)y->rank;

	if (!order)
		order = strcmp(x->sort_name, y->sort_name);
	if (!order)
		order = strcmp(x->name, y->name);
	if (!order && x->hash != y->hash)
		order = x->hash < y->hash ? -1 : 1;
	return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

/*
 * The ids in their order; void, which is nothing to write, somewhere among them. (bpftool takes the
 * first one for void, and so leaves out an enum.)
 */
static struct entry *sort(struct arena *arena, const struct btf *btf, uint32_t count)
{
	struct entry *entries = ARENA_ARRAY(arena, struct entry, count);

	for (uint32_t id = 0; id < count; id++)
		entries[id] = (struct entry){
			.id = id,
			.rank = find_rank(btf, id),
			.sort_name = find_sort_name(btf, id),
			.name = btf_query_type_name(btf, id),
			.hash = hash_type(btf, id, true, 0),
		};
	qsort(entries, count, sizeof(entries[0]), compare_entries);
	return entries;
}

/* libbpf before 1.3 writes a function without parameters as one that takes any. */
__attribute__((format(printf, 2, 0))) static void add_text(void *context, const char *format,
							   va_list arguments)
{
	struct strbuf *out = context;
	size_t start = out->length;

	strbuf_add_vformat(out, format, arguments);
	if (start && out->text[start - 1] == '(' && out->text[start] == ')') {
		strbuf_truncate(out, start);
		strbuf_add_string(out, "void)");
	}
}

static int dump_all(struct arena *arena, struct btf_dump *dump, const struct btf *btf,
		    bool is_unsorted)
{
	uint32_t count = btf__type_cnt(btf);
	const struct entry *entries = is_unsorted ? NULL : sort(arena, btf, count);
	int error = 0;

	for (uint32_t i = 0; i < count && error >= 0; i++) {
		uint32_t id = entries ? entries[i].id : i;

		if (id)
			error = btf_dump__dump_type(dump, id);
	}
	return error < 0 ? error : 0;
}

static int compare_names(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : x->id < y->id ? -1 : x->id > y->id;
}

static bool is_kernel_function(const struct btf *btf, const struct btf_type *type)
{
	return btf_is_decl_tag(type) && btf_decl_tag(type)->component_idx == -1 &&
	       btf_is_func(btf__type_by_id(btf, type->type)) &&
	       !strcmp(btf_query_name(btf, type->name_off), "bpf_kfunc");
}

static int dump_kernel_functions(struct strbuf *out, struct arena *arena, struct btf_dump *dump,
				 const struct btf *btf)
{
	uint32_t count = btf__type_cnt(btf);
	struct entry *functions = NULL;
	size_t n_functions = 0;
	int error = 0;

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (is_kernel_function(btf, type))
			*ARENA_PUSH(arena, functions, n_functions) = (struct entry){
				.id = type->type,
				.name = btf_query_type_name(btf, type->type),
			};
	}
	if (n_functions)
		qsort(functions, n_functions, sizeof(functions[0]), compare_names);
	strbuf_add_string(out, "\n/* BPF kfuncs */\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n");
	for (size_t i = 0; i < n_functions && !error; i++) {
		LIBBPF_OPTS(btf_dump_emit_type_decl_opts, options, .field_name = functions[i].name);

		strbuf_add_string(out, "extern ");
		error = btf_dump__emit_type_decl(dump, btf__type_by_id(btf, functions[i].id)->type,
						 &options);
		strbuf_add_string(out, " __weak __ksym;\n");
	}
	strbuf_add_string(out, "#endif\n\n");
	return error;
}

static int dump_roots(struct btf_dump *dump, const struct btf_c_options *options)
{
	int error = 0;

	for (size_t i = 0; i < options->n_roots && error >= 0; i++)
		error = btf_dump__dump_type(dump, options->roots[i]);
	return error < 0 ? error : 0;
}

int btf_write_c(struct strbuf *out, struct arena *arena, const struct btf *btf,
		const struct btf_c_options *options)
{
	struct btf_dump *dump;
	int error;

	if (!btf_is_dumpable(arena, btf))
		return -EINVAL;
	dump = btf_dump__new(btf, add_text, out, NULL);
	error = (int)libbpf_get_error(dump);
	if (error)
		return error;
	strbuf_add_string(out,
			  "#ifndef __VMLINUX_H__\n"
			  "#define __VMLINUX_H__\n"
			  "\n"
			  "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			  "#pragma clang attribute push (__attribute__((preserve_access_index)), "
			  "apply_to = record)\n"
			  "#endif\n"
			  "\n"
			  "#ifndef __ksym\n"
			  "#define __ksym __attribute__((section(\".ksyms\")))\n"
			  "#endif\n"
			  "\n"
			  "#ifndef __weak\n"
			  "#define __weak __attribute__((weak))\n"
			  "#endif\n"
			  "\n");
	if (options->n_roots)
		error = dump_roots(dump, options);
	else
		error = dump_all(arena, dump, btf, options->is_unsorted);
	if (!error && !options->n_roots)
		error = dump_kernel_functions(out, arena, dump, btf);
	strbuf_add_string(out, "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			       "#pragma clang attribute pop\n"
			       "#endif\n"
			       "\n"
			       "#endif /* __VMLINUX_H__ */\n");
	btf_dump__free(dump);
	return error;
}
