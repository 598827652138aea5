/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What loading needs. Files in /sys and /proc say why it may not work; whether it does is tried: a
 * map is created, and programs of three kinds are loaded that do nothing, one for each capability.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "bug.h"
#include "doctor.h"
#include "kernel_btf.h"

/* Of <linux/capability.h>, which may be older. */
enum {
	NUMBER_PERFMON = 38,
	NUMBER_BPF = 39,
};

#define SYSFS    "/sys/kernel"
#define SECURITY "/sys/kernel/security"
#define TRACEFS  "/sys/kernel/tracing"
#define BPFFS    "/sys/fs/bpf"

static void look_at_kernel(struct doctor *doctor, struct doctor_answer *answer)
{
	unsigned major = 0, minor = 0;
	struct utsname name;

	if (uname(&name) || sscanf(name.release, "%u.%u", &major, &minor) != 2) {
		answer->found = "its release is not known";
		return;
	}
	doctor->kernel = major * 100 + minor;
	answer->found =
		arena_printf(doctor->arena, "%s %s, %s", name.sysname, name.release, name.machine);
}

static bool is_file_system(const char *path, unsigned long kind)
{
	struct statfs status;

	return !statfs(path, &status) && (unsigned long)status.f_type == kind;
}

static void look_at_btf(struct doctor *doctor, struct doctor_answer *answer)
{
	struct stat status;

	if (!stat(KERNEL_BTF_RUNNING, &status) && !access(KERNEL_BTF_RUNNING, R_OK)) {
		answer->found = arena_printf(doctor->arena, "%s, %lld KiB", KERNEL_BTF_RUNNING,
					     (long long)(status.st_size + 1023) / 1024);
		return;
	}
	answer->found = arena_printf(doctor->arena, KERNEL_BTF_RUNNING ": %s", strerror(errno));
	doctor_answer(answer, DOCTOR_ERROR,
		      "CO-RE, fentry, tp_btf, LSM, iterators and struct_ops do not load, and "
		      "-vmlinux auto has no types",
		      access(SYSFS, F_OK) ? "mount -t sysfs sysfs /sys"
					  : "boot a kernel with CONFIG_DEBUG_INFO_BTF=y; CO-RE "
					    "alone can do with btf_custom_path");
}

static const struct capability {
	int number;
	const char *name, *option;
} capabilities[] = {
	{NUMBER_BPF, "CAP_BPF", "cap_bpf"},
	{NUMBER_PERFMON, "CAP_PERFMON", "cap_perfmon"},
	{CAP_NET_ADMIN, "CAP_NET_ADMIN", "cap_net_admin"},
	{CAP_SYS_ADMIN, "CAP_SYS_ADMIN", "cap_sys_admin"},
};

/* The effective ones, a bit each. */
static unsigned long long read_capabilities(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3] = {{0}};

	if (syscall(SYS_capget, &header, data))
		return 0;
	return (unsigned long long)data[1].effective << 32 | data[0].effective;
}

static bool has(unsigned long long set, int number)
{
	return set >> number & 1;
}

/* "a, b", of those that are in the set, or are not. */
static const char *list_capabilities(struct arena *arena, unsigned long long set, bool is_in)
{
	const char *list = "";

	for (size_t i = 0; i < ARRAY_SIZE(capabilities); i++) {
		if (has(set, capabilities[i].number) == is_in)
			list = arena_printf(arena, "%s%s%s", list, *list ? ", " : "",
					    capabilities[i].name);
	}
	return list;
}

/* In a user namespace that is not the first, they do not count for BPF. */
static bool is_in_user_namespace(struct doctor *doctor)
{
	const char *map = doctor_read_line(doctor, "/proc/self/uid_map");
	unsigned long long inside, outside, count;

	return map && sscanf(map, "%llu %llu %llu", &inside, &outside, &count) == 3 &&
	       count != 0xffffffff;
}

/* What CAP_SYS_ADMIN stands for: all of the others; before 5.8 nothing else counted. */
static unsigned long long effective(struct doctor *doctor)
{
	unsigned long long set = read_capabilities();
	bool is_old = doctor->kernel && doctor->kernel < 508;

	if (has(set, CAP_SYS_ADMIN))
		return set | 1ULL << NUMBER_BPF | 1ULL << NUMBER_PERFMON | 1ULL << CAP_NET_ADMIN;
	return is_old ? 0 : set;
}

