/* SPDX-License-Identifier: BSD-2-Clause */
#include "btfs.h"

#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_cache.h"
#include "btf_files.h"
#include "min_core_btf.h"

static int compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In an order that does not depend on the file system. */
static void add_files(struct btfs *btfs, struct arena *arena, const struct btf_files *found)
{
	strvec_push_all(&btfs->files, arena, &found->directories);
	for (size_t i = 0; i < found->count; i++)
		strvec_push(&btfs->files, arena, found->kernels[i].path);
	qsort(btfs->files.items, btfs->files.count, sizeof(btfs->files.items[0]), compare);
}

/* What warnings are about is not kept: they are to be heard each time. */
static int make_archives(struct btfs *btfs, struct session *session,
			 const struct btf_archive_input *input)
{
	struct arena *arena = &session->arena;
	size_t n_warnings = session->diag.n_warnings;
	struct btf_cache cache;
	int result = 0;

	btf_cache_init(&cache, arena, input);
	if (!btf_cache_load(&cache, arena, &btfs->archives)) {
		result = btf_archives_make(&btfs->archives, arena, &session->diag, input);
		if (!result && session->diag.n_warnings == n_warnings)
			btf_cache_store(&cache, arena, &btfs->archives);
	}
	btf_cache_release(&cache);
	return result;
}

int btfs_read(struct btfs *btfs, struct session *session, const struct build_options *options,
	      const struct object *objects, size_t n_objects)
{
	struct arena *arena = &session->arena;
	struct core_object *cores = ARENA_ARRAY(arena, struct core_object, n_objects);
	struct btf_archive_input input = {.objects = cores, .n_objects = n_objects};
	struct btf_files found = {0};
	size_t n_relocations = 0;

	if (!options->btfs.count)
		return 0;
	for (size_t i = 0; i < n_objects; i++) {
		if (core_object_read(&cores[i], arena, &session->diag, &objects[i]))
			return -1;
		n_relocations += cores[i].relocations.count;
	}
	if (!n_relocations) {
		if (session->is_verbose)
			diag_note(&session->diag, NULL,
				  "%s asks nothing of the kernel's types: it needs no -btf",
				  options->name);
		return 0;
	}
	if (btf_files_find(&found, arena, &session->diag, &options->btfs))
		return -1;
	add_files(btfs, arena, &found);
	input.kernels = found.kernels;
	input.n_kernels = found.count;
	if (make_archives(btfs, session, &input))
		return -1;
	if (!btfs->archives.of[0].n_kernels && !btfs->archives.of[1].n_kernels)
		return diag_error(
			&session->diag, options->btfs.items[0],
			"has BTF of the byte order only for which there is no object; see "
			"-target");
	return 0;
}
