/* SPDX-License-Identifier: BSD-2-Clause */
/* Who connects to where. */
#define _GNU_SOURCE
#include <sys/prctl.h>

#include "fentry.skel.h"
#include "jobs.h"

static int on_connect(void *context, const struct fentry__connect *event, size_t size)
{
	CHECK(size == sizeof(*event));
	if (event->pid == (__u32)getpid())
		*(struct fentry__connect *)context = *event;
	return 0;
}

/* Nobody listens there. */
static void connect_to(const char *address, unsigned short port)
{
	struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(port)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && inet_aton(address, &there.sin_addr));
	CHECK(connect(fd, (struct sockaddr *)&there, sizeof(there)) && errno == ECONNREFUSED);
	CHECK(!close(fd));
}

static void see_connects(struct fentry *skel)
{
	struct fentry__connect seen = {0};
	struct ring_buffer *connects = fentry__connects__ring_buffer(skel, on_connect, &seen);
	int error = fentry__on_connect__attach(skel);

	if (error)
		skip_without("fentry", error);
	CHECK(connects);
	CHECK(!prctl(PR_SET_NAME, "caller"));
	connect_to("127.0.0.3", 7001);
	CHECK(ring_buffer__poll(connects, 1000 /* ms */) == 1);
	EQUAL(seen.port, 7001);
	EQUAL(ntohl(seen.address), INADDR_LOOPBACK + 2);
	CHECK(!strcmp(seen.command, "caller"));

	CHECK(!fentry__on_connect__detach(skel));
	connect_to("127.0.0.3", 7002);
	CHECK(ring_buffer__consume(connects) == 0);
	ring_buffer__free(connects);
}

int main(void)
{
	struct fentry *skel;

	need_bpf();
	need_kernel_btf();
	enter_network();
	skel = fentry__open_and_load();
	if (!skel)
		skip_without("fentry", -errno);
	RUN(see_connects, skel);
	fentry__destroy(skel);
	return end_of_test();
}
