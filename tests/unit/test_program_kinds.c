/* SPDX-License-Identifier: BSD-2-Clause */
/* How programs are attached, by their sections: one line each. */
#include "test.h"

#include "model.h"
#include "program_kinds.h"
#include "section_kinds.h"

static const struct expectation {
	const char *kind, *target;
	const char *function; /* that attaches; NULL: none */
	const char *options;  /* what the options' function is passed; NULL: none */
	uint32_t features;
} expectations[] = {
	{"tracepoint", NULL, "bpf_program__attach_tracepoint", ", category, name", 0},
	{"tp", "a/b", "auto", ", \"a\", \"b\"", 0},
	{"tp", "a", "auto", NULL, 0},
	{"tp", "a/", "auto", NULL, 0},
	{"raw_tp", "a", "auto", ", \"a\"", PROGRAM_TEST_RUN},
	{"raw_tp.w", NULL, "bpf_program__attach_raw_tracepoint", ", name", 0},
	{"tp_btf", "a", "auto", "", 0},
	{"tp_btf", NULL, "bpf_program__attach", "", PROGRAM_SET_TARGET},
	{"fentry", "a", "auto", "", PROGRAM_TEST_RUN | PROGRAM_SET_TARGET},
	{"fmod_ret.s", NULL, "bpf_program__attach", "", PROGRAM_TEST_RUN | PROGRAM_SET_TARGET},
	{"freplace", "a", "auto", NULL, PROGRAM_SET_TARGET},
	{"lsm.s", "a", "auto", NULL, 0},
	{"lsm_cgroup", "a", "bpf_program__attach_cgroup", NULL, 0},
	{"lsm_cgroup", NULL, "bpf_program__attach_cgroup", NULL, PROGRAM_SET_TARGET},
	{"kprobe", "f", "auto", ", \"f\", 0", 0},
	{"kretprobe", NULL, "bpfbake_kprobe", ", function, 0", PROGRAM_RETURN},
	{"kprobe", "f+16", "auto", ", \"f\", 16", 0},
	{"kprobe", "f+", "auto", NULL, 0},
	{"kprobe", "f+1x", "auto", NULL, 0},
	{"kprobe", "+1", "auto", NULL, 0},
	{"kprobe", "", "auto", NULL, 0},
	{"kprobe.multi", "f*", "auto", ", \"f*\"", 0},
	{"kprobe.session", "f*", "auto", ", \"f*\"", 0},
	{"kprobe.session", NULL, "bpfbake_kprobe_session", ", pattern", 0},
	{"uprobe.s", "a:f+0x10", "auto", ", -1, \"a\", \"f\", 16", 0},
	{"uprobe", "a", "auto", NULL, 0},
	{"uprobe", ":f", "auto", NULL, 0},
	{"uretprobe", NULL, "bpfbake_uprobe", ", pid, binary, NULL, offset", PROGRAM_RETURN},
	{"uretprobe.multi", NULL, "bpfbake_uprobe_multi", ", pid, binary, pattern", PROGRAM_RETURN},
	{"uprobe.multi.s", "a:f", "auto", NULL, 0},
	{"uprobe.session.s", "a:f", "auto", NULL, 0},
	{"uprobe.session", NULL, "bpfbake_uprobe_session", ", pid, binary, pattern", 0},
	{"ksyscall", "f", "auto", ", \"f\"", 0},
	{"kretsyscall", NULL, "bpfbake_ksyscall", ", name", PROGRAM_RETURN},
	{"usdt", "a:b:c", "auto", ", -1, \"a\", \"b\", \"c\"", 0},
	{"usdt.s", "a:b", "auto", NULL, 0},
	{"perf_event", NULL, "bpfbake_perf_event", ", perf_fd", 0},
	{"iter", "task", "auto", "", PROGRAM_READ},
	{"iter.s", "bpf_map_elem", "bpfbake_map_iterator", NULL, PROGRAM_READ},
	{"iter", NULL, "bpf_program__attach", "", PROGRAM_READ | PROGRAM_SET_TARGET},
	{"syscall", NULL, NULL, NULL, PROGRAM_SYSCALL},
	{"xdp", NULL, "bpf_program__attach_xdp", NULL, PROGRAM_TEST_RUN},
	{"xdp.frags", NULL, "bpf_program__attach_xdp", NULL, PROGRAM_TEST_RUN},
	{"xdp/devmap", NULL, NULL, NULL, PROGRAM_TEST_RUN},
	{"xdp.frags/cpumap", NULL, NULL, NULL, PROGRAM_TEST_RUN},
	{"tc", NULL, "bpfbake_tc", NULL, PROGRAM_TEST_RUN},
	{"tc/ingress", NULL, "bpfbake_tcx", NULL, PROGRAM_TEST_RUN},
	{"tcx/egress", NULL, "bpfbake_tcx", NULL, PROGRAM_TEST_RUN},
	{"classifier", NULL, "bpfbake_tc", NULL, PROGRAM_TEST_RUN},
	{"netkit/peer", NULL, "bpf_program__attach_netkit", ", ifindex", PROGRAM_TEST_RUN},
	{"action", NULL, NULL, NULL, PROGRAM_TEST_RUN},
	{"lwt_xmit", NULL, NULL, NULL, PROGRAM_TEST_RUN},
	{"netfilter", NULL, "bpf_program__attach_netfilter", NULL, PROGRAM_TEST_RUN},
	{"cgroup/skb", NULL, "bpfbake_descriptor", NULL, PROGRAM_TEST_RUN},
	{"cgroup_skb/ingress", NULL, "bpf_program__attach_cgroup", NULL, PROGRAM_TEST_RUN},
	{"cgroup/connect_unix", NULL, "bpf_program__attach_cgroup", NULL, 0},
	{"cgroup/dev", NULL, "bpf_program__attach_cgroup", NULL, 0},
	{"sockops", NULL, "bpf_program__attach_cgroup", NULL, 0},
	{"socket", NULL, "bpfbake_socket", NULL, PROGRAM_TEST_RUN},
	{"sk_reuseport/migrate", NULL, "bpfbake_socket", NULL, 0},
	{"sk_skb/verdict", NULL, "bpfbake_descriptor", NULL, 0},
	{"sk_skb", NULL, "bpfbake_descriptor", NULL, 0},
	{"sk_msg", NULL, "bpfbake_descriptor", NULL, 0},
	{"sk_lookup", NULL, "bpf_program__attach_netns", NULL, PROGRAM_TEST_RUN},
	{"flow_dissector", NULL, "bpf_program__attach_netns", NULL, PROGRAM_TEST_RUN},
	{"lirc_mode2", NULL, "bpfbake_descriptor", NULL, 0},
	{"struct_ops", "a", NULL, NULL, 0},
};

