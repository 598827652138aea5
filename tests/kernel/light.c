/* SPDX-License-Identifier: BSD-2-Clause */
/* Light skeletons: what the full ones do by way of libbpf, by system calls alone. */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel.h"
#include "light.skel.h"
#include "light_refused.skel.h"

static struct light *skel;

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	CHECK(directory);
	while (readdir(directory))
		count++;
	closedir(directory);
	return count;
}

/* What all programs on task_rename see. */
static void rename_self(void)
{
	CHECK(!prctl(PR_SET_NAME, "light", 0, 0, 0));
}

static void before_load(void)
{
	__u32 key = 1;
	struct light__count count;

	CHECK(light__counts__fd(skel) == -EBADF);
	CHECK(light__counts__lookup(skel, &key, &count) == -EBADF);
	CHECK(light__on_rename__attach(skel) == -EBADF);
	CHECK(skel->rodata->wanted_pid == 1 && !strcmp((const char *)skel->rodata->label, "light"));
	CHECK(skel->data->step == 3 && skel->data->has_gone && !skel->bss->seen);
	CHECK(skel->data_kept->kept == 0x1122334455667788);
	CHECK(!light__wanted_pid__set(skel, (__u32)getpid()));
	CHECK(!light__step__set(skel, 5));
	CHECK(light__counts__set_max_entries(skel, 0) == -EINVAL);
	CHECK(!light__counts__set_max_entries(skel, 100));
}

static struct bpf_map_info info_of(int fd)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);

	CHECK(!bpf_obj_get_info_by_fd(fd, &info, &size));
	return info;
}

static void load(void)
{
	void *before = skel->bss;
	int err = light__load(skel);

	if (err)
		light__report(skel, stdout);
	CHECK(!err && skel->bss == before);
	CHECK(skel->rodata->wanted_pid == (__u32)getpid() && skel->data->step == 5);
	CHECK(light__wanted_pid__set(skel, 2) == -EBUSY);
	CHECK(light__counts__set_max_entries(skel, 7) == -EBUSY);
	CHECK(light__kept__get(skel) == 0x1122334455667788);
	EQUAL(info_of(light__counts__fd(skel)).max_entries, 100);
	EQUAL(info_of(light__slots__fd(skel)).max_entries, 10);
	EQUAL(info_of(light__events__fd(skel)).max_entries, sysconf(_SC_PAGESIZE));
	EQUAL(info_of(light__others__fd(skel)).max_entries, 64 * 1024);
	EQUAL(info_of(light__samples__fd(skel)).max_entries, libbpf_num_possible_cpus());
	CHECK(!strcmp(info_of(skel->maps.bss.map_fd).name, "light.bss"));
	CHECK(info_of(skel->maps.counts.map_fd).btf_value_type_id);
}

static void attached(void)
{
	struct light__count count;
	__u32 key = (__u32)getpid(), values[256] = {0}, sum = 0;
	int cpus = light__per_cpu__cpus(skel);

	CHECK(!light__attach(skel) && light__attach(skel) == -EBUSY);
	rename_self();
	rename_self();
	CHECK(light__seen__get(skel) == 10 && light__traced__get(skel) == 2);
	CHECK(!light__has_gone__get(skel));
	CHECK(!light__counts__lookup(skel, &key, &count) && count.calls == 2 && count.last == 5);
	CHECK(cpus == libbpf_num_possible_cpus() && cpus < 256);
	CHECK(!light__per_cpu__lookup_percpu(skel, 0, values, (size_t)cpus));
	for (int i = 0; i < cpus; i++)
		sum += values[i];
	EQUAL(sum, 2);
	CHECK(!light__on_tracepoint__detach(skel));
	rename_self();
	CHECK(light__seen__get(skel) == 15 && light__traced__get(skel) == 2);
	CHECK(!light__on_tracepoint__attach(skel));
	rename_self();
	CHECK(light__traced__get(skel) == 3);
	light__detach(skel);
	rename_self();
	CHECK(light__seen__get(skel) == 20 && light__traced__get(skel) == 3);
}

static int sum_calls(void *ctx, const __u32 *key, const struct light__count *count)
{
	(void)key;
	*(__u64 *)ctx += count->calls;
	return 0;
}

