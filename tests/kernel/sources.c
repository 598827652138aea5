/* SPDX-License-Identifier: BSD-2-Clause */
/* Records whose types come from the calls in the source, by the generated functions alone. */
#include "kernel.h"
#include "sources.skel.h"

static struct sources *skel;

static void run(const struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &options));
}

static int on_step(void *ctx, const struct sources__step *step, size_t size)
{
	CHECK(size == sizeof(*step) && size == 1 + 4 + 8 + 8 + 8 + 6);
	CHECK(step->kind == 5 && step->depth == 17);
	CHECK(step->direction == sources__STEP_IN);
	EQUAL(step->address, 0x1122334455667788);
	CHECK(step->low == (__u32)step->address || step->high == (__u32)step->address);
	EQUAL(step->request, 4096);
	EQUAL(step->elapsed, -2);
	CHECK(step->tail[0] == 1 && step->tail[1] == 2 && step->tail[2] == 3);
	++*(int *)ctx;
	return 0;
}

static int on_request(void *ctx, const struct sources__request *request, size_t size)
{
	CHECK(size == sizeof(*request));
	CHECK((request->id == 9 || request->id == 10) && !strcmp(request->text, "request"));
	++*(int *)ctx;
	return 0;
}

static int on_longer_request(void *ctx, const struct sources__request *request, size_t size)
{
	CHECK(size == sizeof(*request) + 4);
	CHECK(request->id == 9);
	++*(int *)ctx;
	return 0;
}

static int on_unnamed(void *ctx, const struct sources__other_passed__event *event, size_t size)
{
	CHECK(size == sizeof(*event) && event->number == 21);
	++*(int *)ctx;
	return 0;
}

static int on_any(void *ctx, const void *event, size_t size)
{
	const struct sources__two__event *other = event;
	const struct sources__request *request = event;

	CHECK(size == sizeof(*other) ? other->number == 21 : request->id == 9);
	++*(int *)ctx;
	return 0;
}

static void rings(void)
{
	int steps = 0, requests = 0, longer = 0, others = 0, any = 0;
	struct ring_buffer *buffer = sources__local__ring_buffer(skel, on_step, &steps);

	CHECK(buffer);
	CHECK(!sources__passed__ring_buffer_add(skel, buffer, on_request, &requests));
	CHECK(!sources__compat__ring_buffer_add(skel, buffer, on_request, &requests));
	CHECK(!sources__dynamic__ring_buffer_add(skel, buffer, on_longer_request, &longer));
	CHECK(!sources__other_passed__ring_buffer_add(skel, buffer, on_unnamed, &others));
	CHECK(!sources__two__ring_buffer_add(skel, buffer, on_any, &any));
	run(skel->progs.emit);
	while (ring_buffer__consume(buffer) > 0)
		;
	CHECK(steps == 1 && requests == 2 && longer == 1 && others == 1 && any == 2);
	ring_buffer__free(buffer);
}

static void on_perf(void *ctx, int cpu, const struct sources__request *request, __u32 size)
{
	CHECK(cpu >= 0 && size >= sizeof(*request) && request->id == 12);
	++*(int *)ctx;
}

static void perf(void)
{
	int seen = 0;
	struct perf_buffer *buffer = sources__perf__perf_buffer(skel, 1, on_perf, NULL, &seen);

	CHECK(buffer);
	for (int i = 0; i < 3; i++)
		run(skel->progs.emit_perf);
	while (perf_buffer__poll(buffer, 0) > 0)
		;
	CHECK(seen == 3);
	perf_buffer__free(buffer);
}

static void commands(void)
{
	struct user_ring_buffer *buffer = sources__commands__user_ring_buffer(skel);
	struct sources__command *command = sources__commands__reserve(buffer);

	CHECK(bpf_program__fd(skel->progs.drain) >= 0);
	CHECK(command);
	command->factor = 6;
	command->number = 7;
	sources__commands__submit(buffer, command);
	run(skel->progs.drain);
	EQUAL(sources__received__get(skel), 42);
	user_ring_buffer__free(buffer);
}

/* Without `drain` where the kernel has no callbacks, which need a JIT. */
static void load(void)
{
	skel = sources__open_and_load();
	if (skel)
		return;
	skel = sources__open();
	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.drain, false));
	CHECK(!sources__load(skel));
}

int main(void)
{
	need_bpf();
	_Static_assert(sources__VERSION == 3 && sizeof(sources__PRODUCT) == sizeof("sources/3"),
		       "");
	CHECK(*(const unsigned char *)&(const __u16){sources__PORT} == 443 >> 8);
	load();
	RUN(rings);
	RUN(perf);
	RUN(commands);
	sources__destroy(skel);
	return end_of_test();
}