static const char *how_to_get_capabilities(struct doctor *doctor, unsigned long long set)
{
	const char *options = "";

	if (!geteuid())
		return "give them to the container: --privileged, or --cap-add=BPF "
		       "--cap-add=PERFMON --cap-add=NET_ADMIN";
	for (size_t i = 0; i < 3; i++) {
		if (!has(set, capabilities[i].number))
			options = arena_printf(doctor->arena, "%s%s%s", options,
					       *options ? "," : "", capabilities[i].option);
	}
	if (doctor->kernel && doctor->kernel < 508)
		options = "cap_sys_admin";
	return arena_printf(doctor->arena, "run the program as root, or: setcap %s=ep PROGRAM",
			    options);
}

static void look_at_capabilities(struct doctor *doctor, struct doctor_answer *answer)
{
	unsigned long long own = read_capabilities(), set = effective(doctor);
	const char *there = list_capabilities(doctor->arena, own, true);
	const char *prevents = NULL;

	doctor->can_load =
		has(set, NUMBER_BPF) && has(set, NUMBER_PERFMON) && has(set, CAP_NET_ADMIN);
	answer->found = *there ? there : "none of those that BPF needs";
	if (!has(set, NUMBER_BPF))
		prevents = "no program can be loaded";
	else if (!has(set, NUMBER_PERFMON))
		prevents = "tracing programs cannot be loaded";
	else if (!has(set, CAP_NET_ADMIN))
		prevents = "XDP, tc and other programs of the network cannot be loaded";
	if (prevents)
		doctor_answer(answer, DOCTOR_ERROR, prevents, how_to_get_capabilities(doctor, set));
	else if (is_in_user_namespace(doctor))
		doctor_answer(answer, DOCTOR_ERROR, "in a user namespace they do not count for BPF",
			      "run it outside of the user namespace");
}

static void look_at_unprivileged(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char path[] = "/proc/sys/kernel/unprivileged_bpf_disabled";
	const char *value = doctor_read_line(doctor, path);

	answer->found =
		!value ? arena_printf(doctor->arena, "%s: %s", path, strerror(errno))
		: !strcmp(value, "0")
			? "may load socket filters (kernel.unprivileged_bpf_disabled=0)"
			: arena_printf(doctor->arena,
				       "may not load (kernel.unprivileged_bpf_disabled=%s)", value);
}

/* What a file below securityfs says; NULL when that is not mounted or has no such file. */
static const char *read_security(struct doctor *doctor, struct doctor_answer *answer,
				 const char *name)
{
	const char *line =
		doctor_read_line(doctor, arena_printf(doctor->arena, SECURITY "/%s", name));

	if (line)
		answer->found = line;
	else if (!is_file_system(SECURITY, SECURITYFS_MAGIC))
		answer->found = "not known; to see it: mount -t securityfs securityfs " SECURITY;
	else
		answer->found =
			arena_printf(doctor->arena, SECURITY "/%s: %s", name, strerror(errno));
	return line;
}

static void look_at_lockdown(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char mend[] = "boot without lockdown= and without secure boot";
	const char *line = read_security(doctor, answer, "lockdown");

	if (line && strstr(line, "[confidentiality]"))
		doctor_answer(answer, DOCTOR_ERROR,
			      "programs cannot read the kernel's memory, which tracing does", mend);
	else if (line && strstr(line, "[integrity]"))
		doctor_answer(answer, DOCTOR_WARNING,
			      "programs that use bpf_probe_write_user cannot be loaded", mend);
}

/* One of a list with ',' between. */
static bool is_in_list(const char *list, const char *word)
{
	for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		size_t length = strcspn(at, ",");

		if (length == strlen(word) && !strncmp(at, word, length))
			return true;
	}
	return false;
}

static void look_at_lsm(struct doctor *doctor, struct doctor_answer *answer)
{
	const char *list = read_security(doctor, answer, "lsm");

	if (list && !is_in_list(list, "bpf"))
		doctor_answer(answer, DOCTOR_WARNING, "LSM programs are not called",
			      arena_printf(doctor->arena,
					   "boot with lsm=%s%sbpf on the kernel's command line",
					   list, *list ? "," : ""));
}

