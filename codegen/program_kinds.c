/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sources: the sections and the functions bpf_program__attach… of libbpf.c, 1.1 to 1.7; for test
 * runs, the .test_run of each struct bpf_prog_ops in the kernel.
 *
 * A section that names its target attaches by libbpf's bpf_program__attach, which reads the target
 * from it. Only for the options is it read here, and as libbpf reads it:
 *
 *	kprobe/FUNCTION[+OFFSET]    uprobe/BINARY:FUNCTION[+OFFSET]    usdt/BINARY:PROVIDER:NAME
 *	tracepoint/CATEGORY/NAME    ksyscall/NAME                      kprobe.multi/PATTERN
 */
#include "program_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "c_literal.h"
#include "model.h"

const struct program_feature_name program_feature_names[] = {
	{PROGRAM_TEST_RUN, "has_test_run", "test_run"},
	{PROGRAM_SYSCALL, "has_syscall", "test_run"},
	{PROGRAM_SYSCALL, "has_result", "test_run_result"},
	{PROGRAM_READ, "has_read", "read"},
	{PROGRAM_SET_TARGET, "has_set_target", "set_target"},
};

const unsigned program_feature_count = ARRAY_SIZE(program_feature_names);

enum form {
	NONE,
	AUTO,
	TRACE,
	BTF_TRACEPOINT,
	KPROBE,
	KPROBE_MULTI,
	KPROBE_SESSION,
	KSYSCALL,
	UPROBE,
	UPROBE_MULTI,
	UPROBE_SESSION,
	USDT,
	TRACEPOINT,
	RAW_TRACEPOINT,
	PERF_EVENT,
	ITERATOR,
	MAP_ITERATOR,
	CGROUP,
	NETNS,
	NETFILTER,
	NETKIT,
	XDP,
	TC,
	TCX,
	SOCKET,
	REUSEPORT,
	SOCKMAP,
	SOCKMAP_AS,
	CGROUP_AS,
	LIRC,
};

/* What functions take and hand on. */
#define ONE(type, name) ", " type #name, ", " #name

