/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The model of each test object against what libbpf makes of it, field by field; and that of its
 * big-endian twin, which libbpf cannot open here, against the same.
 */
#include "test.h"

#include <bpf/libbpf.h>
#include <stdbool.h>

#include "btf_query.h"
#include "merge.h"
#include "model.h"
#include "section_kinds.h"

struct loaded {
	struct object object;
	struct model model;
};

static struct arena arena;
static struct test_messages messages;

static void load(struct loaded *loaded, const char *name, const char *target)
{
	struct diag diag = test_diag(&messages);
	const char *path = arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s_%s.o", name, target);
	struct bytes bytes;

	messages.text[0] = '\0';
	assert_int_equal(file_read(&arena, path, &bytes), 0);
	if (object_read(&loaded->object, &arena, &diag, path, bytes) ||
	    model_read(&loaded->model, &arena, &diag, &loaded->object))
		fail_msg("%s", messages.text);
}

static void compare_map(const struct model_map *map, const struct bpf_map *theirs)
{
	assert_int_equal(map->type, bpf_map__type(theirs));
	assert_int_equal(map->key_size, bpf_map__key_size(theirs));
	assert_int_equal(map->value_size, bpf_map__value_size(theirs));
	assert_int_equal(map->max_entries, bpf_map__max_entries(theirs));
	assert_int_equal(map->flags, bpf_map__map_flags(theirs));
	assert_int_equal(map->numa_node, bpf_map__numa_node(theirs));
	assert_int_equal(map->extra, bpf_map__map_extra(theirs));
	assert_int_equal(map->origin != MAP_DEFINED && map->origin != MAP_STRUCT_OPS,
			 bpf_map__is_internal(theirs));
	assert_int_equal(map->pinning == 1, bpf_map__pin_path(theirs) != NULL);
	if (map->origin == MAP_DEFINED) {
		assert_int_equal(map->key_type, bpf_map__btf_key_type_id(theirs));
		assert_int_equal(map->value_type, bpf_map__btf_value_type_id(theirs));
	}
}

static void compare_maps(const struct model *model, const struct bpf_object *object)
{
	const struct bpf_map *theirs = NULL;

	for (size_t i = 0; i < model->n_maps; i++) {
		const struct model_map *map = &model->maps[i];

		/* libbpf 1.1 skips these. */
		if (map->has_link && LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION < 2)
			continue;
		theirs = bpf_object__next_map(object, theirs);
		assert_non_null(theirs);
		assert_ptr_equal(bpf_object__find_map_by_name(object, map->name), theirs);
		compare_map(map, theirs);
	}
	assert_null(theirs ? bpf_object__next_map(object, theirs) : NULL);
}

static void compare_programs(const struct model *model, const struct bpf_object *object)
{
	struct bpf_program *theirs = NULL;

	for (size_t i = 0; i < model->n_programs; i++) {
		const struct model_program *program = &model->programs[i];

		theirs = bpf_object__next_program(object, theirs);
		assert_non_null(theirs);
		assert_string_equal(program->name, bpf_program__name(theirs));
		assert_string_equal(program->section + !program->is_autoload,
				    bpf_program__section_name(theirs));
		assert_int_equal(program->type, bpf_program__type(theirs));
		assert_int_equal(program->attach_type, bpf_program__expected_attach_type(theirs));
		assert_int_equal(program->is_autoload, bpf_program__autoload(theirs));
		assert_int_equal(program->n_instructions, bpf_program__insn_cnt(theirs));
	}
	assert_null(bpf_object__next_program(object, theirs));
}

/* libbpf corrects the offsets in its BTF: each variable must stand where it says. */
static void compare_sections(const struct model *model, const struct bpf_object *object)
{
	const struct btf *btf = bpf_object__btf(object);

	for (size_t i = 0; i < model->n_sections; i++) {
		const struct model_section *section = &model->sections[i];
		int id = btf__find_by_name_kind(btf, section->name, BTF_KIND_DATASEC);
		const struct btf_type *type = btf__type_by_id(btf, id > 0 ? (uint32_t)id : 0);

		if (!section->n_variables)
			continue;
		assert_true(id > 0);
		assert_int_equal(btf_vlen(type), section->n_variables);
		assert_int_equal(type->size, section->size);
		for (uint32_t j = 0; j < btf_vlen(type); j++) {
			const struct btf_var_secinfo *entry = &btf_var_secinfos(type)[j];
			const char *name = btf_query_type_name(btf, entry->type);
			const struct model_variable *variable = NULL;

			for (size_t k = 0; k < section->n_variables; k++) {
				if (!strcmp(section->variables[k].name, name))
					variable = &section->variables[k];
			}
			assert_non_null(variable);
			assert_int_equal(variable->size, entry->size);
			if (!variable->is_static)
				assert_int_equal(variable->offset, entry->offset);
		}
	}
}

static void both_byte_orders_agree(const struct loaded *el, const struct loaded *eb)
{
	struct diag diag = test_diag(&messages);
	struct model_variant variants[] = {{.model = &el->model, .target = "bpfel"},
					   {.model = &eb->model, .target = "bpfeb"}};
	struct model_set set = {variants, 2};

	assert_int_equal(el->object.byte_order, BYTE_ORDER_LITTLE);
	assert_int_equal(eb->object.byte_order, BYTE_ORDER_BIG);
	if (model_set_check(&set, &arena, &diag))
		fail_msg("%s", messages.text);
	assert_int_equal(el->model.n_sections, eb->model.n_sections);
}

static int no_print(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level, (void)format, (void)args;
	return 0;
}

