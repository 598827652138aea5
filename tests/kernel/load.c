/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbered records through buffers of several sizes: a consumer that keeps up gets each of them,
 * and one that does not gets all but those that the kernel counts as lost. load [EVENTS]: how many
 * there are.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <unistd.h>

#include "kernel.h"
#include "load.skel.h"

#define MOST_PER_RUN 200
#define MAX_CPUS     1024
#define PAGE         4096
/* Bytes in a ring buffer, with its header; in a perf buffer with header and size, rounded up to 8.
 */
#define RING_RECORD (8 + sizeof(struct load__numbered))
#define PERF_RECORD (16 + sizeof(struct load__numbered))

/* By default what an emulated machine, which may have no JIT, can do in its time. */
static __u64 events = 30000;

static struct load *skel;

/* What the consumer got. */
static struct received {
	__u64 records __attribute__((aligned(8))); /* atomic */
	__u64 sum, lost;
	__u64 next[MAX_CPUS]; /* the smallest number that may still come from this CPU */
	int is_slow;
} received;

static void receive(int cpu, const struct load__numbered *event)
{
	CHECK(event->inverse == ~event->number);
	CHECK(event->number >= received.next[cpu]);
	received.next[cpu] = event->number + 1;
	received.sum += event->number;
	/* There is a loss at the start, and some more later. */
	while (received.is_slow && load__refused__get(skel) == 0)
		usleep(1000);
	if (received.is_slow && event->number % 4096 == 0)
		usleep(1000);
	__atomic_add_fetch(&received.records, 1, __ATOMIC_RELEASE);
}

static int on_ring(void *ctx, const struct load__numbered *event, size_t size)
{
	CHECK(!ctx && size == sizeof(*event));
	receive(0, event);
	return 0;
}

static void on_perf(void *ctx, int cpu, const struct load__numbered *event, __u32 size)
{
	CHECK(!ctx && cpu >= 0 && cpu < MAX_CPUS && size >= sizeof(*event));
	receive(cpu, event);
}

static void on_lost(void *ctx, int cpu, __u64 count)
{
	CHECK(!ctx && cpu >= 0);
	received.lost += count;
}

static __u64 count_received(void)
{
	return __atomic_load_n(&received.records, __ATOMIC_ACQUIRE);
}

static void run_ring(__u32 count)
{
	load__per_run__set(skel, count);
	CHECK(!load__produce__test_run(skel, NULL, 0));
}

static void run_perf(__u32 count)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);

	load__per_run__set(skel, count);
	CHECK(!load__produce_perf__test_run(skel, &options));
}

/* Until there are so many. */
static void produce(void (*run)(__u32 count), __u64 end)
{
	while (load__produced__get(skel) < end) {
		__u64 left = end - load__produced__get(skel);

		run(left < MOST_PER_RUN ? (__u32)left : MOST_PER_RUN);
	}
}

static void produce_more(void (*run)(__u32 count), __u64 count)
{
	__u64 end = load__produced__get(skel) + count;

	produce(run, end < events ? end : events);
}

/* As a producer that waits for the consumer's thread. */
static void produce_for_thread(void (*run)(__u32 count), __u64 room)
{
	while (load__produced__get(skel) < events) {
		__u64 waiting = load__produced__get(skel) - count_received();

		/* A record that was just received still takes its room. */
		if (waiting > room / 2)
			sched_yield();
		else
			produce_more(run, room - waiting - 1);
	}
}

static void check_all(void)
{
	EQUAL(load__produced__get(skel), events);
	EQUAL(received.records, events);
	EQUAL(received.sum, events * (events - 1) / 2);
	EQUAL(load__refused__get(skel), 0);
}

static void check_losses(void)
{
	__u64 refused = load__refused__get(skel);

	CHECK(received.records > 0 && refused > 0);
	EQUAL(received.records, load__produced__get(skel) - refused);
}

static void open_with(__u32 ring_size)
{
	memset(&received, 0, sizeof(received));
	skel = load__open();
	CHECK(skel);
	CHECK(!load__ring__set_max_entries(skel, ring_size));
	CHECK(!load__load(skel));
	EQUAL(bpf_map__max_entries(skel->maps.ring), ring_size);
}

static void ring_polled(__u32 size)
{
	const __u64 room = (size - 1) / RING_RECORD;
	struct ring_buffer *buffer;

	open_with(size);
	buffer = load__ring__ring_buffer(skel, on_ring, NULL);
	CHECK(buffer);
	while (load__produced__get(skel) < events) {
		produce_more(run_ring, room);
		CHECK(ring_buffer__poll(buffer, 10000) > 0);
		CHECK(count_received() == load__produced__get(skel));
	}
	ring_buffer__free(buffer);
	check_all();
	load__destroy(skel);
}

