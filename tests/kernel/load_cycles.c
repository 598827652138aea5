/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is opened, loaded, attached and destroyed many times, and what fails at each of these steps,
 * leaves no memory and no descriptor behind; and threads do it at once. load_cycles [ROUNDS]: how
 * often.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

/* What failures print is no news here. */
#define BPFBAKE_PRINT(...) snprintf(NULL, 0, __VA_ARGS__)
#include "kernel.h"
#include "load.skel.h"

#define LOOPBACK 1 /* in a network namespace of its own */
#define RECORDS  50

static unsigned int rounds = 20;

static int count_descriptors(void)
{
	DIR *directory = opendir("/proc/self/fd");
	int count = 0;

	CHECK(directory);
	while (readdir(directory))
		count++;
	CHECK(!closedir(directory));
	return count;
}

/* Of maps and of buffers. */
static int count_mappings(void)
{
	FILE *file = fopen("/proc/self/maps", "re");
	char line[4352];
	int count = 0;

	CHECK(file);
	while (fgets(line, sizeof(line), file))
		count += strstr(line, "anon_inode:") != NULL;
	CHECK(!fclose(file));
	return count;
}

static int on_ring(void *ctx, const struct load__numbered *event, size_t size)
{
	CHECK(event->inverse == ~event->number && size == sizeof(*event));
	++*(__u64 *)ctx;
	return 0;
}

static void on_perf(void *ctx, int cpu, const struct load__numbered *event, __u32 size)
{
	CHECK(event->inverse == ~event->number && size >= sizeof(*event) && cpu >= 0);
	++*(__u64 *)ctx;
}

static int on_number(void *ctx, const __u32 *key, const struct load__numbered *value)
{
	CHECK(value->number == *key && value->inverse == ~value->number);
	++*(__u64 *)ctx;
	return 0;
}

static void produce(struct load *skel)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);

	CHECK(!load__produce__test_run(skel, NULL, 0));
	CHECK(!load__produce_perf__test_run(skel, &options));
}

/* By a thread of each map, then by a buffer of the caller's. */
static void use_events(struct load *skel)
{
	__u64 records[4] = {0};
	struct ring_buffer *ring;
	struct perf_buffer *perf;

	load__per_run__set(skel, RECORDS);
	CHECK(!load__ring__start(skel, on_ring, &records[0]));
	CHECK(load__ring__start(skel, on_ring, NULL) == -EBUSY);
	CHECK(!load__perf__start(skel, on_perf, &records[1]));
	produce(skel);
	CHECK(!load__ring__stop(skel) && !load__perf__stop(skel));
	CHECK(records[0] == RECORDS && records[1] == RECORDS);

	ring = load__ring__ring_buffer(skel, on_ring, &records[2]);
	perf = load__perf__perf_buffer(skel, 1, on_perf, NULL, &records[3]);
	CHECK(ring && perf);
	produce(skel);
	CHECK(ring_buffer__consume(ring) == RECORDS && !perf_buffer__consume(perf));
	CHECK(records[2] == RECORDS && records[3] == RECORDS);
	ring_buffer__free(ring);
	perf_buffer__free(perf);
	CHECK(load__produced__get(skel) == 4 * RECORDS && load__refused__get(skel) == 0);
}

static void fill_numbers(struct load *skel)
{
	for (__u32 key = 0; key < bpf_map__max_entries(skel->maps.numbers); key++) {
		struct load__numbered value = {.number = key, .inverse = ~(__u64)key};

		CHECK(!load__numbers__update(skel, &key, &value, BPF_ANY));
	}
}

static void use_maps(struct load *skel)
{
	const __u64 seven = 7;
	__u64 count = 0, *cell;

	CHECK(!load__cells__mmap(skel));
	CHECK(!load__cells__update(skel, 3, &seven, BPF_ANY));
	cell = load__cells__at(skel, 3);
	CHECK(cell && *cell == 7);
	fill_numbers(skel);
	CHECK(load__numbers__for_each(skel, on_number, &count) == (int)count);
	CHECK(count == bpf_map__max_entries(skel->maps.numbers));
}

