/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relocations move with their sections. What they name by the symbol of a section, and a place in
 * it that the instruction or the data holds, moves too: that place is made larger by where the
 * section begins now. A call holds instructions less one, all else bytes.
 */
#include <elf.h>
#include <string.h>

#include "linker_parts.h"

/* The symbol that stands for a section. */
static uint32_t section_symbol(struct linker *linker, struct linker_section *section)
{
	struct linker_local *local;

	if (section->symbol)
		return section->symbol;
	section->symbol = (uint32_t)linker->n_locals;
	local = ARENA_PUSH(linker->arena, linker->locals, linker->n_locals);
	local->section = section;
	local->symbol = (struct object_symbol){.name = "", .type = STT_SECTION};
	return section->symbol;
}

/* Adds to a word of `size` bytes, in the object's byte order. */
static void add(const struct linker_input *input, unsigned char *at, size_t size, uint64_t more)
{
	bool is_big = input->object->byte_order == BYTE_ORDER_BIG;
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | at[is_big ? i : size - 1 - i];
	value += more;
	for (size_t i = 0; i < size; i++, value >>= 8)
		at[is_big ? size - 1 - i : i] = (unsigned char)value;
}

/* Bytes of the word that a relocation of this kind changes, and where they begin; 0: no such kind
 * belongs into such a section. */
static size_t word_of(const struct linker_section *section, uint32_t type, size_t *start)
{
	bool is_code = section->header.flags & SHF_EXECINSTR;

	*start = is_code ? 4 : 0;
	if (is_code)
		return type == RELOCATION_64 || type == RELOCATION_CALL ? 4 : 0;
	return type == RELOCATION_ABS64 || type == RELOCATION_64 ? 8
	       : type == RELOCATION_ABS32                        ? 4
								 : 0;
}

static int damaged(struct linker *linker, const struct linker_input *input, const char *section)
{
	return diag_error(
		linker->diag, input->object->path,
		"a relocation of the section '%s' cannot be linked; compile it with clang "
		"-target bpf",
		section);
}

static int move_relocation(struct linker *linker, const struct linker_input *input,
			   const struct object_section *from, struct object_relocation relocation)
{
	struct linker_section *to = input->sections[from->index], *target;
	const struct object_symbol *symbol = &input->object->symbols[relocation.symbol];
	uint32_t type = relocation.type;
	uint64_t shift;
	size_t start, size = word_of(to, type, &start);

	relocation.offset += input->offsets[from->index];
	if (!size || !to->data || relocation.offset + start + size > to->header.size)
		return damaged(linker, input, from->name);
	if (symbol->type != STT_SECTION) {
		relocation.symbol = input->symbols[relocation.symbol];
	} else {
		target = symbol->section < input->object->n_sections
				 ? input->sections[symbol->section]
				 : NULL;
		if (!target || input->is_repeated[symbol->section])
			return damaged(linker, input, from->name);
		shift = input->offsets[symbol->section];
		add(input, to->data + relocation.offset + start, size,
		    type == RELOCATION_CALL ? shift / INSTRUCTION_SIZE : shift);
		relocation.symbol = section_symbol(linker, target);
	}
	if (!relocation.symbol)
		return damaged(linker, input, from->name);
	*ARENA_PUSH(linker->arena, to->relocations, to->n_relocations) = relocation;
	return 0;
}

int linker_move_relocations(struct linker *linker)
{
	for (size_t i = 0; i < linker->n_inputs; i++) {
		const struct linker_input *input = &linker->inputs[i];

		for (size_t j = 1; j < input->object->n_sections; j++) {
			const struct object_section *from = &input->object->sections[j];

			if (!input->sections[j] || input->is_repeated[j])
				continue;
			for (size_t k = 0; k < from->n_relocations; k++) {
				if (move_relocation(linker, input, from, from->relocations[k]))
					return -1;
			}
		}
	}
	return 0;
}
