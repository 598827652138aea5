/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that are attached one by one, fired and detached: tracing, iterators, test runs. */
#define _GNU_SOURCE
#include <linux/perf_event.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attached.h"

static volatile __u32 stage;

int probed(int number);

__attribute__((noinline)) int probed(int number)
{
	stage = (__u32)number;
	return number + 1;
}

static void rename_task(void)
{
	CHECK(!prctl(PR_SET_NAME, "attachable"));
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
	CYCLE(on_tracepoint, rename_task);
	CYCLE(on_any_tracepoint, rename_task, "task", "task_rename");
	CYCLE(on_raw, rename_task);
	CYCLE(on_any_raw, rename_task, "task_rename");
	CHECK(attachable__on_any_tracepoint__attach(skel, "task", "none") == -ENOENT);
	CHECK(!skel->links.on_any_tracepoint);
}

static void uprobes(void)
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

static void btf_tracepoints(void)
{
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_btf));
	CYCLE(on_btf, rename_task);
	open_alone(attachable__PROG_on_any_btf);
	CHECK(attachable__on_any_btf__set_target(skel, 0, "no_such_tracepoint") == -ESRCH);
	CHECK(!attachable__on_any_btf__set_target(skel, 0, "task_rename"));
	CHECK(!attachable__load(skel));
	CHECK(attachable__on_any_btf__set_target(skel, 0, "task_rename") < 0);
	CYCLE(on_any_btf, rename_task);
}

/* Linux 6.10, libbpf 1.4. */
static void cookies_of_raw_tracepoints(void)
{
#if LIBBPF_AT_LEAST(4)
	LIBBPF_OPTS(bpf_raw_tracepoint_opts, raw, .cookie = 7);
	LIBBPF_OPTS(bpf_trace_opts, btf, .cookie = 8);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_raw_cookie));
	CHECK(!attachable__on_raw_cookie__attach_opts(skel, "task_rename", &raw));
	CHECK_FIRES(on_raw_cookie, rename_task);
	CHECK(skel->bss->cookie == 7);
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_btf_cookie));
	CHECK(!attachable__on_btf_cookie__attach_opts(skel, &btf));
	CHECK_FIRES(on_btf_cookie, rename_task);
	CHECK(skel->bss->cookie == 8);
#else
	MAY_BE_REFUSED(libbpf_since(4));
#endif
}

#define ATTACH_UPROBES(program, number)                                                       \
	({                                                                                    \
		const __u64 cookie = number;                                                  \
		LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = names, .cookies = &cookie,   \
			    .cnt = 1);                                                        \
		attachable__##program##__attach_opts(skel, 0, "/proc/self/exe", NULL, &opts); \
	})

/* Linux 6.6, libbpf 1.3. */
static void uprobes_by_pattern(void)
{
#if LIBBPF_AT_LEAST(3)
	const char *names[] = {"probed", "main"};
	const __u64 cookies[] = {9, 10};
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = names, .cookies = cookies, .cnt = 2);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_functions));
	TRY_CYCLE(on_functions, call_probed, 0, "/proc/self/exe", "prob?d");
	CYCLE(on_functions, call_probed, -1, "/proc/self/exe", "probed");
	CHECK(!attachable__on_functions__attach_opts(skel, 0, "/proc/self/exe", NULL, &opts));
	CHECK_FIRES(on_functions, call_probed);
	CHECK(skel->bss->cookie == 9);
	CHECK(attachable__on_functions__attach_link(skel, 0, "/proc/self/exe", "none") == NULL);
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_functions_return));
	CYCLE(on_functions_return, call_probed);
	CHECK_RETURNS(call_probed, on_functions, on_any_functions_return, ATTACH_UPROBES);
#else
	MAY_BE_REFUSED(libbpf_since(3));
#endif
}

/* Linux 6.13, libbpf 1.6: twice, for the call and the return. */
static void uprobe_sessions(void)
{
#if LIBBPF_AT_LEAST(6)
	const char *names[] = {"probed"};
	const __u64 cookies[] = {17};
	LIBBPF_OPTS(bpf_uprobe_multi_opts, opts, .syms = names, .cookies = cookies, .cnt = 1);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_session));
	TRY_CYCLE(on_session, call_probed, 0, "/proc/self/exe", "prob?d");
	CHECK(!attachable__on_session__attach_opts(skel, 0, "/proc/self/exe", NULL, &opts));
	skel->bss->hits.on_session = 0;
	call_probed();
	CHECK(skel->bss->hits.on_session == 2 && skel->bss->cookie == 17);
