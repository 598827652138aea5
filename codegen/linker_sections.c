/* SPDX-License-Identifier: BSD-2-Clause */
/* Which sections there are, and where in them those of the objects begin. */
#include <elf.h>
#include <inttypes.h>
#include <string.h>

#include "btf_query.h"
#include "linker_parts.h"

#ifndef SHT_LLVM_ADDRSIG
#define SHT_LLVM_ADDRSIG 0x6fff4c03
#endif

enum {
	MAX_ALIGNMENT = 1 << 20,
	MAX_SIZE = INT32_MAX, /* immediates hold places in sections */
};

/* What is not linked, or in another way. */
static bool is_dropped(const struct object_section *section)
{
	const char *name = section->name;

	if (section->type == SHT_NULL || section->type == SHT_STRTAB ||
	    section->type == SHT_SYMTAB || section->type == SHT_REL ||
	    section->type == SHT_LLVM_ADDRSIG)
		return true;
	return !strncmp(name, ".debug_", strlen(".debug_")) || !strcmp(name, BTF_ELF_SEC) ||
	       !strcmp(name, BTF_EXT_ELF_SEC) || !strcmp(name, BTF_EXPORT_SECTION) ||
	       (!strcmp(name, ".text") && !section->size);
}

static int check_section(struct linker *linker, const struct linker_input *input,
			 const struct object_section *section)
{
	const char *path = input->object->path;
	uint64_t alignment = section->alignment;

	if (section->type != SHT_PROGBITS && section->type != SHT_NOBITS)
		return diag_error(
			linker->diag, path,
			"has a section '%s' of type %u, which cannot be linked; compile it "
			"with clang -target bpf -c, without -ffunction-sections",
			section->name, section->type);
	if (object_find_section(input->object, section->name) != section)
		return diag_error(linker->diag, path,
				  "has two sections '%s', which cannot be linked; give one of "
				  "them another name",
				  section->name);
	if ((alignment & (alignment - 1)) || alignment > MAX_ALIGNMENT ||
	    ((section->flags & SHF_EXECINSTR) && section->size % INSTRUCTION_SIZE))
		return diag_error(linker->diag, path,
				  "the object is damaged (the size or alignment of '%s'); compile "
				  "it again",
				  section->name);
	return 0;
}

static int compare_headers(struct linker *linker, const struct linker_input *input,
			   const struct object_section *section, const struct linker_section *to)
{
	const char *what = section->type != to->from->type               ? "type"
			   : section->flags != to->from->flags           ? "flags"
			   : section->entry_size != to->from->entry_size ? "size of entries"
									 : NULL;

	return what ? diag_error(linker->diag, input->object->path,
				 "the section '%s' has another %s than in '%s'; they cannot be one",
				 section->name, what, to->first->object->path)
		    : 0;
}

/* Those of which an object may have one only. */
bool linker_stands_once(const char *name)
{
	return !strcmp(name, "license") || !strcmp(name, "version");
}

static int compare_contents(struct linker *linker, const struct linker_input *input,
			    const struct object_section *here, const struct linker_section *to)
{
	const struct object_section *there = to->from;
	const char *path = input->object->path, *first = to->first->object->path;

	if (here->type == SHT_NOBITS ||
	    (here->size == there->size && !memcmp(here->data, there->data, here->size)))
		return 0;
	if (!strcmp(here->name, "version"))
		return diag_error(linker->diag, path,
				  "its version is not that of '%s'; a program has one", first);
	return diag_error(linker->diag, path,
			  "its license is '%.*s', and '%.*s' in '%s'; a program has one: write the "
			  "same in both",
			  (int)strnlen((const char *)here->data, here->size), here->data,
			  (int)strnlen((const char *)there->data, there->size), there->data, first);
}

struct linker_section *linker_section(struct linker *linker, const struct linker_input *input,
				      const struct object_section *from, const char *name)
{
	void **place = strmap_at(&linker->sections_by_name, linker->arena, name);
	struct linker_section *section = *place;

	if (!section) {
		section = ARENA_NEW(linker->arena, struct linker_section);
		*place = section;
		section->header.name = name;
		*ARENA_PUSH(linker->arena, linker->sections, linker->n_sections) = section;
	}
	if (from && !section->from) {
		section->from = from;
		section->first = input;
		section->header = *from;
		section->header.size = 0;
	}
	return section;
}

static int place_section(struct linker *linker, struct linker_input *input,
			 const struct object_section *section)
{
	uint64_t alignment = section->alignment ? section->alignment : 1, offset;
	struct linker_section *to;

	if (check_section(linker, input, section))
		return -1;
	to = linker_section(linker, input, section, section->name);
	input->sections[section->index] = to;
	if (compare_headers(linker, input, section, to))
		return -1;
	if (linker_stands_once(section->name) && to->first != input) {
		input->is_repeated[section->index] = true;
		return compare_contents(linker, input, section, to);
	}
	if (to->header.alignment < alignment)
		to->header.alignment = alignment;
	alignment = to->header.alignment;
	offset = (to->header.size + alignment - 1) & ~(alignment - 1);
	if (section->size > MAX_SIZE || offset + section->size > MAX_SIZE)
		return diag_error(linker->diag, input->object->path,
				  "the section '%s' is too large (%" PRIu64 " bytes with those of "
				  "the other objects)",
				  section->name, offset + section->size);
	input->offsets[section->index] = offset;
	to->header.size = offset + section->size;
	return 0;
}

static int place_input(struct linker *linker, struct linker_input *input)
{
	const struct object *object = input->object;

	input->sections = ARENA_ARRAY(linker->arena, struct linker_section *, object->n_sections);
	input->offsets = ARENA_ARRAY(linker->arena, uint64_t, object->n_sections);
	input->is_repeated = ARENA_ARRAY(linker->arena, bool, object->n_sections);
	for (size_t i = 1; i < object->n_sections; i++) {
		if (!is_dropped(&object->sections[i]) &&
		    place_section(linker, input, &object->sections[i]))
			return -1;
	}
	return 0;
}

static void copy_contents(struct linker *linker, const struct linker_input *input)
{
	for (size_t i = 1; i < input->object->n_sections; i++) {
		const struct object_section *from = &input->object->sections[i];
		struct linker_section *to = input->sections[i];

		if (!to || input->is_repeated[i] || !from->data)
			continue;
		if (!to->data)
			to->data = arena_alloc(linker->arena, to->header.size);
		memcpy(to->data + input->offsets[i], from->data, from->size);
	}
}

int linker_place_sections(struct linker *linker)
{
	for (size_t i = 0; i < linker->n_inputs; i++) {
		if (place_input(linker, &linker->inputs[i]))
			return -1;
	}
	for (size_t i = 0; i < linker->n_inputs; i++)
		copy_contents(linker, &linker->inputs[i]);
	return 0;
}
