/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sources: what bpf_program__attach of libbpf.c does for each section, 1.1 to 1.7, and link_create
 * in the kernel's kernel/bpf/syscall.c, for which a target is a descriptor or an ifindex.
 */
#include "light_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "c_literal.h"
#include "model.h"

enum way {
	NONE,           /* no attach */
	REFUSED,        /* libbpf's N__attach does it, with more than system calls of BPF */
	SYMBOL,         /* it has to look up a symbol first */
	TARGET,         /* needs the name of a function of the kernel before it is loaded */
	RAW_TRACEPOINT, /* up to KRETPROBE: attach takes what the section may name */
	TRACEPOINT,
	KPROBE,
	KRETPROBE,
	UPROBE,
	URETPROBE,
	TRACING, /* the kernel knows the target since load */
	ITERATOR,
	MAP_ITERATOR,
	PERF_EVENT,
	CGROUP,
	NETNS,
	DEVICE,
};

static const struct light_kind ways[] = {
	[NONE] = {""},
	[REFUSED] = {"", .refused =
				 "is attached by libbpf alone, which a light skeleton is without; "
				 "use another kind of probe, or make a full skeleton"},
	[SYMBOL] = {"",
		    .refused =
			    "names a symbol that libbpf alone looks up, which a light skeleton is "
			    "without; write SEC(\"uprobe\") and give attach the offset in the "
			    "file, or make a full skeleton"},
	[TARGET] = {"", .refused =
				"names no function to attach to, which a light skeleton must know "
				"when it is made; write it behind a '/'"},
	[RAW_TRACEPOINT] = {", const char *name", "bpfbake_light_raw_tracepoint(%s, name)",
			    "uses_raw_tracepoint"},
	[TRACEPOINT] = {", const char *category, const char *name",
			"bpfbake_light_tracepoint(%s, category, name)", "uses_tracepoint"},
	[KPROBE] = {", const char *function", "bpfbake_light_kprobe(%s, false, function, 0)",
		    "uses_kprobe"},
	[KRETPROBE] = {", const char *function", "bpfbake_light_kprobe(%s, true, function, 0)",
		       "uses_kprobe"},
	[UPROBE] = {", pid_t pid, const char *binary, size_t offset",
		    "bpfbake_light_uprobe(%s, false, pid, binary, offset)", "uses_uprobe"},
	[URETPROBE] = {", pid_t pid, const char *binary, size_t offset",
		       "bpfbake_light_uprobe(%s, true, pid, binary, offset)", "uses_uprobe"},
	[TRACING] = {"", "bpfbake_light_raw_tracepoint(%s, NULL)", "uses_raw_tracepoint"},
	[ITERATOR] = {"", "bpfbake_light_link(%s, 0, 28)", "uses_link"},
	[MAP_ITERATOR] = {", int map_fd", "bpfbake_light_map_iterator(%s, map_fd)",
			  "uses_map_iterator"},
	[PERF_EVENT] = {", int perf_fd", "bpfbake_light_link(%s, perf_fd, 41)", "uses_link"},
	[CGROUP] = {", int cgroup_fd", "bpfbake_light_link(%s, cgroup_fd, TYPE)", "uses_link"},
	[NETNS] = {", int netns_fd", "bpfbake_light_link(%s, netns_fd, TYPE)", "uses_link"},
	[DEVICE] = {", int ifindex", "bpfbake_light_link(%s, ifindex, TYPE)", "uses_link"},
};