/* How a bare section is attached; AUTO and those behind it serve sections with a target too. */
static const struct program_form forms[] = {
	[AUTO] = {PROGRAM_LINK, "", "", "bpf_program__attach", ""},
	[TRACE] = {PROGRAM_LINK, "", "", "bpf_program__attach", "",
		   .options = {"const struct bpf_trace_opts", "", "",
			       "bpf_program__attach_trace_opts", ""}},
	/* libbpf before 1.4 refuses a cookie for these. */
	[BTF_TRACEPOINT] = {PROGRAM_LINK, "", "", "bpf_program__attach", "",
			    .options = {"const struct bpf_trace_opts", "", "",
					"bpf_program__attach_trace_opts", "", .since = 4}},
	[KPROBE] = {PROGRAM_LINK, ONE("const char *", function), "bpfbake_kprobe",
		    ", function, 0, NULL", .takes_return = true, .helper = "uses_kprobe",
		    .options = {"const struct bpf_kprobe_opts", ONE("const char *", function),
				"bpfbake_kprobe", ", function, 0"}},
	[KPROBE_MULTI] = {PROGRAM_LINK, ONE("const char *", pattern), "bpfbake_kprobe_multi",
			  ", pattern, NULL", .takes_return = true, .helper = "uses_kprobe_multi",
			  .options = {"const struct bpf_kprobe_multi_opts",
				      ONE("const char *", pattern), "bpfbake_kprobe_multi",
				      ", pattern"}},
	[KPROBE_SESSION] = {PROGRAM_LINK, ONE("const char *", pattern), "bpfbake_kprobe_session",
			    ", pattern, NULL", .since = 5, .helper = "uses_kprobe_session",
			    .options = {"const struct bpf_kprobe_multi_opts",
					ONE("const char *", pattern), "bpfbake_kprobe_session",
					", pattern", .since = 5}},
	[KSYSCALL] = {PROGRAM_LINK, ONE("const char *", name), "bpfbake_ksyscall", ", name, NULL",
		      .takes_return = true, .helper = "uses_ksyscall",
		      .options = {"const struct bpf_ksyscall_opts", ONE("const char *", name),
				  "bpfbake_ksyscall", ", name"}},
	[UPROBE] = {PROGRAM_LINK, ", pid_t pid, const char *binary, const char *function",
		    ", pid, binary, function", "bpfbake_uprobe", ", pid, binary, function, 0, NULL",
		    .takes_return = true, .helper = "uses_uprobe",
		    .options = {"const struct bpf_uprobe_opts",
				", pid_t pid, const char *binary, size_t offset",
				", pid, binary, offset", "bpfbake_uprobe",
				", pid, binary, NULL, offset"}},
	[UPROBE_MULTI] = {PROGRAM_LINK, ", pid_t pid, const char *binary, const char *pattern",
			  ", pid, binary, pattern", "bpfbake_uprobe_multi",
			  ", pid, binary, pattern, NULL", .takes_return = true, .since = 3,
			  .helper = "uses_uprobe_multi",
			  .options = {"const struct bpf_uprobe_multi_opts",
				      ", pid_t pid, const char *binary, const char *pattern",
				      ", pid, binary, pattern", "bpfbake_uprobe_multi",
				      ", pid, binary, pattern", .since = 3}},
	[UPROBE_SESSION] = {PROGRAM_LINK, ", pid_t pid, const char *binary, const char *pattern",
			    ", pid, binary, pattern", "bpfbake_uprobe_session",
			    ", pid, binary, pattern, NULL", .since = 6,
			    .helper = "uses_uprobe_session",
			    .options = {"const struct bpf_uprobe_multi_opts",
					", pid_t pid, const char *binary, const char *pattern",
					", pid, binary, pattern", "bpfbake_uprobe_session",
					", pid, binary, pattern", .since = 6}},
	[USDT] = {PROGRAM_LINK,
		  ", pid_t pid, const char *binary, const char *provider, const char *name",
		  ", pid, binary, provider, name", "bpf_program__attach_usdt",
		  ", pid, binary, provider, name, NULL",
		  .options = {"const struct bpf_usdt_opts",
			      ", pid_t pid, const char *binary, const char *provider, "
			      "const char *name",
			      ", pid, binary, provider, name", "bpf_program__attach_usdt",
			      ", pid, binary, provider, name"}},
	[TRACEPOINT] = {PROGRAM_LINK, ", const char *category, const char *name",
			", category, name", "bpf_program__attach_tracepoint", ", category, name",
			.options = {"const struct bpf_tracepoint_opts",
				    ", const char *category, const char *name", ", category, name",
				    "bpf_program__attach_tracepoint_opts", ", category, name"}},
	[RAW_TRACEPOINT] = {PROGRAM_LINK, ONE("const char *", name),
			    "bpf_program__attach_raw_tracepoint", ", name",
			    .options = {"struct bpf_raw_tracepoint_opts", ONE("const char *", name),
					"bpf_program__attach_raw_tracepoint_opts", ", name",
					.since = 4}},
	[PERF_EVENT] = {PROGRAM_LINK, ONE("int ", perf_fd), "bpfbake_perf_event", ", perf_fd, NULL",
			.helper = "uses_perf_event",
			.options = {"const struct bpf_perf_event_opts", ONE("int ", perf_fd),
				    "bpfbake_perf_event", ", perf_fd"}},
	[ITERATOR] = {PROGRAM_LINK, "", "", "bpf_program__attach", "",
		      .options = {"const struct bpf_iter_attach_opts", "", "",
				  "bpf_program__attach_iter", ""}},
	[MAP_ITERATOR] = {PROGRAM_LINK, ONE("int ", map_fd), "bpfbake_map_iterator", ", map_fd",
			  .helper = "uses_map_iterator"},
	[CGROUP] = {PROGRAM_LINK, ONE("int ", cgroup_fd), "bpf_program__attach_cgroup",
		    ", cgroup_fd"},
	[NETNS] = {PROGRAM_LINK, ONE("int ", netns_fd), "bpf_program__attach_netns", ", netns_fd"},
	[NETFILTER] = {PROGRAM_LINK, ONE("const struct bpf_netfilter_opts *", opts),
		       "bpf_program__attach_netfilter", ", opts", .since = 3},
	[NETKIT] = {PROGRAM_LINK, ONE("int ", ifindex), "bpf_program__attach_netkit",
		    ", ifindex, NULL", .since = 3,
		    .options = {"const struct bpf_netkit_opts", ONE("int ", ifindex),
				"bpf_program__attach_netkit", ", ifindex", .since = 3}},
	[XDP] = {PROGRAM_XDP, ONE("int ", ifindex), "bpf_program__attach_xdp", ", ifindex",
		 .helper = "uses_xdp"},
	[TC] = {PROGRAM_KEPT, ", int ifindex, enum bpf_tc_attach_point point", ", ifindex, point",
		"bpfbake_tc", ", ifindex, point", .helper = "uses_tc"},
	[TCX] = {PROGRAM_TCX, ONE("int ", ifindex), "bpfbake_tcx", ", ifindex",
		 .helper = "uses_tcx"},
	[SOCKET] = {PROGRAM_KEPT, ONE("int ", socket_fd), "bpfbake_socket",
		    ", socket_fd, SO_ATTACH_BPF, SO_DETACH_BPF", .helper = "uses_socket"},
	[REUSEPORT] = {PROGRAM_KEPT, ONE("int ", socket_fd), "bpfbake_socket",
		       ", socket_fd, SO_ATTACH_REUSEPORT_EBPF, SO_DETACH_REUSEPORT_BPF",
		       .helper = "uses_socket"},
	[SOCKMAP] = {PROGRAM_KEPT, ONE("int ", map_fd), "bpfbake_descriptor", ", map_fd, 0",
		     .takes_type = true, .helper = "uses_descriptor"},
	[SOCKMAP_AS] = {PROGRAM_KEPT, ", int map_fd, enum bpf_attach_type type", ", map_fd, type",
			"bpfbake_descriptor", ", map_fd, 0, type", .helper = "uses_descriptor"},
	[CGROUP_AS] = {PROGRAM_KEPT, ", int cgroup_fd, enum bpf_attach_type type",
		       ", cgroup_fd, type", "bpfbake_descriptor",
		       ", cgroup_fd, BPF_F_ALLOW_MULTI, type", .helper = "uses_descriptor"},
	[LIRC] = {PROGRAM_KEPT, ONE("int ", lirc_fd), "bpfbake_descriptor", ", lirc_fd, 0",
		  .takes_type = true, .helper = "uses_descriptor"},
};

