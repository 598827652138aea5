/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types of the source as BTF, with the layout that clang gives them for the BPF target: for what
 * the object's own BTF lacks, such as a struct that is used only inside a function. It stands as
 * clang would have written it, but for qualifiers, and for what pointers point to, of which only
 * the name is kept.
 */
#include <bpf/btf.h>
#include <stdio.h>
#include <string.h>

#include "names.h"
#include "source_reader.h"

#define MAX_DEPTH 32

struct known_type {
	CXCursor declaration;
	int id;
};

struct type_builder {
	struct source_reader *reader;
	struct btf *btf;
	struct known_type *known;
	size_t n_known;
	int depth;
};

CXType source_bare_type(const struct clang_library *clang, CXType type)
{
	while (type.kind == CLANG_TYPE_ELABORATED)
		type = clang->Type_getNamedType(type);
	return type;
}

static const char *type_spelling(struct source_reader *reader, CXType type)
{
	return source_take_string(reader, reader->clang->getTypeSpelling(type));
}

static bool is_integer(CXType type)
{
	return type.kind >= CLANG_TYPE_BOOL && type.kind <= CLANG_TYPE_INT128;
}

const char *source_type_name(struct source_reader *reader, CXType type)
{
	const struct clang_library *clang = reader->clang;
	CXCursor declaration;

	type = source_bare_type(clang, type);
	/* typeof(struct conn), as __type has it */
	if (type.kind != CLANG_TYPE_TYPEDEF)
		type = clang->getCanonicalType(type);
	declaration = clang->getTypeDeclaration(type);
	if (type.kind == CLANG_TYPE_TYPEDEF) {
		CXType canonical = clang->getCanonicalType(type);

		/* u64 and __u64 are one. */
		if (canonical.kind != CLANG_TYPE_RECORD && canonical.kind != CLANG_TYPE_ENUM)
			return source_type_name(reader, canonical);
		/* So are a struct and its typedef. */
		if (*source_tag(reader, clang->getTypeDeclaration(canonical)))
			return source_type_name(reader, canonical);
		return source_name(reader, declaration);
	}
	if (*source_keyword(declaration)) {
		const char *tag = source_tag(reader, declaration);
		const char *spelling = type_spelling(reader, type);

		/* Without a tag, it goes by the name of its typedef. */
		if (!*tag && name_is_identifier(spelling))
			return spelling;
		return *tag ? arena_printf(reader->arena, "%s %s", source_keyword(declaration), tag)
			    : NULL;
	}
	if (is_integer(type) && type.kind != CLANG_TYPE_BOOL) {
		bool is_signed = type.kind >= CLANG_TYPE_CHAR;

		return arena_printf(reader->arena, "__%c%lld", is_signed ? 's' : 'u',
				    clang->Type_getSizeOf(type) * 8);
	}
	return NULL;
}

static int add_type(struct type_builder *, CXType);

static int add_bytes(struct type_builder *builder, long long size)
{
	int byte = btf__add_int(builder->btf, "unsigned char", 1, 0);
	int index = btf__add_int(builder->btf, "__ARRAY_SIZE_TYPE__", 4, 0);

	return btf__add_array(builder->btf, index, byte, size > 0 ? (__u32)size : 0);
}

static int add_integer(struct type_builder *builder, CXType type)
{
	bool is_signed = type.kind >= CLANG_TYPE_CHAR || type.kind == CLANG_TYPE_CHAR_UNSIGNED;
	const char *name = type.kind == CLANG_TYPE_CHAR || type.kind == CLANG_TYPE_CHAR_UNSIGNED
				   ? "char"
				   : type_spelling(builder->reader, type);

	return btf__add_int(builder->btf, name,
			    (size_t)builder->reader->clang->Type_getSizeOf(type),
			    type.kind == CLANG_TYPE_BOOL ? BTF_INT_BOOL
			    : is_signed                  ? BTF_INT_SIGNED
							 : 0);
}

static int add_array(struct type_builder *builder, CXType type)
{
	const struct clang_library *clang = builder->reader->clang;
	long long count = type.kind == CLANG_TYPE_ARRAY ? clang->getArraySize(type) : 0;
	int element = add_type(builder, clang->getArrayElementType(type));
	int index = btf__add_int(builder->btf, "__ARRAY_SIZE_TYPE__", 4, 0);

	return btf__add_array(builder->btf, index, element, (__u32)count);
}