static void ring_started(__u32 size)
{
	open_with(size);
	CHECK(!load__ring__start(skel, on_ring, NULL));
	produce_for_thread(run_ring, (size - 1) / RING_RECORD);
	CHECK(!load__ring__stop(skel));
	check_all();
	load__destroy(skel);
}

/* Polled when about twice as much was sent as finds room. */
static void ring_polled_late(__u32 size)
{
	const __u64 twice = 2 * size / RING_RECORD;
	struct ring_buffer *buffer;

	open_with(size);
	buffer = load__ring__ring_buffer(skel, on_ring, NULL);
	CHECK(buffer);
	for (__u64 end = twice; end < events + twice; end += twice) {
		produce(run_ring, end);
		CHECK(ring_buffer__poll(buffer, 10000) > 0);
	}
	ring_buffer__free(buffer);
	check_losses();
	load__destroy(skel);
}

static void ring_started_slow(__u32 size)
{
	open_with(size);
	received.is_slow = 1;
	CHECK(!load__ring__start(skel, on_ring, NULL));
	produce(run_ring, events + 2 * size / RING_RECORD);
	CHECK(!load__ring__stop(skel));
	check_losses();
	load__destroy(skel);
}

static void perf_polled(void)
{
	const size_t pages = 8;
	struct perf_buffer *buffer;

	open_with(PAGE);
	buffer = load__perf__perf_buffer(skel, pages, on_perf, on_lost, NULL);
	CHECK(buffer);
	while (load__produced__get(skel) < events) {
		produce_more(run_perf, pages * PAGE / PERF_RECORD - 1);
		while (count_received() < load__produced__get(skel))
			CHECK(perf_buffer__poll(buffer, 10000) > 0);
	}
	perf_buffer__free(buffer);
	check_all();
	CHECK(received.lost == 0 && load__perf__lost_records(skel) == 0);
	load__destroy(skel);
}

static void perf_started(void)
{
	open_with(PAGE);
	CHECK(!load__perf__start(skel, on_perf, NULL));
	produce_for_thread(run_perf, 64 * PAGE / PERF_RECORD);
	CHECK(!load__perf__stop(skel));
	check_all();
	CHECK(load__perf__lost_records(skel) == 0);
	load__destroy(skel);
}

/* Into the buffer of each CPU a record that finds room, with which the kernel tells of losses. */
static void flush(void)
{
	for (int cpu = 0; cpu < libbpf_num_possible_cpus(); cpu++) {
		LIBBPF_OPTS(bpf_test_run_opts, options, .flags = BPF_F_TEST_RUN_ON_CPU,
			    .cpu = (__u32)cpu);
		__u64 refused;
		int err;

		load__per_run__set(skel, 1);
		do {
			refused = load__refused__get(skel);
			err = load__produce_perf__test_run(skel, &options);
			CHECK(!err || err == -ENXIO); /* that CPU is off */
		} while (load__refused__get(skel) != refused);
	}
}

static void perf_polled_late(void)
{
	struct perf_buffer *buffer;

	open_with(PAGE);
	buffer = load__perf__perf_buffer(skel, 1, on_perf, on_lost, NULL);
	CHECK(buffer);
	for (__u64 end = MOST_PER_RUN; end <= events; end += MOST_PER_RUN) {
		produce(run_perf, end);
		CHECK(!perf_buffer__consume(buffer));
	}
	flush();
	CHECK(!perf_buffer__consume(buffer));
	perf_buffer__free(buffer);
	check_losses();
	EQUAL(received.lost, load__refused__get(skel));
	EQUAL(load__perf__lost_records(skel), load__refused__get(skel));
	load__destroy(skel);
}

static void perf_started_slow(void)
{
	open_with(PAGE);
	received.is_slow = 1;
	CHECK(!load__perf__start(skel, on_perf, NULL));
	produce(run_perf, events);
	flush();
	CHECK(!load__perf__stop(skel));
	check_losses();
	EQUAL(load__perf__lost_records(skel), load__refused__get(skel));
	load__destroy(skel);
}

int main(int argc, char **argv)
{
	need_bpf();
	if (argc > 1)
		events = strtoull(argv[1], NULL, 10);
	for (__u32 size = PAGE; size <= 16 << 20; size *= 16) {
		RUN(ring_polled, size);
		RUN(ring_started, size);
		if (size > events * RING_RECORD)
			continue;
		RUN(ring_polled_late, size);
		RUN(ring_started_slow, size);
	}
	RUN(perf_polled);
	RUN(perf_started);
	RUN(perf_polled_late);
	RUN(perf_started_slow);
	return end_of_test();
}
