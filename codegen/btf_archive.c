/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_archive.h"

#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "bug.h"
#include "kernel_btf.h"
#include "min_core_btf.h"
#include "strbuf.h"

/* A kernel of an archive, and which of its BTFs it has. */
struct entry {
	const struct btf_archive_kernel *kernel;
	size_t btf;
};

/* An archive that is being made. */
struct making {
	struct core_object *objects;
	size_t n_objects;
	struct bytes *btfs; /* no two alike */
	size_t n_btfs;
	struct entry *entries;
	size_t n_entries;
};

static const char *const machines[][2] = {
	{"x86_64", "x86_64"},   {"amd64", "x86_64"},        {"aarch64", "aarch64"},
	{"arm64", "aarch64"},   {"s390x", "s390x"},         {"ppc64le", "ppc64le"},
	{"ppc64el", "ppc64le"}, {"ppc64", "ppc64"},         {"riscv64", "riscv64"},
	{"i386", "i386"},       {"i686", "i386"},           {"x86", "i386"},
	{"arm", "arm"},         {"armhf", "arm"},           {"armv7l", "arm"},
	{"armv7hl", "arm"},     {"mips", "mips"},           {"mips64", "mips64"},
	{"mips64el", "mips64"}, {"loong64", "loongarch64"}, {"loongarch64", "loongarch64"},
};

const char *btf_archive_machine(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		if (!strcmp(name, machines[i][0]))
			return machines[i][1];
	}
	return NULL;
}

const char *btf_archive_packer(void)
{
	return zlibVersion();
}