static void check(struct arena *arena, const struct expectation *expected)
{
	const struct section_kind *section = section_kind_find(expected->kind);
	struct model_program program = {.kind = expected->kind, .target = expected->target};
	struct program_kind kind;
	const char *function;

	assert_non_null(section);
	program.type = section->program_type;
	kind = program_kind_find(arena, &program);
	function = !kind.form ? NULL : kind.is_auto ? "auto" : kind.form->function;
	if (!function != !expected->function || (function && strcmp(function, expected->function)))
		fail_msg("%s/%s: attached by %s", expected->kind,
			 expected->target ? expected->target : "", function);
	if (!kind.options != !expected->options ||
	    (kind.options && strcmp(kind.options, expected->options)))
		fail_msg("%s/%s: options are passed \"%s\"", expected->kind,
			 expected->target ? expected->target : "", kind.options);
	if (kind.features != expected->features)
		fail_msg("%s: features are %x", expected->kind, kind.features);
}

static void each_section_is_attached_its_own_way(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(expectations) / sizeof(expectations[0]); i++)
		check(&arena, &expectations[i]);
	arena_release(&arena);
}

static void what_libbpf_does_not_know_has_no_functions(void **state)
{
	struct arena arena = ARENA_INIT;
	struct model_program program = {.kind = "xdp"};
	struct program_kind kind = program_kind_find(&arena, &program);

	(void)state;
	assert_null(kind.form);
	assert_int_equal(kind.features, 0);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_section_is_attached_its_own_way),
		cmocka_unit_test(what_libbpf_does_not_know_has_no_functions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