/* How libbpf reads a target; the options' function gets its parts. */
enum target {
	WHOLE,       /* there is none, or the options do not want it */
	NAME,        /* NAME */
	FUNCTION,    /* FUNCTION[+OFFSET] */
	IN_BINARY,   /* BINARY:FUNCTION[+OFFSET] */
	IN_CATEGORY, /* CATEGORY/NAME */
	IN_PROVIDER, /* BINARY:PROVIDER:NAME */
};

/* The first that fits the kind of the section counts. */
static const struct rule {
	const char *kind; /* or what it begins with, before a '*' */
	enum form bare, named;
	enum target target;
	uint32_t features;
} rules[] = {
	{"kprobe", KPROBE, KPROBE, FUNCTION, 0},
	{"kretprobe", KPROBE, KPROBE, FUNCTION, PROGRAM_RETURN},
	{"kprobe.multi", KPROBE_MULTI, KPROBE_MULTI, NAME, 0},
	{"kretprobe.multi", KPROBE_MULTI, KPROBE_MULTI, NAME, PROGRAM_RETURN},
	{"kprobe.session", KPROBE_SESSION, KPROBE_SESSION, NAME, 0},
	{"uprobe.session*", UPROBE_SESSION, AUTO, WHOLE, 0},
	{"uprobe.multi*", UPROBE_MULTI, AUTO, WHOLE, 0},
	{"uretprobe.multi*", UPROBE_MULTI, AUTO, WHOLE, PROGRAM_RETURN},
	{"uprobe*", UPROBE, UPROBE, IN_BINARY, 0},
	{"uretprobe*", UPROBE, UPROBE, IN_BINARY, PROGRAM_RETURN},
	{"ksyscall", KSYSCALL, KSYSCALL, NAME, 0},
	{"kretsyscall", KSYSCALL, KSYSCALL, NAME, PROGRAM_RETURN},
	{"usdt*", USDT, USDT, IN_PROVIDER, 0},
	{"tracepoint", TRACEPOINT, TRACEPOINT, IN_CATEGORY, 0},
	{"tp", TRACEPOINT, TRACEPOINT, IN_CATEGORY, 0},
	{"raw_tracepoint.w", RAW_TRACEPOINT, RAW_TRACEPOINT, NAME, 0},
	{"raw_tp.w", RAW_TRACEPOINT, RAW_TRACEPOINT, NAME, 0},
	{"raw_*", RAW_TRACEPOINT, RAW_TRACEPOINT, NAME, PROGRAM_TEST_RUN},
	{"tp_btf", BTF_TRACEPOINT, BTF_TRACEPOINT, WHOLE, PROGRAM_BARE_TARGET},
	{"freplace", AUTO, AUTO, WHOLE, PROGRAM_SET_TARGET},
	{"fentry*", TRACE, TRACE, WHOLE, PROGRAM_TEST_RUN | PROGRAM_SET_TARGET},
	{"fexit*", TRACE, TRACE, WHOLE, PROGRAM_TEST_RUN | PROGRAM_SET_TARGET},
	{"fmod_ret*", TRACE, TRACE, WHOLE, PROGRAM_TEST_RUN | PROGRAM_SET_TARGET},
	{"lsm_cgroup", CGROUP, CGROUP, WHOLE, PROGRAM_BARE_TARGET},
	{"lsm*", AUTO, AUTO, WHOLE, PROGRAM_BARE_TARGET},
	{"iter*", ITERATOR, ITERATOR, WHOLE, PROGRAM_READ | PROGRAM_BARE_TARGET},
	{"syscall", NONE, NONE, WHOLE, PROGRAM_SYSCALL},
	{"perf_event", PERF_EVENT, NONE, WHOLE, 0},
	{"xdp/*", NONE, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"xdp.frags/*", NONE, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"xdp*", XDP, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"tc/*", TCX, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"tcx/*", TCX, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"tc", TC, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"classifier", TC, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"netkit/*", NETKIT, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"action", NONE, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"lwt_*", NONE, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"netfilter", NETFILTER, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"cgroup/skb", CGROUP_AS, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"cgroup_skb/*", CGROUP, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"cgroup/*", CGROUP, NONE, WHOLE, 0},
	{"sockops", CGROUP, NONE, WHOLE, 0},
	{"socket", SOCKET, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"sk_reuseport*", REUSEPORT, NONE, WHOLE, 0},
	{"sk_skb/*", SOCKMAP, NONE, WHOLE, 0},
	{"sk_skb", SOCKMAP_AS, NONE, WHOLE, 0},
	{"sk_msg", SOCKMAP, NONE, WHOLE, 0},
	{"sk_lookup", NETNS, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"flow_dissector", NETNS, NONE, WHOLE, PROGRAM_TEST_RUN},
	{"lirc_mode2", LIRC, NONE, WHOLE, 0},
};