static int compare_words(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

/* What an archive tells apart. */
static int compare_names(const struct btf_archive_kernel *a, const struct btf_archive_kernel *b)
{
	int order = strcmp(a->release, b->release);

	order = order ? order : compare_words(a->machine, b->machine);
	order = order ? order : compare_words(a->distribution, b->distribution);
	return order ? order : compare_words(a->version, b->version);
}

static int compare(const void *a, const void *b)
{
	const struct btf_archive_kernel *x = a, *y = b;
	int order = compare_names(x, y);

	return order ? order : strcmp(x->path, y->path);
}

/* The number of a BTF with these bytes. */
static size_t add_btf(struct making *making, struct arena *arena, const struct strbuf *text)
{
	for (size_t i = 0; i < making->n_btfs; i++) {
		if (making->btfs[i].size == text->length &&
		    !memcmp(making->btfs[i].data, text->text, text->length))
			return i;
	}
	*ARENA_PUSH(arena, making->btfs, making->n_btfs) =
		(struct bytes){arena_memdup(arena, text->text, text->length), text->length};
	return making->n_btfs - 1;
}

static int add_entry(struct making *making, struct arena *arena, struct diag *diag,
		     struct entry entry)
{
	const struct entry *last =
		making->n_entries ? &making->entries[making->n_entries - 1] : NULL;

	if (!last || compare_names(last->kernel, entry.kernel) != 0)
		*ARENA_PUSH(arena, making->entries, making->n_entries) = entry;
	else if (last->btf != entry.btf)
		return diag_error(diag, entry.kernel->path,
				  "is for the same kernel as '%s', and differs from it; leave one "
				  "of them out",
				  last->kernel->path);
	return 0;
}

/* All that is needed for one kernel is gone when it is done. */
static int add_kernel(struct making *makings, struct arena *arena, struct diag *diag,
		      const struct btf_archive_kernel *kernel)
{
	struct arena own = ARENA_INIT;
	struct strbuf text = STRBUF_INIT;
	struct btf *btf = kernel_btf_read(diag, kernel->path, NULL);
	bool is_big = btf && btf__endianness(btf) == BTF_BIG_ENDIAN;
	struct making *making = &makings[is_big ? BYTE_ORDER_BIG : BYTE_ORDER_LITTLE];
	const struct min_core_btf input = {
		.kernel = btf,
		.kernel_path = kernel->path,
		.objects = making->objects,
		.n_objects = making->n_objects,
	};
	int result = btf ? 0 : -1;

	if (!result && making->n_objects)
		result = min_core_btf_make(&text, &own, diag, &input);
	if (!result && making->n_objects)
		result = add_entry(making, arena, diag,
				   (struct entry){kernel, add_btf(making, arena, &text)});
	btf__free(btf);
	strbuf_release(&text);
	arena_release(&own);
	return result;
}

/* The entries from that one on which are of one release and machine. */
static size_t count_alike(const struct making *making, size_t first, bool *share_btf)
{
	const struct entry *a = &making->entries[first];
	size_t count = 1;

	*share_btf = true;
	for (; first + count < making->n_entries; count++) {
		const struct entry *b = &making->entries[first + count];

		if (strcmp(a->kernel->release, b->kernel->release) != 0 ||
		    compare_words(a->kernel->machine, b->kernel->machine) != 0)
			break;
		*share_btf &= a->btf == b->btf;
	}
	return count;
}

static const char *word(const char *text)
{
	return text ? text : "-";
}

/* Who has packaged a kernel is told only where it makes a difference. */
static void write_index(struct strbuf *out, const struct making *making, const size_t *offsets)
{
	for (size_t i = 0; i < making->n_entries;) {
		bool share_btf;
		size_t count = count_alike(making, i, &share_btf), end = i + count;

		for (; i < end; i = share_btf ? end : i + 1) {
			const struct entry *entry = &making->entries[i];

			strbuf_add_format(out, "%s %s %s %s %zu %zu\n", entry->kernel->release,
					  word(entry->kernel->machine),
					  word(share_btf ? NULL : entry->kernel->distribution),
					  word(share_btf ? NULL : entry->kernel->version),
					  offsets[entry->btf], making->btfs[entry->btf].size);
		}
	}
	strbuf_add_char(out, '\0');
}

static void pack(struct btf_archive *archive, struct arena *arena, const struct making *making)
{
	size_t *offsets = ARENA_ARRAY(arena, size_t, making->n_btfs + 1);
	struct strbuf text = STRBUF_INIT;
	unsigned char *packed;
	uLong size;

	for (size_t i = 0; i < making->n_btfs; i++)
		offsets[i + 1] = offsets[i] + making->btfs[i].size;
	write_index(&text, making, offsets);
	for (size_t i = 0; i < making->n_btfs; i++)
		strbuf_add(&text, making->btfs[i].data, making->btfs[i].size);
	size = compressBound(text.length);
	packed = ARENA_ARRAY(arena, unsigned char, size);
	if (compress2(packed, &size, (const Bytef *)text.text, text.length, Z_BEST_COMPRESSION) !=
	    Z_OK)
		BUG("zlib: no room");
	*archive = (struct btf_archive){
		.packed = {packed, size},
		.size = text.length,
		.n_kernels = making->n_entries,
		.n_btfs = making->n_btfs,
	};
	strbuf_release(&text);
}

int btf_archives_make(struct btf_archives *archives, struct arena *arena, struct diag *diag,
		      const struct btf_archive_input *input)
{
	struct making makings[2] = {0};

	*archives = (struct btf_archives){0};
	for (size_t i = 0; i < input->n_objects; i++) {
		struct making *making = &makings[input->objects[i].object->byte_order];

		*ARENA_PUSH(arena, making->objects, making->n_objects) = input->objects[i];
	}
	if (input->n_kernels)
		qsort(input->kernels, input->n_kernels, sizeof(input->kernels[0]), compare);
	for (size_t i = 0; i < input->n_kernels; i++) {
		if (add_kernel(makings, arena, diag, &input->kernels[i]))
			return -1;
	}
	for (size_t i = 0; i < ARRAY_SIZE(makings); i++) {
		if (makings[i].n_entries)
			pack(&archives->of[i], arena, &makings[i]);
	}
	return 0;
}
