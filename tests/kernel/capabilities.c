/* SPDX-License-Identifier: BSD-2-Clause */
/* Which capabilities programs and maps need besides CAP_BPF, as docs/api.md has it: docs.reference
 * compares the page with these tables, and here the kernel is asked. */
#define _GNU_SOURCE
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "kernel.h"

#define BIT(capability) (1ull << (capability))
#define PERFMON         BIT(CAP_PERFMON)
#define NET_ADMIN       BIT(CAP_NET_ADMIN)

static const struct program {
	const char *section;
	unsigned long long needs;
	unsigned int type, attach_type;
} programs[] = {
	{"socket", 0, BPF_PROG_TYPE_SOCKET_FILTER, 0},
	{"kprobe", PERFMON, BPF_PROG_TYPE_KPROBE, 0},
	{"tc", NET_ADMIN, BPF_PROG_TYPE_SCHED_CLS, 0},
	{"action", NET_ADMIN, BPF_PROG_TYPE_SCHED_ACT, 0},
	{"tracepoint", PERFMON, BPF_PROG_TYPE_TRACEPOINT, 0},
	{"xdp", NET_ADMIN, BPF_PROG_TYPE_XDP, 0},
	{"perf_event", PERFMON, BPF_PROG_TYPE_PERF_EVENT, 0},
	{"cgroup/sock", NET_ADMIN, BPF_PROG_TYPE_CGROUP_SOCK, BPF_CGROUP_INET_SOCK_CREATE},
	{"lwt_in", NET_ADMIN, BPF_PROG_TYPE_LWT_IN, 0},
	{"lwt_xmit", NET_ADMIN, BPF_PROG_TYPE_LWT_XMIT, 0},
	{"lwt_seg6local", NET_ADMIN, BPF_PROG_TYPE_LWT_SEG6LOCAL, 0},
	{"sockops", NET_ADMIN, BPF_PROG_TYPE_SOCK_OPS, BPF_CGROUP_SOCK_OPS},
	{"sk_skb", NET_ADMIN, BPF_PROG_TYPE_SK_SKB, 0},
	{"cgroup/dev", NET_ADMIN, BPF_PROG_TYPE_CGROUP_DEVICE, BPF_CGROUP_DEVICE},
	{"sk_msg", NET_ADMIN, BPF_PROG_TYPE_SK_MSG, BPF_SK_MSG_VERDICT},
	{"raw_tp", PERFMON, BPF_PROG_TYPE_RAW_TRACEPOINT, 0},
	{"cgroup/connect4", NET_ADMIN, BPF_PROG_TYPE_CGROUP_SOCK_ADDR, BPF_CGROUP_INET4_CONNECT},
	{"sk_reuseport", 0, BPF_PROG_TYPE_SK_REUSEPORT, BPF_SK_REUSEPORT_SELECT},
	{"flow_dissector", NET_ADMIN, BPF_PROG_TYPE_FLOW_DISSECTOR, BPF_FLOW_DISSECTOR},
	{"cgroup/sysctl", NET_ADMIN, BPF_PROG_TYPE_CGROUP_SYSCTL, BPF_CGROUP_SYSCTL},
	{"cgroup/getsockopt", NET_ADMIN, BPF_PROG_TYPE_CGROUP_SOCKOPT, BPF_CGROUP_GETSOCKOPT},
	{"fentry", PERFMON, BPF_PROG_TYPE_TRACING, BPF_TRACE_FENTRY},
	{"struct_ops", PERFMON, BPF_PROG_TYPE_STRUCT_OPS, 0},
	{"freplace", PERFMON | NET_ADMIN, BPF_PROG_TYPE_EXT, 0},
	{"lsm", PERFMON, BPF_PROG_TYPE_LSM, BPF_LSM_MAC},
	{"sk_lookup", 0, BPF_PROG_TYPE_SK_LOOKUP, BPF_SK_LOOKUP},
	{"syscall", 0, BPF_PROG_TYPE_SYSCALL, 0},
	/* A number: libbpf 1.1's headers have no name for it. */
	{"netfilter", NET_ADMIN, 32, 45},
};

