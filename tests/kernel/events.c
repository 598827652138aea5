/* SPDX-License-Identifier: BSD-2-Clause */
/* Records by the generated functions alone. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <unistd.h>

#include "events.skel.h"
#include "kernel.h"

#define A_MILLION 1000000

static struct events *skel;

static void run(const struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &options));
}

struct counts {
	__u64 records __attribute__((aligned(8))); /* atomic */
	__u64 last, sum;
	size_t size;
	int answer, stop_answer;
};

static int on_numbered(void *ctx, const struct events__numbered *event, size_t size)
{
	struct counts *counts = ctx;

	CHECK((uintptr_t)event % __alignof__(*event) == 0);
	/* Each once, in order. */
	CHECK(size > sizeof(*event) || event->number == counts->records);
	counts->records++;
	counts->last = event->number;
	counts->size = size;
	return counts->answer;
}

static int on_wide(void *ctx, const struct events__wide *event, size_t size)
{
	struct counts *counts = ctx;

	CHECK((uintptr_t)event % 8 == 0 && size == sizeof(*event));
	CHECK(event->number == 7 && event->values[19] == 8);
	counts->records++;
	return 0;
}

static int on_anything(void *ctx, const void *event, size_t size)
{
	struct counts *counts = ctx;
	__u32 number;

	CHECK(size >= sizeof(number));
	memcpy(&number, event, sizeof(number));
	counts->records++;
	counts->sum += size == sizeof(struct events__numbered)
			       ? ((const struct events__numbered *)event)->number
			       : number;
	return 0;
}

static void several_maps_in_one_buffer(void)
{
	struct counts wide = {0}, untyped = {0}, mixed = {0}, numbered = {0};
	struct ring_buffer *buffer = events__wide_ring__ring_buffer(skel, on_wide, &wide);

	CHECK(buffer);
	CHECK(!events__untyped__ring_buffer_add(skel, buffer, on_anything, &untyped));
	CHECK(!events__mixed__ring_buffer_add(skel, buffer, on_anything, &mixed));
	CHECK(!events__ring__ring_buffer_add(skel, buffer, on_numbered, &numbered));
	run(skel->progs.emit_one_each);
	run(skel->progs.emit_one_each);
	CHECK(ring_buffer__poll(buffer, 1000) > 0);
	while (ring_buffer__consume(buffer) > 0)
		;
	CHECK(wide.records == 2);
	CHECK(untyped.records == 2 && untyped.sum == 20);
	CHECK(mixed.records == 4 && mixed.sum == 2 * (9 + 10));
	CHECK(numbered.records == 2 && numbered.size == sizeof(struct events__wide));
	CHECK(events__ring__short_records(skel) == 2);
	CHECK(events__wide_ring__short_records(skel) == 0);
	ring_buffer__free(buffer);
}

static void a_million(void)
{
	struct counts counts = {0};

	CHECK(!events__ring__start(skel, on_numbered, &counts));
	CHECK(events__ring__start(skel, on_numbered, &counts) == -EBUSY);
	while (skel->bss->submitted < A_MILLION)
		run(skel->progs.emit);
	/* Those of which nobody was told must come too. */
	skel->bss->flags = BPF_RB_NO_WAKEUP;
	for (int i = 0; i < 5; i++)
		run(skel->progs.emit);
	CHECK(!events__ring__stop(skel));
	skel->bss->flags = 0;
	EQUAL(counts.records, skel->bss->submitted);
	CHECK(counts.records >= A_MILLION);
	CHECK(!events__ring__stop(skel));
}

static int stop_within(void *ctx, const struct events__numbered *event, size_t size)
{
	struct counts *counts = ctx;

	(void)event, (void)size;
	counts->stop_answer = events__ring__stop(skel);
	return -EXDEV;
}

static void the_callback_ends_the_thread(void)
{
	struct counts counts = {0};

	CHECK(!events__ring__start(skel, stop_within, &counts));
	run(skel->progs.emit);
	CHECK(events__ring__stop(skel) == -EXDEV);
	CHECK(counts.stop_answer == -EDEADLK);
}

static volatile int is_producing;

