/* SPDX-License-Identifier: BSD-2-Clause */
/* How objects are linked, part by part. Private to linker*.c; others call linker_link. */
#ifndef CODEGEN_LINKER_PARTS_H
#define CODEGEN_LINKER_PARTS_H

#include <bpf/btf.h>

#include "btf_ext.h"
#include "linker.h"
#include "strmap.h"

/* As elf.h has them since glibc 2.38. */
enum {
	RELOCATION_64 = 1,    /* R_BPF_64_64: two instructions */
	RELOCATION_ABS64 = 2, /* R_BPF_64_ABS64: data */
	RELOCATION_ABS32 = 3, /* R_BPF_64_ABS32: data */
	RELOCATION_CALL = 10, /* R_BPF_64_32: a call */
	INSTRUCTION_SIZE = 8,
};

/* A record of .BTF.ext: its first words. */
struct linker_record {
	uint32_t words[4];
};

struct linker_records {
	struct linker_record *items;
	size_t count;
};

/* A section of the result; without `from` one that is only in BTF (.kconfig). */
struct linker_section {
	const struct object_section *from;     /* the first of that name */
	const struct linker_input *first;      /* that has it */
	struct object_section header;          /* name, type, flags, alignment, size */
	unsigned char *data;                   /* NULL: SHT_NOBITS */
	struct object_relocation *relocations; /* symbols as linker_input.symbols has them */
	size_t n_relocations;
	uint32_t symbol; /* that stands for the section: index of a local one; 0: none yet */
	struct btf_var_secinfo *variables;
	size_t n_variables;
	struct linker_records records[BTF_EXT_PART_COUNT];
	uint32_t index; /* in the image */
};

/* One of the objects. */
struct linker_input {
	const struct object *object;
	struct linker_section **sections; /* by its index; NULL: dropped */
	uint64_t *offsets;                /* where they begin in those */
	bool *is_repeated; /* by index: "license" or "version" that an earlier object has */
	uint32_t *symbols; /* by its index: of local ones the index, or LINKER_GLOBAL | that of the
			      global; 0: dropped */
	struct strmap declarations; /* struct linker_declaration by name */
	uint32_t *types;            /* by its BTF ids: those of the result; 0: dropped */
};

#define LINKER_GLOBAL 0x80000000U

/* What BTF says of a variable or function that is not static. */
struct linker_declaration {
	uint32_t type;       /* of the VAR or FUNC */
	const char *section; /* of the DATASEC that has it; "": none, or ".extern" */
};

/* Where a global symbol stands in an object. */
struct linker_mention {
	const struct linker_input *input;
	const struct object_symbol *symbol;
	const struct linker_declaration *declaration; /* NULL: no BTF */
};

struct linker_global {
	struct linker_mention chosen; /* the definition, or a declaration where there is none */
	uint8_t binding, visibility;
};

struct linker_local {
	struct object_symbol symbol;    /* its value is in the result */
	struct linker_section *section; /* NULL: absolute */
};

struct linker {
	struct arena *arena;
	struct diag *diag;
	struct linker_input *inputs;
	size_t n_inputs;
	struct linker_section **sections; /* in the order in which they are first met */
	size_t n_sections;
	struct strmap sections_by_name;
	struct linker_local *locals; /* [0] is the empty one */
	size_t n_locals;
	struct linker_global **globals;
	size_t n_globals;
	struct strmap globals_by_name; /* index + 1, as pointers */
	struct btf *btf;
};

/* In this order. 0, or -1 after an error. */
int linker_place_sections(struct linker *);
int linker_resolve_symbols(struct linker *);
int linker_move_relocations(struct linker *);
int linker_merge_btf(struct linker *);
int linker_merge_ext(struct linker *, struct bytes *ext);
/* The image, with .BTF of linker->btf and this .BTF.ext (in the object's byte order; may be empty).
 */
int linker_write(struct linker *, struct bytes ext, struct bytes *out);

/* The section of that name, made when there is none yet; NULL `from`: for BTF alone. */
struct linker_section *linker_section(struct linker *, const struct linker_input *,
				      const struct object_section *from, const char *name);

/* Whether there may be only one such section. */
bool linker_stands_once(const char *section);

/* The global symbol of that name, or NULL. */
const struct linker_global *linker_find_global(const struct linker *, const char *name);

static inline bool linker_is_extern(const struct linker_mention *mention)
{
	return !mention->symbol->section;
}

/* Whether BTF's variable or function is not static. */
bool linker_is_shared(const struct btf_type *);

/* "a.bpf.c:7" of what a symbol is in its object, or the object's path. */
const char *linker_where(struct linker *, const struct linker_mention *);

/* Do two objects mean the same by a symbol? 0, or -1 after an error that names both. */
int linker_compare_types(struct linker *, const struct linker_mention *here,
			 const struct linker_mention *there);
int linker_compare_maps(struct linker *, const struct linker_mention *here,
			const struct linker_mention *there);

#endif