static void elements(void)
{
	struct light__count counts[8] = {{0}};
	struct light__counts__cursor cursor = {0};
	__u32 keys[8] = {1, 2, 3, 4, 5, 6, 7, 8}, key, seen = 0;
	__u64 sum = 0;
	int n;

	key = (__u32)getpid();
	CHECK(!light__counts__delete(skel, &key) && light__counts__delete(skel, &key) == -ENOENT);
	for (int i = 0; i < 8; i++)
		counts[i].calls = 1u << i;
	CHECK(light__counts__update_batch(skel, keys, counts, 7, BPF_ANY) == 7);
	CHECK(!light__counts__update(skel, &keys[7], &counts[7], BPF_NOEXIST));
	CHECK(light__counts__update(skel, &keys[7], &counts[7], BPF_NOEXIST) == -EEXIST);
	CHECK(light__counts__for_each(skel, sum_calls, &sum) == 8 && sum == 0xff);
	for (n = light__counts__next_key(skel, NULL, &key); !n; seen++)
		n = light__counts__next_key(skel, &key, &key);
	CHECK(n == -ENOENT && seen == 8);
	memset(counts, 0, sizeof(counts));
	for (sum = 0;
	     (n = light__counts__lookup_and_delete_batch(skel, &cursor, keys, counts, 8)) > 0;)
		while (n)
			sum += counts[--n].calls;
	CHECK(!n && sum == 0xff && light__counts__next_key(skel, NULL, &key) == -ENOENT);
}

static void other_maps(void)
{
	__u32 value = 7, found = 0;
	__u64 number = 9, *at = NULL;
	int inner = light__outer__create_inner(skel, "made", 1);

	CHECK(!light__queue__push(skel, &value, 0) && !light__queue__peek(skel, &found));
	CHECK(found == 7 && !light__queue__pop(skel, &found));
	CHECK(light__queue__pop(skel, &found) == -ENOENT);
	CHECK(!light__slots__mmap(skel) && (at = light__slots__at(skel, 9)));
	*at = 12;
	CHECK(!light__slots__lookup(skel, 9, &number) && number == 12 &&
	      !light__slots__at(skel, 10));
	CHECK(inner >= 0);
	CHECK(!light__outer__inner__update_fd(inner, 0, &number, BPF_ANY));
	CHECK(!light__outer__set(skel, 1, inner));
	close(inner);
}

static void initial_inner_map(void)
{
	struct light__addition addition = {.a = 2, .b = -5};
	__u64 value = 100;
	int result = 0;

	CHECK(!light__first__update(skel, 0, &value, BPF_ANY));
	CHECK(!light__add__test_run_result(skel, &addition, &result));
	EQUAL(addition.sum, 97);
	EQUAL(result, 'z');
}

static void tail_call(void)
{
	char packet[64] = {0};
	struct bpfbake_light_bpf_test_run_opts opts = {
		.data_in = packet,
		.data_size_in = sizeof(packet),
		.repeat = 3,
	};

	CHECK(!light__pass__test_run(skel, &opts) && opts.retval == XDP_DROP);
	CHECK(!light__jumps__set(skel, 1, skel->progs.jumped.prog_fd));
	CHECK(!light__pass__test_run(skel, &opts) && opts.retval == XDP_PASS);
	CHECK(!light__jumps__clear(skel, 1));
	CHECK(!light__pass__test_run(skel, &opts) && opts.retval == XDP_DROP);
}

static void iterator(void)
{
	char text[32] = "", wanted[32];
	int fd = light__list_tasks__read(skel);

	snprintf(wanted, sizeof(wanted), "%d\n", getpid());
	CHECK(fd >= 0 && read(fd, text, sizeof(text) - 1) > 0 && !strcmp(text, wanted));
	close(fd);
	CHECK(!light__list_tasks__detach(skel) && !skel->links.list_tasks_fd);
}

/* What a report prints. */
#define REPORT_OF(name, skeleton) (name##__report((skeleton), report_begin()), report_end())
static char report_text[8192];
static FILE *report_file;

static FILE *report_begin(void)
{
	report_file = fmemopen(report_text, sizeof(report_text), "w");
	CHECK(report_file);
	return report_file;
}

