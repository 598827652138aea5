/* SPDX-License-Identifier: BSD-2-Clause */
/* A process is watched while it has a map of its own. */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include "jobs.h"
#include "map_in_map.skel.h"

static void watch_a_process(struct map_in_map *skel)
{
	__u32 pid = (__u32)getpid(), call = SYS_getppid;
	__u64 count = 0;
	int calls = map_in_map__processes__create_inner(skel, "by_call", 512);

	CHECK(calls >= 0);
	CHECK(!map_in_map__processes__set(skel, &pid, calls));
	for (int i = 0; i < 3; i++)
		CHECK(getppid() > 0);
	CHECK(!map_in_map__processes__delete(skel, &pid));
	CHECK(getppid() > 0);

	/* The map lives for as long as somebody has it. */
	CHECK(!map_in_map__processes__inner__lookup_fd(calls, &call, &count));
	EQUAL(count, 3);
	CHECK(!close(calls));
}

int main(void)
{
	struct map_in_map *skel;

	need_bpf();
	skel = map_in_map__open_and_load();
	CHECK(skel && !map_in_map__attach(skel));
	RUN(watch_a_process, skel);
	map_in_map__destroy(skel);
	return end_of_test();
}
