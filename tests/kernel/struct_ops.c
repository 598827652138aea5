/* SPDX-License-Identifier: BSD-2-Clause */
/* Maps of struct_ops that are attached and detached. */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
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

/* A connection of this process with itself: both ends. */
static void open_connection(int ends[2], const char *control)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	CHECK(listener >= 0 && !bind(listener, (struct sockaddr *)&address, size));
	CHECK(!getsockname(listener, (struct sockaddr *)&address, &size) && !listen(listener, 1));
	ends[0] = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(!setsockopt(ends[0], IPPROTO_TCP, TCP_CONGESTION, control,
			  (socklen_t)strlen(control)));
	CHECK(!connect(ends[0], (struct sockaddr *)&address, size));
	ends[1] = accept(listener, NULL, NULL);
	CHECK(ends[1] >= 0 && !close(listener));
}

/* The kernel calls it for a connection that asks for it. */
static void check_fires(const char *control)
{
	__u64 before = skel->bss->calls;
	int ends[2];
	char byte;

	open_connection(ends, control);
	for (int i = 0; i < 500 && skel->bss->calls == before; i++) {
		CHECK(send(ends[0], "x", 1, 0) == 1 && recv(ends[1], &byte, 1, 0) == 1);
		usleep(1000);
	}
	CHECK(skel->bss->calls > before);
	CHECK(!close(ends[0]) && !close(ends[1]));
}

/* What such a map did outlives the process. */
static void destroy(void)
{
	congestion__destroy(skel);
	skel = NULL;
}

static bool is_reported(const char *reason)
{
	char text[8192] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	CHECK(out);
	congestion__report(skel, out);
	CHECK(!fclose(out));
	return strstr(text, reason) != NULL;
}

static void twice(void)
{
	struct bpf_link *link;

	skel = congestion__open_and_load();
	CHECK(skel);
	for (int i = 0; i < 2; i++) {
		CHECK(!congestion__steady__attach(skel) && skel->links.steady);
		CHECK(is_available("bpfbake_steady"));
		check_fires("bpfbake_steady");
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
	CHECK(is_reported("Invalid argument"));
	destroy();
}

static void destroyed(void)
{
	skel = congestion__open_and_load();
	CHECK(skel && !congestion__steady__attach(skel));
	destroy();
	CHECK(!is_available("bpfbake_steady"));
}

/* Linux 6.4, libbpf 1.2: as often as one likes. */
static void by_link(void)
{
	struct bpf_link *link;

	skel = congestion__open_and_load();
	CHECK(skel);
	link = congestion__linked__attach_link(skel);
	MAY_BE_REFUSED(link ? 0 : -errno);
	check_fires("bpfbake_linked");
	CHECK(!bpf_link__destroy(link) && !is_available("bpfbake_linked"));
	for (int i = 0; i < 2; i++) {
		CHECK(!congestion__linked__attach(skel) && skel->links.linked);
		CHECK(congestion__linked__attach(skel) == -EBUSY);
		check_fires("bpfbake_linked");
		CHECK(!congestion__linked__detach(skel) && !is_available("bpfbake_linked"));
	}
	destroy();
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
	RUN(by_link);
	return end_of_test();
}
