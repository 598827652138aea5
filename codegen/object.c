/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libelf converts the byte order of headers, symbols and relocations. The contents of sections are
 * taken as they stand in the file: instructions and data are for the target.
 */
#include "object.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_check.h"
#include "bug.h"

/* As in elf.h since glibc 2.26. */
#ifndef EM_BPF
#define EM_BPF 247
#endif

/* What reading needs besides the result. */
struct reader {
	struct object *object;
	struct arena *arena;
	struct diag *diag;
	Elf *elf;
	size_t names; /* index of the section that holds the names of sections */
};

static int damaged(struct reader *reader, const char *what)
{
	/* libelf has no public number for it. */
	if (errno == ENOMEM)
		bug_out_of_memory();
	return diag_error(reader->diag, reader->object->path,
			  "the object is damaged or cut off (%s); compile it again", what);
}

static int check_header(struct reader *reader)
{
	const char *path = reader->object->path;
	GElf_Ehdr header;

	if (elf_kind(reader->elf) != ELF_K_ELF)
		return diag_error(reader->diag, path,
				  "is not an ELF file; give an object made by clang -target bpf");
	if (!gelf_getehdr(reader->elf, &header))
		return damaged(reader, "its header");
	if (header.e_machine != EM_BPF && header.e_machine != EM_NONE)
		return diag_error(
			reader->diag, path,
			"is an object for another machine (ELF number %u), not BPF; compile "
			"it with clang -target bpf",
			header.e_machine);
	if (header.e_type != ET_REL || gelf_getclass(reader->elf) != ELFCLASS64)
		return diag_error(
			reader->diag, path,
			"is no relocatable object of 64 bits; compile it with clang -target "
			"bpf -c");
	reader->object->byte_order =
		header.e_ident[EI_DATA] == ELFDATA2MSB ? BYTE_ORDER_BIG : BYTE_ORDER_LITTLE;
	return 0;
}

/* The largest page that a kernel has. */
#define MAX_ALIGNMENT 0x10000

/* Bytes of the name of a section or a symbol. Many may have the same one, of which each gets a
 * copy. */
#define MAX_NAME 4096

static int read_section(struct reader *reader, size_t index)
{
	struct object *object = reader->object;
	struct object_section *section = &object->sections[index];
	Elf_Scn *scn = elf_getscn(reader->elf, index);
	const char *name;
	GElf_Shdr header;

	if (!scn || !gelf_getshdr(scn, &header))
		return damaged(reader, "a section header");
	name = elf_strptr(reader->elf, reader->names, header.sh_name);
	if (!name || strnlen(name, MAX_NAME + 1) > MAX_NAME)
		return damaged(reader, "the name of a section");
	if (header.sh_addralign & (header.sh_addralign - 1) || header.sh_addralign > MAX_ALIGNMENT)
		return damaged(reader, "the alignment of a section");
	*section = (struct object_section){
		.name = arena_strdup(reader->arena, name),
		.index = (uint32_t)index,
		.type = header.sh_type,
		.link = header.sh_link,
		.info = header.sh_info,
		.flags = header.sh_flags,
		.alignment = header.sh_addralign,
		.entry_size = header.sh_entsize,
		.size = header.sh_size,
	};
	if (header.sh_type == SHT_NOBITS)
		return 0;
	if (header.sh_offset > object->bytes.size ||
	    header.sh_size > object->bytes.size - header.sh_offset)
		return damaged(reader, "a section that reaches past the end");
	section->data = object->bytes.data + header.sh_offset;
	return 0;
}

static int read_sections(struct reader *reader)
{
	struct object *object = reader->object;

	if (elf_getshdrnum(reader->elf, &object->n_sections) || !object->n_sections ||
	    elf_getshdrstrndx(reader->elf, &reader->names))
		return damaged(reader, "its table of sections");
	object->sections = ARENA_ARRAY(reader->arena, struct object_section, object->n_sections);
	object->sections[0].name = "";
	for (size_t i = 1; i < object->n_sections; i++) {
		if (read_section(reader, i))
			return -1;
	}
	return 0;
}

static int read_symbol(struct reader *reader, const Elf_Data *data, uint32_t strings, size_t index)
{
	struct object *object = reader->object;
	const char *name;
	GElf_Sym symbol;

	if (!gelf_getsym((Elf_Data *)data, (int)index, &symbol))
		return damaged(reader, "a symbol");
	name = elf_strptr(reader->elf, strings, symbol.st_name);
	if (!name || strnlen(name, MAX_NAME + 1) > MAX_NAME)
		return damaged(reader, "the name of a symbol");
	if (symbol.st_shndx >= object->n_sections && symbol.st_shndx < SHN_LORESERVE)
		return damaged(reader, "the section of a symbol");
	object->symbols[index] = (struct object_symbol){
		.name = arena_strdup(reader->arena, name),
		.value = symbol.st_value,
		.size = symbol.st_size,
		.section = symbol.st_shndx,
		.type = GELF_ST_TYPE(symbol.st_info),
		.binding = GELF_ST_BIND(symbol.st_info),
		.visibility = GELF_ST_VISIBILITY(symbol.st_other),
	};
	return 0;
}

static int read_symbols(struct reader *reader)
{
	struct object *object = reader->object;

	for (size_t i = 1; i < object->n_sections; i++) {
		const struct object_section *section = &object->sections[i];
		Elf_Data *data;

		if (section->type != SHT_SYMTAB)
			continue;
		data = elf_getdata(elf_getscn(reader->elf, i), NULL);
		if (!data || object->symbols || section->link >= object->n_sections ||
		    section->entry_size != sizeof(Elf64_Sym))
			return damaged(reader, "its symbols");
		object->n_symbols = data->d_size / sizeof(Elf64_Sym);
		object->symbols =
			ARENA_ARRAY(reader->arena, struct object_symbol, object->n_symbols);
		for (size_t j = 0; j < object->n_symbols; j++) {
			if (read_symbol(reader, data, section->link, j))
				return -1;
		}
	}
	return 0;
}

