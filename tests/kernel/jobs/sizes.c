/* SPDX-License-Identifier: BSD-2-Clause */
/* A map that becomes larger, and one that two skeletons share. */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include "jobs.h"
#include "sizes.skel.h"

static void watch(struct sizes *skel, __u32 call)
{
	CHECK(!sizes__calls__update(skel, &call, &(__u64){0}, BPF_NOEXIST));
}

static void more_entries(void)
{
	struct sizes *skel = sizes__open();
	__u32 fourth = SYS_read;
	__u64 none = 0;

	CHECK(skel);
	CHECK(!sizes__calls__set_max_entries(skel, 3));
	CHECK(!sizes__load(skel));
	watch(skel, SYS_getppid);
	watch(skel, SYS_getpgid);
	watch(skel, SYS_write);
	EQUAL(sizes__calls__update(skel, &fourth, &none, BPF_NOEXIST), -E2BIG);
	EQUAL(sizes__calls__set_max_entries(skel, 4), -EBUSY);
	sizes__destroy(skel);
}

static void one_map_for_two(void)
{
	struct sizes *first = sizes__open_and_load(), *second = sizes__open();
	__u32 call = SYS_getppid;
	__u64 count = 0;

	CHECK(first && second);
	CHECK(!sizes__only_pid__set(second, (__u32)getpid()));
	CHECK(!sizes__calls__reuse_fd(second, sizes__calls__fd(first)));
	CHECK(!sizes__load(second) && !sizes__attach(second));
	watch(first, call);
	CHECK(getppid() > 0);
	CHECK(!sizes__calls__lookup(first, &call, &count));
	EQUAL(count, 1);
	sizes__destroy(second);
	sizes__destroy(first);
}

static void another_map(void)
{
	struct sizes *skel = sizes__open();
	int other = bpf_map_create(BPF_MAP_TYPE_HASH, "other", 4, 4, 1, NULL);

	CHECK(skel && other >= 0);
	EQUAL(sizes__calls__reuse_fd(skel, other), -EINVAL);
	CHECK(!close(other));
	sizes__destroy(skel);
}

int main(void)
{
	need_bpf();
	RUN(more_entries);
	RUN(one_map_for_two);
	RUN(another_map);
	return end_of_test();
}
