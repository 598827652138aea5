/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Three steps: which sections stay, which symbols they then need, and the image with the new
 * indexes of both.
 */
#include "strip.h"

#include <bpf/btf.h>
#include <elf.h>
#include <string.h>

#include "btf_lines.h"
#include "btf_query.h"
#include "elf_writer.h"

struct stripper {
	const struct object *object;
	struct arena *arena;
	const struct strip_options *options;
	uint32_t *sections; /* new index by old one; 0: dropped */
	uint32_t *symbols;
	struct btf_lines lines;
	struct elf_image image;
};

/* What bpf/bpfbake.bpf.h writes for bpfbake alone. */
static bool is_export(const struct object_section *section)
{
	return !strcmp(section->name, BTF_EXPORT_SECTION);
}

/* Its relocations go with a section. */
static bool is_debug(const struct object *object, const struct object_section *section)
{
	if (section->type == SHT_REL)
		section = &object->sections[section->info];
	return !strncmp(section->name, ".debug_", strlen(".debug_")) ||
	       !strcmp(section->name, ".llvm_addrsig");
}

/* Sections that hold indexes in a way that is not known here. */
static bool is_opaque(const struct object *object)
{
	for (size_t i = 1; i < object->n_sections; i++) {
		uint32_t type = object->sections[i].type;

		if (type == SHT_GROUP || type == SHT_SYMTAB_SHNDX || type == SHT_RELA)
			return true;
	}
	return !object->n_symbols;
}

/* The names of sections go into the same table as those of symbols, as clang does it. */
static uint32_t string_section(const struct object *object)
{
	for (size_t i = 1; i < object->n_sections; i++) {
		if (object->sections[i].type == SHT_SYMTAB)
			return object->sections[i].link;
	}
	return 0;
}

static bool is_dropped(const struct stripper *s, const struct object_section *section)
{
	return is_export(section) || (!s->options->keep_debug && is_debug(s->object, section));
}

static bool has_work(const struct stripper *s)
{
	for (size_t i = 1; i < s->object->n_sections; i++) {
		if (is_dropped(s, &s->object->sections[i]))
			return true;
	}
	return s->options->directory != NULL;
}

static void choose_sections(struct stripper *s)
{
	const struct object *object = s->object;
	uint32_t count = 1, strings = string_section(object);

	s->sections = ARENA_ARRAY(s->arena, uint32_t, object->n_sections);
	for (size_t i = 1; i < object->n_sections; i++) {
		const struct object_section *section = &object->sections[i];

		if (section->type == SHT_STRTAB && i != strings)
			continue;
		if (is_dropped(s, section))
			continue;
		s->sections[i] = count++;
	}
	s->image.n_sections = count;
}

static bool is_symbol_kept(const struct stripper *s, const struct object_symbol *symbol)
{
	if (symbol->section < s->object->n_sections && symbol->section &&
	    !s->sections[symbol->section])
		return false;
	return symbol->type != STT_SECTION && symbol->type != STT_FILE;
}

/* BTF's own for a variable of a section that goes has nothing to point to any more. */
static bool is_relocation_kept(const struct stripper *s, const struct object_relocation *relocation)
{
	uint32_t section = s->object->symbols[relocation->symbol].section;

	return section >= s->object->n_sections || !section || s->sections[section];
}

static void choose_symbols(struct stripper *s)
{
	const struct object *object = s->object;
	uint32_t count = 1;

	s->symbols = ARENA_ARRAY(s->arena, uint32_t, object->n_symbols);
	for (size_t i = 1; i < object->n_symbols; i++)
		s->symbols[i] = is_symbol_kept(s, &object->symbols[i]);
	for (size_t i = 1; i < object->n_sections; i++) {
		const struct object_section *section = &object->sections[i];

		for (size_t j = 0; s->sections[i] && j < section->n_relocations; j++) {
			if (is_relocation_kept(s, &section->relocations[j]))
				s->symbols[section->relocations[j].symbol] = 1;
		}
	}
	s->symbols[0] = 0;
	for (size_t i = 1; i < object->n_symbols; i++) {
		if (s->symbols[i])
			s->symbols[i] = count++;
	}
	s->image.n_symbols = count;
}