/* The first that fits the kind of the section counts; '*': what begins so. */
static const struct rule {
	const char *kind;
	enum way bare, named;
} rules[] = {
	/* clang-format off */
	{"kprobe.*", NONE, REFUSED},
	{"kretprobe.*", NONE, REFUSED},
	{"kprobe", KPROBE, KPROBE},
	{"kretprobe", KRETPROBE, KRETPROBE},
	{"uprobe.multi*", NONE, REFUSED},
	{"uretprobe.multi*", NONE, REFUSED},
	{"uprobe.session*", NONE, REFUSED},
	{"uprobe*", UPROBE, SYMBOL},
	{"uretprobe*", URETPROBE, SYMBOL},
	{"ksyscall", NONE, REFUSED},
	{"kretsyscall", NONE, REFUSED},
	{"usdt*", NONE, REFUSED},
	{"tracepoint", TRACEPOINT, TRACEPOINT},
	{"tp", TRACEPOINT, TRACEPOINT},
	{"raw_*", RAW_TRACEPOINT, RAW_TRACEPOINT},
	{"tp_btf", TARGET, TRACING},
	{"fentry*", TARGET, TRACING},
	{"fexit*", TARGET, TRACING},
	{"fmod_ret*", TARGET, TRACING},
	{"lsm_cgroup", TARGET, CGROUP},
	{"lsm*", TARGET, TRACING},
	{"iter*", TARGET, ITERATOR},
	{"perf_event", PERF_EVENT, NONE},
	{"xdp/*", NONE, NONE},
	{"xdp.frags/*", NONE, NONE},
	{"xdp*", DEVICE, NONE},
	{"tc/*", DEVICE, NONE},
	{"tcx/*", DEVICE, NONE},
	{"netkit/*", DEVICE, NONE},
	{"cgroup/skb", NONE, NONE},
	{"cgroup_skb/*", CGROUP, NONE},
	{"cgroup/*", CGROUP, NONE},
	{"sockops", CGROUP, NONE},
	{"sk_lookup", NETNS, NONE},
	{"flow_dissector", NETNS, NONE},
	/* clang-format on */
};

static enum way find_way(const struct model_program *program)
{
	const char *kind = program->kind, *target = program->target;
	bool is_named = target != NULL;

	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		size_t length = strcspn(rules[i].kind, "*");

		if (!strncmp(kind, rules[i].kind, length) &&
		    (rules[i].kind[length] || !kind[length])) {
			enum way way = is_named ? rules[i].named : rules[i].bare;
			bool takes_map = is_named && (!strcmp(target, "bpf_map_elem") ||
						      !strcmp(target, "bpf_sk_storage_map"));

			return way == ITERATOR && takes_map ? MAP_ITERATOR : way;
		}
	}
	return NONE;
}

/* "kprobe/FUNCTION[+OFFSET]", as libbpf reads it. */
static const char *kprobe_call(struct arena *arena, bool is_return, const char *target)
{
	size_t length = strcspn(target, "+");
	char *end = NULL;
	long offset = target[length] ? strtol(target + length + 1, &end, 0) : 0;

	if (!length || offset < 0 || (end && (*end || end == target + length + 1)))
		return NULL;
	return arena_printf(arena, "bpfbake_light_kprobe(%%s, %s, %s, %ld)",
			    is_return ? "true" : "false",
			    c_literal_string(arena, arena_strndup(arena, target, length)), offset);
}

/* "tp/CATEGORY/NAME" */
static const char *tracepoint_call(struct arena *arena, const char *target)
{
	const char *slash = strchr(target, '/');

	if (!slash)
		return NULL;
	return arena_printf(
		arena, "bpfbake_light_tracepoint(%%s, %s, %s)",
		c_literal_string(arena, arena_strndup(arena, target, (size_t)(slash - target))),
		c_literal_string(arena, slash + 1));
}

/* The section says where: the call, or NULL where it cannot be read or is no matter of its name. */
static const char *named_call(struct arena *arena, enum way way, const char *target)
{
	switch (way) {
	case RAW_TRACEPOINT:
		return arena_printf(arena, "bpfbake_light_raw_tracepoint(%%s, %s)",
				    c_literal_string(arena, target));
	case TRACEPOINT:
		return tracepoint_call(arena, target);
	case KPROBE:
	case KRETPROBE:
		return kprobe_call(arena, way == KRETPROBE, target);
	default:
		return NULL;
	}
}

struct light_kind light_kind_find(struct arena *arena, const struct model_program *program)
{
	enum way way = program->type ? find_way(program) : NONE;
	struct light_kind kind = ways[way];
	const char *type = kind.call ? strstr(kind.call, "TYPE") : NULL;

	if (type)
		kind.call = arena_printf(arena, "%.*s%u)", (int)(type - kind.call), kind.call,
					 program->attach_type);
	if (program->target && way >= RAW_TRACEPOINT && way <= KRETPROBE) {
		kind.parameters = "";
		kind.call = named_call(arena, way, program->target);
		if (!kind.call)
			kind = (struct light_kind){
				"",
				.refused = "stands in a section that libbpf cannot read; write "
					   "SEC(\"tp/CATEGORY/NAME\") or SEC(\"kprobe/FUNCTION\")"};
	}
	return kind;
}