static const char *report_end(void)
{
	fputc('\0', report_file);
	fclose(report_file);
	return report_text;
}

/* The root of cgroup2. */
static int open_cgroup(void)
{
	int fd = open("/sys/fs/cgroup/unified", O_RDONLY | O_DIRECTORY);

	return fd < 0 ? open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY) : fd;
}

static void targets(void)
{
	int cgroup = open_cgroup(), attached;

	CHECK(!light__pass__attach(skel, 1) && light__pass__attach(skel, 1) == -EBUSY);
	CHECK(light__jumped__attach(skel, 1) == -EBUSY);
	CHECK(strstr(REPORT_OF(light, skel),
		     "program 'jumped' cannot be attached: Device or resource busy"));
	CHECK(!light__pass__detach(skel) && !light__jumped__attach(skel, 1));
	CHECK(!*REPORT_OF(light, skel));
	CHECK(!light__jumped__detach(skel));
	CHECK(light__pass__attach(skel, 123456789) == -EINVAL);
	CHECK(light__on_egress__attach(skel, -1) == -EBADF);
	attached = light__on_egress__attach(skel, cgroup);
	close(cgroup);
	MAY_BE_REFUSED(attached);
	CHECK(skel->links.on_egress_fd > 0 && !light__on_egress__detach(skel));
}

struct received {
	__u64 records, last, lost;
	int answer;
};

static int on_event(void *ctx, const struct light__event *event, size_t size)
{
	struct received *received = ctx;

	CHECK(size == sizeof(*event) && event->pid == (__u32)getpid());
	CHECK(!strcmp(event->name, "light"));
	received->records++;
	received->last = event->number;
	return received->answer;
}

static void ring_buffers(void)
{
	struct received events = {0}, others = {0};
	struct light__addition addition = {.a = 1, .b = 1};
	struct bpfbake_light_ring_buffer *buffer;

	buffer = light__events__ring_buffer(skel, on_event, &events);
	CHECK(buffer && !light__others__ring_buffer_add(skel, buffer, on_event, &others));
	bpfbake_light_ring_buffer__consume(buffer);
	events.records = others.records = 0;
	CHECK(bpfbake_light_ring_buffer__poll(buffer, 0) == 0);
	CHECK(!light__on_rename__attach(skel));
	/* More than the ring has room for: in the end it is in use all around. */
	for (int i = 0; i < 1000; i++) {
		rename_self();
		CHECK(!light__add__test_run(skel, &addition));
		CHECK(bpfbake_light_ring_buffer__poll(buffer, 1000) == 2);
	}
	EQUAL(events.records, 1000);
	EQUAL(others.records, 1000);
	CHECK(events.last == light__seen__get(skel) && others.last == (__u64)addition.sum);
	rename_self();
	events.answer = -EXDEV;
	CHECK(bpfbake_light_ring_buffer__consume(buffer) == -EXDEV);
	CHECK(bpfbake_light_ring_buffer__consume(buffer) == 0 && events.records == 1001);
	bpfbake_light_ring_buffer__free(buffer);
	light__detach(skel);
}

/* What nobody took in time is lost, not mixed up. */
static void full_ring(void)
{
	struct received events = {0};
	struct bpfbake_light_ring_buffer *buffer =
		light__events__ring_buffer(skel, on_event, &events);
	long most = sysconf(_SC_PAGESIZE) / 40;

	CHECK(buffer && !light__on_rename__attach(skel));
	for (long i = 0; i < 3 * most; i++)
		rename_self();
	CHECK(bpfbake_light_ring_buffer__consume(buffer) > 0);
	CHECK((long)events.records <= most && (long)events.records >= most - 1);
	bpfbake_light_ring_buffer__free(buffer);
	light__detach(skel);
}

static void on_sample(void *ctx, int cpu, const struct light__event *event, __u32 size)
{
	struct received *received = ctx;

	CHECK((uintptr_t)event % 8 == 0 && size >= sizeof(*event) && cpu >= 0);
	CHECK(event->pid == (__u32)getpid());
	received->records++;
	received->last = event->number;
}

