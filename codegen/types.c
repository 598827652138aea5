/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which definitions are needed, in which order: those of by-value members first, pointers not at
 * all. What comes out for one type, by example:
 *
 *	struct event { enum { OK, BAD } how; struct { int x; } in; struct peer *p; };
 *
 * gives `enum N__event__how`, then `struct N__event` with `in` in place and `__u64 p`.
 */
#include "types.h"

#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "names.h"
#include "type_layout.h"
#include "type_printer.h"

void types_init(struct types *types, const struct name_context *context, const struct btf *btf,
		const char *prefix, enum type_naming naming, struct name_scope *tags,
		struct name_scope *identifiers)
{
	*types = (struct types){
		.arena = context->arena,
		.diag = context->diag,
		.context = context,
		.btf = btf,
		.prefix = prefix,
		.naming = naming,
		.tags = tags,
		.identifiers = identifiers,
		.knows_signs = btf_query_knows_signs(btf),
		.states = ARENA_ARRAY(context->arena, struct type_state, btf__type_cnt(btf)),
	};
}

const char *types_where(const struct types *types, const char *keyword, const char *source_name)
{
	return source_facts_where(types->arena, types->context->facts,
				  arena_printf(types->arena, "%s %s", keyword, source_name),
				  types->context->path);
}

/* The element type behind all dimensions: a resolved id. */
static uint32_t element(const struct btf *btf, uint32_t id, const char **alias)
{
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type;

		id = btf_query_resolve(btf, id, alias);
		type = btf__type_by_id(btf, id);
		if (!id || !btf_is_array(type))
			return id;
		id = btf_array(type)->type;
	}
	return 0;
}

static const char *keyword(const struct btf_type *type)
{
	return btf_is_struct(type) ? "struct" : btf_is_union(type) ? "union" : "enum";
}

static int require_composite(struct types *, uint32_t id, const char *name);
static const char *composite_name(struct types *, uint32_t id, const char *alias);

static int require_member(struct types *types, uint32_t member_type, const char *owner,
			  const char *member_name)
{
	const char *alias, *name;
	uint32_t id = element(types->btf, member_type, &alias);
	const struct btf_type *type = btf__type_by_id(types->btf, id);

	if (!id || (!btf_is_composite(type) && !btf_is_any_enum(type)))
		return 0;
	name = btf_query_type_name(types->btf, id);
	/* An anonymous struct stays in place; only what it holds is needed first. */
	if (!*name && !alias && btf_is_composite(type))
		return require_composite(types, id, owner);
	return types_require(types, member_type,
			     *name   ? name
			     : alias ? alias
				     : arena_printf(types->arena, "%s__%s", owner, member_name));
}

/* What the members of a struct or union need. */
static int require_composite(struct types *types, uint32_t id, const char *name)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	int result = 0;

	if (types->states[id].is_in_progress || types->depth > BTF_QUERY_MAX_CHAIN)
		return diag_error(types->diag, types_where(types, keyword(type), name),
				  "the type '%s' holds itself; the BTF is damaged", name);
	types->states[id].is_in_progress = true;
	types->depth++;
	for (uint32_t i = 0; i < btf_vlen(type) && !result; i++) {
		struct btf_query_member member = btf_query_member(types->btf, type, i);

		result = require_member(types, member.type, name,
					*member.name ? member.name
						     : arena_printf(types->arena, "%u", i));
	}
	types->depth--;
	types->states[id].is_in_progress = false;
	return result;
}

/* Each line behind a newline and two blanks. */
static const char *indent_lines(struct arena *arena, const char *text)
{
	const char *result = "";

	while (*text) {
		size_t length = strcspn(text, "\n");

		result = arena_printf(arena, "%s\n  %.*s", result, (int)length, text);
		text += length + (text[length] == '\n');
	}
	return result;
}

static int report_difference(struct types *types, const struct type_definition *first,
			     const struct type_definition *second)
{
	const char *where = types->context->path;
	const char *all = source_facts_where_all(types->arena, types->context->facts,
						 first->source_name, &where);
	const char *texts = indent_lines(
		types->arena, arena_printf(types->arena, "%s%s", first->text, second->text));

	return diag_error(types->diag, where,
			  "two types are named '%s' and differ%s%s%s; rename one of them:%s",
			  first->source_name, all ? " (" : "", all ? all : "", all ? ")" : "",
			  texts);
}

