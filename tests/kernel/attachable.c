/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that are attached one by one, fired and detached: tracing, iterators, test runs. */
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attachable.skel.h"
#include "attached.h"

static struct attachable *skel;

static volatile __u32 stage;

int probed(int number);

__attribute__((noinline)) int probed(int number)
{
	stage = (__u32)number;
	return number + 1;
}

static void call(void)
{
	CHECK(syscall(SYS_getppid) > 0);
}

static void call_probed(void)
{
	stage = 0;
	CHECK(probed(1) == 2);
}

static void fault(void)
{
	char *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED);
	*(volatile char *)page = 1;
	CHECK(!munmap(page, 4096));
}

static void tracepoints(void)
{
	CYCLE(on_tracepoint, call);
	CYCLE(on_any_tracepoint, call, "raw_syscalls", "sys_enter");
	CYCLE(on_raw, call);
	CYCLE(on_any_raw, call, "sys_enter");
	CYCLE(on_btf, call);
	CYCLE(on_any_btf, call);
	CHECK(attachable__on_any_tracepoint__attach(skel, "raw_syscalls", "none") == -ENOENT);
	CHECK(!skel->links.on_any_tracepoint);
}

static void probes(void)
{
	CYCLE(on_probed, call_probed);
	CYCLE(on_probed_return, call_probed);
	CYCLE(on_function, call_probed, 0, "/proc/self/exe", "probed");
	CYCLE(on_function_return, call_probed, -1, "/proc/self/exe", "probed");
	CHECK(skel->bss->seen == 1); /* not when it was called */
	CHECK(attachable__on_function__attach(skel, 0, "/proc/self/exe", "none") == -ENOENT);
	CHECK(attachable__on_function__attach(skel, 0, "/none", "none") < 0);
	CHECK(!skel->links.on_function);
}

/* A cookie, and an offset from a function that the options name. */
static void options(void)
{
	LIBBPF_OPTS(bpf_uprobe_opts, uprobe, .bpf_cookie = 5, .func_name = "probed");
	LIBBPF_OPTS(bpf_tracepoint_opts, tracepoint, .bpf_cookie = 6);
	struct bpf_link *link;

	CHECK(!attachable__on_function__attach_opts(skel, 0, "/proc/self/exe", 0, &uprobe));
	CHECK(attachable__on_function__attach_opts(skel, 0, "/proc/self/exe", 0, &uprobe) ==
	      -EBUSY);
	call_probed();
	CHECK(skel->bss->cookie == 5);
	CHECK(!attachable__on_function__detach(skel));

	/* The section's target counts. */
	CHECK(!attachable__on_tracepoint__attach_opts(skel, &tracepoint));
	CHECK_FIRES(on_tracepoint, call);
	CHECK(!attachable__on_tracepoint__detach(skel));
	CHECK(!attachable__on_probed_return__attach_opts(skel, NULL));
	CHECK_FIRES(on_probed_return, call_probed);
	CHECK(!attachable__on_probed_return__detach(skel));

	link = attachable__on_tracepoint__attach_link_opts(skel, &tracepoint);
	CHECK(link && !skel->links.on_tracepoint);
	CHECK_FIRES(on_tracepoint, call);
	CHECK(!bpf_link__destroy(link));
	CHECK_QUIET(on_tracepoint, call);
}

/* A link of the caller's does not stand in the way of the skeleton's, nor the other way round. */
static void links_of_the_caller(void)
{
	struct bpf_link *first = attachable__on_raw__attach_link(skel);
	struct bpf_link *second = attachable__on_raw__attach_link(skel);
	__u64 before;

	CHECK(first && second && !skel->links.on_raw);
	CHECK(!attachable__on_raw__attach(skel));
	before = skel->bss->hits.on_raw;
	call();
	CHECK(skel->bss->hits.on_raw == before + 3);
	attachable__detach(skel);
	CHECK(!skel->links.on_raw);
	CHECK_FIRES(on_raw, call);
	CHECK(!bpf_link__destroy(first) && !bpf_link__destroy(second));
	CHECK_QUIET(on_raw, call);
}

/* The descriptor stays ours, also when the link is gone. */
static void perf_events(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.sample_period = 1,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	CHECK(fd >= 0);
	CYCLE(on_sample, fault, fd);
	CHECK(!close(fd));
	CHECK(attachable__on_sample__attach(skel, fd) == -EBADF);
}

static long read_all(int fd, void *bytes, size_t size)
{
	long total = 0, count;

	CHECK(fd >= 0);
	while ((count = read(fd, (char *)bytes + total, size - (size_t)total)) > 0)
		total += count;
	CHECK(count == 0 && !close(fd));
	return total;
}

static void iterators(void)
{
	__u64 numbers[8] = {0};
	char tasks[1 << 16];

	CHECK(read_all(attachable__list_tasks__read(skel), tasks, sizeof(tasks)) > 1);
	CHECK(skel->links.list_tasks);
	/* Once more, by the same link. */
	CHECK(read_all(attachable__list_tasks__read(skel), tasks, sizeof(tasks)) > 1);
	CHECK(attachable__list_tasks__attach(skel) == -EBUSY);
	CHECK(!attachable__list_tasks__detach(skel) && !skel->links.list_tasks);

	for (__u32 i = 0; i < 4; i++) {
		__u64 number = i * i;

		CHECK(!attachable__numbers__update(skel, i, &number, BPF_ANY));
	}
	CHECK(attachable__list_numbers__read(skel) == -ENOENT);
	CHECK(!attachable__list_numbers__attach(skel, bpf_map__fd(skel->maps.numbers)));
	CHECK(read_all(attachable__list_numbers__read(skel), numbers, sizeof(numbers)) == 32);
	CHECK(numbers[3] == 9);
	CHECK(!attachable__list_numbers__detach(skel));
}

