/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "sections": for each data section with variables that are not static, the struct that its memory
 * has, with every variable at its place:
 *
 *	struct conns__bss {
 *		__u64 seen;
 *		char __pad0[4];
 *		__u32 last;
 *	} *bss;
 *
 * In a subskeleton the variables lie elsewhere: "__u64 *seen;", in a struct that is no pointer.
 */
#include "view.h"

#include "btf_query.h"
#include "comments.h"
#include "type_printer.h"

struct section_printer {
	struct view *view;
	struct view_variant *variant;
	const char *member; /* of struct N: "bss" */
	bool has_pointers;  /* a subskeleton's: one to each variable, wherever that is */
	struct strbuf text, assertions;
	struct name_scope names;
	struct value *variables, *all_members;
	uint64_t cursor; /* bytes */
	int n_paddings;
};

static bool is_exposed(const struct model_variable *variable)
{
	return !variable->is_static && !variable->is_hidden;
}

static uint64_t round_up(uint64_t value, uint32_t unit)
{
	return (value + unit - 1) / unit * unit;
}

/* A struct or union that stands in place, as such or in arrays, whose dimensions *dimensions gets;
 * 0: the type is none. */
static uint32_t find_anonymous(const struct types *types, uint32_t id, const char **dimensions)
{
	*dimensions = "";
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type;
		const char *alias;

		id = btf_query_resolve(types->btf, id, &alias);
		type = btf__type_by_id(types->btf, id);
		if (!id || alias)
			return 0;
		if (!btf_is_array(type))
			return btf_is_composite(type) && !*btf_query_type_name(types->btf, id) ? id
											       : 0;
		*dimensions =
			arena_printf(types->arena, "%s[%u]", *dimensions, btf_array(type)->nelems);
		id = btf_array(type)->type;
	}
	return 0;
}

/* The declaration without the name: "struct { … }" for an anonymous type of bpftool's face. 0, or
 * -1 after an error. */
static int declare(struct section_printer *printer, const struct model_variable *variable,
		   struct type_declaration *declared)
{
	struct types *types = printer->variant->declare;
	const char *dimensions, *text;
	uint32_t id = find_anonymous(types, variable->type, &dimensions);

	*declared = types_declare(types, variable->type);
	if (types->naming != TYPE_SOURCE || !id)
		return 0;
	if (type_print_inline(types, id, 2, &text))
		return -1;
	if (text)
		*declared = (struct type_declaration){.type = text, .suffix = dimensions};
	return 0;
}

/* A variable under one of its names: its line, and what is asserted of it. */
static void print_named(struct section_printer *printer, const struct model_variable *variable,
			const struct type_declaration *declared, const char *name)
{
	struct types *types = printer->variant->declare;
	struct arena *arena = printer->view->arena;
	uint32_t least, alignment = types_alignment(types, variable->type, &least);
	unsigned long long size = (unsigned long long)btf_query_size(types->btf, variable->type);
	bool is_extension = !printer->has_pointers && types_has_empty_array(types, variable->type);

	strbuf_add_string(&printer->text,
			  comment_on(arena, printer->view->facts, 2,
				     arena_printf(arena, "variable %s", variable->name)));
	if (is_extension)
		strbuf_add_string(&printer->text, TYPES_EXTENSION_BEGIN);
	if (printer->has_pointers)
		strbuf_add_format(&printer->text,
				  *declared->suffix ? "\t\t%s (*%s)%s;" : "\t\t%s *%s%s;",
				  declared->type, name, declared->suffix);
	else
		strbuf_add_format(&printer->text, "\t\t%s %s%s%s;", declared->type, name,
				  declared->suffix,
				  variable->offset % alignment ? " __attribute__((packed))" : "");
	if (declared->comment)
		strbuf_add_format(&printer->text, " /* %s */", declared->comment);
	strbuf_add_char(&printer->text, '\n');
	if (is_extension)
		strbuf_add_string(&printer->text, TYPES_EXTENSION_END);
	/* What a pointer points to need not be complete. */
	if (printer->has_pointers)
		return;
	strbuf_add_format(
		&printer->assertions,
		"\t_Static_assert(sizeof(s->%s->%s) == %llu, \"unexpected size of '%s'\");\n"
		"\t_Static_assert(offsetof(__typeof__(*s->%s), %s) == %llu, "
		"\"unexpected offset of '%s'\");\n",
		printer->member, name, size, name, printer->member, name,
		(unsigned long long)variable->offset, name);
}

static void print_both(struct section_printer *printer, const char *line)
{
	strbuf_add_string(&printer->text, line);
	strbuf_add_string(&printer->assertions, line);
}

/* The bytes before a variable that C would not leave free by itself on every host. */
static void print_gap(struct section_printer *printer, const struct model_variable *variable)
{
	uint32_t least,
		alignment = types_alignment(printer->variant->declare, variable->type, &least);

	if (printer->has_pointers)
		return;
	if (variable->offset % alignment)
		alignment = least = 1;
	if (round_up(printer->cursor, alignment) == variable->offset &&
	    round_up(printer->cursor, least) == variable->offset)
		return;
	strbuf_add_format(&printer->text, "\t\tchar __pad%d[%llu];\n", printer->n_paddings++,
			  (unsigned long long)(variable->offset - printer->cursor));
}

static void add_variable(struct section_printer *printer, struct value *item,
			 const struct model_variable *variable,
			 const struct type_declaration *declared)
{
	struct arena *arena = printer->view->arena;

	value_set_string(item, arena, "name", variable->name);
	value_set_string(item, arena, "section", printer->member);
	value_set_string(item, arena, "type",
			 arena_printf(arena, "%s%s", declared->type, declared->suffix));
	value_set_integer(item, arena, "offset", (long long)variable->offset);
	value_set_integer(item, arena, "size", (long long)variable->size);
	value_append(printer->variables, arena, item);
	value_append(printer->all_members, arena, item);
}

