/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that was compiled against a slice of the kernel's types, and against all of them: both
 * load, and this kernel answers them alike. */
#include <unistd.h>

#include "kernel.h"
#include "lean_slice.skel.h"
#include "lean_whole.skel.h"

static void same_answers(void)
{
	struct lean_slice *slice = lean_slice__open_and_load();
	struct lean_whole *whole = lean_whole__open_and_load();
	const __u64 *ours, *theirs;

	CHECK(slice && whole);
	CHECK(!lean_slice__attach(slice) && !lean_whole__attach(whole));
	CHECK(getppid() >= 0);
	lean_slice__detach(slice);
	lean_whole__detach(whole);
	ours = lean_slice__answers__get(slice);
	theirs = lean_whole__answers__get(whole);
	/* The state of the task, which is running. */
	for (size_t i = 1; i < lean_slice__answers__COUNT; i++)
		EQUAL(ours[i], theirs[i]);
	EQUAL(ours[5], 16); /* comm */
	CHECK(ours[4] > 1000 && ours[6] == 1 && ours[1] == 0);
	lean_slice__destroy(slice);
	lean_whole__destroy(whole);
}

int main(void)
{
	need_bpf();
	RUN(same_answers);
	return end_of_test();
}
