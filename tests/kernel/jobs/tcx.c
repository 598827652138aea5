/* SPDX-License-Identifier: BSD-2-Clause */
/* What an interface receives and sends. */
#define _GNU_SOURCE
#include "jobs.h"
#include "tcx.skel.h"

static struct tcx *open_and_load(void)
{
	struct tcx *skel = tcx__open_and_load();

	CHECK(skel);
	return skel;
}

static void count_both_ways(struct tcx *skel, int loopback)
{
	int receiver = open_datagrams("127.0.0.1", 7000), sender = open_datagrams("127.0.0.2", 0);
	const struct tcx__traffic *received, *sent;

	CHECK(!tcx__on_ingress__attach(skel, loopback));
	CHECK(!tcx__on_egress__attach(skel, loopback));
	send_text(sender, 7000, "ten bytes!");
	receive_text(receiver, "ten bytes!");
	CHECK(!tcx__on_ingress__detach(skel));
	send_text(sender, 7000, "only sent");
	CHECK(!tcx__on_egress__detach(skel));
	send_text(sender, 7000, "not at all");

	received = tcx__received__get(skel);
	EQUAL(received->packets, 1);
	EQUAL(received->bytes, 14 + 20 + 8 + 10);
	sent = tcx__sent__get(skel);
	EQUAL(sent->packets, 2);
	EQUAL(sent->bytes, 2 * (14 + 20 + 8) + 10 + 9);
	CHECK(!close(receiver) && !close(sender));
}

int main(void)
{
	struct tcx *skel;
	int loopback;

	need_bpf();
	loopback = enter_network();
	skel = open_and_load();
	RUN(count_both_ways, skel, loopback);
	tcx__destroy(skel);
	return end_of_test();
}
