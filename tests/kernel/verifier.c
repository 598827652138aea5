/* SPDX-License-Identifier: BSD-2-Clause */
/* What the verifier says of mistakes that people make, as docs/troubleshooting.md quotes it:
 * docs.messages looks for each of its quotations here. */
#define _GNU_SOURCE
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include "kernel.h"
#include "verifier.skel.h"

/* In what it says, "…" is any text. */
static const struct mistake {
	const char *program, *says;
	int since, before; /* releases of Linux, 608 for 6.8; 0: all */
	int is_long;
} mistakes[] = {
	{"lookup_unchecked", "R0 invalid mem access 'map_value_or_null'", 0, 0, 0},
	{"reserve_unchecked", "R0 invalid mem access 'ringbuf_mem_or_null'", 602, 0, 0},
	{"reserve_unchecked", "R0 invalid mem access 'alloc_mem_or_null'", 517, 602, 0},
	{"record_lost", "Unreleased reference id=… alloc_insn=…", 0, 0, 0},
	{"packet_unchecked", "invalid access to packet, off=… size=…", 0, 0, 0},
	{"kernel_pointer", "R1 invalid mem access 'scalar'", 518, 0, 0},
	{"index_unbounded", "invalid access to map value, value_size=… off=… size=…", 0, 0, 0},
	{"index_unknown",
	 "math between … pointer and register with unbounded min value is not allowed", 0, 0, 0},
	{"size_negative", "R2 min value is negative, either use unsigned or 'var &= const'", 0, 0,
	 0},
	{"size_unbounded", "R2 unbounded memory access, use 'var &= const' or 'if (var < const)'",
	 0, 0, 0},
	{"endless", "infinite loop detected at insn …", 503, 0, 0},
	{"steps", "BPF program is too large. Processed … insn", 0, 0, 1},
	{"branches", "The sequence of … jumps is too complex", 0, 0, 1},
	{"stack", "combined stack size of … calls is …. Too large", 0, 0, 0},
	{"helper", "program of this type cannot use helper bpf_…", 610, 0, 0},
	{"helper", "unknown func bpf_…", 0, 610, 0},
	{"argument", "arg#0 reference type('UNKNOWN ') size cannot be determined", 0, 0, 0},
	{"argument", "Caller passes invalid args into func#…", 608, 0, 0},
	{"field", "invalid bpf_context access off=… size=…", 0, 0, 0},
	{"verdict", "At program exit the register R0 has … should have been in …", 0, 0, 0},
	{"pointer", "R2 type=scalar expected=fp, …", 518, 0, 0},
	{"constant", "write into map forbidden, value_size=… off=… size=…", 0, 0, 0},
	{"unset", "R7 !read_ok", 0, 0, 0},
	{"moved", "variable ctx access var_off=… disallowed", 0, 0, 0},
};

static char said[1 << 16];

static int release(void)
{
	struct utsname name;
	int major = 0, minor = 0;

	CHECK(!uname(&name) && sscanf(name.release, "%d.%d", &major, &minor) == 2);
	return major * 100 + minor;
}

/* Whether it was said, the parts between "…" one behind the other. */
static int is_said(const char *says)
{
	const char *rest = said;

	while (*says) {
		const char *gap = strstr(says, "…");
		size_t size = gap ? (size_t)(gap - says) : strlen(says);
		char part[128];

		CHECK(size < sizeof(part));
		memcpy(part, says, size);
		part[size] = '\0';
		rest = strstr(rest, part);
		if (!rest)
			return 0;
		rest += size;
		says += size + (gap ? strlen("…") : 0);
	}
	return 1;
}

static void check_said(const char *says)
{
	if (!is_said(says))
		printf("no '%s' in: %s\n", says, said);
	CHECK(is_said(says));
}

/* A negative errno, and the messages without the instructions before them. */
static int load(const char *name)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .kernel_log_buf = said,
		    .kernel_log_size = sizeof(said), .kernel_log_level = 4);
	struct verifier *skel = verifier__open_opts(&opts);
	struct bpf_program *program;
	int error;

	said[0] = '\0';
	CHECK(skel);
	program = bpf_object__find_program_by_name(skel->obj, name);
	CHECK(program && !bpf_program__set_autoload(program, true));
	error = verifier__load(skel);
	verifier__destroy(skel);
	return error;
}

static void refused(const struct mistake *mistake)
{
	CHECK(load(mistake->program) < 0);
	check_said(mistake->says);
}

/* The header's license is that of the object: this one is loaded by hand. */
static void license(void)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .log_buf = said, .log_size = sizeof(said),
		    .log_level = 4);
	struct verifier *skel = verifier__open();
	const struct bpf_program *program;

	CHECK(skel);
	program = skel->progs.gpl_only;
	CHECK(bpf_prog_load(BPF_PROG_TYPE_RAW_TRACEPOINT, "gpl_only", "Proprietary",
			    bpf_program__insns(program), bpf_program__insn_cnt(program),
			    &opts) < 0);
	check_said("cannot call GPL-restricted function from non-GPL compatible program");
	verifier__destroy(skel);
}

/* Who has CAP_PERFMON may read what was never written, since Linux 6.3. */
static void unwritten(void)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2] = {{0}};
	pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (!child) {
		data[CAP_BPF / 32].effective = data[CAP_BPF / 32].permitted = 1u << CAP_BPF % 32;
		_exit(syscall(SYS_capset, &header, data) || load("unwritten") >= 0 ||
		      (!is_said("invalid read from stack R2 off…") &&
		       !is_said("invalid indirect read from stack R2 off …")));
	}
	CHECK(waitpid(child, &status, 0) == child);
	EQUAL(status, 0);
}

/* With any argument: what takes long where a processor is imitated, too. */
int main(int argc, char **argv)
{
	int running;

	(void)argv;
	need_bpf();
	libbpf_set_print(NULL);
	running = release();
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(*mistakes); i++) {
		const struct mistake *mistake = &mistakes[i];

		if (running >= mistake->since && (!mistake->before || running < mistake->before) &&
		    (argc > 1 || !mistake->is_long))
			RUN_AS(mistake->program, refused, mistake);
	}
	RUN(license);
	RUN(unwritten);
	return end_of_test();
}
