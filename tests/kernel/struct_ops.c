/* SPDX-License-Identifier: BSD-2-Clause */
/* Maps of struct_ops that are attached and detached. */
#include <unistd.h>

#include "congestion.skel.h"
#include "kernel.h"

static int is_available(const char *name)
{
	char text[1024];
	FILE *file = fopen("/proc/sys/net/ipv4/tcp_available_congestion_control", "r");

	CHECK(file && fgets(text, sizeof(text), file) && !fclose(file));
	return strstr(text, name) != NULL;
}

static struct congestion *skel;

/* What such a map did outlives the process. */
static void destroy(void)
{
	congestion__destroy(skel);
	skel = NULL;
}

static void twice(void)
{
	struct bpf_link *link;

	skel = congestion__open_and_load();
	CHECK(skel);
	for (int i = 0; i < 2; i++) {
		CHECK(!congestion__steady__attach(skel) && skel->links.steady);
		CHECK(is_available("bpfbake_steady"));
		CHECK(congestion__steady__attach(skel) == -EBUSY);
		if (i == 0)
			CHECK(!congestion__steady__detach(skel));
		else
			congestion__detach(skel);
		CHECK(!skel->links.steady && !is_available("bpfbake_steady"));
		CHECK(!congestion__steady__detach(skel));
		if (i == 0) {
			/* The kernel takes a map of this kind once. */
			CHECK(congestion__steady__attach(skel) < 0 && !skel->links.steady);
			destroy();
			skel = congestion__open_and_load();
			CHECK(skel);
		}
	}
	CHECK(congestion__incomplete__attach(skel) == -EINVAL && !skel->links.incomplete);
	link = congestion__incomplete__attach_link(skel);
	CHECK(!link && errno == EINVAL);
	destroy();
}

static void destroyed(void)
{
	skel = congestion__open_and_load();
	CHECK(skel && !congestion__steady__attach(skel));
	destroy();
	CHECK(!is_available("bpfbake_steady"));
}

int main(void)
{
	need_bpf();
	CHECK(!atexit(destroy));
	if (access("/sys/kernel/btf/vmlinux", F_OK)) {
		puts("SKIP: the kernel has no BTF");
		return 77;
	}
	RUN(twice);
	RUN(destroyed);
	return end_of_test();
}