static const struct map {
	const char *kind;
	unsigned long long needs;
	unsigned int type, key_size, value_size;
} maps[] = {
	{"hash", 0, BPF_MAP_TYPE_HASH, 4, 8},
	{"array", 0, BPF_MAP_TYPE_ARRAY, 4, 8},
	{"prog_array", 0, BPF_MAP_TYPE_PROG_ARRAY, 4, 4},
	{"perf_event_array", 0, BPF_MAP_TYPE_PERF_EVENT_ARRAY, 4, 4},
	{"ringbuf", 0, BPF_MAP_TYPE_RINGBUF, 0, 0},
	{"stack_trace", 0, BPF_MAP_TYPE_STACK_TRACE, 4, 8},
	{"cgroup_array", 0, BPF_MAP_TYPE_CGROUP_ARRAY, 4, 4},
	{"queue", 0, BPF_MAP_TYPE_QUEUE, 0, 8},
	{"reuseport_sockarray", 0, BPF_MAP_TYPE_REUSEPORT_SOCKARRAY, 4, 8},
	{"devmap", NET_ADMIN, BPF_MAP_TYPE_DEVMAP, 4, 4},
	{"devmap_hash", NET_ADMIN, BPF_MAP_TYPE_DEVMAP_HASH, 4, 4},
	{"sockmap", NET_ADMIN, BPF_MAP_TYPE_SOCKMAP, 4, 4},
	{"sockhash", NET_ADMIN, BPF_MAP_TYPE_SOCKHASH, 4, 4},
	{"xskmap", NET_ADMIN, BPF_MAP_TYPE_XSKMAP, 4, 4},
};

static int load(const void *argument)
{
	const struct bpf_insn instructions[] = {{.code = BPF_ALU64 | BPF_MOV | BPF_K, .imm = 1},
						{.code = BPF_JMP | BPF_EXIT}};
	const struct program *program = (const struct program *)argument;
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = program->attach_type);

	if (program->type == BPF_PROG_TYPE_SYSCALL)
		opts.prog_flags = BPF_F_SLEEPABLE;
	return bpf_prog_load(program->type, "probe", "GPL", instructions, 2, &opts);
}

static int create(const void *argument)
{
	const struct map *map = (const struct map *)argument;

	return bpf_map_create(map->type, "probe", map->key_size, map->value_size, 65536, NULL);
}

/* The errno of it in a child with these capabilities alone. */
static int error_with(unsigned long long has, int (*make)(const void *), const void *argument)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {{0}};
	pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (!child) {
		for (int i = 0; i < 2; i++)
			data[i].effective = data[i].permitted = (__u32)(has >> 32 * i);
		if (syscall(SYS_capset, &header, data))
			_exit(255);
		_exit(make(argument) < 0 ? errno : 0);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) &&
	      WEXITSTATUS(status) != 255);
	return WEXITSTATUS(status);
}

/* Other errors are fine: the programs and maps are not good ones. */
static void ask(unsigned long long needs, int (*make)(const void *), const void *argument)
{
	const unsigned long long bpf = BIT(CAP_BPF), all[] = {bpf, PERFMON, NET_ADMIN};
	int with = error_with(bpf | needs, make, argument);

	if (error_with(bpf | PERFMON | NET_ADMIN | BIT(CAP_SYS_ADMIN), make, argument) == EPERM)
		MAY_BE_REFUSED(-EPERM);
	CHECK(with != EPERM);
	for (int i = 0; i < 3; i++) {
		int without = error_with((bpf | needs) & ~all[i], make, argument);

		/* EINVAL: the kernel is built without it, and says so first. */
		if ((bpf | needs) & all[i])
			CHECK(without == EPERM || (without == EINVAL && with == EINVAL));
	}
}

int main(void)
{
	static size_t i;

	need_bpf();
	for (i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		RUN_AS(programs[i].section, ask, programs[i].needs, load, &programs[i]);
	for (i = 0; i < sizeof(maps) / sizeof(*maps); i++)
		RUN_AS(maps[i].kind, ask, maps[i].needs, create, &maps[i]);
	return end_of_test();
}