/* A second type of one name: fine when it is written the same way. */
static int share(struct types *types, const struct type_definition *first,
		 struct type_definition *second)
{
	const char *a = strchr(first->text, '{'), *b = strchr(second->text, '{');

	second->name = first->name;
	if (!strcmp(a, b) && !strcmp(first->keyword, second->keyword))
		return 0;
	return report_difference(types, first, second);
}

/* May a declaration call a type so, as the source does? A damaged object may have any name. */
static bool is_nameable(const char *name)
{
	return name_is_identifier(name) && name_reserved_as(name) != NAME_C_KEYWORD;
}

/* The name of a definition; NULL after an error. */
static const char *take_name(struct types *types, const char *keyword, const char *source_name)
{
	const char *tag = arena_printf(types->arena, "%s %s", keyword, source_name);
	const struct name_owner owner = {tag, tag};
	const char *name;

	if (!name_is_identifier(source_name)) {
		diag_error(types->diag, types->context->path,
			   "the type name '%s' is no identifier; the BTF is damaged", source_name);
		return NULL;
	}
	name = arena_printf(types->arena, "%s%s", types->prefix, source_name);
	/* Declarations have it as it is. */
	if (types->is_as_in_c && is_nameable(name))
		return name_take_exactly(types->tags, name, owner);
	return name_take(types->tags, name, owner);
}

/* Another name for a type that has one: only where names are the source's. */
static void define_alias(struct types *types, const char *alias, uint32_t id)
{
	struct type_definition *definition = ARENA_NEW(types->arena, struct type_definition);
	void **same = strmap_at(&types->by_name, types->arena, alias);
	struct type_definition *first = *same;

	/* "typedef struct event event;" goes with the struct. */
	if (first && first->id == id && !first->alias) {
		first->alias = alias;
		first->text = arena_printf(types->arena, "%stypedef %s %s;\n", first->text,
					   composite_name(types, id, NULL), alias);
		first->fingerprint = type_fingerprint(first->text);
	}
	if (first)
		return;
	*definition = (struct type_definition){
		.keyword = "typedef",
		.name = alias,
		.source_name = alias,
		.text = arena_printf(types->arena, "typedef %s %s;\n",
				     composite_name(types, id, NULL), alias),
		.assertions = "",
		.alias = alias,
		.id = id,
	};
	definition->fingerprint = type_fingerprint(definition->text);
	*same = definition;
	*ARENA_PUSH(types->arena, types->definitions, types->n_definitions) = definition;
}

static int define(struct types *types, uint32_t id, const char *source_name, const char *alias)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	struct type_definition *definition = ARENA_NEW(types->arena, struct type_definition);
	void **same = strmap_at(&types->by_name, types->arena, source_name);

	*definition = (struct type_definition){
		.keyword = keyword(type),
		.source_name = source_name,
		.assertions = "",
		.alias = types->naming == TYPE_SOURCE && alias && is_nameable(alias) ? alias : NULL,
		.id = id,
		.size = type->size,
	};
	definition->name = *same ? ((struct type_definition *)*same)->name
				 : take_name(types, definition->keyword, source_name);
	if (!definition->name)
		return -1;
	types->states[id].definition = definition;
	if (btf_is_composite(type) ? type_print_composite(types, definition)
				   : type_print_enum(types, definition, *same != NULL))
		return -1;
	if (*same)
		return share(types, *same, definition);
	*strmap_at(&types->by_name, types->arena, source_name) = definition;
	*ARENA_PUSH(types->arena, types->definitions, types->n_definitions) = definition;
	return 0;
}

