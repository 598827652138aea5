/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP by an algorithm of one's own. */
#define _GNU_SOURCE
#include <netinet/tcp.h>

#include "congestion_control.skel.h"
#include "jobs.h"

/* Returns 0, or a negative errno where there is no such algorithm. */
static int choose(int fd)
{
	return setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, "bpf_constant", 12) ? -errno : 0;
}

/* Connects it to a listener, and sends something. */
static void transfer(int from)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), to;
	socklen_t size = sizeof(address);
	static char bytes[4096];

	CHECK(!bind(listener, (struct sockaddr *)&address, size) && !listen(listener, 1));
	CHECK(!getsockname(listener, (struct sockaddr *)&address, &size));
	CHECK(!connect(from, (struct sockaddr *)&address, size));
	to = accept(listener, NULL, NULL);
	CHECK(to >= 0);
	for (int i = 0; i < 100; i++) {
		CHECK(send(from, bytes, sizeof(bytes), 0) == sizeof(bytes));
		CHECK(recv(to, bytes, sizeof(bytes), MSG_WAITALL) == sizeof(bytes));
	}
	CHECK(!close(from) && !close(to) && !close(listener));
}

static void send_constantly(struct congestion_control *skel)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	EQUAL(choose(fd), -ENOENT);
	CHECK(!congestion_control__constant__attach(skel));
	EQUAL(choose(fd), 0);
	CHECK(!congestion_control__constant__detach(skel));
	transfer(fd);
	CHECK(congestion_control__acknowledged__get(skel) >= 10);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	EQUAL(choose(fd), -ENOENT);
	CHECK(!close(fd));
}

int main(void)
{
	struct congestion_control *skel;

	need_bpf();
	need_kernel_btf();
	enter_network();
	skel = congestion_control__open_and_load();
	CHECK(skel);
	RUN(send_constantly, skel);
	congestion_control__destroy(skel);
	return end_of_test();
}
