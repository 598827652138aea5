/* SPDX-License-Identifier: BSD-2-Clause */
/* A program of three sources: what they share is one, what is static is each one's own. */
#include "kernel.h"

#include "linked.skel.h"

static __u32 run(const struct bpf_program *program)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &opts));
	return opts.retval;
}

static void constants(struct linked *skel)
{
	EQUAL(linked__MAX_COUNTS, 16);
#ifdef linked__STEP
	CHECK(!"a constant that is another one in each source");
#endif
	EQUAL(skel->rodata->limit, 10);
}

/* hits is 1 in main.bpf.c and 1000 in lib/store.bpf.c. */
static void one_run(struct linked *skel)
{
	struct linked__count count = {0};
	__u32 key = 3;

	EQUAL(run(skel->progs.first), 0);
	EQUAL(skel->bss->own, 3);
	EQUAL(skel->bss->total, 1010);
	EQUAL(skel->bss->decided, 3);
	CHECK(skel->bss->version == skel->kconfig->LINUX_KERNEL_VERSION);
	CHECK(!linked__counts__lookup(skel, &key, &count));
	EQUAL(count.times, 1);
	EQUAL(count.key, 3);
}

static int n_events;

static int on_event(void *context, const struct linked__event *event, size_t size)
{
	const struct linked *skel = context;

	CHECK(size == sizeof(*event));
	EQUAL(event->key, 99);
	EQUAL(event->total, 1010);
	CHECK(event->version == (__u32)skel->kconfig->LINUX_KERNEL_VERSION);
	n_events++;
	return 0;
}

/* To the program of another source, which sends through the map of the first. */
static void tail_call(struct linked *skel)
{
	struct ring_buffer *ring = linked__events__ring_buffer(skel, on_event, skel);

	CHECK(ring);
	EQUAL(run(skel->progs.jump), 0);
	CHECK(!linked__stages__set(skel, 1, skel->progs.last));
	EQUAL(run(skel->progs.jump), 42);
	CHECK(ring_buffer__consume(ring) == 1);
	EQUAL(n_events, 1);
	ring_buffer__free(ring);
}

/* The variable of the first decides what a function of the second says. */
static void shared_constant(void)
{
	struct linked *skel = linked__open();

	CHECK(skel);
	skel->rodata->limit = 2;
	CHECK(!linked__load(skel));
	EQUAL(run(skel->progs.first), 0);
	EQUAL(skel->bss->decided, 2);
	linked__destroy(skel);
}

int main(void)
{
	struct linked *skel;

	need_bpf();
	skel = linked__open_and_load();
	if (!skel)
		linked__report(NULL, stdout);
	CHECK(skel);
	RUN(constants, skel);
	RUN(one_run, skel);
	RUN(tail_call, skel);
	linked__destroy(skel);
	RUN(shared_constant);
	return end_of_test();
}