static void *produce(void *unused)
{
	while (__atomic_load_n(&is_producing, __ATOMIC_RELAXED))
		run(skel->progs.emit);
	return unused;
}

static int on_any_number(void *ctx, const struct events__numbered *event, size_t size)
{
	(void)event, (void)size;
	__atomic_add_fetch(&((struct counts *)ctx)->records, 1, __ATOMIC_RELAXED);
	return 0;
}

/* stop ends, although records never do. */
static void stop_under_load(void)
{
	static struct counts counts;
	pthread_t producer;

	is_producing = 1;
	CHECK(!events__ring__start(skel, on_any_number, &counts));
	CHECK(!pthread_create(&producer, NULL, produce, NULL));
	for (int i = 0; i < 20; i++) {
		usleep(5000);
		CHECK(!events__ring__stop(skel));
		CHECK(!events__ring__start(skel, on_any_number, &counts));
	}
	__atomic_store_n(&is_producing, 0, __ATOMIC_RELAXED);
	CHECK(!pthread_join(producer, NULL));
	CHECK(__atomic_load_n(&counts.records, __ATOMIC_RELAXED) > 0);
	/* events__destroy stops this one. */
}

static void on_perf(void *ctx, int cpu, const struct events__numbered *event, __u32 size)
{
	struct counts *counts = ctx;

	CHECK((uintptr_t)event % 8 == 0 && cpu >= 0 && size >= sizeof(*event));
	CHECK(event->number == 11 && !strcmp(event->text, "perf"));
	counts->records++;
}

static void on_lost(void *ctx, int cpu, __u64 count)
{
	struct counts *counts = ctx;

	CHECK(cpu >= 0);
	counts->sum += count;
}

static void perf(void)
{
	struct counts counts = {0}, threaded = {0};
	struct perf_buffer *buffer = events__perf__perf_buffer(skel, 1, on_perf, on_lost, &counts);

	CHECK(buffer);
	for (int i = 0; i < 5; i++)
		run(skel->progs.emit_perf);
	CHECK(perf_buffer__poll(buffer, 1000) > 0);
	while (perf_buffer__poll(buffer, 0) > 0)
		;
	CHECK(counts.records == 5 && events__perf__short_records(skel) == 5);
	/* More than a page holds: what is lost is told. */
	for (int i = 0; i < 1000; i++)
		run(skel->progs.emit_perf);
	while (perf_buffer__poll(buffer, 0) > 0)
		;
	run(skel->progs.emit_perf);
	while (perf_buffer__poll(buffer, 0) > 0)
		;
	CHECK(counts.sum > 0 && events__perf__lost_records(skel) == counts.sum);
	perf_buffer__free(buffer);

	CHECK(!events__perf__start(skel, on_perf, &threaded));
	for (int i = 0; i < 100; i++)
		run(skel->progs.emit_perf);
	CHECK(!events__perf__stop(skel));
	EQUAL(threaded.records, 100);
}

static void user_ring(void)
{
	struct user_ring_buffer *buffer = events__commands__user_ring_buffer(skel);
	struct events__other *command;

	CHECK(bpf_program__fd(skel->progs.drain) >= 0);
	CHECK(buffer);
	for (__u32 i = 1; i <= 3; i++) {
		command = events__commands__reserve(buffer);
		CHECK(command);
		command->number = i;
		if (i == 2)
			events__commands__discard(buffer, command);
		else
			events__commands__submit(buffer, command);
	}
	run(skel->progs.drain);
	EQUAL(skel->bss->drained, 1 + 3);
	user_ring_buffer__free(buffer);
}

/* Without `drain` where the kernel has no callbacks, which need a JIT. */
static void load(void)
{
	skel = events__open_and_load();
	if (skel)
		return;
	skel = events__open();
	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.drain, false));
	CHECK(!events__load(skel));
}

int main(void)
{
	need_bpf();
	load();
	RUN(several_maps_in_one_buffer);
	RUN(a_million);
	RUN(the_callback_ends_the_thread);
	RUN(perf);
	RUN(user_ring);
	RUN(stop_under_load);
	events__destroy(skel);
	return end_of_test();
}
