/* SPDX-License-Identifier: BSD-2-Clause */
/* How long a function of this program takes. */
#define _GNU_SOURCE
#include "jobs.h"
#include "uprobe.skel.h"

void work(unsigned int microseconds);

__attribute__((noinline)) void work(unsigned int microseconds)
{
	usleep(microseconds);
}

static void time_a_function(struct uprobe *skel)
{
	const char *program = "/proc/self/exe";
	const struct uprobe__latency *latency;

	CHECK(!uprobe__on_entry__attach(skel, 0, program, "work"));
	CHECK(!uprobe__on_return__attach(skel, 0, program, "work"));
	work(1000);
	work(2000);
	work(50000);
	uprobe__detach(skel);
	work(1000);

	latency = uprobe__latency__get(skel);
	EQUAL(latency->calls, 3);
	CHECK(latency->total >= 53000000 && latency->longest >= 50000000);
	CHECK(latency->longest < latency->total);
}

static void no_such_function(struct uprobe *skel)
{
	EQUAL(uprobe__on_entry__attach(skel, 0, "/proc/self/exe", "rest"), -ENOENT);
}

int main(void)
{
	struct uprobe *skel;

	need_bpf();
	skel = uprobe__open_and_load();
	CHECK(skel);
	RUN(time_a_function, skel);
	RUN(no_such_function, skel);
	uprobe__destroy(skel);
	return end_of_test();
}