/* By links, netlink and filters. */
static void use_attachments(struct load *skel)
{
	CHECK(!load__attach(skel));
	getppid();
	CHECK(load__calls__get(skel) > 0);
	CHECK(!load__on_packet__attach(skel, LOOPBACK, XDP_FLAGS_SKB_MODE));
	CHECK(load__on_packet__attach(skel, LOOPBACK, 0) == -EBUSY);
	CHECK(!load__on_filter__attach(skel, LOOPBACK, BPF_TC_INGRESS));
}

/* All that it takes is left for destroy to give back. */
static void succeed(void)
{
	static __u64 ignored;
	struct load *skel = load__open_and_load();

	CHECK(skel);
	use_events(skel);
	use_maps(skel);
	use_attachments(skel);
	CHECK(!load__ring__start(skel, on_ring, &ignored));
	load__destroy(skel);
}

static void check_report(const struct load *skel, const char *reason)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	CHECK(out);
	load__report(skel, out);
	CHECK(!fclose(out));
	CHECK(strstr(text, reason));
	free(text);
}

static void fail_to_open(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	char path[5000];

	/* Before there is an object, and after. */
	options.sz = 1;
	CHECK(!load__open_opts(&options));
	check_report(NULL, "load: open failed: Invalid argument");
	options.sz = sizeof(options);
	memset(path, 'x', sizeof(path));
	path[sizeof(path) - 1] = '\0';
	options.btf_custom_path = path;
	CHECK(!load__open_opts(&options));
	check_report(NULL, "load: open failed: File name too long");
	CHECK(load__numbers__open_pinned(path) < 0);
}

static void fail_to_load_program(void)
{
	struct load *skel = load__open();
	int fd;

	CHECK(skel);
	fd = bpf_map_create(BPF_MAP_TYPE_HASH, "wrong", 4, 4, 1, NULL);
	CHECK(fd >= 0);
	CHECK(load__numbers__reuse_fd(skel, fd) == -EINVAL);
	CHECK(!close(fd));
	CHECK(!bpf_program__set_autoload(skel->progs.unchecked, true));
	CHECK(load__load(skel) < 0);
	check_report(skel, "load of program 'unchecked'");
	/* What is not loaded. */
	CHECK(load__ring__start(skel, on_ring, NULL) < 0);
	CHECK(load__perf__start(skel, on_perf, NULL) < 0);
	CHECK(!load__ring__ring_buffer(skel, on_ring, NULL));
	CHECK(load__cells__mmap(skel) < 0);
	CHECK(load__on_packet__attach(skel, LOOPBACK, XDP_FLAGS_SKB_MODE) < 0);
	load__destroy(skel);
	check_report(NULL, "load: attach");
}

static void fail_to_load_map(void)
{
	struct load *skel = load__open();

	CHECK(skel);
	CHECK(!load__cells__set_max_entries(skel, 0));
	CHECK(load__load(skel) < 0);
	check_report(skel, "load of map 'cells'");
	load__destroy(skel);
}

/* When one program is attached, what others did is left for destroy. */
static void fail_to_attach(void)
{
	struct load *skel = load__open();

	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.nowhere, true));
	CHECK(!load__load(skel));
	CHECK(!load__perf__perf_buffer(skel, 3, on_perf, NULL, NULL));
	CHECK(load__attach(skel) < 0);
	CHECK(skel->links.count_calls && !skel->links.nowhere);
	check_report(skel, "attach of program 'nowhere'");
	CHECK(load__on_packet__attach(skel, 12345, XDP_FLAGS_SKB_MODE) < 0);
	CHECK(load__on_filter__attach(skel, 12345, BPF_TC_EGRESS) < 0);
	check_report(skel, "attach of program 'on_filter'");
	CHECK(!load__on_filter__attach(skel, LOOPBACK, BPF_TC_EGRESS));
	load__destroy(skel);
}

static void *call(void *function)
{
	(*(void (**)(void))function)();
	return NULL;
}

/* Each in a thread of its own, whose report goes with it. */
static void repeat(void (*round)(void), unsigned int count)
{
	for (unsigned int i = 0; i < count; i++) {
		pthread_t thread;

		CHECK(!pthread_create(&thread, NULL, call, &round));
		CHECK(!pthread_join(thread, NULL));
	}
}

