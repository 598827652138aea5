/* SPDX-License-Identifier: BSD-2-Clause */
/* A process that cannot be killed. */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/wait.h>

#include "jobs.h"
#include "lsm.skel.h"

static void protect_a_process(struct lsm *skel)
{
	pid_t child = fork(); /* before there is a link, which it would keep */
	int status = 0, error;

	if (child == 0)
		pause();
	CHECK(child > 0);
	CHECK(!lsm__protected_pid__set(skel, (__u32)child));
	error = lsm__on_kill__attach(skel);
	if (error) {
		kill(child, SIGKILL);
		skip_without("LSM programs", error);
	}
	CHECK(kill(child, SIGKILL) && errno == EPERM);
	EQUAL(lsm__refused__get(skel), 1);
	CHECK(waitpid(child, &status, WNOHANG) == 0);

	CHECK(!lsm__on_kill__detach(skel));
	CHECK(!kill(child, SIGKILL) && waitpid(child, &status, 0) == child);
	EQUAL(WTERMSIG(status), SIGKILL);
}

int main(void)
{
	struct lsm *skel;

	need_bpf();
	need_kernel_btf();
	skel = lsm__open_and_load();
	if (!skel)
		skip_without("LSM programs", -errno);
	RUN(protect_a_process, skel);
	lsm__destroy(skel);
	return end_of_test();
}