static bool fits(const char *pattern, const char *kind)
{
	size_t length = strcspn(pattern, "*");

	return !strncmp(kind, pattern, length) && (pattern[length] || !kind[length]);
}

static const struct rule *find_rule(const char *kind)
{
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		if (fits(rules[i].kind, kind))
			return &rules[i];
	}
	return NULL;
}

/* The next part of a target, which ends at `end` (0: with the text); NULL: there is none. */
static const char *take_part(struct arena *arena, const char **text, char end)
{
	const char *start = *text, *stop = end ? strchr(start, end) : start + strlen(start);

	if (!stop || stop == start)
		return NULL;
	*text = end ? stop + 1 : stop;
	return c_literal_string(arena, arena_strndup(arena, start, (size_t)(stop - start)));
}

/* ", \"FUNCTION\", OFFSET" */
static const char *read_function(struct arena *arena, const char *text)
{
	size_t length = strcspn(text, "+");
	char *end = NULL;
	long offset = text[length] ? strtol(text + length + 1, &end, 0) : 0;

	if (!length || offset < 0 || (end && (*end || end == text + length + 1)))
		return NULL;
	return arena_printf(arena, ", %s, %ld",
			    c_literal_string(arena, arena_strndup(arena, text, length)), offset);
}

/* ", -1, \"BINARY\", \"FUNCTION\", OFFSET" */
static const char *read_in_binary(struct arena *arena, const char *text)
{
	const char *binary = take_part(arena, &text, ':');
	const char *function = binary ? read_function(arena, text) : NULL;

	return function ? arena_printf(arena, ", -1, %s%s", binary, function) : NULL;
}

