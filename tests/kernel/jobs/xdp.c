/* SPDX-License-Identifier: BSD-2-Clause */
/* How many packets come from where. */
#define _GNU_SOURCE
#include "jobs.h"
#include "xdp.skel.h"

/* How many come from 127.0.0.1, from 127.0.0.2 and so on. */
#define SOURCES 4

static int add_up(void *context, const __u32 *source, const __u64 *packets)
{
	__u64 *from = context;
	__u32 index = ntohl(*source) - INADDR_LOOPBACK;

	CHECK(index < SOURCES);
	from[index] += *packets;
	return 0;
}

static void count_by_source(struct xdp *skel, int loopback)
{
	int receiver = open_datagrams("127.0.0.1", 7000);
	int first = open_datagrams("127.0.0.2", 0), second = open_datagrams("127.0.0.4", 0);
	__u64 from[SOURCES] = {0};

	CHECK(!xdp__count__attach(skel, loopback, XDP_FLAGS_SKB_MODE));
	for (int i = 0; i < 5; i++) {
		send_text(first, 7000, "often");
		receive_text(receiver, "often");
	}
	send_text(second, 7000, "once");
	receive_text(receiver, "once");
	CHECK(!xdp__count__detach(skel));
	send_text(second, 7000, "uncounted");

	EQUAL(xdp__packets__for_each(skel, add_up, from), 2);
	EQUAL(from[1], 5);
	EQUAL(from[3], 1);
	CHECK(!close(first) && !close(second) && !close(receiver));
}

int main(void)
{
	struct xdp *skel;
	int loopback;

	need_bpf();
	loopback = enter_network();
	skel = xdp__open_and_load();
	CHECK(skel);
	RUN(count_by_source, skel, loopback);
	xdp__destroy(skel);
	return end_of_test();
}