int types_require(struct types *types, uint32_t id, const char *name_hint)
{
	const char *alias, *name;
	const struct btf_type *type;

	id = element(types->btf, id, &alias);
	type = btf__type_by_id(types->btf, id);
	if (!id || (!btf_is_composite(type) && !btf_is_any_enum(type)))
		return 0;
	name = btf_query_type_name(types->btf, id);
	if (types->is_as_in_c && btf_is_any_enum(type))
		return 0;
	if (types->is_as_in_c && !*name && !alias && btf_is_composite(type))
		return require_composite(types, id, name_hint);
	if (!types->states[id].definition) {
		const char *own = *name ? name : alias ? alias : name_hint;

		if (btf_is_composite(type) && require_composite(types, id, own))
			return -1;
		if (define(types, id, own, *name ? NULL : alias))
			return -1;
	}
	if (types->naming == TYPE_SOURCE && alias && is_nameable(alias) && *name &&
	    btf_is_composite(type))
		define_alias(types, alias, id);
	return 0;
}

/* "struct sock *", for a comment. */
static const char *describe_pointer(struct types *types, uint32_t id)
{
	const struct btf_type *type;
	const char *stars = "", *name;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		type = btf__type_by_id(types->btf, id);
		if (!type || !id || !(btf_query_is_modifier(type) || btf_is_ptr(type)))
			break;
		if (btf_is_ptr(type))
			stars = arena_printf(types->arena, "*%s", stars);
		id = type->type;
	}
	if (!type || !id)
		return arena_printf(types->arena, "void %s", stars);
	name = btf_query_name(types->btf, type->name_off);
	if (btf_is_func_proto(type))
		return "a pointer to a function";
	if (!(btf_is_int(type) ? name_is_of_number(name) : name_is_identifier(name)))
		return "a pointer";
	return arena_printf(types->arena, "%s%s %s",
			    btf_is_struct(type)     ? "struct "
			    : btf_is_union(type)    ? "union "
			    : btf_is_any_enum(type) ? "enum "
			    : btf_is_fwd(type)      ? (btf_kflag(type) ? "union " : "struct ")
						    : "",
			    name, stars);
}

/* What 64 bits of BPF are in C: `type` on hosts where it has them, else the integer. */
static const char *wide(struct types *types, const char *type, const char *integer)
{
	types->uses_macro = true;
	return arena_printf(types->arena, "BPFBAKE_64(%s, %s)", type, integer);
}

static const char *int_name(struct types *, const struct btf_type *);
static bool is_long(const struct types *, const struct btf_type *);

/* What a pointer of bpftool's points to: without const, and void where its name says nothing to
 * user space, or to C++. */
static const char *pointee(struct types *types, uint32_t id)
{
	const char *stars = "", *name = "void";
	const struct btf_type *type = NULL;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(types->btf, id, NULL);
		type = btf__type_by_id(types->btf, id);
		if (!id || !btf_is_ptr(type))
			break;
		stars = arena_printf(types->arena, "*%s", stars);
		id = type->type;
	}
	if (id && (btf_is_composite(type) || btf_is_fwd(type))) {
		name = btf_query_type_name(types->btf, id);
		if (name_is_identifier(name) && name_reserved_as(name) == NAME_FREE)
			name = arena_printf(types->arena, "%s %s",
					    btf_is_union(type) ||
							    (btf_is_fwd(type) && btf_kflag(type))
						    ? "union"
						    : "struct",
					    name);
		else
			name = "void";
	} else if (id && btf_is_float(type)) {
		name = type->size == 4 ? "float" : type->size == 8 ? "double" : "void";
	} else if (id && btf_is_int(type) && type->size <= 8) {
		name = !is_long(types, type)                     ? int_name(types, type)
		       : btf_int_encoding(type) & BTF_INT_SIGNED ? "long"
								 : "unsigned long";
	}
	return arena_printf(types->arena, "%s %s", name ? name : "void", stars);
}

static const char *integer(struct types *types, bool is_signed, uint32_t size)
{
	if (size != 1 && size != 2 && size != 4 && size != 8)
		return NULL;
	return arena_printf(types->arena, "__%c%u", is_signed ? 's' : 'u', size * 8);
}

/* As clang, gcc and pahole write it. */
static bool is_long(const struct types *types, const struct btf_type *type)
{
	static const char *const names[] = {"long", "unsigned long", "long int",
					    "long unsigned int"};
	const char *name = btf_query_name(types->btf, type->name_off);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(name, names[i]))
			return type->size == 8;
	}
	return false;
}

