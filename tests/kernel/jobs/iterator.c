/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine's processes, as lines that are read. */
#define _GNU_SOURCE
#include <sys/prctl.h>

#include "iterator.skel.h"
#include "jobs.h"

static void list_processes(struct iterator *skel)
{
	char wanted[64], line[64];
	int fd = iterator__list__read(skel);
	FILE *processes = fdopen(fd, "r");
	int count = 0, own = 0;

	CHECK(fd >= 0 && processes);
	CHECK(!prctl(PR_SET_NAME, "itself"));
	snprintf(wanted, sizeof(wanted), "%d itself\n", getpid());
	while (fgets(line, sizeof(line), processes)) {
		own += !strcmp(line, wanted);
		count++;
	}
	EQUAL(own, 1);
	CHECK(count > 1 && !fclose(processes));
}

int main(void)
{
	struct iterator *skel;

	need_bpf();
	need_kernel_btf();
	skel = iterator__open_and_load();
	CHECK(skel);
	RUN(list_processes, skel);
	iterator__destroy(skel);
	return end_of_test();
}
