/* SPDX-License-Identifier: BSD-2-Clause */
/* Which symbols there are, and which definition of a global one counts. */
#include <elf.h>
#include <string.h>

#include "btf_query.h"
#include "linker_parts.h"
#include "source_facts.h"

bool linker_is_shared(const struct btf_type *type)
{
	return (btf_is_var(type) && btf_var(type)->linkage != BTF_VAR_STATIC) ||
	       (btf_is_func(type) && btf_vlen(type) != BTF_FUNC_STATIC);
}

const char *linker_where(struct linker *linker, const struct linker_mention *mention)
{
	const struct object *object = mention->input->object;
	const char *kind = "variable";

	if (mention->declaration &&
	    btf_is_func(btf__type_by_id(object->btf, mention->declaration->type)))
		kind = "function";
	return source_facts_where(linker->arena, object->facts,
				  arena_printf(linker->arena, "%s %s", kind, mention->symbol->name),
				  object->path);
}

static struct linker_declaration *declare(struct linker *linker, struct linker_input *input,
					  uint32_t id)
{
	const struct btf *btf = input->object->btf;
	void **place = strmap_at(&input->declarations, linker->arena, btf_query_type_name(btf, id));

	if (!*place) {
		*place = ARENA_NEW(linker->arena, struct linker_declaration);
		((struct linker_declaration *)*place)->section = "";
	}
	((struct linker_declaration *)*place)->type = id;
	return *place;
}

/* Some are in no DATASEC: externs without a section, functions. */
static void read_declarations(struct linker *linker, struct linker_input *input)
{
	const struct btf *btf = input->object->btf;
	uint32_t count = btf ? btf__type_cnt(btf) : 0;

	for (uint32_t id = 1; id < count; id++) {
		if (linker_is_shared(btf__type_by_id(btf, id)))
			declare(linker, input, id);
	}
	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *datasec = btf__type_by_id(btf, id);
		const char *name = btf_query_type_name(btf, id);

		for (uint32_t i = 0; btf_is_datasec(datasec) && i < btf_vlen(datasec); i++) {
			uint32_t type = btf_var_secinfos(datasec)[i].type;

			if (linker_is_shared(btf__type_by_id(btf, type)) && strcmp(name, ".extern"))
				declare(linker, input, type)->section = name;
		}
	}
}

/* The stricter of two. */
static uint8_t merge_visibility(uint8_t a, uint8_t b)
{
	static const uint8_t ranks[] = {
		[STV_DEFAULT] = 0,
		[STV_PROTECTED] = 1,
		[STV_HIDDEN] = 2,
		[STV_INTERNAL] = 3,
	};

	return ranks[a & 3] >= ranks[b & 3] ? a : b;
}

static bool is_weak(const struct linker_mention *mention)
{
	return mention->symbol->binding == STB_WEAK;
}

/* Whether `next` takes the place of `chosen`. */
static bool beats(const struct linker_mention *next, const struct linker_mention *chosen)
{
	if (linker_is_extern(next))
		return linker_is_extern(chosen) && next->declaration &&
		       *next->declaration->section && !*chosen->declaration->section;
	return linker_is_extern(chosen) || (is_weak(chosen) && !is_weak(next));
}

/* An extern of .kconfig, .ksyms or .maps is to be found there. */
static int compare_sections(struct linker *linker, const struct linker_mention *here,
			    const struct linker_mention *there)
{
	const char *ours = here->declaration->section, *theirs = there->declaration->section;

	if (!strcmp(ours, theirs) || (!linker_is_extern(here) && !linker_is_extern(there)) ||
	    (linker_is_extern(here) && !*ours) || (linker_is_extern(there) && !*theirs))
		return 0;
	return diag_error(
		linker->diag, linker_where(linker, here),
		"'%s' is in the section '%s', and in '%s' in '%s'; give it the same SEC(…) "
		"everywhere",
		here->symbol->name, *ours ? ours : "of its code",
		*theirs ? theirs : "that of its code", linker_where(linker, there));
}

static int compare(struct linker *linker, const struct linker_mention *here,
		   const struct linker_mention *there)
{
	const struct linker_mention *bare = !here->declaration ? here : there;

	if (!linker_is_extern(here) && !linker_is_extern(there) && !is_weak(here) &&
	    !is_weak(there))
		return diag_error(linker->diag, linker_where(linker, here),
				  "'%s' is also defined in '%s'; make one of them static, weak or "
				  "extern",
				  here->symbol->name, linker_where(linker, there));
	if (!bare->declaration)
		return diag_error(linker->diag, bare->input->object->path,
				  "has no BTF of '%s', which '%s' has too; compile it with -g",
				  bare->symbol->name,
				  (bare == here ? there : here)->input->object->path);
	if (compare_sections(linker, here, there))
		return -1;
	return !strcmp(here->declaration->section, ".maps")
		       ? linker_compare_maps(linker, here, there)
		       : linker_compare_types(linker, here, there);
}