/* ELF wants the local ones first; those of clang are in that order already. */
static uint32_t count_local_symbols(const struct elf_image *image)
{
	uint32_t count = 1;

	while (count < image->n_symbols && image->symbols[count].binding == STB_LOCAL)
		count++;
	return count;
}

static void copy_symbols(struct stripper *s)
{
	const struct object *object = s->object;

	s->image.symbols = ARENA_ARRAY(s->arena, struct object_symbol, s->image.n_symbols);
	s->image.symbols[0].name = "";
	for (size_t i = 1; i < object->n_symbols; i++) {
		struct object_symbol *symbol = &s->image.symbols[s->symbols[i]];

		if (!s->symbols[i])
			continue;
		*symbol = object->symbols[i];
		if (symbol->section < object->n_sections)
			symbol->section = s->sections[symbol->section];
	}
}

static void copy_relocations(struct stripper *s, struct elf_image_section *to,
			     const struct object_section *target)
{
	to->content = ELF_CONTENT_RELOCATIONS;
	to->relocations = ARENA_ARRAY(s->arena, struct object_relocation, target->n_relocations);
	for (size_t i = 0; i < target->n_relocations; i++) {
		struct object_relocation *relocation = &to->relocations[to->n_relocations];

		if (!is_relocation_kept(s, &target->relocations[i]))
			continue;
		*relocation = target->relocations[i];
		relocation->symbol = s->symbols[relocation->symbol];
		to->n_relocations++;
	}
}

static struct bytes section_data(const struct stripper *s, const struct object_section *section)
{
	if (!strcmp(section->name, BTF_ELF_SEC) && s->lines.btf.size)
		return s->lines.btf;
	if (!strcmp(section->name, BTF_EXT_ELF_SEC) && s->lines.btf.size)
		return s->lines.ext;
	return (struct bytes){section->data, section->size};
}

static void copy_section(struct stripper *s, const struct object_section *from)
{
	struct elf_image_section *to = &s->image.sections[s->sections[from->index]];

	*to = (struct elf_image_section){
		.from = from,
		.data = section_data(s, from),
		.link = from->link < s->object->n_sections ? s->sections[from->link] : 0,
		.info = from->info,
	};
	if (from->type == SHT_SYMTAB) {
		to->content = ELF_CONTENT_SYMBOLS;
		to->info = count_local_symbols(&s->image);
	} else if (from->type == SHT_STRTAB) {
		to->content = ELF_CONTENT_STRINGS;
	} else if (from->type == SHT_REL) {
		to->info = s->sections[from->info];
		copy_relocations(s, to, &s->object->sections[from->info]);
	}
}

int object_strip(const struct object *object, struct arena *arena, struct diag *diag,
		 const struct strip_options *options, struct bytes *out)
{
	struct stripper s = {.object = object, .arena = arena, .options = options};

	*out = object->bytes;
	if (is_opaque(object) || !has_work(&s))
		return 0;
	if (options->directory || object_find_section(object, BTF_EXPORT_SECTION))
		s.lines = btf_lines_complete(object, arena, options->directory,
					     options->working_directory);
	s.image.byte_order = object->byte_order;
	choose_sections(&s);
	choose_symbols(&s);
	copy_symbols(&s);
	s.image.sections = ARENA_ARRAY(arena, struct elf_image_section, s.image.n_sections);
	for (size_t i = 1; i < object->n_sections; i++) {
		if (s.sections[i])
			copy_section(&s, &object->sections[i]);
	}
	return elf_image_write(&s.image, arena, diag, object->path, out);
}
