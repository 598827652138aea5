/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables that are set before load and changed after it. */
#define _GNU_SOURCE
#include <sys/syscall.h>

#include "jobs.h"
#include "settings.skel.h"

static void call(int times)
{
	for (int i = 0; i < times; i++)
		CHECK(getppid() > 0);
}

static void set_before_and_after(void)
{
	__u32 watched[settings__watched__COUNT] = {SYS_getpgid, SYS_getppid};
	struct settings *skel = settings__open();

	CHECK(skel);
	CHECK(!settings__only_pid__set(skel, (__u32)getpid()));
	CHECK(!settings__watched__set(skel, watched));
	CHECK(!settings__load(skel) && !settings__attach(skel));
	EQUAL(settings__only_pid__set(skel, 1), -EBUSY);
	call(3);
	EQUAL(settings__calls__get(skel), 3);

	CHECK(!settings__is_on__set(skel, false));
	call(3);
	EQUAL(settings__calls__get(skel), 3);

	watched[1] = 0;
	CHECK(!settings__watched__set(skel, watched) && !settings__is_on__set(skel, true));
	call(3);
	EQUAL(settings__watched__get(skel)[0], SYS_getpgid);
	EQUAL(settings__calls__get(skel), 3);

	CHECK(!settings__calls__set(skel, 0));
	CHECK(getpgid(0) > 0);
	EQUAL(settings__calls__get(skel), 1);
	settings__destroy(skel);
}

int main(void)
{
	need_bpf();
	RUN(set_before_and_after);
	return end_of_test();
}