static int compare_offsets(const void *a, const void *b)
{
	const struct object_relocation *x = a, *y = b;

	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* clang makes SHT_REL for BPF, and nothing else is known there. */
static int read_relocations(struct reader *reader, const struct object_section *section)
{
	struct object *object = reader->object;
	struct object_section *target;
	Elf_Data *data;

	if (section->info >= object->n_sections || section->entry_size != sizeof(Elf64_Rel))
		return damaged(reader, "a section of relocations");
	target = &object->sections[section->info];
	data = elf_getdata(elf_getscn(reader->elf, section->index), NULL);
	if (!data || target->relocations)
		return damaged(reader, "a section of relocations");
	target->n_relocations = data->d_size / sizeof(Elf64_Rel);
	target->relocations =
		ARENA_ARRAY(reader->arena, struct object_relocation, target->n_relocations);
	for (size_t i = 0; i < target->n_relocations; i++) {
		GElf_Rel relocation;

		if (!gelf_getrel(data, (int)i, &relocation) ||
		    GELF_R_SYM(relocation.r_info) >= object->n_symbols)
			return damaged(reader, "a relocation");
		target->relocations[i] = (struct object_relocation){
			.offset = relocation.r_offset,
			.symbol = (uint32_t)GELF_R_SYM(relocation.r_info),
			.type = (uint32_t)GELF_R_TYPE(relocation.r_info),
		};
	}
	qsort(target->relocations, target->n_relocations, sizeof(target->relocations[0]),
	      compare_offsets);
	return 0;
}

static int read_all_relocations(struct reader *reader)
{
	for (size_t i = 1; i < reader->object->n_sections; i++) {
		if (reader->object->sections[i].type == SHT_REL &&
		    read_relocations(reader, &reader->object->sections[i]))
			return -1;
	}
	return 0;
}

static int compare_symbols(const void *a, const void *b)
{
	const struct object_symbol *x = *(struct object_symbol *const *)a;
	const struct object_symbol *y = *(struct object_symbol *const *)b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void sort_symbols(struct reader *reader)
{
	struct object *object = reader->object;

	object->symbols_by_name =
		ARENA_ARRAY(reader->arena, struct object_symbol *, object->n_symbols);
	for (size_t i = 0; i < object->n_symbols; i++)
		object->symbols_by_name[i] = &object->symbols[i];
	if (object->n_symbols)
		qsort(object->symbols_by_name, object->n_symbols,
		      sizeof(object->symbols_by_name[0]), compare_symbols);
}

static int read_btf(struct reader *reader)
{
	struct object *object = reader->object;
	const struct object_section *section = object_find_section(object, BTF_ELF_SEC);
	long error;

	if (!section || !section->data)
		return 0;
	object->btf = btf__new(section->data, (__u32)section->size);
	error = libbpf_get_error(object->btf);
	if (error) {
		object->btf = NULL;
		if (error == -ENOMEM)
			bug_out_of_memory();
		return diag_error(reader->diag, object->path,
				  "its BTF is damaged (%s); compile it again",
				  strerror((int)-error));
	}
	if (!btf_check(object->btf))
		return diag_error(
			reader->diag, object->path,
			"its BTF is damaged (it refers to what is not there, or has endless "
			"names); compile it again");
	btf__set_pointer_size(object->btf, 8);
	return 0;
}

static int read_parts(struct reader *reader)
{
	if (check_header(reader) || read_sections(reader) || read_symbols(reader) ||
	    read_all_relocations(reader))
		return -1;
	sort_symbols(reader);
	return read_btf(reader);
}

int object_read(struct object *object, struct arena *arena, struct diag *diag, const char *path,
		struct bytes bytes)
{
	struct reader reader = {.object = object, .arena = arena, .diag = diag};
	int result;

	*object = (struct object){.path = path, .bytes = bytes};
	if (elf_version(EV_CURRENT) == EV_NONE)
		BUG("libelf: %s", elf_errmsg(-1));
	if (!bytes.size)
		return diag_error(diag, path, "is empty; give an object made by clang -target bpf");
	errno = 0;
	/* libelf takes the memory as its own to read, and does not write to it. */
	reader.elf = elf_memory((char *)bytes.data, bytes.size);
	if (!reader.elf)
		return damaged(&reader, "its header");
	result = read_parts(&reader);
	elf_end(reader.elf);
	if (result)
		object_release(object);
	return result;
}

const struct object_section *object_find_section(const struct object *object, const char *name)
{
	for (size_t i = 1; i < object->n_sections; i++) {
		if (!strcmp(object->sections[i].name, name))
			return &object->sections[i];
	}
	return NULL;
}

static bool is_definition(const struct object_symbol *symbol)
{
	return symbol->type == STT_OBJECT || symbol->type == STT_FUNC || symbol->type == STT_NOTYPE;
}

const struct object_symbol *object_find_symbol(const struct object *object, const char *name,
					       uint32_t section)
{
	struct object_symbol key = {.name = name, .section = section};
	size_t low = 0, high = object->n_symbols;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct object_symbol *wanted = &key;

		if (compare_symbols(&object->symbols_by_name[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < object->n_symbols; low++) {
		const struct object_symbol *symbol = object->symbols_by_name[low];

		if (symbol->section != section || strcmp(symbol->name, name) != 0)
			return NULL;
		if (is_definition(symbol))
			return symbol;
	}
	return NULL;
}

void object_release(struct object *object)
{
	btf__free(object->btf);
	object->btf = NULL;
}