static const char *read_in_provider(struct arena *arena, const char *text)
{
	const char *binary = take_part(arena, &text, ':');
	const char *provider = binary ? take_part(arena, &text, ':') : NULL;
	const char *name = provider ? take_part(arena, &text, '\0') : NULL;

	return name ? arena_printf(arena, ", -1, %s, %s, %s", binary, provider, name) : NULL;
}

/* What the options' function is passed for that target; NULL: libbpf will not understand it. */
static const char *read_target(struct arena *arena, enum target target, const char *text)
{
	const char *category;

	switch (target) {
	case WHOLE:
		return "";
	case NAME:
		return *text ? arena_printf(arena, ", %s", c_literal_string(arena, text)) : NULL;
	case FUNCTION:
		return read_function(arena, text);
	case IN_BINARY:
		return read_in_binary(arena, text);
	case IN_PROVIDER:
		return read_in_provider(arena, text);
	case IN_CATEGORY:
		category = take_part(arena, &text, '/');
		return category && *text ? arena_printf(arena, ", %s, %s", category,
							c_literal_string(arena, text))
					 : NULL;
	}
	BUG("a target of no kind");
}

/* Iterators over the elements of a map, which they must be given. */
static bool needs_map(const char *target)
{
	return !strcmp(target, "bpf_map_elem") || !strcmp(target, "bpf_sk_storage_map");
}

struct program_kind program_kind_find(struct arena *arena, const struct model_program *program)
{
	const struct rule *rule = program->type ? find_rule(program->kind) : NULL;
	struct program_kind result = {0};
	enum form form;

	if (!rule)
		return result;
	result.features = rule->features & ~(uint32_t)PROGRAM_BARE_TARGET;
	if (!program->target && rule->features & PROGRAM_BARE_TARGET)
		result.features |= PROGRAM_SET_TARGET;
	form = program->target ? rule->named : rule->bare;
	if (form == ITERATOR && program->target && needs_map(program->target))
		form = MAP_ITERATOR;
	if (form == NONE)
		return result;
	result.form = &forms[form];
	result.is_auto = program->target && (form == AUTO || forms[form].options.type);
	if (forms[form].options.type)
		result.options = result.is_auto ? read_target(arena, rule->target, program->target)
						: forms[form].options.passed;
	return result;
}
