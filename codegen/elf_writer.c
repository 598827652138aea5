/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libelf lays the file out and converts the byte order; it writes to a descriptor only, so it gets
 * one of memory.
 */
#include "elf_writer.h"

#include <errno.h>
#include <gelf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "strbuf.h"
#include "strmap.h"

#ifndef EM_BPF
#define EM_BPF 247
#endif

struct elf_writer {
	const struct elf_image *image;
	struct arena *arena;
	Elf *elf;
	struct strbuf names;        /* contents of the string table */
	struct strmap name_offsets; /* offset + 1, as a pointer */
	uint32_t strings;           /* index of the string table */
};

static uint32_t name_offset(struct elf_writer *writer, const char *name)
{
	void **place;

	if (!*name)
		return 0;
	place = strmap_at(&writer->name_offsets, writer->arena, name);
	if (!*place) {
		*place = (void *)(writer->names.length + 1);
		strbuf_add(&writer->names, name, strlen(name) + 1);
	}
	return (uint32_t)((size_t)*place - 1);
}

static bool fill_symbols(struct elf_writer *writer, Elf_Data *data)
{
	const struct elf_image *image = writer->image;

	data->d_type = ELF_T_SYM;
	data->d_size = image->n_symbols * sizeof(Elf64_Sym);
	data->d_buf = arena_alloc(writer->arena, data->d_size);
	for (size_t i = 0; i < image->n_symbols; i++) {
		const struct object_symbol *from = &image->symbols[i];
		GElf_Sym symbol = {
			.st_name = name_offset(writer, from->name),
			.st_info = GELF_ST_INFO(from->binding, from->type),
			.st_other = from->visibility,
			.st_shndx = (GElf_Section)from->section,
			.st_value = from->value,
			.st_size = from->size,
		};

		if (!gelf_update_sym(data, (int)i, &symbol))
			return false;
	}
	return true;
}

static bool fill_relocations(struct elf_writer *writer, const struct elf_image_section *section,
			     Elf_Data *data)
{
	data->d_type = ELF_T_REL;
	data->d_size = section->n_relocations * sizeof(Elf64_Rel);
	data->d_buf = arena_alloc(writer->arena, data->d_size);
	for (size_t i = 0; i < section->n_relocations; i++) {
		const struct object_relocation *from = &section->relocations[i];
		GElf_Rel relocation = {
			.r_offset = from->offset,
			.r_info = GELF_R_INFO(from->symbol, from->type),
		};

		if (!gelf_update_rel(data, (int)i, &relocation))
			return false;
	}
	return true;
}

static bool fill_data(struct elf_writer *writer, const struct elf_image_section *section,
		      Elf_Data *data)
{
	data->d_version = EV_CURRENT;
	data->d_align = section->from->alignment ? section->from->alignment : 1;
	data->d_type = ELF_T_BYTE;
	if (section->content == ELF_CONTENT_SYMBOLS)
		return fill_symbols(writer, data);
	if (section->content == ELF_CONTENT_RELOCATIONS)
		return fill_relocations(writer, section, data);
	if (section->content == ELF_CONTENT_STRINGS) {
		/* The last one to be filled: all names are in it. */
		data->d_buf = writer->names.text;
		data->d_size = writer->names.length;
		return true;
	}
	data->d_buf = (void *)section->data.data;
	data->d_size = section->data.data ? section->data.size : section->from->size;
	return true;
}

static bool fill_section(struct elf_writer *writer, size_t index)
{
	const struct elf_image_section *section = &writer->image->sections[index];
	Elf_Scn *scn = elf_getscn(writer->elf, index);
	Elf_Data *data = scn ? elf_newdata(scn) : NULL;
	GElf_Shdr header;

	if (!data || !gelf_getshdr(scn, &header))
		return false;
	header.sh_name = name_offset(writer, section->from->name);
	header.sh_type = section->from->type;
	header.sh_flags = section->from->flags;
	header.sh_addralign = section->from->alignment;
	header.sh_entsize = section->from->entry_size;
	header.sh_link = section->link;
	header.sh_info = section->info;
	return fill_data(writer, section, data) && gelf_update_shdr(scn, &header);
}

static bool fill_header(struct elf_writer *writer)
{
	const struct elf_image *image = writer->image;
	GElf_Ehdr header;

	if (!gelf_newehdr(writer->elf, ELFCLASS64) || !gelf_getehdr(writer->elf, &header))
		return false;
	header.e_ident[EI_DATA] = image->byte_order == BYTE_ORDER_BIG ? ELFDATA2MSB : ELFDATA2LSB;
	header.e_type = ET_REL;
	header.e_machine = EM_BPF;
	header.e_version = EV_CURRENT;
	header.e_flags = image->flags;
	header.e_shstrndx = (GElf_Half)writer->strings;
	return gelf_update_ehdr(writer->elf, &header);
}

static bool fill(struct elf_writer *writer)
{
	const struct elf_image *image = writer->image;

	for (size_t i = 1; i < image->n_sections; i++) {
		if (image->sections[i].content == ELF_CONTENT_STRINGS)
			writer->strings = (uint32_t)i;
	}
	strbuf_add_char(&writer->names, '\0');
	if (!fill_header(writer))
		return false;
	for (size_t i = 1; i < image->n_sections; i++) {
		if (!elf_newscn(writer->elf))
			return false;
	}
	for (size_t i = 1; i < image->n_sections; i++) {
		if (i != writer->strings && !fill_section(writer, i))
			return false;
	}
	name_offset(writer, image->sections[writer->strings].from->name);
	return fill_section(writer, writer->strings) && elf_update(writer->elf, ELF_C_WRITE) >= 0;
}

static bool read_back(int fd, struct arena *arena, struct bytes *out)
{
	off_t size = lseek(fd, 0, SEEK_END);
	unsigned char *data;
	size_t done = 0;

	if (size < 0)
		return false;
	data = arena_alloc(arena, (size_t)size);
	while (done < (size_t)size) {
		ssize_t got = pread(fd, data + done, (size_t)size - done, (off_t)done);

		if (got <= 0)
			return false;
		done += (size_t)got;
	}
	*out = (struct bytes){data, done};
	return true;
}

int elf_image_write(const struct elf_image *image, struct arena *arena, struct diag *diag,
		    const char *path, struct bytes *out)
{
	struct elf_writer writer = {.image = image, .arena = arena, .names = STRBUF_INIT};
	int fd = memfd_create("object", MFD_CLOEXEC), result = 0;

	if (fd < 0)
		return diag_error(diag, path, "no memory file for the object: %s", strerror(errno));
	writer.elf = elf_begin(fd, ELF_C_WRITE, NULL);
	if (!writer.elf || !fill(&writer) || !read_back(fd, arena, out))
		result = diag_error(diag, path, "cannot be written anew: %s", elf_errmsg(-1));
	elf_end(writer.elf);
	close(fd);
	strbuf_release(&writer.names);
	return result;
}
