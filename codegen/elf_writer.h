/* SPDX-License-Identifier: BSD-2-Clause */
/* A relocatable BPF object written anew from sections, symbols and relocations. */
#ifndef CODEGEN_ELF_WRITER_H
#define CODEGEN_ELF_WRITER_H

#include "object.h"

enum elf_content {
	ELF_CONTENT_DATA,        /* `data`, as it stands */
	ELF_CONTENT_SYMBOLS,     /* the symbols of the image */
	ELF_CONTENT_STRINGS,     /* the names of sections and symbols */
	ELF_CONTENT_RELOCATIONS, /* of the section `info` */
};

struct elf_image_section {
	const struct object_section *from; /* name, type, flags, alignment */
	enum elf_content content;
	struct bytes data;
	uint32_t link, info;                   /* indexes in the image, or what the type says */
	struct object_relocation *relocations; /* symbols by index in the image */
	size_t n_relocations;
};

struct elf_image {
	enum byte_order byte_order;
	uint32_t flags;                     /* e_flags */
	struct elf_image_section *sections; /* [0] is the empty one */
	size_t n_sections;
	struct object_symbol *symbols; /* [0] is the empty one; local ones first */
	size_t n_symbols;
};

/* 0 with the file in *out (arena), or -1 after an error. `path` stands in messages. */
int elf_image_write(const struct elf_image *, struct arena *, struct diag *, const char *path,
		    struct bytes *out);

#endif