/* What a pointer points to serves a comment alone. */
static int add_pointer(struct type_builder *builder, CXType type)
{
	const struct clang_library *clang = builder->reader->clang;
	CXType target = source_bare_type(clang, clang->getPointeeType(type));
	CXCursor declaration = clang->getTypeDeclaration(target);
	const char *tag =
		*source_keyword(declaration) ? source_tag(builder->reader, declaration) : "";
	int id = 0;

	if (target.kind == CLANG_TYPE_TYPEDEF)
		id = btf__add_typedef(builder->btf, source_name(builder->reader, declaration), 0);
	else if (*tag && declaration.kind == CLANG_ENUM)
		id = btf__add_enum(builder->btf, tag, 4);
	else if (*tag)
		id = btf__add_fwd(builder->btf, tag,
				  declaration.kind == CLANG_UNION ? BTF_FWD_UNION : BTF_FWD_STRUCT);
	else if (target.kind == CLANG_TYPE_POINTER || is_integer(target))
		id = add_type(builder, target);
	else if (target.kind == CLANG_TYPE_FUNCTION ||
		 target.kind == CLANG_TYPE_FUNCTION_WITHOUT_PROTOTYPE)
		id = btf__add_func_proto(builder->btf, 0);
	return btf__add_ptr(builder->btf, id);
}

static int add_enum(struct type_builder *builder, CXCursor declaration, const char *name)
{
	const struct clang_library *clang = builder->reader->clang;
	CXType integer = clang->getCanonicalType(clang->getEnumDeclIntegerType(declaration));
	long long size = clang->Type_getSizeOf(integer);
	struct source_children children = source_children(builder->reader, declaration);
	int id = size == 8 ? btf__add_enum64(builder->btf, name, 8, integer.kind >= CLANG_TYPE_CHAR)
			   : btf__add_enum(builder->btf, name, (__u32)size);

	for (size_t i = 0; i < children.count; i++) {
		const char *enumerator;
		long long value;

		if (children.items[i].kind != CLANG_ENUMERATOR)
			continue;
		enumerator = source_name(builder->reader, children.items[i]);
		value = clang->getEnumConstantDeclValue(children.items[i]);
		if (size == 8)
			btf__add_enum64_value(builder->btf, enumerator, (__u64)value);
		else
			btf__add_enum_value(builder->btf, enumerator, value);
	}
	return id;
}

struct field_list {
	struct source_reader *reader;
	CXCursor *items;
	size_t count;
};

static int collect_field(CXCursor cursor, void *context)
{
	struct field_list *list = context;

	*ARENA_PUSH(list->reader->arena, list->items, list->count) = cursor;
	return CLANG_CONTINUE;
}

/* Types of the fields first: libbpf adds fields to the type that was added last. */
static int add_composite(struct type_builder *builder, CXType type, CXCursor declaration,
			 const char *name)
{
	struct source_reader *reader = builder->reader;
	const struct clang_library *clang = reader->clang;
	struct field_list fields = {.reader = reader};
	__u32 size = (__u32)clang->Type_getSizeOf(type);
	int *ids, id;

	clang->Type_visitFields(type, collect_field, &fields);
	ids = ARENA_ARRAY(reader->arena, int, fields.count);
	for (size_t i = 0; i < fields.count; i++)
		ids[i] = add_type(builder, clang->getCursorType(fields.items[i]));
	id = declaration.kind == CLANG_UNION ? btf__add_union(builder->btf, name, size)
					     : btf__add_struct(builder->btf, name, size);
	for (size_t i = 0; i < fields.count; i++) {
		const char *field = source_name(reader, fields.items[i]);
		bool is_bitfield = clang->Cursor_isBitField(fields.items[i]) != 0;

		/* Newer versions describe where an anonymous member is. */
		if (strpbrk(field, "( :"))
			field = "";
		/* BTF knows nothing of bitfields that only fill. */
		if (is_bitfield && !*field)
			continue;
		btf__add_field(builder->btf, field, ids[i],
			       (__u32)clang->Cursor_getOffsetOfField(fields.items[i]),
			       is_bitfield ? (__u32)clang->getFieldDeclBitWidth(fields.items[i])
					   : 0);
	}
	return id;
}

