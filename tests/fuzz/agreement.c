/* SPDX-License-Identifier: BSD-2-Clause */
#include "agreement.h"

#include <bpf/libbpf.h>
#include <string.h>

#include "model.h"

static const char *compare_map(struct arena *arena, const struct model_map *ours,
			       const struct bpf_map *theirs)
{
	/* Of ring buffers libbpf makes it what this kernel takes. */
	bool is_ring =
		ours->type == BPF_MAP_TYPE_RINGBUF || ours->type == BPF_MAP_TYPE_USER_RINGBUF;
	const struct {
		const char *what;
		uint64_t ours, theirs;
	} numbers[] = {
		{"type", ours->type, bpf_map__type(theirs)},
		{"key size", ours->key_size, bpf_map__key_size(theirs)},
		{"value size", ours->value_size, bpf_map__value_size(theirs)},
		{"max_entries", is_ring ? 0 : ours->max_entries,
		 is_ring ? 0 : bpf_map__max_entries(theirs)},
		{"flags", ours->flags, bpf_map__map_flags(theirs)},
		{"map_extra", ours->extra, bpf_map__map_extra(theirs)},
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (numbers[i].ours != numbers[i].theirs)
			return arena_printf(arena, "map '%s': %s %llu, not %llu", ours->name,
					    numbers[i].what, (unsigned long long)numbers[i].ours,
					    (unsigned long long)numbers[i].theirs);
	}
	return NULL;
}

static const char *compare_maps(struct arena *arena, const struct model *model,
				const struct bpf_object *object)
{
	struct bpf_map *theirs = NULL;
	const char *lie = NULL;

	for (size_t i = 0; i < model->n_maps && !lie; i++) {
		const struct model_map *map = &model->maps[i];

		/* libbpf 1.1 skips these. */
		if (map->has_link && LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION < 2)
			continue;
		theirs = bpf_object__next_map(object, theirs);
		if (!theirs)
			return arena_printf(arena, "map '%s' is none", map->name);
		if (map->origin == MAP_DEFINED && strcmp(map->name, bpf_map__name(theirs)) != 0)
			return arena_printf(arena, "map '%s' is '%s'", map->name,
					    bpf_map__name(theirs));
		lie = compare_map(arena, map, theirs);
	}
	return lie ? lie : bpf_object__next_map(object, theirs) ? "a map is missing" : NULL;
}

static const char *compare_programs(struct arena *arena, const struct model *model,
				    const struct bpf_object *object)
{
	struct bpf_program *theirs = NULL;
	size_t count = 0;

	while ((theirs = bpf_object__next_program(object, theirs)))
		count++;
	if (count != model->n_programs)
		return arena_printf(arena, "%zu programs, not %zu", model->n_programs, count);
	for (size_t i = 0; i < model->n_programs; i++) {
		const struct model_program *program = &model->programs[i];

		theirs = bpf_object__find_program_by_name(object, program->name);
		if (!theirs || program->type != (uint32_t)bpf_program__type(theirs) ||
		    program->is_autoload != bpf_program__autoload(theirs) ||
		    program->n_instructions != bpf_program__insn_cnt(theirs))
			return arena_printf(arena, "program '%s' is another one", program->name);
	}
	return NULL;
}

static bool compare(struct arena *arena, const struct object *object, const char **lie)
{
	struct diag diag = {0};
	struct bpf_object *theirs;
	struct model model;

	if (object->byte_order == BYTE_ORDER_BIG || model_read(&model, arena, &diag, object))
		return false;
	theirs = bpf_object__open_mem(object->bytes.data, object->bytes.size, NULL);
	if (libbpf_get_error(theirs))
		return false;
	*lie = compare_maps(arena, &model, theirs);
	if (!*lie)
		*lie = compare_programs(arena, &model, theirs);
	bpf_object__close(theirs);
	return true;
}

bool agreement_check(struct arena *arena, struct bytes bytes, const char **lie)
{
	struct object object = {0};
	struct diag diag = {0};
	bool is_compared;

	*lie = NULL;
	is_compared =
		!object_read(&object, arena, &diag, "x.o", bytes) && compare(arena, &object, lie);
	object_release(&object);
	return is_compared;
}