static const char *int_name(struct types *types, const struct btf_type *type)
{
	uint8_t encoding = btf_int_encoding(type);
	bool is_signed = encoding & BTF_INT_SIGNED;

	if (types->is_as_in_c && is_long(types, type))
		return is_signed ? wide(types, "long", "__s64")
				 : wide(types, "unsigned long", "__u64");
	if (encoding & BTF_INT_BOOL && type->size == 1)
		return "bool";
	if (type->size == 1 && !strcmp(btf_query_name(types->btf, type->name_off), "char"))
		return "char";
	if (type->size == 16)
		return is_signed ? "bpfbake_s128" : "bpfbake_u128";
	return integer(types, is_signed, type->size);
}

bool types_enum_is_signed(const struct types *types, uint32_t id)
{
	const struct source_facts *facts = types->context->facts;
	const struct type_definition *definition = types->states[id].definition;
	const char *name =
		definition ? definition->source_name : btf_query_type_name(types->btf, id);
	const char *sign = facts ? strmap_get(&facts->enum_signs, name) : NULL;

	return sign ? !strcmp(sign, "signed")
		    : btf_query_enum_is_signed(btf__type_by_id(types->btf, id), types->knows_signs);
}

/* An enum is named where it is as large as C makes it; the integer of its size does elsewhere. */
static const char *enum_name(struct types *types, uint32_t id, const char **comment)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	const struct type_definition *definition = types->states[id].definition;

	if (types->naming == TYPE_DEFINED && definition && type->size == 4)
		return arena_printf(types->arena, "enum %s", definition->name);
	if (definition)
		*comment = arena_printf(types->arena, "enum %s", definition->name);
	return integer(types, types_enum_is_signed(types, id), type->size);
}

static const char *composite_name(struct types *types, uint32_t id, const char *alias)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	const struct type_definition *definition = types->states[id].definition;
	const char *name = btf_query_type_name(types->btf, id);

	if (types->naming == TYPE_SOURCE && alias && is_nameable(alias))
		return alias;
	if (types->naming == TYPE_SOURCE && is_nameable(name))
		return arena_printf(types->arena, "%s %s", keyword(type), name);
	return definition ? arena_printf(types->arena, "%s %s", keyword(type), definition->name)
			  : NULL;
}

static const char *base_name(struct types *types, uint32_t id, const char *alias,
			     const char **comment)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);

	if (!id)
		return NULL;
	if (btf_is_int(type))
		return int_name(types, type);
	if (btf_is_ptr(type) && types->is_as_in_c)
		return wide(types, pointee(types, id), "__u64");
	if (btf_is_ptr(type)) {
		*comment = describe_pointer(types, id);
		return "__u64";
	}
	if (btf_is_any_enum(type))
		return enum_name(types, id, comment);
	if (btf_is_composite(type))
		return composite_name(types, id, alias);
	if (btf_is_float(type))
		return type->size == 4 ? "float" : type->size == 8 ? "double" : NULL;
	return NULL;
}

struct type_declaration types_declare(struct types *types, uint32_t id)
{
	struct type_declaration declared = {.suffix = ""};
	const struct btf_type *type;
	const char *alias;
	int64_t size;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(types->btf, id, &alias);
		type = btf__type_by_id(types->btf, id);
		if (!id || !btf_is_array(type))
			break;
		declared.is_array = true;
		declared.suffix = arena_printf(types->arena, "%s[%u]", declared.suffix,
					       btf_array(type)->nelems);
		id = btf_array(type)->type;
	}
	size = btf_query_size(types->btf, id);
	declared.element_size = size < 0 ? 0 : (uint32_t)size;
	declared.type = base_name(types, id, alias, &declared.comment);
	declared.is_scalar = !declared.is_array && declared.type && !btf_is_composite(type);
	if (!declared.type) {
		declared.type = "__u8";
		declared.suffix = arena_printf(types->arena, "%s[%u]", declared.suffix,
					       declared.element_size);
		declared.comment = "a type that C cannot say";
	}
	return declared;
}