static void test_runs(void)
{
	char packet[64] = {0};
	struct attachable__sum sum = {.left = 40, .right = 3};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));
	__u32 number = 1;
	int result = 1;

	CHECK(!attachable__on_packet__test_run(skel, &opts));
	CHECK(opts.retval == XDP_PASS && skel->bss->hits.on_packet == 1);
	CHECK(!attachable__on_filter__test_run(skel, &opts) && opts.retval == (__u32)-1);
	opts.data_size_in = 1;
	CHECK(attachable__on_packet__test_run(skel, &opts) == -EINVAL);

	CHECK(!attachable__add__test_run_result(skel, &sum, &result));
	CHECK(sum.result == 43 && result == -1);
	sum.right = 2;
	CHECK(!attachable__add__test_run(skel, &sum) && sum.result == 42);
	CHECK(attachable__add__test_run_result(skel, NULL, &result) == -EINVAL && result == -1);
	CHECK(!attachable__negate__test_run_result(skel, &number, sizeof(number), &result));
	CHECK(number == ~(__u32)1 && result == 7);
}

/* A kernel may have these or not: what it refuses is told, and is not kept. */
#define CHECK_ANSWER(program, ...)                                                            \
	do {                                                                                  \
		int answer = attachable__##program##__attach(skel, ##__VA_ARGS__);            \
                                                                                              \
		CHECK(answer <= 0 && !answer == (skel->links.program != NULL));               \
		printf("%s: %s\n", #program, strerror(-answer));                              \
		CHECK(!attachable__##program##__detach(skel) && skel->links.program == NULL); \
	} while (0)

static void what_may_be_refused(void)
{
	CHECK_ANSWER(on_kprobe);
	CHECK_ANSWER(on_any_kprobe, "do_nanosleep");
	CHECK_ANSWER(on_any_kretprobe, "do_nanosleep");
	CHECK_ANSWER(on_ksyscall);
	CHECK_ANSWER(on_any_kretsyscall, "getpgid");
	/* Without usdt.bpf.h. */
	CHECK_ANSWER(on_usdt, -1, "/proc/self/exe", "provider", "name");
	CHECK_ANSWER(on_named_usdt);
	/* Not loaded. */
	CHECK_ANSWER(on_kprobes);
	CHECK_ANSWER(on_any_kretprobes, "tcp_*");
	CHECK_ANSWER(on_fentry);
	CHECK_ANSWER(on_lsm);
	CHECK_ANSWER(replacement);
	CHECK_ANSWER(on_functions_return);
}

/* Loads one program alone, and attaches it. Either may be refused. */
#define CHECK_ALONE(program, fd, name)                                                          \
	do {                                                                                    \
		struct bpf_program *other;                                                      \
		int answer;                                                                     \
                                                                                                \
		skel = attachable__open();                                                      \
		CHECK(skel);                                                                    \
		bpf_object__for_each_program(other, skel->obj)                                  \
			CHECK(!bpf_program__set_autoload(other, other == skel->progs.program)); \
		CHECK(!attachable__##program##__set_target(skel, fd, name));                    \
		answer = attachable__load(skel);                                                \
		if (!answer)                                                                    \
			answer = attachable__##program##__attach(skel);                         \
		CHECK(answer <= 0 && !answer == (skel->links.program != NULL));                 \
		printf("%s: %s\n", #program, strerror(-answer));                                \
		attachable__destroy(skel);                                                      \
	} while (0)

static void targets(int fd)
{
	CHECK_ALONE(on_any_fentry, 0, "do_nanosleep");
	CHECK_ALONE(on_any_fexit, 0, "do_nanosleep");
	CHECK_ALONE(on_any_fmod_ret, 0, "security_file_open");
	CHECK_ALONE(on_any_lsm, 0, "file_open");
	CHECK_ALONE(replacement, fd, "replaced");
}

int main(void)
{
	int fd;

	need_bpf();
	need_tracefs();
	skel = attachable__open();
	CHECK(skel);
	skel->rodata->only_pid = (__u32)getpid();
	skel->rodata->place = (__u64)(uintptr_t)&stage;
	CHECK(attachable__on_any_btf__set_target(skel, 0, "no_such_tracepoint") == -ESRCH);
	CHECK(!attachable__on_any_btf__set_target(skel, 0, "sys_enter"));
	CHECK(!bpf_program__set_autoload(skel->progs.on_any_btf, true));
	CHECK(!attachable__load(skel));
	CHECK(attachable__on_any_btf__set_target(skel, 0, "sys_enter") < 0);
	tracepoints();
	probes();
	options();
	links_of_the_caller();
	perf_events();
	iterators();
	test_runs();
	what_may_be_refused();

	/* Destroying undoes what is attached: no program stays. */
	CHECK(!attachable__on_raw__attach(skel) && !attachable__on_probed__attach(skel));
	fd = dup(bpf_program__fd(skel->progs.on_action));
	CHECK(fd >= 0);
	destroy_and_check(skel, skel->progs.on_raw, skel->progs.on_probed);
	targets(fd);
	return 0;
}
