/* SPDX-License-Identifier: BSD-2-Clause */
/* Who had which child last. */
#define _GNU_SOURCE
#include <sys/prctl.h>
#include <sys/wait.h>

#include "jobs.h"
#include "tracepoint.skel.h"

static pid_t make_child(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	CHECK(child > 0 && waitpid(child, NULL, 0) == child);
	return child;
}

static void find_the_child(struct tracepoint *skel)
{
	__u32 parent = (__u32)getpid();
	struct tracepoint__child child;
	pid_t pid;

	CHECK(!prctl(PR_SET_NAME, "parent"));
	CHECK(!tracepoint__on_new_task__attach(skel));
	pid = make_child();
	CHECK(!tracepoint__children__lookup(skel, &parent, &child));
	EQUAL(child.pid, pid);
	CHECK(!strcmp(child.command, "parent"));

	CHECK(!tracepoint__on_new_task__detach(skel));
	make_child();
	CHECK(!tracepoint__children__lookup(skel, &parent, &child));
	EQUAL(child.pid, pid);
}

int main(void)
{
	struct tracepoint *skel;

	need_bpf();
	skel = tracepoint__open_and_load();
	CHECK(skel);
	RUN(find_the_child, skel);
	tracepoint__destroy(skel);
	return end_of_test();
}
