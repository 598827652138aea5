/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs on functions of the kernel and of other programs, which not every kernel has. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/syscall.h>
#include <time.h>

#include "attached.h"

static void pause_briefly(void)
{
	const struct timespec pause = {.tv_nsec = 1};

	CHECK(!nanosleep(&pause, NULL));
}

static void call(void)
{
	CHECK(syscall(SYS_getpgid, 0) >= 0);
}

/* Its address in the kernel. */
static __u64 address_of(const char *function)
{
	unsigned long long address = 0;
	char line[256], name[128];
	FILE *file = fopen("/proc/kallsyms", "r");

	CHECK(file);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%llx %*c %127s", &address, name) == 2 && !strcmp(name, function))
			break;
		address = 0;
	}
	CHECK(!fclose(file) && address);
	return address;
}

static void kprobes(void)
{
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_kprobe));
	TRY_CYCLE(on_kprobe, pause_briefly);
	CHECK(skel->bss->address == address_of("do_nanosleep"));
	CHECK(!load_alone(attachable__PROG_on_any_kprobe));
	CYCLE(on_any_kprobe, pause_briefly, "do_nanosleep");
	CHECK(attachable__on_any_kprobe__attach(skel, "no_such_function") == -ENOENT);
	CHECK(!load_alone(attachable__PROG_on_any_kretprobe));
	CYCLE(on_any_kretprobe, pause_briefly, "do_nanosleep");
}

/* Where the next instruction begins is the machine's to say; the offset adds to the section's. */
static void offsets(void)
{
	LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = 11);
	struct bpf_link *link = NULL;

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_kprobe));
	MAY_BE_REFUSED(attachable__on_kprobe__attach_opts(skel, &opts));
	CHECK_FIRES(on_kprobe, pause_briefly);
	CHECK(skel->bss->cookie == 11 && skel->bss->address);
	CHECK(!attachable__on_kprobe__detach(skel));
	/* Behind what x86 has for indirect branches, which counts as the beginning. */
	for (opts.offset = 5; opts.offset < 32 && !link; opts.offset++)
		link = attachable__on_kprobe__attach_link_opts(skel, &opts);
	CHECK(link);
	CHECK_FIRES(on_kprobe, pause_briefly);
	/* The kernel tells it at the beginning alone. */
	CHECK(!skel->bss->address);
	CHECK(!bpf_link__destroy(link));
}

/* Linux 5.18. */
static void kprobes_by_pattern(void)
{
	const char *names[] = {"hrtimer_nanosleep", "do_nanosleep"};
	const __u64 cookies[] = {12, 13};
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = names, .cookies = cookies, .cnt = 2);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_kprobes));
	TRY_CYCLE(on_kprobes, pause_briefly);
	CHECK(!load_alone(attachable__PROG_on_any_kprobes));
	CYCLE(on_any_kprobes, pause_briefly, "do_nanosle?p");
	CHECK(!attachable__on_any_kprobes__attach_opts(skel, NULL, &opts));
	CHECK_FIRES(on_any_kprobes, pause_briefly);
	CHECK(skel->bss->cookie == 13 && skel->bss->address == address_of("do_nanosleep"));
	CHECK(!load_alone(attachable__PROG_on_any_kretprobes));
	CYCLE(on_any_kretprobes, pause_briefly, "do_nanosleep");
	CHECK(!attachable__on_any_kretprobes__attach_opts(skel, NULL, &opts));
	CHECK_FIRES(on_any_kretprobes, pause_briefly);
	/* The outer one returns last. */
	CHECK(skel->bss->cookie == 12);
}

/* Linux 6.10, libbpf 1.5: twice, for the call and the return. */
static void kprobe_sessions(void)
{
#if LIBBPF_AT_LEAST(5)
	const char *names[] = {"do_nanosleep"};
	const __u64 cookies[] = {18};
	LIBBPF_OPTS(bpf_kprobe_multi_opts, opts, .syms = names, .cookies = cookies, .cnt = 1);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_kprobe_session));
	TRY_CYCLE(on_kprobe_session, pause_briefly);
	CHECK(!load_alone(attachable__PROG_on_any_kprobe_session));
	CYCLE(on_any_kprobe_session, pause_briefly, "do_nanosle?p");
	CHECK(!attachable__on_any_kprobe_session__attach_opts(skel, NULL, &opts));
	skel->bss->hits.on_any_kprobe_session = 0;
	pause_briefly();
	CHECK(skel->bss->hits.on_any_kprobe_session == 2 && skel->bss->cookie == 18);
#else
	MAY_BE_REFUSED(libbpf_since(5));
#endif
}

static void system_calls(void)
{
	LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = 14);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_ksyscall));
	TRY_CYCLE(on_ksyscall, call);
	CHECK(!attachable__on_ksyscall__attach_opts(skel, &opts));
	CHECK_FIRES(on_ksyscall, call);
	CHECK(skel->bss->cookie == 14);
	CHECK(!load_alone(attachable__PROG_on_any_kretsyscall));
	CYCLE(on_any_kretsyscall, call, "getpgid");
	opts.bpf_cookie = 15;
	CHECK(!attachable__on_any_kretsyscall__attach_opts(skel, "getpgid", &opts));
	CHECK_FIRES(on_any_kretsyscall, call);
	CHECK(skel->bss->cookie == 15);
}

