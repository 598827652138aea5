/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls of the kernel's functions, counted in an array. */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include "jobs.h"
#include "kprobe.skel.h"

static __u64 calls(const struct kprobe *skel, enum kprobe__counter counter)
{
	__u64 count = 0;

	CHECK(!kprobe__calls__lookup(skel, counter, &count));
	return count;
}

static void count_entries(struct kprobe *skel)
{
	int error = kprobe__on_entry__attach(skel, "do_nanosleep");

	if (error)
		skip_without("kprobes", error);
	for (int i = 0; i < 3; i++)
		usleep(1);
	EQUAL(calls(skel, kprobe__ENTERED), 3);
	CHECK(!kprobe__on_entry__detach(skel));
	usleep(1);
	EQUAL(calls(skel, kprobe__ENTERED), 3);
}

static void count_returns_of_a_system_call(struct kprobe *skel)
{
	CHECK(!kprobe__on_getpgid_return__attach(skel));
	for (int i = 0; i < 5; i++)
		CHECK(getpgid(0) > 0);
	EQUAL(calls(skel, kprobe__RETURNED), 5);
	CHECK(!kprobe__on_getpgid_return__detach(skel));
	CHECK(getpgid(0) > 0);
	EQUAL(calls(skel, kprobe__RETURNED), 5);
}

int main(void)
{
	struct kprobe *skel;

	need_bpf();
	skel = kprobe__open();
	CHECK(skel);
	CHECK(!kprobe__only_pid__set(skel, (__u32)getpid()));
	CHECK(!kprobe__load(skel));
	RUN(count_entries, skel);
	RUN(count_returns_of_a_system_call, skel);
	kprobe__destroy(skel);
	return end_of_test();
}