#else
	MAY_BE_REFUSED(libbpf_since(6));
#endif
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
	CHECK_FIRES(on_tracepoint, rename_task);
	CHECK(skel->bss->cookie == 6);
	CHECK(!attachable__on_tracepoint__detach(skel));
	CHECK(!attachable__on_probed_return__attach_opts(skel, NULL));
	CHECK_FIRES(on_probed_return, call_probed);
	CHECK(!attachable__on_probed_return__detach(skel));

	uprobe.func_name = "none";
	link = attachable__on_function__attach_link_opts(skel, 0, "/proc/self/exe", 0, &uprobe);
	CHECK(!link && errno == ENOENT);
	check_report("on_function", "'none'");
	CHECK(attachable__on_function__attach_opts(skel, 0, "/proc/self/exe", 0, &uprobe) ==
	      -ENOENT);
	check_report("on_function", "'none'");
	link = attachable__on_tracepoint__attach_link_opts(skel, &tracepoint);
	CHECK(link && !skel->links.on_tracepoint);
	CHECK_FIRES(on_tracepoint, rename_task);
	CHECK(!bpf_link__destroy(link));
	CHECK_QUIET(on_tracepoint, rename_task);
}

static struct bpf_link *link_of_the_caller(void)
{
	return attachable__on_function__attach_link(skel, 0, "/proc/self/exe", "probed");
}

/* A link of the caller's does not stand in the way of the skeleton's, nor the other way round. */
static void links_of_the_caller(void)
{
	struct bpf_link *first = link_of_the_caller(), *second = link_of_the_caller();
	__u64 before;

	CHECK(first && second && !skel->links.on_function);
	CHECK(!attachable__on_function__attach(skel, 0, "/proc/self/exe", "probed"));
	before = skel->bss->hits.on_function;
	call_probed();
	CHECK(skel->bss->hits.on_function == before + 3);
	attachable__detach(skel);
	CHECK(!skel->links.on_function);
	CHECK_FIRES(on_function, call_probed);
	CHECK(!bpf_link__destroy(first) && !bpf_link__destroy(second));
	CHECK_QUIET(on_function, call_probed);
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

static void lists_of_tasks(void)
{
	char tasks[1 << 16];

	MAY_BE_REFUSED(load_alone(attachable__PROG_list_tasks));
	CHECK(read_all(attachable__list_tasks__read(skel), tasks, sizeof(tasks)) > 1);
	CHECK(skel->links.list_tasks);
	/* Once more, by the same link. */
	CHECK(read_all(attachable__list_tasks__read(skel), tasks, sizeof(tasks)) > 1);
	CHECK(attachable__list_tasks__attach(skel) == -EBUSY);
	CHECK(!attachable__list_tasks__detach(skel) && !skel->links.list_tasks);
}

static void lists_of_numbers(void)
{
	__u64 numbers[8] = {0};

	MAY_BE_REFUSED(load_alone(attachable__PROG_list_numbers));
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

/* libbpf has no maps for it. */
static void usdt_without_its_header(void)
{
	CHECK(attachable__on_usdt__attach(skel, -1, "/proc/self/exe", "provider", "name") < 0);
	CHECK(attachable__on_named_usdt__attach(skel) < 0);
	CHECK(!skel->links.on_usdt && !skel->links.on_named_usdt);
}

/* Destroying undoes what is attached: no program stays. */
static void destroy(void)
{
	CHECK(!attachable__on_raw__attach(skel) && !attachable__on_probed__attach(skel));
	destroy_and_check(skel->progs.on_raw, skel->progs.on_probed);
}

int main(void)
{
	need_bpf();
	need_tracefs();
	open_skeleton();
	skel->rodata->place = (__u64)(uintptr_t)&stage;
	CHECK(!attachable__load(skel));
	RUN(tracepoints);
	RUN(uprobes);
	RUN(options);
	RUN(links_of_the_caller);
	RUN(perf_events);
	RUN(test_runs);
	RUN(usdt_without_its_header);
	RUN(destroy);
	RUN(btf_tracepoints);
	RUN(cookies_of_raw_tracepoints);
	RUN(lists_of_tasks);
	RUN(lists_of_numbers);
	RUN(uprobes_by_pattern);
	RUN(uprobe_sessions);
	attachable__destroy(skel);
	return end_of_test();
}
