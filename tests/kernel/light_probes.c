/* SPDX-License-Identifier: BSD-2-Clause */
/* Probes of light skeletons, by perf_event_open(2) and links. */
#define _GNU_SOURCE
#include <stdint.h>
#include <unistd.h>

#include "kernel.h"
#include "light_probes.skel.h"

static struct light_probes *skel;

void probed(void);

__attribute__((noinline)) void probed(void)
{
	__asm__ volatile("");
}

static void kernel_functions(void)
{
	CHECK(light_probes__on_entry__attach(skel, "no_such_function_at_all") < 0);
	MAY_BE_REFUSED(light_probes__on_entry__attach(skel, "do_nanosleep"));
	CHECK(light_probes__on_entry__attach(skel, "do_nanosleep") == -EBUSY);
	/* That of the section. */
	CHECK(!light_probes__attach(skel));
	for (int i = 0; i < 3; i++)
		usleep(1);
	EQUAL(light_probes__entered__get(skel), 3);
	EQUAL(light_probes__returned__get(skel), 3);
	light_probes__detach(skel);
	usleep(1);
	EQUAL(light_probes__entered__get(skel), 3);
}

/* Where in its file the function is. */
static size_t file_offset(uintptr_t address)
{
	FILE *maps = fopen("/proc/self/maps", "r");
	unsigned long start, end, offset;
	size_t result = 0;

	CHECK(maps);
	while (!result && fscanf(maps, "%lx-%lx %*s %lx%*[^\n]", &start, &end, &offset) == 3) {
		if (address >= start && address < end)
			result = address - start + offset;
	}
	fclose(maps);
	CHECK(result);
	return result;
}

static void functions_of_this_program(void)
{
	size_t offset = file_offset((uintptr_t)probed);
	char path[4096] = "";

	CHECK(readlink("/proc/self/exe", path, sizeof(path) - 1) > 0);
	CHECK(light_probes__on_call__attach(skel, 0, "/no/such/file", offset) == -ENOENT);
	MAY_BE_REFUSED(light_probes__on_call__attach(skel, 0, path, offset));
	CHECK(!light_probes__on_end__attach(skel, -1, path, offset));
	for (int i = 0; i < 5; i++)
		probed();
	EQUAL(light_probes__called__get(skel), 5);
	EQUAL(light_probes__finished__get(skel), 5);
	CHECK(!light_probes__on_call__detach(skel));
	probed();
	EQUAL(light_probes__called__get(skel), 5);
	EQUAL(light_probes__finished__get(skel), 6);
	light_probes__detach(skel);
}

int main(void)
{
	int error;

	need_bpf();
	skel = light_probes__open();
	CHECK(skel);
	CHECK(!light_probes__wanted_pid__set(skel, (__u32)getpid()));
	error = light_probes__load(skel);
	light_probes__report(skel, stdout);
	CHECK(!error);
	RUN(kernel_functions);
	RUN(functions_of_this_program);
	light_probes__destroy(skel);
	return end_of_test();
}
