/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An entry is the key, then for each byte order a line "PACKED SIZE KERNELS BTFS" and the PACKED
 * bytes.
 */
#include "btf_cache.h"

#include <bpf/btf.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "btf_subset.h"
#include "bug.h"
#include "cache.h"
#include "path.h"
#include "session.h"

/* Without the texts of source lines, which stand in BTF, too. */
static void add_types(struct strbuf *key, const struct core_object *core)
{
	struct arena arena = ARENA_INIT;
	struct btf_subset subset;

	btf_subset_init(&subset, &arena, core->object->btf);
	for (uint32_t id = 1; id < btf__type_cnt(core->object->btf); id++)
		btf_subset_keep(&subset, id, BTF_SUBSET_WHOLE);
	btf_subset_write(&subset, key);
	arena_release(&arena);
}

static void add_object(struct strbuf *key, const struct core_object *core)
{
	strbuf_add_format(key, "object %d\n", core->object->byte_order);
	for (size_t i = 0; i < core->relocations.count; i++) {
		const struct core_relocation *relocation = &core->relocations.items[i];

		strbuf_add_format(key, "%u %u %s %s\n", relocation->type,
				  (unsigned)relocation->kind, relocation->access, relocation->text);
	}
	add_types(key, core);
}

static void add_kernel(struct strbuf *key, struct arena *arena,
		       const struct btf_archive_kernel *kernel)
{
	const char *path = path_real(arena, kernel->path);
	struct stat status = {0};

	if (!path || stat(path, &status))
		memset(&status, 0, sizeof(status));
	strbuf_add_format(
		key, "%s %s %s %s %s\n%llu %llu %lld %lld.%09ld %lld.%09ld\n", path ? path : "",
		kernel->release, kernel->machine ? kernel->machine : "-",
		kernel->distribution ? kernel->distribution : "-",
		kernel->version ? kernel->version : "-", (unsigned long long)status.st_dev,
		(unsigned long long)status.st_ino, (long long)status.st_size,
		(long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
		(long long)status.st_ctim.tv_sec, status.st_ctim.tv_nsec);
}

void btf_cache_init(struct btf_cache *cache, struct arena *arena,
		    const struct btf_archive_input *input)
{
	struct strbuf *key = &cache->key;
	const char *name;

	*cache = (struct btf_cache){.key = STRBUF_INIT};
	strbuf_add_format(key, "%s, %s\n", session_tool, btf_archive_packer());
	for (size_t i = 0; i < input->n_objects; i++)
		add_object(key, &input->objects[i]);
	for (size_t i = 0; i < input->n_kernels; i++)
		add_kernel(key, arena, &input->kernels[i]);
	strbuf_add_format(key, "key of %zu bytes\n", key->length);
	name = cache_name(arena, (struct bytes){(const unsigned char *)key->text, key->length});
	cache->path = cache_place(arena, "btfs", name);
}

/* The archive at *place, before `end`; *place is then behind it. */
static bool read_archive(struct btf_archive *archive, const unsigned char **place,
			 const unsigned char *end)
{
	const unsigned char *line_end = memchr(*place, '\n', (size_t)(end - *place));
	size_t packed;

	if (!line_end || sscanf((const char *)*place, "%zu %zu %zu %zu", &packed, &archive->size,
				&archive->n_kernels, &archive->n_btfs) != 4)
		return false;
	*place = line_end + 1;
	if (packed > (size_t)(end - *place))
		return false;
	archive->packed = (struct bytes){*place, packed};
	*place += packed;
	return true;
}

bool btf_cache_load(const struct btf_cache *cache, struct arena *arena,
		    struct btf_archives *archives)
{
	struct bytes entry;
	const unsigned char *place, *end;

	if (!cache->path || file_read(arena, cache->path, &entry) ||
	    entry.size < cache->key.length ||
	    memcmp(entry.data, cache->key.text, cache->key.length) != 0)
		return false;
	place = entry.data + cache->key.length;
	end = entry.data + entry.size;
	for (size_t i = 0; i < ARRAY_SIZE(archives->of); i++) {
		if (!read_archive(&archives->of[i], &place, end))
			return false;
	}
	return place == end;
}

void btf_cache_store(const struct btf_cache *cache, struct arena *arena,
		     const struct btf_archives *archives)
{
	struct strbuf entry = STRBUF_INIT;

	if (!cache->path)
		return;
	strbuf_add(&entry, cache->key.text, cache->key.length);
	for (size_t i = 0; i < ARRAY_SIZE(archives->of); i++) {
		const struct btf_archive *archive = &archives->of[i];

		strbuf_add_format(&entry, "%zu %zu %zu %zu\n", archive->packed.size, archive->size,
				  archive->n_kernels, archive->n_btfs);
		strbuf_add(&entry, archive->packed.data, archive->packed.size);
	}
	cache_write(arena, cache->path, entry.text, entry.length);
	strbuf_release(&entry);
}

void btf_cache_release(struct btf_cache *cache)
{
	strbuf_release(&cache->key);
}
