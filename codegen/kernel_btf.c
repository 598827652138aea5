/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel_btf.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <string.h>
#include <unistd.h>

#include "btf_check.h"
#include "btf_dumpable.h"
#include "vmlinux_text.h"

/* libbpf has numbers of its own from 4000 on, for files that are no BTF and no ELF. */
static struct btf *refuse(struct diag *diag, const char *path, long error)
{
	if (access(path, R_OK))
		diag_error(diag, path, "cannot be read: %s; give BTF, or an ELF file that has it",
			   strerror(errno));
	else if (error == -ENODATA || error == -ENOENT || error == -EPROTO || error <= -4000)
		diag_error(diag, path,
			   "has no BTF; give BTF, an ELF file that has it, or a vmlinux.h");
	else
		diag_error(diag, path, "its BTF cannot be read: %s", strerror((int)-error));
	return NULL;
}

static struct btf *refuse_damaged(struct diag *diag, const char *path)
{
	diag_error(diag, path,
		   "its BTF is damaged (it refers to what is not there, or has endless names)");
	return NULL;
}

/* libbpf reads what a section without bytes does not have. */
static bool has_btf_without_bytes(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	Elf *elf = fd >= 0 && elf_version(EV_CURRENT) != EV_NONE
			   ? elf_begin(fd, ELF_C_READ_MMAP, NULL)
			   : NULL;
	size_t names = 0;
	bool result = false;
	GElf_Shdr header;

	if (elf && elf_kind(elf) == ELF_K_ELF && !elf_getshdrstrndx(elf, &names)) {
		for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));) {
			const char *name = gelf_getshdr(scn, &header)
						   ? elf_strptr(elf, names, header.sh_name)
						   : NULL;

			result |=
				name && !strcmp(name, BTF_ELF_SEC) && header.sh_type == SHT_NOBITS;
		}
	}
	elf_end(elf);
	if (fd >= 0)
		close(fd);
	return result;
}

/* As btf__parse and btf__parse_split; NULL and a negative *error for none. */
static struct btf *parse(const char *path, struct btf *base, long *error)
{
	struct btf *btf;

	*error = -ENODATA;
	if (has_btf_without_bytes(path))
		return NULL;
	btf = base ? btf__parse_split(path, base) : btf__parse(path, NULL);
	*error = libbpf_get_error(btf);
	return *error ? NULL : btf;
}

static bool is_module_of_running(const char *path)
{
	static const char directory[] = "/sys/kernel/btf/";

	return !strncmp(path, directory, strlen(directory)) &&
	       strcmp(path, KERNEL_BTF_RUNNING) != 0;
}

/* One BTF of both, so that nobody has to know of the base. */
static struct btf *join(struct diag *diag, const char *path, const struct btf *split)
{
	struct btf *whole = btf__new_empty();
	uint32_t count = btf__type_cnt(split);
	long error = libbpf_get_error(whole);

	for (uint32_t id = 1; id < count && !error; id++) {
		int copy = btf__add_type(whole, split, btf__type_by_id(split, id));

		error = copy == (int)id ? 0 : copy < 0 ? copy : -EINVAL;
	}
	if (!error)
		return whole;
	btf__free(whole);
	return refuse(diag, path, error);
}

static struct btf *read_split(struct diag *diag, const char *path, const char *base_path,
			      uint32_t *first)
{
	long error;
	struct btf *base = parse(base_path, NULL, &error), *split, *whole;

	if (!base)
		return refuse(diag, base_path, error);
	*first = btf__type_cnt(base);
	split = parse(path, base, &error);
	if (!split)
		whole = refuse(diag, path, error);
	else
		whole = btf_check(split) ? join(diag, path, split) : refuse_damaged(diag, path);
	btf__free(split);
	btf__free(base);
	return whole;
}

/* A header begins with a directive, a comment or a declaration. */
static bool is_header(struct bytes text)
{
	size_t at = 0;

	while (at < text.size && isspace(text.data[at]))
		at++;
	return at < text.size && (strchr("#/_", text.data[at]) || isalpha(text.data[at])) &&
	       !memchr(text.data, 0, text.size);
}

/* vmlinuz: of x86 (the header of its boot protocol), of arm64 (Image), or packed by gzip. */
static bool is_boot_image(struct bytes text)
{
	static const struct {
		size_t offset;
		char magic[5];
	} magics[] = {{0x202, "HdrS"}, {56, "ARMd"}, {0, "\x1f\x8b"}};
	size_t length;

	for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		length = strlen(magics[i].magic);
		if (text.size >= magics[i].offset + length &&
		    !memcmp(text.data + magics[i].offset, magics[i].magic, length))
			return true;
	}
	return false;
}

/* `error`: why it is no BTF. */
static struct btf *read_header(struct diag *diag, const char *path, long error)
{
	struct arena arena = ARENA_INIT;
	struct bytes text;
	struct btf *btf = NULL;

	if (file_read(&arena, path, &text)) {
		refuse(diag, path, error);
	} else if (is_boot_image(text)) {
		diag_error(diag, path,
			   "is packed; unpack it (a kernel: scripts/extract-vmlinux of its "
			   "source), or take "
			   "/sys/kernel/btf/vmlinux of a machine that runs it");
	} else if (!is_header(text)) {
		refuse(diag, path, error);
	} else {
		btf = vmlinux_text_read(&arena, text);
		if (!btf)
			diag_error(diag, path,
				   "is no vmlinux.h as bpftool writes it; give one that is as it "
				   "was written, or BTF");
	}
	arena_release(&arena);
	return btf;
}

static struct btf *check(struct diag *diag, const char *path, struct btf *btf)
{
	if (!btf || btf_check(btf))
		return btf;
	btf__free(btf);
	return refuse_damaged(diag, path);
}

struct btf *kernel_btf_read_split(struct diag *diag, const char *path, const char *base,
				  uint32_t *first)
{
	struct btf *btf;
	long error;

	*first = 1;
	if (!base && is_module_of_running(path))
		base = KERNEL_BTF_RUNNING;
	if (base)
		return check(diag, path, read_split(diag, path, base, first));
	btf = parse(path, NULL, &error);
	if (!btf)
		return read_header(diag, path, error);
	return check(diag, path, btf);
}

struct btf *kernel_btf_read(struct diag *diag, const char *path, const char *base)
{
	uint32_t first;

	return kernel_btf_read_split(diag, path, base, &first);
}

struct btf *kernel_btf_read_for_c(struct diag *diag, const char *path, const char *base)
{
	struct arena arena = ARENA_INIT;
	struct btf *btf = kernel_btf_read(diag, path, base);
	bool is_good_c = !btf || !strcmp(path, KERNEL_BTF_RUNNING) || btf_is_dumpable(&arena, btf);

	arena_release(&arena);
	if (is_good_c)
		return btf;
	btf__free(btf);
	diag_error(diag, path, "its types cannot be written as C: they are damaged");
	return NULL;
}
