/* SPDX-License-Identifier: BSD-2-Clause */
#include "view.h"

#include <string.h>

#include "bug.h"
#include "c_literal.h"
#include "comments.h"
#include "graph.h"
#include "map_kinds.h"
#include "path.h"

/* A skeleton name longer than this is cut by bpftool. */
#define MAX_NAME_FROM_PATH 63

char *header_name_from_path(struct arena *arena, const char *path)
{
	const char *base = path_basename(path);
	size_t length = strnlen(base, MAX_NAME_FROM_PATH);

	/* In this order: of a name of 62 bytes and ".o", the '.' is left, and becomes '_'. */
	if (length > 2 && !memcmp(base + length - 2, ".o", 2))
		length -= 2;
	base = name_sanitize(arena, arena_strndup(arena, base, length));
	return arena_printf(arena, "%s%s", base, name_reserved_as(base) == NAME_FREE ? "" : "_");
}

int header_check_name(struct diag *diag, const char *name)
{
	if (!name_is_identifier(name))
		return diag_error(
			diag, NULL,
			"'%s' cannot be the name of a struct; use letters, digits and '_', "
			"no digit first",
			name);
	if (name_reserved_as(name) != NAME_FREE)
		return diag_error(
			diag, NULL,
			"'%s' cannot be the name of a struct: it is a keyword or a macro of "
			"C or C++; choose another",
			name);
	return 0;
}

int header_check_events(struct diag *diag, const struct strvec *events)
{
	for (size_t i = 0; i < events->count; i++) {
		const char *event = events->items[i], *equals = strchr(event, '=');

		if (!equals || equals == event || !equals[1])
			return diag_error(diag, NULL, "-event is '%s'; write -event MAP=TYPE",
					  event);
	}
	return 0;
}

const char *view_chomp(struct arena *arena, const char *text)
{
	size_t length = strlen(text);

	return length && text[length - 1] == '\n' ? arena_strndup(arena, text, length - 1) : text;
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool are_all_equal(const struct view_branch *branches, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (!is_same_text(branches[0].text, branches[i].text) ||
		    !is_same_text(branches[0].assertions, branches[i].assertions))
			return false;
	}
	return true;
}

void view_set_branches(struct view *view, struct value *item, const struct view_branch *branches)
{
	struct arena *arena = view->arena;
	struct value *variants = value_set(item, arena, "variants", value_list(arena));
	bool is_one = are_all_equal(branches, view->n_variants);
	size_t count = is_one ? 1 : view->n_variants;

	for (size_t i = 0; i < count; i++) {
		struct value *variant = value_append(variants, arena, value_object(arena));
		const char *text = branches[i].text;

		if (!is_one)
			value_set_string(variant, arena, "open",
					 arena_printf(arena, "#%sif %s", i ? "el" : "",
						      view->set->variants[i].condition));
		else
			value_set_string(variant, arena, "open", "");
		value_set_string(variant, arena, "text", text ? text : "");
		value_set_string(variant, arena, "assertions",
				 branches[i].assertions ? branches[i].assertions : "");
		value_set_string(variant, arena, "fingerprint",
				 arena_printf(arena, "0x%08x", branches[i].fingerprint));
	}
	value_set_string(item, arena, "close", is_one ? "" : "#endif");
}

const char *view_take_member(struct view *view, struct value *item, struct name_scope *scope,
			     const char *name, struct name_owner owner)
{
	const char *member = name_take(scope, name, owner);
	bool keeps_name =
		view->options->face == HEADER_BPFTOOL && name_reserved_as(name) == NAME_CXX_KEYWORD;

	if (!member)
		return NULL;
	value_set_string(item, view->arena, "member", member);
	value_set_string(item, view->arena, "c_member", keeps_name ? name : NULL);
	return member;
}

int view_reserve(struct view *view, struct view_variant *variant, const char *name,
		 struct name_owner owner)
{
	name = arena_printf(view->arena, "%s__%s", view->name, name);
	return name_take_exactly(&variant->identifiers, name, owner) ? 0 : -1;
}

const char *view_where(const struct view *view, const char *name, const char *fallback)
{
	return source_facts_where(view->arena, view->facts,
				  arena_printf(view->arena, "variable %s", name), fallback);
}

const char *view_suggest(const struct view *view, const char *best, const char *where)
{
	return best ? arena_printf(view->arena, "; did you mean '%s'?%s%s%s", best,
				   where ? " It is at " : "", where ? where : "", where ? "." : "")
		    : "";
}

