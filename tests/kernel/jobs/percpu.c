/* SPDX-License-Identifier: BSD-2-Clause */
/* A counter for each CPU, read at once. */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include "jobs.h"
#include "percpu.skel.h"

#define MAX_CPUS CPU_SETSIZE

static void call_on(int cpu, int times)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	CHECK(!sched_setaffinity(0, sizeof(one), &one));
	for (int i = 0; i < times; i++)
		CHECK(getppid() > 0);
}

static void count_on_each(struct percpu *skel)
{
	static __u64 values[MAX_CPUS];
	int cpus = percpu__calls__cpus(skel);
	cpu_set_t allowed;

	CHECK(cpus > 0 && cpus <= MAX_CPUS);
	CHECK(!sched_getaffinity(0, sizeof(allowed), &allowed));
	for (int cpu = 0; cpu < cpus; cpu++)
		if (CPU_ISSET(cpu, &allowed))
			call_on(cpu, 10 + cpu);

	CHECK(!percpu__calls__lookup_percpu(skel, 0, values, MAX_CPUS));
	for (int cpu = 0; cpu < cpus; cpu++)
		EQUAL(values[cpu], CPU_ISSET(cpu, &allowed) ? 10 + cpu : 0);
}

int main(void)
{
	struct percpu *skel;

	need_bpf();
	skel = percpu__open();
	CHECK(skel);
	CHECK(!percpu__only_pid__set(skel, (__u32)getpid()));
	CHECK(!percpu__only_call__set(skel, SYS_getppid));
	CHECK(!percpu__load(skel) && !percpu__attach(skel));
	RUN(count_on_each, skel);
	percpu__destroy(skel);
	return end_of_test();
}
