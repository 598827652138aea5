/* SPDX-License-Identifier: BSD-2-Clause */
/* attach, detach, and a program that is left out. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <unistd.h>

#include "attach.skel.h"
#include "kernel.h"

static void call(void)
{
	for (int i = 0; i < 100; i++)
		syscall(SYS_getppid);
}

static void one_left_out(void)
{
	struct attach *skel = attach__open();
	__u64 before;

	CHECK(skel);
	skel->rodata->only_pid = (__u32)getpid();
	CHECK(!bpf_program__set_autoload(skel->progs.btf, false));
	CHECK(!attach__load(skel));
	CHECK(!attach__attach(skel));
	CHECK(skel->links.raw && skel->links.tracepoint && !skel->links.btf);
	CHECK(attach__raw__attach(skel) == -EBUSY);
	call();
	CHECK(skel->bss->raw_calls >= 100 && skel->bss->tracepoint_calls >= 100);
	CHECK(skel->bss->btf_calls == 0);
	attach__detach(skel);
	CHECK(!skel->links.raw);
	before = skel->bss->raw_calls;
	call();
	CHECK(skel->bss->raw_calls == before);
	attach__destroy(skel);
}

/* In one step. */
static void all_of_them(void)
{
	struct attach *skel = attach__open_and_load();

	CHECK(skel);
	CHECK(!attach__attach(skel));
	CHECK(skel->links.btf);
	attach__destroy(skel);
}

int main(void)
{
	need_bpf();
	if (access("/sys/kernel/tracing/events", F_OK)) {
		puts("SKIP: no tracefs at /sys/kernel/tracing");
		return 77;
	}
	RUN(one_left_out);
	RUN(all_of_them);
	return end_of_test();
}
