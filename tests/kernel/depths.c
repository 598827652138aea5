/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks, one frame deep and as deep as they are. */
#include "depths.skel.h"
#include "kernel.h"

static int depth(unsigned frames, __u64 *addresses, size_t n)
{
	struct depths *skel = depths__open();
	int result;

	CHECK(skel);
	CHECK(!depths__only_pid__set(skel, (__u32)getpid()));
	CHECK(!bpf_map__set_value_size(skel->maps.stacks, frames * sizeof(__u64)));
	CHECK(!bpf_map__set_key_size(skel->maps.unsized, 4));
	CHECK(!bpf_map__set_value_size(skel->maps.unsized, 8));
	CHECK(!depths__load(skel) && !depths__attach(skel));
	CHECK(getppid() > 0);
	depths__detach(skel);
	CHECK(depths__last__get(skel) >= 0);
	result = depths__stacks__lookup(skel, (__u32)depths__last__get(skel), addresses, n);
	EQUAL(depths__stacks__lookup(skel, 1u << 31, addresses, 0), -ENOENT);
	CHECK(!depths__stacks__delete(skel, (__u32)depths__last__get(skel)));
	depths__destroy(skel);
	return result;
}

static void of_one_frame(void)
{
	__u64 addresses[2] = {0};

	EQUAL(depth(1, addresses, 2), 1);
	CHECK(addresses[0] && !addresses[1]);
}

static void of_all_frames(void)
{
	__u64 addresses[127] = {0};
	int found = depth(127, addresses, 1);

	CHECK(found > 1 && found <= 127);
	CHECK(addresses[0] && !addresses[1]);
}

int main(void)
{
	need_bpf();
	RUN(of_one_frame);
	RUN(of_all_frames);
	return end_of_test();
}