static void on_lost(void *ctx, int cpu, __u64 count)
{
	(void)cpu;
	((struct received *)ctx)->lost += count;
}

static void perf_buffer(void)
{
	struct received samples = {0};
	struct bpfbake_light_perf_buffer *buffer;
	cpu_set_t before, one;

	/* The kernel tells of a CPU's losses on that CPU. */
	CHECK(!sched_getaffinity(0, sizeof(before), &before));
	CPU_ZERO(&one);
	CPU_SET(sched_getcpu(), &one);
	CHECK(!sched_setaffinity(0, sizeof(one), &one));
	CHECK(!light__samples__perf_buffer(skel, 3, on_sample, on_lost, &samples) &&
	      errno == EINVAL);
	buffer = light__samples__perf_buffer(skel, 1, on_sample, on_lost, &samples);
	CHECK(buffer && bpfbake_light_perf_buffer__poll(buffer, 0) == 0);
	CHECK(!light__on_rename__attach(skel));
	/* More than there is room for at once: records in two pieces come, too. */
	for (int i = 0; i < 1000; i++) {
		rename_self();
		CHECK(bpfbake_light_perf_buffer__poll(buffer, 1000) >= 1);
		CHECK(samples.records == (__u64)i + 1 && samples.last == light__seen__get(skel));
	}
	for (int i = 0; i < 1000; i++)
		rename_self();
	CHECK(!bpfbake_light_perf_buffer__consume(buffer) && samples.records < 2000);
	/* The kernel tells of those it dropped with the next record that finds room. */
	rename_self();
	CHECK(!bpfbake_light_perf_buffer__consume(buffer));
	EQUAL(samples.records + samples.lost, 2001);
	CHECK(light__samples__lost_records(skel) == samples.lost);
	CHECK(!sched_setaffinity(0, sizeof(before), &before));
	bpfbake_light_perf_buffer__free(buffer);
	light__detach(skel);
}

static void perf_thread(void)
{
	struct received samples = {0};

	CHECK(!light__on_rename__attach(skel) && !light__samples__start(skel, on_sample, &samples));
	for (int i = 0; i < 10; i++)
		rename_self();
	CHECK(!light__samples__stop(skel) && samples.records == 10);
	light__detach(skel);
}

static int on_large(void *ctx, const void *event, size_t size)
{
	++*(int *)ctx;
	return size == 30000 && *(const __u32 *)event == 30000 ? 0 : -EXDEV;
}

/* The kernel's positions have 64 bits, also for a program of 32. */
static void more_than_4_gb(void)
{
	const int count = (int)((5ull << 30) / 30000);
	struct bpfbake_light_ring_buffer *buffer;
	int seen = 0, result;

	buffer = light__large__ring_buffer(skel, on_large, &seen);
	CHECK(buffer);
	for (int i = 0; i < count; i++) {
		CHECK(!light__emit_large__test_run_result(skel, NULL, 0, &result) && !result);
		CHECK(bpfbake_light_ring_buffer__consume(buffer) == 1);
	}
	EQUAL(seen, count);
	bpfbake_light_ring_buffer__free(buffer);
}

static void thread(void)
{
	struct received events = {0};

	CHECK(!light__on_rename__attach(skel) && !light__events__start(skel, on_event, &events));
	CHECK(light__events__start(skel, on_event, &events) == -EBUSY);
	for (int i = 0; i < 10; i++)
		rename_self();
	CHECK(!light__events__stop(skel) && events.records == 10);
	light__detach(skel);
}

static void pinned(void)
{
	const char *path = "/sys/fs/bpf/bpfbake_light_counts";
	int fd;

	mount("bpf", "/sys/fs/bpf", "bpf", 0, NULL);
	unlink(path);
	MAY_BE_REFUSED(light__counts__pin(skel, path));
	CHECK(!light__counts__pin(skel, path) && light__slots__pin(skel, path) == -EEXIST);
	fd = light__counts__open_pinned(path);
	CHECK(fd >= 0 && info_of(fd).id == info_of(light__counts__fd(skel)).id);
	close(fd);
	CHECK(light__slots__open_pinned(path) == -EINVAL);
	CHECK(light__slots__unpin(skel, path) == -ENOENT && !light__counts__unpin(skel, path));
	CHECK(light__counts__open_pinned(path) == -ENOENT);
}

