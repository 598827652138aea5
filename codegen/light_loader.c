/* SPDX-License-Identifier: BSD-2-Clause */
/* libbpf asks the kernel nothing while it makes a loader: what it would ask is answered yes, and
 * CO-RE, kernel symbols and targets of attaching are left to the kernel that runs the loader. */
#include "light_loader.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "strbuf.h"

enum {
	PERF_EVENT_ARRAY = 4,
	RINGBUF = 27,
	USER_RINGBUF = 31,
	LARGEST_PAGE = 1 << 16,
};

/* What libbpf said first: its callback has no context, and what follows says less. */
static struct strbuf said = STRBUF_INIT;

__attribute__((format(printf, 2, 0))) static int keep_warning(enum libbpf_print_level level,
							      const char *format, va_list arguments)
{
	char text[1024];

	if (level != LIBBPF_WARN || said.length)
		return 0;
	vsnprintf(text, sizeof(text), format, arguments);
	text[strcspn(text, "\n")] = '\0';
	strbuf_add_string(&said, strncmp(text, "libbpf: ", 8) ? text : text + 8);
	return 0;
}

static int report(struct diag *diag, const struct model *model, int error)
{
	char text[128];

	libbpf_strerror(error, text, sizeof(text));
	return diag_error(diag, model->path,
			  "libbpf makes no loader of it: %s; change it, or make a full skeleton",
			  said.length ? said.text : text);
}

bool light_loader_serves(enum byte_order order)
{
	bool is_big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

	return (order == BYTE_ORDER_BIG) == is_big || libbpf_major_version() > 1 ||
	       libbpf_minor_version() >= 5;
}

const char *light_loader_libbpf(struct arena *arena)
{
	return arena_printf(arena, "libbpf %u.%u", libbpf_major_version(), libbpf_minor_version());
}

/* libbpf takes the number of this machine's CPUs, and a multiple of its pages: the header says what
 * they are where the program runs. */
static int set_size(struct bpf_map *map, const struct model_map *own)
{
	uint32_t size = LARGEST_PAGE;

	if (own->type == PERF_EVENT_ARRAY && !own->max_entries)
		return bpf_map__set_max_entries(map, 1);
	if (own->type != RINGBUF && own->type != USER_RINGBUF)
		return 0;
	while (size < own->max_entries && size << 1)
		size <<= 1;
	return bpf_map__set_max_entries(map, size);
}

static int set_sizes(struct bpf_object *object, const struct model *model)
{
	struct bpf_map *map;
	size_t i = 0;
	int error = 0;

	bpf_object__for_each_map(map, object)
	{
		const struct model_map *own = &model->maps[i++];

		if (!error)
			error = set_size(map, own);
		if (!error && own->inner && bpf_map__inner_map(map))
			error = set_size(bpf_map__inner_map(map), own->inner);
	}
	return error;
}

/* Of sections that an old libbpf does not know. */
static int set_types(struct bpf_object *object, const struct model *model)
{
	struct bpf_program *program;
	size_t i = 0;
	int error = 0;

	bpf_object__for_each_program(program, object)
	{
		const struct model_program *own = &model->programs[i++];

		if (error || bpf_program__type(program) != BPF_PROG_TYPE_UNSPEC)
			continue;
		error = bpf_program__set_type(program, (enum bpf_prog_type)own->type);
		if (!error)
			error = bpf_program__set_expected_attach_type(
				program, (enum bpf_attach_type)own->attach_type);
	}
	return error;
}