static int add_mention(struct linker *linker, const struct linker_mention *mention, uint32_t *index)
{
	void **place = strmap_at(&linker->globals_by_name, linker->arena, mention->symbol->name);
	struct linker_global *global;

	if (!*place) {
		global = ARENA_NEW(linker->arena, struct linker_global);
		global->chosen = *mention;
		global->binding = mention->symbol->binding;
		global->visibility = mention->symbol->visibility;
		*ARENA_PUSH(linker->arena, linker->globals, linker->n_globals) = global;
		*place = (void *)linker->n_globals;
		*index = LINKER_GLOBAL | (uint32_t)(linker->n_globals - 1);
		return 0;
	}
	*index = LINKER_GLOBAL | (uint32_t)((size_t)*place - 1);
	global = linker->globals[(size_t)*place - 1];
	if (compare(linker, mention, &global->chosen))
		return -1;
	if (mention->symbol->binding == STB_GLOBAL)
		global->binding = STB_GLOBAL;
	global->visibility = merge_visibility(global->visibility, mention->symbol->visibility);
	if (beats(mention, &global->chosen))
		global->chosen = *mention;
	return 0;
}

static int check_symbol(struct linker *linker, const struct linker_input *input,
			const struct object_symbol *symbol)
{
	const char *path = input->object->path;

	if (symbol->binding > STB_WEAK || (!symbol->section && symbol->binding == STB_LOCAL) ||
	    (symbol->section && symbol->section < input->object->n_sections &&
	     symbol->value > input->object->sections[symbol->section].size))
		return diag_error(linker->diag, path,
				  "the object is damaged (the symbol '%s'); compile it again",
				  symbol->name);
	if (symbol->section == SHN_COMMON)
		return diag_error(
			linker->diag, path,
			"'%s' is a common symbol, which BPF does not have; compile it with "
			"-fno-common",
			symbol->name);
	if (!symbol->section && !input->object->btf)
		return diag_error(
			linker->diag, path,
			"has no BTF, so '%s', which is extern, cannot be found; compile it "
			"with -g",
			symbol->name);
	return 0;
}

const struct linker_global *linker_find_global(const struct linker *linker, const char *name)
{
	size_t place = (size_t)strmap_get(&linker->globals_by_name, name);

	return place ? linker->globals[place - 1] : NULL;
}

/* The license's, where an earlier object has it. */
static uint32_t find_repeated(const struct linker *linker, const struct object_symbol *symbol)
{
	size_t place = (size_t)strmap_get(&linker->globals_by_name, symbol->name);

	return place && symbol->binding != STB_LOCAL ? LINKER_GLOBAL | (uint32_t)(place - 1) : 0;
}

static void add_local(struct linker *linker, struct linker_input *input, size_t index)
{
	const struct object_symbol *symbol = &input->object->symbols[index];
	struct linker_local *local;

	input->symbols[index] = (uint32_t)linker->n_locals;
	local = ARENA_PUSH(linker->arena, linker->locals, linker->n_locals);
	local->symbol = *symbol;
	if (symbol->section < input->object->n_sections) {
		local->section = input->sections[symbol->section];
		local->symbol.value += input->offsets[symbol->section];
	}
}

static int add_symbol(struct linker *linker, struct linker_input *input, size_t index)
{
	const struct object_symbol *symbol = &input->object->symbols[index];
	struct linker_mention mention = {input, symbol, NULL};
	bool has_section = symbol->section && symbol->section < input->object->n_sections;

	if (symbol->type == STT_SECTION || symbol->type == STT_FILE ||
	    (has_section && !input->sections[symbol->section]))
		return 0;
	if (check_symbol(linker, input, symbol))
		return -1;
	if (has_section && input->is_repeated[symbol->section]) {
		input->symbols[index] = find_repeated(linker, symbol);
		return 0;
	}
	if (symbol->binding == STB_LOCAL) {
		add_local(linker, input, index);
		return 0;
	}
	mention.declaration = strmap_get(&input->declarations, symbol->name);
	if (linker_is_extern(&mention) && !mention.declaration)
		return diag_error(linker->diag, input->object->path,
				  "its BTF does not know '%s', which is extern; compile it with -g",
				  symbol->name);
	return add_mention(linker, &mention, &input->symbols[index]);
}

int linker_resolve_symbols(struct linker *linker)
{
	/* Number 0 stands for no symbol. */
	ARENA_PUSH(linker->arena, linker->locals, linker->n_locals)->symbol.name = "";
	for (size_t i = 0; i < linker->n_inputs; i++) {
		struct linker_input *input = &linker->inputs[i];

		read_declarations(linker, input);
		input->symbols = ARENA_ARRAY(linker->arena, uint32_t, input->object->n_symbols + 1);
		for (size_t j = 1; j < input->object->n_symbols; j++) {
			if (add_symbol(linker, input, j))
				return -1;
		}
	}
	return 0;
}
