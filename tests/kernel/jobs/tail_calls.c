/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that are put in the place of others while they run. */
#define _GNU_SOURCE
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <netinet/in.h>

#include "jobs.h"
#include "tail_calls.skel.h"

/* What becomes of a packet of the protocol: XDP_PASS or XDP_DROP. */
static __u32 verdict(const struct tail_calls *skel, unsigned char protocol)
{
	struct {
		struct ethhdr ethernet;
		struct iphdr ip;
		char rest[32];
	} __attribute__((packed)) packet = {.ip = {.version = 4, .ihl = 5, .protocol = protocol}};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = &packet, .data_size_in = sizeof(packet));

	CHECK(!tail_calls__dispatch__test_run(skel, &opts));
	return opts.retval;
}

static void drop_one_protocol(struct tail_calls *skel)
{
	EQUAL(verdict(skel, IPPROTO_UDP), XDP_PASS);
	CHECK(!tail_calls__handlers__set(skel, IPPROTO_UDP, skel->progs.drop));
	EQUAL(verdict(skel, IPPROTO_UDP), XDP_DROP);
	EQUAL(verdict(skel, IPPROTO_TCP), XDP_PASS);
	CHECK(!tail_calls__handlers__clear(skel, IPPROTO_UDP));
	EQUAL(verdict(skel, IPPROTO_UDP), XDP_PASS);
	EQUAL(tail_calls__dropped__get(skel), 1);
}

int main(void)
{
	struct tail_calls *skel;

	need_bpf();
	skel = tail_calls__open_and_load();
	CHECK(skel);
	RUN(drop_one_protocol, skel);
	tail_calls__destroy(skel);
	return end_of_test();
}