/* The header numbers them as the model does, the loader as libbpf does. */
static bool is_same_order(struct bpf_object *object, const struct model *model)
{
	struct bpf_program *program;
	struct bpf_map *map;
	size_t n_maps = 0, n_programs = 0;

	bpf_object__for_each_map(map, object)
	{
		const struct model_map *own = &model->maps[n_maps];

		if (n_maps++ == model->n_maps ||
		    bpf_map__is_internal(map) != (own->origin != MAP_DEFINED) ||
		    (own->origin == MAP_DEFINED && strcmp(bpf_map__name(map), own->name) != 0))
			return false;
	}
	bpf_object__for_each_program(program, object)
	{
		if (n_programs == model->n_programs ||
		    strcmp(bpf_program__name(program), model->programs[n_programs++].name) != 0)
			return false;
	}
	return n_maps == model->n_maps && n_programs == model->n_programs;
}

/* As kernel/bpf/btf.c checks it. clang may put a constant of 4, 8, 16 or 32 bytes in a section of
 * its own, while BTF has it at the beginning of .rodata. libbpf does without BTF then, a loader
 * cannot. */
static int check_section(struct diag *diag, const struct model *model, const struct btf *btf,
			 const struct btf_type *section)
{
	const struct btf_var_secinfo *variables = btf_var_secinfos(section);
	uint64_t end = 0;

	for (uint32_t i = 0; i < btf_vlen(section); i++) {
		if (variables[i].offset < end)
			return diag_error(
				diag, model->path,
				"the BTF of section '%s' has variable '%s' where another one "
				"is, which the kernel refuses; give it another size, make it "
				"const volatile, or make a full skeleton",
				btf__name_by_offset(btf, section->name_off),
				btf_query_type_name(btf, variables[i].type));
		end = (uint64_t)variables[i].offset + variables[i].size;
	}
	return 0;
}

static int check_btf(struct diag *diag, const struct model *model, const struct btf *btf)
{
	for (uint32_t id = 1; btf && id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_datasec(type) && check_section(diag, model, btf, type))
			return -1;
	}
	return 0;
}

static void keep_values(struct light_loader *loader, struct arena *arena, struct bpf_object *object,
			const struct model *model)
{
	struct bpf_map *map;
	size_t i = 0;

	loader->values = ARENA_ARRAY(arena, struct bytes, model->n_maps);
	bpf_object__for_each_map(map, object)
	{
		size_t size = 0;
		const void *value =
			model->maps[i].section ? bpf_map__initial_value(map, &size) : NULL;

		if (value)
			loader->values[i] = (struct bytes){arena_memdup(arena, value, size), size};
		i++;
	}
}

static int make(struct light_loader *loader, struct arena *arena, struct bpf_object *object,
		const struct model *model)
{
	LIBBPF_OPTS(gen_loader_opts, made);
	int error = set_sizes(object, model);

	keep_values(loader, arena, object, model);
	if (!error)
		error = set_types(object, model);
	if (!error)
		error = bpf_object__gen_loader(object, &made);
	if (!error)
		error = bpf_object__load(object);
	if (error)
		return error;
	loader->data = (struct bytes){arena_memdup(arena, made.data, made.data_sz), made.data_sz};
	loader->insns =
		(struct bytes){arena_memdup(arena, made.insns, made.insns_sz), made.insns_sz};
	return 0;
}

int light_loader_make(struct light_loader *loader, struct arena *arena, struct diag *diag,
		      const struct model *model, struct bytes bytes, const char *name)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .object_name = name);
	struct bpf_object *object;
	int error = 0, result = 0;

	*loader = (struct light_loader){0};
	strbuf_truncate(&said, 0);
	libbpf_set_print(keep_warning);
	object = bpf_object__open_mem(bytes.data, bytes.size, &opts);
	if (!object)
		error = -errno;
	else if (!is_same_order(object, model))
		result = diag_error(diag, model->path,
				    "libbpf sees other maps or programs in it than bpfbake does; "
				    "make a full skeleton of it");
	else if (check_btf(diag, model, bpf_object__btf(object)))
		result = -1;
	else
		error = make(loader, arena, object, model);
	if (error)
		result = report(diag, model, error);
	bpf_object__close(object);
	libbpf_set_print(NULL);
	strbuf_release(&said);
	return result;
}
