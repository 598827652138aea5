/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be known of an object that is not loaded: as constants, and from libbpf. */
#define _GNU_SOURCE
#include "jobs.h"
#include "unloaded.skel.h"

static void constants(void)
{
	CHECK(!strcmp(unloaded__MAP_flows, "flows") && !strcmp(unloaded__VAR_ports, "ports"));
	CHECK(!strcmp(unloaded__PROG_on_packet, "on_packet"));
	EQUAL(sizeof(struct unloaded__flow), 12);
	EQUAL(sizeof(struct unloaded__traffic), 16);
	EQUAL(unloaded__ports__COUNT, 8);
}

static void maps(struct unloaded *skel)
{
	const struct bpf_map *flows = bpf_object__find_map_by_name(skel->obj, unloaded__MAP_flows);

	CHECK(flows == skel->maps.flows && bpf_map__fd(flows) < 0);
	EQUAL(bpf_map__type(flows), BPF_MAP_TYPE_HASH);
	EQUAL(bpf_map__key_size(flows), sizeof(struct unloaded__flow));
	EQUAL(bpf_map__value_size(flows), sizeof(struct unloaded__traffic));
	EQUAL(bpf_map__max_entries(flows), 4096);
	EQUAL(bpf_map__type(skel->maps.events), BPF_MAP_TYPE_RINGBUF);
}

static void programs(struct unloaded *skel)
{
	CHECK(!strcmp(bpf_program__section_name(skel->progs.on_call), "raw_tp/sys_enter"));
	EQUAL(bpf_program__type(skel->progs.on_packet), BPF_PROG_TYPE_XDP);
	EQUAL(bpf_program__type(skel->progs.on_call), BPF_PROG_TYPE_RAW_TRACEPOINT);
	CHECK(bpf_program__insn_cnt(skel->progs.on_packet) > 2);
}

int main(void)
{
	struct unloaded *skel = unloaded__open();

	CHECK(skel);
	RUN(constants);
	RUN(maps, skel);
	RUN(programs, skel);
	unloaded__destroy(skel);
	return end_of_test();
}