static int print_variable(struct section_printer *printer, const struct model_variable *variable)
{
	struct view *view = printer->view;
	struct value *item = value_object(view->arena);
	int64_t size = btf_query_size(printer->variant->model->btf, variable->type);
	struct type_declaration declared;
	const char *member;
	const struct value *kept;

	/* An alias of another variable, or nonsense: it has no place of its own. */
	if (size <= 0 || variable->offset < printer->cursor)
		return 0;
	if (declare(printer, variable, &declared))
		return -1;
	member = view_take_member(view, item, &printer->names, variable->name,
				  name_owner(view->arena, "variable", "variable", variable->name));
	if (!member)
		return -1;
	print_gap(printer, variable);
	kept = value_get(item, "c_member");
	if (value_is_true(kept)) {
		print_both(printer, "#ifndef __cplusplus\n");
		print_named(printer, variable, &declared, kept->string);
		print_both(printer, "#else\n");
	}
	print_named(printer, variable, &declared, member);
	if (value_is_true(kept))
		print_both(printer, "#endif\n");
	printer->cursor = variable->offset + (uint64_t)size;
	add_variable(printer, item, variable, &declared);
	return 0;
}

/* The struct of one section in one variant. */
static int print_section(struct section_printer *printer, const struct model_section *section,
			 struct view_branch *branch)
{
	struct arena *arena = printer->view->arena;
	int result = 0;

	strbuf_add_format(&printer->text, "\tstruct %s__%s {\n", printer->view->name,
			  printer->member);
	for (size_t i = 0; i < section->n_variables && !result; i++) {
		if (is_exposed(&section->variables[i]))
			result = print_variable(printer, &section->variables[i]);
	}
	strbuf_add_format(&printer->text, "\t} %s%s;", printer->has_pointers ? "" : "*",
			  printer->member);
	branch->text = arena_strndup(arena, printer->text.text, printer->text.length);
	branch->assertions = view_chomp(
		arena, arena_strndup(arena, printer->assertions.text, printer->assertions.length));
	strbuf_release(&printer->text);
	strbuf_release(&printer->assertions);
	return result;
}

/* ".data.my-x" → "data_my_x", as libbpf and bpftool do it. */
static const char *section_member(struct arena *arena, const struct model_section *section)
{
	const char *name = section->name;

	return section->is_arena ? "arena" : name_sanitize(arena, name + (name[0] == '.'));
}

static bool has_exposed(const struct model_section *section)
{
	for (size_t i = 0; i < section->n_variables; i++) {
		if (is_exposed(&section->variables[i]))
			return true;
	}
	return false;
}

static int add_section(struct view *view, struct value *list, struct name_scope *scope,
		       size_t index)
{
	const struct model_section *first = &view->variants[0].model->sections[index];
	struct arena *arena = view->arena;
	struct value *item = value_append(list, arena, value_object(arena));
	struct view_branch *branches = ARENA_ARRAY(arena, struct view_branch, view->n_variants);
	struct value *all_members = value_list(arena);
	const char *what = arena_printf(arena, "section '%s'", first->name);
	const char *member =
		name_take(scope, section_member(arena, first), (struct name_owner){.what = what});

	if (!member)
		return -1;
	view->section_members[index] = member;
	value_set_string(item, arena, "name", first->name);
	value_set_string(item, arena, "member", member);
	value_set_integer(item, arena, "size", (long long)first->size);
	value_set_boolean(item, arena, "is_read_only", first->is_read_only);
	for (size_t i = 0; i < view->n_variants; i++) {
		struct view_variant *variant = &view->variants[i];
		struct section_printer printer = {
			.view = view,
			.variant = variant,
			.member = member,
			.has_pointers = view->options->is_subskeleton,
			.text = STRBUF_INIT,
			.assertions = STRBUF_INIT,
			.names = {&variant->context, what, {0}},
			.variables = value_list(arena),
			.all_members = all_members,
		};

		if (print_section(&printer, &variant->model->sections[index], &branches[i]))
			return -1;
		if (i == 0)
			value_set(item, arena, "variables", printer.variables);
	}
	/* Of all variants, by the names of the source. */
	value_set(item, arena, "all_members", all_members);
	view_set_branches(view, item, branches);
	return 0;
}

int view_reserve_sections(struct view *view, struct view_variant *variant)
{
	const struct model *model = variant->model;

	for (size_t i = 0; i < model->n_sections; i++) {
		const char *tag = arena_printf(view->arena, "%s__%s", view->name,
					       section_member(view->arena, &model->sections[i]));
		struct name_owner owner = {
			.what = arena_printf(view->arena, "the struct of section '%s'",
					     model->sections[i].name),
		};

		if (has_exposed(&model->sections[i]) && !strmap_get(&variant->tags.names, tag) &&
		    !name_take_exactly(&variant->tags, tag, owner))
			return -1;
	}
	return 0;
}

int view_add_sections(struct view *view)
{
	const struct model *model = view->variants[0].model;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "sections", value_list(arena));
	struct name_scope scope = {
		.context = &view->variants[0].context,
		.where = arena_printf(arena, "struct %s", view->name),
	};

	view->section_members = ARENA_ARRAY(arena, const char *, model->n_sections);
	for (size_t i = 0; i < model->n_sections; i++) {
		if (has_exposed(&model->sections[i]) && add_section(view, list, &scope, i))
			return -1;
	}
	value_set_boolean(view->root, arena, "has_sections", list->count > 0);
	return 0;
}