static void user_ring(void)
{
	struct bpfbake_light_user_ring_buffer *buffer = light__commands__user_ring_buffer(skel);
	struct light__addition *command;
	__u64 submitted = 0, sum = 0;
	int count = 0, result;

	CHECK(buffer);
	for (int round = 0; round < 100; round++) {
		for (int i = 0; i < 7; i++) {
			CHECK((command = light__commands__reserve(buffer)));
			command->sum = round * 10 + i;
			if (i == 3) {
				light__commands__discard(buffer, command);
				continue;
			}
			submitted++;
			sum += (__u64)command->sum;
			light__commands__submit(buffer, command);
		}
		CHECK(!light__drain__test_run_result(skel, NULL, 0, &result) && !result);
	}
	EQUAL(light__taken__get(skel), submitted);
	CHECK(light__taken_sum__get(skel) == sum);
	while ((command = light__commands__reserve(buffer))) {
		light__commands__discard(buffer, command);
		count++;
	}
	CHECK(errno == ENOSPC);
	EQUAL(count, sysconf(_SC_PAGESIZE) / 24);
	bpfbake_light_user_ring_buffer__free(buffer);
}

static void refused(void)
{
	struct light_refused *refused = light_refused__open();

	CHECK(refused && light_refused__load(refused) == -EACCES);
	CHECK(strstr(REPORT_OF(light_refused, refused),
		     "the loader ended early: Permission denied"));
	CHECK(strstr(REPORT_OF(light_refused, refused), "invalid mem access"));
	CHECK(!*REPORT_OF(light_refused, (const struct light_refused *)&refused));
	CHECK(!refused->progs.accepted.prog_fd && !refused->maps.numbers.map_fd);
	CHECK(!refused->ctx.log_level);
	light_refused__destroy(refused);
	errno = 0;
	CHECK(!light_refused__open_and_load() && errno == EACCES);
	CHECK(strstr(REPORT_OF(light_refused, NULL), "invalid mem access"));
}

/* The program's own log, instead of the one that a failure makes. */
static void own_log(void)
{
	struct light_refused *refused = light_refused__open();
	static char log[1 << 20];

	CHECK(refused);
	refused->ctx.log_level = 1;
	refused->ctx.log_size = sizeof(log);
	refused->ctx.log_buf = (__u64)(uintptr_t)log;
	CHECK(light_refused__load(refused) == -EACCES && strstr(log, "invalid mem access"));
	light_refused__destroy(refused);
}

/* A program without standard input gets no descriptor of 0, which the loader takes for none. */
static void no_standard_input(void)
{
	int input = dup(0);
	struct light *other;

	close(0);
	other = light__open_and_load();
	CHECK(other && other->maps.counts.map_fd > 0 && other->progs.add.prog_fd > 0);
	CHECK(fcntl(0, F_GETFD) < 0);
	CHECK(!light__on_rename__attach(other) && other->links.on_rename_fd > 0);
	CHECK(fcntl(0, F_GETFD) < 0);
	light__destroy(other);
	if (input >= 0) {
		CHECK(dup2(input, 0) == 0);
		close(input);
	}
}

int main(int argc, char **argv)
{
	int before;

	(void)argv;
	need_bpf();
	before = count_descriptors();
	skel = light__open();
	CHECK(skel);
	RUN(before_load);
	RUN(load);
	if (!skel->progs.add.prog_fd)
		return end_of_test();
	RUN(attached);
	RUN(elements);
	RUN(other_maps);
	RUN(initial_inner_map);
	RUN(tail_call);
	RUN(iterator);
	RUN(targets);
	RUN(ring_buffers);
	RUN(full_ring);
	if (sizeof(long) == 4 || argc > 1)
		RUN(more_than_4_gb);
	RUN(thread);
	RUN(perf_buffer);
	RUN(perf_thread);
	RUN(user_ring);
	RUN(pinned);
	RUN(refused);
	RUN(own_log);
	RUN(no_standard_input);
	light__destroy(skel);
	CHECK(count_descriptors() == before);
	return end_of_test();
}