/* Whether a map with these features has the function, by skeleton or by descriptor. */
static bool has_function(uint32_t features, const char *function)
{
	for (unsigned i = 0; i < map_feature_count; i++) {
		const struct map_feature_name *feature = &map_feature_names[i];

		for (int j = 0; feature->verbs[j] && features & feature->feature; j++) {
			size_t length = strlen(feature->verbs[j]);

			if (!strncmp(function, feature->verbs[j], length) &&
			    (!function[length] || !strcmp(function + length, "_fd")))
				return true;
		}
	}
	return false;
}

static int reserve_map(struct view *view, struct view_variant *variant, const struct model_map *map)
{
	struct arena *arena = view->arena;
	struct name_family family = {
		.owner = name_owner(arena, "a function of map", "variable", map->name),
		.bits = view_map_features(view, map),
		.has = has_function,
	};
	const char *head = arena_printf(arena, "%s__%s", view->name, map->name);

	if (family.bits && name_take_family(&variant->identifiers, head, family))
		return -1;
	if (!map->inner)
		return 0;
	family.bits = view_inner_features(view, map);
	head = arena_printf(arena, "%s__inner", head);
	return family.bits ? name_take_family(&variant->identifiers, head, family) : 0;
}

/* Not for those who want the bare skeleton. */
static bool has_report(const struct view *view)
{
	return view->options->face == HEADER_BPFBAKE && !view->options->omit_accessors;
}

static int reserve_functions(struct view *view, struct view_variant *variant,
			     const char *const *names, size_t count)
{
	struct name_owner skeleton = {.what = "a function of the skeleton"};

	for (size_t i = 0; i < count; i++) {
		if (view_reserve(view, variant, names[i], skeleton))
			return -1;
	}
	return 0;
}

/* Everything that the header declares at file scope, so that types and enumerators keep off. */
static int reserve_identifiers(struct view *view, struct view_variant *variant)
{
	static const char *const functions[] = {
		"open",    "open_opts",       "load",      "open_and_load", "attach", "detach",
		"destroy", "create_skeleton", "elf_bytes", "assert",
	};
	static const char *const more[] = {"report",    "open_bytes", "open_file",
					   "load_only", "pin",        "unpin"};
	static const char *const of_btfs[] = {"btf_bytes", "btf_for"};
	static const char *const light[] = {"loader"};
	const struct model *model = variant->model;

	if (reserve_functions(view, variant, functions, ARRAY_SIZE(functions)))
		return -1;
	if (has_report(view) && reserve_functions(view, variant, more, ARRAY_SIZE(more)))
		return -1;
	if (view_has_btfs(view) && reserve_functions(view, variant, of_btfs, ARRAY_SIZE(of_btfs)))
		return -1;
	if (view->options->is_light && reserve_functions(view, variant, light, ARRAY_SIZE(light)))
		return -1;
	for (size_t i = 0; i < model->n_maps; i++) {
		if (reserve_map(view, variant, &model->maps[i]))
			return -1;
	}
	if (view_reserve_programs(view, variant))
		return -1;
	if (view->options->face == HEADER_BPFTOOL)
		return 0;
	return view_reserve_globals(view, variant);
}

static int init_variant(struct view *view, struct view_variant *variant, const struct model *model)
{
	const struct header_options *options = view->options;
	const char *prefix = options->type_prefix ? options->type_prefix
						  : arena_printf(view->arena, "%s__", view->name);
	bool is_bpftool = options->face == HEADER_BPFTOOL;

	variant->model = model;
	variant->context = (struct name_context){
		.arena = view->arena,
		.diag = view->diag,
		.facts = model->facts,
		.path = model->path,
	};
	variant->tags = variant->identifiers =
		(struct name_scope){.context = &variant->context, .where = "the header"};
	/* In bpftool's face types keep their names, whatever these are: view_add_types looks at
	 * them. */
	if (!is_bpftool && !name_take_exactly(&variant->tags, view->name,
					      (struct name_owner){.what = "the skeleton's struct"}))
		return -1;
	if (view_reserve_sections(view, variant) || reserve_identifiers(view, variant))
		return -1;
	types_init(&variant->defined, &variant->context, model->btf, is_bpftool ? "" : prefix,
		   is_bpftool ? TYPE_SOURCE : TYPE_DEFINED, &variant->tags, &variant->identifiers);
	variant->defined.is_as_in_c = is_bpftool;
	variant->defined.facts = model->facts;
	variant->defined.knows_signs = model->knows_signs;
	types_init(&variant->source, &variant->context, model->btf, "", TYPE_SOURCE, &variant->tags,
		   &variant->identifiers);
	variant->source.is_as_in_c = is_bpftool;
	variant->declare =
		options->omit_global_types && !is_bpftool ? &variant->source : &variant->defined;
	return 0;
}

