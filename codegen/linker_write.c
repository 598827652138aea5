/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The image: the sections in the order in which they were met, each with its relocations behind
 * it, then .BTF and .BTF.ext, the symbols, the names.
 */
#include <elf.h>
#include <errno.h>
#include <string.h>

#include "elf_writer.h"
#include "linker_parts.h"

struct image_writer {
	struct linker *linker;
	struct elf_image image;
	uint32_t symbols; /* index of the table */
};

static struct elf_image_section *add(struct image_writer *writer, const struct object_section *from)
{
	struct elf_image *image = &writer->image;
	struct elf_image_section *section =
		ARENA_PUSH(writer->linker->arena, image->sections, image->n_sections);

	section->from = from;
	return section;
}

static uint32_t symbol_index(const struct linker *linker, uint32_t symbol)
{
	return symbol & LINKER_GLOBAL ? (uint32_t)linker->n_locals + (symbol & ~LINKER_GLOBAL)
				      : symbol;
}

static void add_relocations(struct image_writer *writer, const struct linker_section *section)
{
	struct arena *arena = writer->linker->arena;
	struct object_section *header = ARENA_NEW(arena, struct object_section);
	struct elf_image_section *added;

	*header = (struct object_section){
		.name = arena_printf(arena, ".rel%s", section->header.name),
		.type = SHT_REL,
		.alignment = 8,
		.entry_size = sizeof(Elf64_Rel),
	};
	for (size_t i = 0; i < section->n_relocations; i++)
		section->relocations[i].symbol =
			symbol_index(writer->linker, section->relocations[i].symbol);
	added = add(writer, header);
	added->content = ELF_CONTENT_RELOCATIONS;
	added->info = section->index;
	added->relocations = section->relocations;
	added->n_relocations = section->n_relocations;
}

static void add_section(struct image_writer *writer, struct linker_section *section)
{
	struct elf_image_section *added;

	section->index = (uint32_t)writer->image.n_sections;
	added = add(writer, &section->header);
	if (section->data)
		added->data = (struct bytes){section->data, section->header.size};
	if (section->n_relocations)
		add_relocations(writer, section);
}

static struct object_symbol global_symbol(const struct linker_global *global)
{
	const struct linker_mention *chosen = &global->chosen;
	struct object_symbol symbol = *chosen->symbol;

	symbol.binding = global->binding;
	symbol.visibility = global->visibility;
	if (symbol.section && symbol.section < chosen->input->object->n_sections) {
		symbol.value += chosen->input->offsets[symbol.section];
		symbol.section = chosen->input->sections[symbol.section]->index;
	}
	return symbol;
}

static void add_symbols(struct image_writer *writer)
{
	struct linker *linker = writer->linker;
	struct elf_image *image = &writer->image;

	image->n_symbols = linker->n_locals + linker->n_globals;
	image->symbols = ARENA_ARRAY(linker->arena, struct object_symbol, image->n_symbols);
	for (size_t i = 0; i < linker->n_locals; i++) {
		image->symbols[i] = linker->locals[i].symbol;
		if (linker->locals[i].section)
			image->symbols[i].section = linker->locals[i].section->index;
	}
	for (size_t i = 0; i < linker->n_globals; i++)
		image->symbols[linker->n_locals + i] = global_symbol(linker->globals[i]);
}

static int add_btf(struct image_writer *writer, struct bytes ext)
{
	static const struct object_section btf_header = {
		.name = BTF_ELF_SEC, .type = SHT_PROGBITS, .alignment = 4};
	static const struct object_section ext_header = {
		.name = BTF_EXT_ELF_SEC, .type = SHT_PROGBITS, .alignment = 4};
	struct linker *linker = writer->linker;
	const void *raw;
	uint32_t size;

	if (btf__type_cnt(linker->btf) <= 1)
		return 0;
	if (btf__set_endianness(linker->btf, writer->image.byte_order == BYTE_ORDER_BIG
						     ? BTF_BIG_ENDIAN
						     : BTF_LITTLE_ENDIAN))
		return -1;
	raw = btf__raw_data(linker->btf, &size);
	if (!raw)
		return -1;
	add(writer, &btf_header)->data =
		(struct bytes){arena_memdup(linker->arena, raw, size), size};
	if (ext.size)
		add(writer, &ext_header)->data = ext;
	return 0;
}

int linker_write(struct linker *linker, struct bytes ext, struct bytes *out)
{
	static const struct object_section symbols_header = {.name = ".symtab",
							     .type = SHT_SYMTAB,
							     .alignment = 8,
							     .entry_size = sizeof(Elf64_Sym)};
	static const struct object_section strings_header = {
		.name = ".strtab", .type = SHT_STRTAB, .alignment = 1};
	struct image_writer writer = {.linker = linker};
	struct elf_image *image = &writer.image;
	const char *path = linker->inputs[0].object->path;
	struct elf_image_section *symbols;

	image->byte_order = linker->inputs[0].object->byte_order;
	add(&writer, NULL);
	for (size_t i = 0; i < linker->n_sections; i++) {
		if (linker->sections[i]->from)
			add_section(&writer, linker->sections[i]);
	}
	if (add_btf(&writer, ext))
		return diag_error(linker->diag, path, "its BTF cannot be linked: %s",
				  strerror(ENOMEM));
	add_symbols(&writer);
	for (size_t i = 1; i < image->n_sections; i++) {
		if (image->sections[i].content == ELF_CONTENT_RELOCATIONS)
			image->sections[i].link = (uint32_t)image->n_sections;
	}
	symbols = add(&writer, &symbols_header);
	symbols->content = ELF_CONTENT_SYMBOLS;
	symbols->info = (uint32_t)linker->n_locals;
	symbols->link = (uint32_t)image->n_sections;
	add(&writer, &strings_header)->content = ELF_CONTENT_STRINGS;
	return elf_image_write(image, linker->arena, linker->diag, path, out);
}