static void look_at_bpffs(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char pins[] = "maps, programs and links cannot be pinned";

	(void)doctor;
	if (!is_file_system(BPFFS, BPF_FS_MAGIC)) {
		answer->found = BPFFS " is no bpffs";
		doctor_answer(answer, DOCTOR_WARNING, pins, "mount -t bpf bpf " BPFFS);
	} else if (access(BPFFS, W_OK)) {
		answer->found = BPFFS " is not writable";
		doctor_answer(answer, DOCTOR_WARNING, pins, "run the program as root");
	} else {
		answer->found = BPFFS;
	}
}

static void look_at_tracefs(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char *const places[] = {TRACEFS, "/sys/kernel/debug/tracing"};
	static const char prevents[] = "tracepoints, and kprobes by name, cannot be attached";
	const char *place = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(places) && !place; i++) {
		if (is_file_system(places[i], TRACEFS_MAGIC))
			place = places[i];
	}
	if (!place) {
		answer->found = TRACEFS " is no tracefs";
		doctor_answer(answer, DOCTOR_WARNING, prevents,
			      "mount -t tracefs tracefs " TRACEFS);
		return;
	}
	answer->found = place;
	if (access(arena_printf(doctor->arena, "%s/events", place), R_OK | X_OK)) {
		answer->found = arena_printf(doctor->arena, "%s is closed to this user", place);
		doctor_answer(answer, DOCTOR_WARNING, prevents,
			      "run the program as root, or: setcap cap_dac_read_search+ep PROGRAM");
	}
}

static void look_at_memory(struct doctor *doctor, struct doctor_answer *answer)
{
	struct rlimit limit = {0};

	if (doctor->kernel >= 511) {
		answer->found = "BPF does not count as locked memory";
		return;
	}
	(void)getrlimit(RLIMIT_MEMLOCK, &limit);
	answer->found = limit.rlim_cur == RLIM_INFINITY
				? "unlimited"
				: arena_printf(doctor->arena, "%llu KiB may be locked",
					       (unsigned long long)limit.rlim_cur / 1024);
	if (limit.rlim_cur != RLIM_INFINITY && !has(read_capabilities(), CAP_SYS_RESOURCE))
		doctor_answer(answer, DOCTOR_WARNING,
			      "before Linux 5.11 maps and programs count as locked memory",
			      "ulimit -l unlimited, as root");
}

static void look_at_jit(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char path[] = "/proc/sys/net/core/bpf_jit_enable";
	const char *value = doctor_read_line(doctor, path);

	if (!value) {
		answer->found =
			arena_printf(doctor->arena, "not known: %s: %s", path, strerror(errno));
		return;
	}
	answer->found = arena_printf(doctor->arena, "net.core.bpf_jit_enable=%s", value);
	if (!strcmp(value, "0"))
		doctor_answer(answer, DOCTOR_WARNING,
			      "programs are interpreted, which is slower; fentry, kfuncs and "
			      "struct_ops do not load",
			      "sysctl net.core.bpf_jit_enable=1");
	else if (!strcmp(value, "2"))
		doctor_answer(answer, DOCTOR_WARNING, "each program is printed in the kernel's log",
			      "sysctl net.core.bpf_jit_enable=1");
}

/* Why a trial failed, and what to do. */
static void explain(struct doctor *doctor, struct doctor_answer *answer, int error)
{
	const char *seccomp =
		"see dmesg: lockdown, a security module or a seccomp filter forbids it; "
		"start a container with --privileged";
	const char *mend = "see what the kernel was built with: CONFIG_BPF_SYSCALL, CONFIG_NET, "
			   "CONFIG_BPF_EVENTS";

	answer->found = arena_printf(doctor->arena, "refused: %s", strerror(error));
	if (error == EPERM || error == EACCES)
		mend = doctor->can_load ? seccomp : "see capabilities above";
	else if (error == ENOMEM)
		mend = "see locked memory above, and the memory limit of the cgroup";
	doctor_answer(answer, DOCTOR_ERROR, answer->prevents, mend);
}

static void try_map(struct doctor *doctor, struct doctor_answer *answer)
{
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "bpfbake_doctor", sizeof(int), sizeof(int), 1,
				NULL);

	answer->found = "an array is created";
	answer->prevents = "nothing can be loaded";
	if (fd < 0) {
		explain(doctor, answer, -fd);
		return;
	}
	close(fd);
	answer->prevents = NULL;
}