#define ATTACH_KPROBE(program, number)                                             \
	({                                                                         \
		LIBBPF_OPTS(bpf_kprobe_opts, opts, .bpf_cookie = number);          \
		attachable__##program##__attach_opts(skel, "do_nanosleep", &opts); \
	})
#define ATTACH_SYSCALL(program, number)                                       \
	({                                                                    \
		LIBBPF_OPTS(bpf_ksyscall_opts, opts, .bpf_cookie = number);   \
		attachable__##program##__attach_opts(skel, "getpgid", &opts); \
	})

static void returns(void)
{
	CHECK_RETURNS(pause_briefly, on_any_kprobe, on_any_kretprobe, ATTACH_KPROBE);
	CHECK_RETURNS(call, on_any_ksyscall, on_any_kretsyscall, ATTACH_SYSCALL);
}

static void functions(void)
{
	LIBBPF_OPTS(bpf_trace_opts, opts, .cookie = 16);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_fentry));
	TRY_CYCLE(on_fentry, pause_briefly);
	CHECK(!attachable__on_fentry__attach_opts(skel, &opts));
	CHECK_FIRES(on_fentry, pause_briefly);
	CHECK(skel->bss->cookie == 16);

	open_alone(attachable__PROG_on_any_fentry);
	CHECK(!attachable__on_any_fentry__set_target(skel, 0, "do_nanosleep"));
	CHECK(!attachable__load(skel));
	CYCLE(on_any_fentry, pause_briefly);

	open_alone(attachable__PROG_on_any_fexit);
	CHECK(!attachable__on_any_fexit__set_target(skel, 0, "do_nanosleep"));
	CHECK(!attachable__load(skel));
	CYCLE(on_any_fexit, pause_briefly);
}

static void open_file(void)
{
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);

	if (skel->bss->is_forbidden) {
		CHECK(fd < 0 && errno == EPERM);
	} else {
		CHECK(fd >= 0 && !close(fd));
	}
}

#define CHECK_FORBIDS(program)                                 \
	do {                                                   \
		TRY_CYCLE(program, open_file);                 \
		CHECK(!attachable__##program##__attach(skel)); \
		skel->bss->is_forbidden = 1;                   \
		CHECK_FIRES(program, open_file);               \
		skel->bss->is_forbidden = 0;                   \
		CHECK(!attachable__##program##__detach(skel)); \
	} while (0)

static void changed_results(void)
{
	open_alone(attachable__PROG_on_any_fmod_ret);
	MAY_BE_REFUSED(attachable__on_any_fmod_ret__set_target(skel, 0, "security_file_open"));
	MAY_BE_REFUSED(attachable__load(skel));
	CHECK_FORBIDS(on_any_fmod_ret);
}

static void lsm(void)
{
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_lsm));
	CHECK_FORBIDS(on_lsm);
	open_alone(attachable__PROG_on_any_lsm);
	CHECK(!attachable__on_any_lsm__set_target(skel, 0, "file_open"));
	CHECK(!attachable__load(skel));
	CHECK_FORBIDS(on_any_lsm);
}

static struct attachable *original;

/* What on_action returns, with another function in it or not. */
static __u32 run_original(void)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(!attachable__on_action__test_run(original, &opts));
	return opts.retval;
}

static void check_replacement(const char *name)
{
	int fd = bpf_program__fd(original->progs.on_action);

	open_alone(attachable__PROG_replacement);
	CHECK(!attachable__replacement__set_target(skel, fd, name));
	MAY_BE_REFUSED(attachable__load(skel));
	CHECK(run_original() == 1);
	MAY_BE_REFUSED(attachable__replacement__attach(skel));
	CHECK(attachable__replacement__attach(skel) == -EBUSY);
	CHECK(run_original() == 3 && skel->bss->hits.replacement == 1);
	CHECK(!attachable__replacement__detach(skel));
	CHECK(run_original() == 1);
	/* The kernel forgets the target with the first link. */
	CHECK(attachable__replacement__attach(skel) == -EINVAL && run_original() == 1);
}

static void replaced_functions(void)
{
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_action));
	original = skel;
	skel = NULL;
	check_replacement("replaced");
	check_replacement(NULL); /* what the section says */
}

int main(void)
{
	need_bpf();
	need_tracefs();
	RUN(kprobes);
	RUN(offsets);
	RUN(kprobes_by_pattern);
	RUN(kprobe_sessions);
	RUN(system_calls);
	RUN(returns);
	RUN(functions);
	RUN(changed_results);
	RUN(lsm);
	RUN(replaced_functions);
	attachable__destroy(original);
	attachable__destroy(skel);
	return end_of_test();
}