static void check_object(void **state)
{
	const char *name = *state;
	struct loaded el, eb;
	struct bpf_object *object;

	libbpf_set_print(no_print);
	load(&el, name, "bpfel");
	load(&eb, name, "bpfeb");
	object = bpf_object__open_file(el.object.path, NULL);
	assert_int_equal(libbpf_get_error(object), 0);
	compare_maps(&el.model, object);
	compare_programs(&el.model, object);
	compare_sections(&el.model, object);
	both_byte_orders_agree(&el, &eb);
	bpf_object__close(object);
	object_release(&el.object);
	object_release(&eb.object);
	arena_release(&arena);
}

static const struct model_map *find_map(const struct model *model, const char *name)
{
	for (size_t i = 0; i < model->n_maps; i++) {
		if (!strcmp(model->maps[i].name, name))
			return &model->maps[i];
	}
	fail_msg("no map '%s'", name);
	return NULL;
}

/* What libbpf keeps to itself: slots, inner maps, weak and hidden. */
static void slots_and_inner_maps(void **state)
{
	static const char *const targets[] = {"bpfel", "bpfeb"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct loaded loaded;
		const struct model_map *outer, *jumps;

		load(&loaded, "maps", targets[i]);
		outer = find_map(&loaded.model, "outer");
		assert_int_equal(outer->n_slots, 2);
		assert_null(outer->slots[0]);
		assert_string_equal(outer->slots[1], "first_inner");
		assert_non_null(outer->inner);
		assert_string_equal(outer->inner->name, "outer.inner");
		assert_int_equal(outer->inner->type, BPF_MAP_TYPE_HASH);
		assert_int_equal(outer->inner->key_size, 4);
		assert_int_equal(outer->inner->value_size, 16);
		assert_int_equal(outer->inner->max_entries, 4);
		jumps = find_map(&loaded.model, "jumps");
		assert_int_equal(jumps->n_slots, 2);
		assert_string_equal(jumps->slots[1], "tail");
		assert_true(find_map(&loaded.model, "weak_map")->is_weak);
		assert_false(jumps->is_weak);
		assert_string_equal(loaded.model.license, "GPL");
		object_release(&loaded.object);
		arena_release(&arena);
	}
}

/* Each section that libbpf knows has the types that it gives; newer kinds have names at least. */
static void section_kinds_are_libbpfs(void **state)
{
	/* clang-format off */
	static const char *const sections[] = {
		"socket", "sk_reuseport/migrate", "sk_reuseport", "kprobe/x", "uprobe/x", "uprobe.s/x",
		"kretprobe/x", "uretprobe", "kprobe.multi/x*", "kretprobe.multi/x", "ksyscall/x",
		"kretsyscall/x", "usdt/x", "tc", "classifier", "action", "tracepoint/a/b", "tp/a/b",
		"raw_tracepoint/x", "raw_tp/x", "raw_tp.w/x", "tp_btf/x", "fentry/x", "fmod_ret/x",
		"fexit/x", "fentry.s/x", "fmod_ret.s/x", "fexit.s/x", "freplace/x", "lsm/x", "lsm.s/x",
		"lsm_cgroup/x", "iter/x", "iter.s/x", "syscall", "xdp.frags/devmap", "xdp/devmap",
		"xdp.frags/cpumap", "xdp/cpumap", "xdp.frags", "xdp", "perf_event", "lwt_in", "lwt_out",
		"lwt_xmit", "lwt_seg6local", "sockops", "sk_skb/stream_parser", "sk_skb/stream_verdict",
		"sk_skb", "sk_msg", "lirc_mode2", "flow_dissector", "cgroup_skb/ingress",
		"cgroup_skb/egress", "cgroup/skb", "cgroup/sock_create", "cgroup/sock_release",
		"cgroup/sock", "cgroup/post_bind4", "cgroup/post_bind6", "cgroup/bind4", "cgroup/bind6",
		"cgroup/connect4", "cgroup/connect6", "cgroup/sendmsg4", "cgroup/sendmsg6",
		"cgroup/recvmsg4", "cgroup/recvmsg6", "cgroup/getpeername4", "cgroup/getpeername6",
		"cgroup/getsockname4", "cgroup/getsockname6", "cgroup/sysctl", "cgroup/getsockopt",
		"cgroup/setsockopt", "cgroup/dev", "struct_ops/x", "sk_lookup",
	};
	/* clang-format on */

	(void)state;
	libbpf_set_print(no_print);
	for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		const struct section_kind *kind = section_kind_find(sections[i]);
		enum bpf_prog_type type;
		enum bpf_attach_type attach_type;

		assert_int_equal(libbpf_prog_type_by_name(sections[i], &type, &attach_type), 0);
		assert_non_null(kind);
		if (kind->program_type != type || kind->attach_type != attach_type)
			fail_msg("%s: %u/%u, but libbpf has %u/%u", sections[i], kind->program_type,
				 kind->attach_type, type, attach_type);
		assert_string_equal(section_kind_type_name(type) + strlen("BPF_PROG_TYPE_"),
				    section_kind_type_name(kind->program_type) +
					    strlen("BPF_PROG_TYPE_"));
	}
	assert_null(section_kind_find("xdp/other"));
	assert_null(section_kind_find("kprobes/x"));
	assert_null(section_kind_find(""));
}

#define OBJECT(name)                                           \
	{                                                      \
		name, check_object, NULL, NULL, (void *)(name) \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		OBJECT("attach"),
		OBJECT("byteorder"),
		OBJECT("events"),
		OBJECT("kinds"),
		OBJECT("maps"),
		OBJECT("names"),
		OBJECT("programs"),
		OBJECT("struct_ops"),
		OBJECT("types"),
		OBJECT("variables"),
		cmocka_unit_test(slots_and_inner_maps),
		cmocka_unit_test(section_kinds_are_libbpfs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