/* Pools have grown in the first half. */
static void leaves_nothing(void (*round)(void))
{
	int descriptors, mappings;
	size_t heap;

	repeat(round, 1);
	descriptors = count_descriptors();
	mappings = count_mappings();
	repeat(round, rounds / 2);
	heap = mallinfo2().uordblks;
	repeat(round, rounds / 2);
	/* Less than anything that is lost each time. */
	CHECK(mallinfo2().uordblks < heap + rounds / 2 * sizeof(void *));
	EQUAL(count_descriptors(), descriptors);
	EQUAL(count_mappings(), mappings);
}

#define LEAVES_NOTHING(round)           \
	static void round##_often(void) \
	{                               \
		leaves_nothing(round);  \
	}
LEAVES_NOTHING(succeed)
LEAVES_NOTHING(fail_to_open)
LEAVES_NOTHING(fail_to_load_program)
LEAVES_NOTHING(fail_to_load_map)
LEAVES_NOTHING(fail_to_attach)

static void *do_everything(void *unused)
{
	CHECK(!unshare(CLONE_NEWNET));
	for (unsigned int i = 0; i < rounds / 10 + 1; i++) {
		succeed();
		fail_to_open();
		fail_to_load_program();
		fail_to_attach();
	}
	return unused;
}

static void two_skeletons(void)
{
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		CHECK(!pthread_create(&threads[i], NULL, do_everything, NULL));
	for (int i = 0; i < 2; i++)
		CHECK(!pthread_join(threads[i], NULL));
}

static int is_updating;

static void *read_often(void *argument)
{
	struct load *skel = argument;

	do {
		struct load__numbers__cursor cursor = {0};
		struct load__numbered values[100], value;
		__u64 count = 0, cell;
		__u32 keys[100], key = 5;

		CHECK(!load__numbers__lookup(skel, &key, &value) && value.number == key);
		CHECK(load__numbers__for_each(skel, on_number, &count) == 64 && count == 64);
		CHECK(load__numbers__lookup_batch(skel, &cursor, keys, values, 100) == 64);
		CHECK(!load__cells__lookup(skel, 3, &cell) && cell == 7);
		CHECK(*load__cells__at(skel, 3) == 7);
		CHECK(load__per_run__get(skel) == RECORDS);
	} while (__atomic_load_n(&is_updating, __ATOMIC_RELAXED));
	return NULL;
}

/* While a third one writes what is there already, and gets events. */
static void two_readers(void)
{
	struct load *skel = load__open_and_load();
	pthread_t threads[2];
	__u64 records = 0;

	CHECK(skel);
	use_maps(skel);
	load__per_run__set(skel, RECORDS);
	is_updating = 1;
	CHECK(!load__ring__start(skel, on_ring, &records));
	for (int i = 0; i < 2; i++)
		CHECK(!pthread_create(&threads[i], NULL, read_often, skel));
	for (unsigned int i = 0; i < rounds; i++) {
		fill_numbers(skel);
		CHECK(!load__produce__test_run(skel, NULL, 0));
	}
	__atomic_store_n(&is_updating, 0, __ATOMIC_RELAXED);
	for (int i = 0; i < 2; i++)
		CHECK(!pthread_join(threads[i], NULL));
	CHECK(!load__ring__stop(skel));
	CHECK(records + load__refused__get(skel) == load__produced__get(skel));
	load__destroy(skel);
}

int main(int argc, char **argv)
{
	need_bpf();
	/* A thousand take two minutes: in ./check --all. */
	if (getenv("BPFBAKE_TEST_ROUNDS") && argc > 1)
		rounds = (unsigned int)strtoul(getenv("BPFBAKE_TEST_ROUNDS"), NULL, 10);
	else if (argc > 1)
		rounds = (unsigned int)strtoul(argv[1], NULL, 10);
	if (unshare(CLONE_NEWNET)) {
		printf("SKIP: no network namespace can be made: %s\n", strerror(errno));
		return 77;
	}
	/* What mallinfo2 tells of. */
	mallopt(M_ARENA_MAX, 1);
	libbpf_set_print(NULL);
	RUN(succeed_often);
	RUN(fail_to_open_often);
	RUN(fail_to_load_program_often);
	RUN(fail_to_load_map_often);
	RUN(fail_to_attach_often);
	RUN(two_skeletons);
	RUN(two_readers);
	return end_of_test();
}
