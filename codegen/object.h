/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A compiled BPF object of either byte order: its ELF sections, symbols and relocations (libelf
 * converts them) and its BTF (libbpf converts it). Everything that is read from an object goes
 * through here but its DWARF (dwarf_layout.h); nothing else looks at ELF.
 */
#ifndef CODEGEN_OBJECT_H
#define CODEGEN_OBJECT_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "file.h"
#include "strvec.h"

struct btf;
struct source_facts;

enum byte_order {
	BYTE_ORDER_LITTLE,
	BYTE_ORDER_BIG,
};

struct object_symbol {
	const char *name;
	uint64_t value, size;
	uint32_t section;                  /* index, or SHN_UNDEF, SHN_ABS, SHN_COMMON */
	uint8_t type, binding, visibility; /* STT_, STB_, STV_ */
};

struct object_relocation {
	uint64_t offset; /* in the section that it changes */
	uint32_t symbol; /* index into the object's symbols */
	uint32_t type;   /* R_BPF_ */
};

struct object_section {
	const char *name;
	uint32_t index, type, link, info; /* index: its own; type: SHT_ */
	uint64_t flags, alignment, entry_size;
	uint64_t size;             /* also of a SHT_NOBITS section */
	const unsigned char *data; /* NULL for SHT_NOBITS; else `size` bytes of the object */
	struct object_relocation *relocations; /* that change this section, by offset */
	size_t n_relocations;
};

struct object {
	const char *path;
	struct bytes bytes; /* the whole file */
	enum byte_order byte_order;
	struct object_section *sections; /* by ELF index; [0] is the empty one */
	size_t n_sections;
	struct object_symbol *symbols; /* by ELF index */
	size_t n_symbols;
	struct object_symbol **symbols_by_name; /* by section, then name: for object_find_symbol */
	struct btf *btf;                        /* NULL when the object has none */
	const struct source_facts *facts; /* of its source; NULL: not known. Set by the caller */
	bool knows_signs; /* its compiler tells the signs of enums: clang from 15 on. By the caller
			   */
	struct strvec disputed_types; /* of which the facts say otherwise than the BTF */
};

/*
 * Reads an object from `bytes`, which must live as long as the object and be aligned to 8 bytes.
 * `path` stands in messages. 0, or -1 after an error: no ELF, not for the BPF machine (EM_BPF or,
 * as old clang had it, EM_NONE), not relocatable, truncated or inconsistent in any other way
 * (each offset, size, link, name and index is checked here, so that users of the struct need not).
 * A missing BTF is no error here.
 */
int object_read(struct object *, struct arena *, struct diag *, const char *path, struct bytes);

/* The first section of that name, or NULL. */
const struct object_section *object_find_section(const struct object *, const char *name);

/* The symbol of type STT_OBJECT, STT_FUNC or STT_NOTYPE with that name in that section (an
 * index), or NULL. Logarithmic time. */
const struct object_symbol *object_find_symbol(const struct object *, const char *name,
					       uint32_t section);

/* Frees what is not in the arena (the BTF). Also fine on a zeroed struct. */
void object_release(struct object *);

#endif