static int add_tagged(struct type_builder *builder, CXType type, const char *name)
{
	const struct clang_library *clang = builder->reader->clang;
	CXCursor declaration = clang->getTypeDeclaration(type);
	int id;

	for (size_t i = 0; i < builder->n_known; i++) {
		if (clang->equalCursors(builder->known[i].declaration, declaration))
			return builder->known[i].id;
	}
	if (!name)
		name = source_tag(builder->reader, declaration);
	id = declaration.kind == CLANG_ENUM ? add_enum(builder, declaration, name)
					    : add_composite(builder, type, declaration, name);
	*ARENA_PUSH(builder->reader->arena, builder->known, builder->n_known) =
		(struct known_type){declaration, id};
	return id;
}

static int add_typedef(struct type_builder *builder, CXType type)
{
	const struct clang_library *clang = builder->reader->clang;
	CXCursor declaration = clang->getTypeDeclaration(type);
	int id = add_type(builder, clang->getTypedefDeclUnderlyingType(declaration));

	return btf__add_typedef(builder->btf, source_name(builder->reader, declaration), id);
}

/* The id, or a negative number: the type then lacks what holds it. */
static int add_type(struct type_builder *builder, CXType type)
{
	const struct clang_library *clang = builder->reader->clang;
	CXType canonical = clang->getCanonicalType(type);
	int id;

	type = source_bare_type(clang, type);
	if (builder->depth >= MAX_DEPTH)
		return -1;
	builder->depth++;
	if (type.kind == CLANG_TYPE_TYPEDEF)
		id = add_typedef(builder, type);
	else if (canonical.kind == CLANG_TYPE_RECORD || canonical.kind == CLANG_TYPE_ENUM)
		id = add_tagged(builder, canonical, NULL);
	else if (is_integer(canonical))
		id = add_integer(builder, canonical);
	else if (canonical.kind >= CLANG_TYPE_FLOAT && canonical.kind <= CLANG_TYPE_LONG_DOUBLE)
		id = btf__add_float(builder->btf, type_spelling(builder->reader, canonical),
				    (size_t)clang->Type_getSizeOf(canonical));
	else if (canonical.kind == CLANG_TYPE_POINTER)
		id = add_pointer(builder, type.kind == CLANG_TYPE_POINTER ? type : canonical);
	else if (canonical.kind == CLANG_TYPE_ARRAY || canonical.kind == CLANG_TYPE_FLEXIBLE_ARRAY)
		id = add_array(builder, type.kind == canonical.kind ? type : canonical);
	else
		id = add_bytes(builder, clang->Type_getSizeOf(canonical));
	builder->depth--;
	return id;
}

/* As functions may have them: each its own struct of that name. */
static bool is_of_two_definitions(const struct clang_library *clang, const CXType *first,
				  CXType second)
{
	second = clang->getCanonicalType(second);
	return (first->kind == CLANG_TYPE_RECORD || second.kind == CLANG_TYPE_RECORD) &&
	       !clang->equalCursors(clang->getTypeDeclaration(*first),
				    clang->getTypeDeclaration(second));
}

bool source_define_type(struct source_reader *reader, const char *name, CXType type)
{
	const struct clang_library *clang = reader->clang;
	void **place;
	struct type_builder builder = {.reader = reader};
	CXType canonical = clang->getCanonicalType(type);
	const void *data;
	__u32 size;
	int id;

	name = name_bare(name);
	place = strmap_at(&reader->types, reader->arena, name);
	if (*place)
		return !is_of_two_definitions(clang, *place, type);
	if (clang->Type_getSizeOf(canonical) < 0)
		return false;
	builder.btf = btf__new_empty();
	if (!builder.btf)
		return false;
	btf__set_pointer_size(builder.btf, 8);
	type = source_bare_type(clang, type);
	id = canonical.kind == CLANG_TYPE_RECORD && type.kind != CLANG_TYPE_TYPEDEF
		     ? add_tagged(&builder, canonical, name)
		     : add_type(&builder, type);
	/* A number gets that name. */
	if (id > 0 && canonical.kind != CLANG_TYPE_RECORD && canonical.kind != CLANG_TYPE_ENUM)
		id = btf__add_typedef(builder.btf, name, id);
	data = id > 0 ? btf__raw_data(builder.btf, &size) : NULL;
	if (data) {
		*place = arena_memdup(reader->arena, &canonical, sizeof(canonical));
		*ARENA_PUSH(reader->arena, reader->facts->types, reader->facts->n_types) =
			(struct source_type){name, {arena_memdup(reader->arena, data, size), size}};
	}
	btf__free(builder.btf);
	return data != NULL;
}