/* r0 = 0; exit. For XDP that is an error, but nothing runs it. */
static const struct bpf_insn nothing[] = {
	{.code = BPF_ALU64 | BPF_MOV | BPF_K},
	{.code = BPF_JMP | BPF_EXIT},
};

static void try_program(struct doctor *doctor, struct doctor_answer *answer, int type)
{
	int fd = bpf_prog_load((enum bpf_prog_type)type, "bpfbake_doctor", "GPL", nothing,
			       ARRAY_SIZE(nothing), NULL);

	answer->found = "a program is loaded";
	if (fd < 0) {
		explain(doctor, answer, -fd);
		return;
	}
	close(fd);
	answer->prevents = NULL;
}

static void try_socket_filter(struct doctor *doctor, struct doctor_answer *answer)
{
	answer->prevents = "no program can be loaded";
	try_program(doctor, answer, BPF_PROG_TYPE_SOCKET_FILTER);
}

static void try_tracing(struct doctor *doctor, struct doctor_answer *answer)
{
	answer->prevents = "programs for tracepoints, kprobes and the like cannot be loaded";
	try_program(doctor, answer, BPF_PROG_TYPE_RAW_TRACEPOINT);
}

static void try_network(struct doctor *doctor, struct doctor_answer *answer)
{
	answer->prevents = "XDP, tc and other programs of the network cannot be loaded";
	try_program(doctor, answer, BPF_PROG_TYPE_XDP);
}

/* What a program of the kernel's own tests is for: nobody else calls that function. */
static void try_fentry(struct doctor *doctor, struct doctor_answer *answer)
{
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = BPF_TRACE_FENTRY);
	int id = libbpf_find_vmlinux_btf_id("bpf_fentry_test1", BPF_TRACE_FENTRY), fd, link = -1;

	if (id <= 0) {
		answer->found = "not tried: the kernel's types name no function to attach to";
		return;
	}
	options.attach_btf_id = (unsigned)id;
	fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, "bpfbake_doctor", "GPL", nothing,
			   ARRAY_SIZE(nothing), &options);
	if (fd >= 0)
		link = bpf_raw_tracepoint_open(NULL, fd);
	answer->found = "a program is attached";
	answer->prevents = "fentry, fexit and fmod_ret programs do not work";
	if (link < 0)
		explain(doctor, answer, fd < 0 ? -fd : -link);
	else
		answer->prevents = NULL;
	if (link < 0 && doctor->can_load)
		doctor_answer(answer, DOCTOR_WARNING, answer->prevents,
			      "boot a kernel with CONFIG_FUNCTION_TRACER and "
			      "CONFIG_DYNAMIC_FTRACE_WITH_DIRECT_CALLS, or use kprobes");
	close(link);
	close(fd);
}

static void look_at_probes(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char *const kinds[] = {"kprobe", "uprobe"};
	const char *lacking = "";

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (access(arena_printf(doctor->arena, "/sys/bus/event_source/devices/%s/type",
					kinds[i]),
			   F_OK))
			lacking = arena_printf(doctor->arena, "%s%s%ss", lacking,
					       *lacking ? " and " : "", kinds[i]);
	}
	answer->found =
		*lacking ? arena_printf(doctor->arena, "no %s", lacking) : "kprobes and uprobes";
	if (*lacking)
		doctor_answer(answer, DOCTOR_WARNING,
			      arena_printf(doctor->arena, "%s cannot be attached", lacking),
			      access(SYSFS, F_OK) ? "mount -t sysfs sysfs /sys"
						  : "boot a kernel with CONFIG_KPROBE_EVENTS=y and "
						    "CONFIG_UPROBE_EVENTS=y");
}

static const struct doctor_check checks[] = {
	{"kernel", look_at_kernel},
	{"kernel's types", look_at_btf},
	{"capabilities", look_at_capabilities},
	{"other users", look_at_unprivileged},
	{"lockdown", look_at_lockdown},
	{"LSM", look_at_lsm},
	{"bpffs", look_at_bpffs},
	{"tracefs", look_at_tracefs},
	{"locked memory", look_at_memory},
	{"JIT", look_at_jit},
	{"probes", look_at_probes},
	{"map", try_map},
	{"socket filter", try_socket_filter},
	{"tracing", try_tracing},
	{"network", try_network},
	{"fentry", try_fentry},
};

const struct doctor_checks doctor_load_checks = {
	"load",
	"To load:",
	checks,
	ARRAY_SIZE(checks),
};