static const char *made_by(struct view *view)
{
	const struct header_options *options = view->options;

	return comment_line(view->arena,
			    arena_printf(view->arena, "Made by %s%s%s%s%s", options->tool,
					 options->source ? " from " : "",
					 options->source ? options->source : "",
					 options->compiler ? " with " : "",
					 options->compiler ? options->compiler : ""));
}

/* The name of the header's guard: bpftool's, in capitals. */
static const char *guard(struct arena *arena, const char *name)
{
	char *upper = arena_strdup(arena, name);

	for (char *c = upper; *c; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	return upper;
}

static void add_root(struct view *view)
{
	const struct header_options *options = view->options;
	const struct model *model = view->set->variants[0].model;
	struct arena *arena = view->arena;

	value_set_string(view->root, arena, "N", view->name);
	value_set_string(view->root, arena, "guard", guard(arena, view->name));
	value_set_string(view->root, arena, "made_by", made_by(view));
	value_set_string(view->root, arena, "flags",
			 options->flags ? comment_line(arena, options->flags) : NULL);
	value_set_string(view->root, arena, "source", options->source);
	value_set_string(view->root, arena, "condition", options->condition);
	value_set_boolean(view->root, arena, "is_bpftool", options->face == HEADER_BPFTOOL);
	value_set_boolean(view->root, arena, "has_report", has_report(view));
	value_set_string(view->root, arena, "license", model->license);
	view_add_light(view);
}

/* What the functions of the header need of the C library and of each other. */
static void add_helpers(struct view *view)
{
	const struct value *maps = value_get(view->root, "maps");
	bool has_mapped = false, has_events = false, uses_macro = false;

	for (size_t i = 0; i < maps->count; i++) {
		has_mapped |= value_is_true(value_get(maps->items[i], "has_mmap"));
		has_events |= value_is_true(value_get(maps->items[i], "has_receivers"));
	}
	for (size_t i = 0; i < view->n_variants; i++)
		uses_macro |=
			view->variants[i].defined.uses_macro || view->variants[i].source.uses_macro;
	value_set_boolean(view->root, view->arena, "uses_64", uses_macro);
	value_set_boolean(view->root, view->arena, "has_events", has_events);
	value_set_boolean(view->root, view->arena, "has_mapped", has_mapped);
	value_set_boolean(view->root, view->arena, "has_helpers",
			  value_is_true(value_get(view->root, "has_accessors")) ||
				  value_is_true(value_get(view->root, "has_globals")));
	value_set_boolean(view->root, view->arena, "has_functions",
			  value_is_true(value_get(view->root, "has_helpers")) ||
				  value_is_true(value_get(view->root, "has_program_functions")));
}

static int add_parts(struct view *view)
{
	bool is_empty = !view->variants[0].model->n_maps && !view->variants[0].model->n_programs;

	add_root(view);
	value_set_boolean(view->root, view->arena, "has_maps_or_programs", !is_empty);
	if (view_add_types(view) || view_add_sections(view) || view_add_maps(view) ||
	    view_add_programs(view) || view_add_struct_ops(view))
		return -1;
	view_add_needs(view);
	view_add_cxx(view);
	view_add_constants(view);
	view_add_globals(view);
	add_helpers(view);
	if (view->options->has_graph)
		value_set(view->root, view->arena, "graph",
			  graph_view(view->arena, view->root, view->variants[0].model));
	view_add_btfs(view);
	if (view->options->is_subskeleton)
		return 0;
	if (view_add_objects(view))
		return -1;
	return view->options->is_light ? view_add_loaders(view) : 0;
}

struct value *header_view(struct arena *arena, struct diag *diag,
			  const struct header_options *options, const struct model_set *set)
{
	struct view view = {
		.arena = arena,
		.diag = diag,
		.options = options,
		.set = set,
		.facts = set->variants[0].model->facts,
		.name = options->name,
		.root = value_object(arena),
		.variants = ARENA_ARRAY(arena, struct view_variant, set->n_variants),
		.n_variants = set->n_variants,
	};

	if (model_set_check(set, arena, diag))
		return NULL;
	for (size_t i = 0; i < set->n_variants; i++) {
		if (init_variant(&view, &view.variants[i], set->variants[i].model))
			return NULL;
	}
	return add_parts(&view) ? NULL : view.root;
}
