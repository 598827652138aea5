/* SPDX-License-Identifier: BSD-2-Clause */
/* The program that the pages speak of. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct stats {
	__u64 conns, bytes;
};

struct event {
	__s32 pid;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct stats);
} stats SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} events SEC(".maps");

SEC("raw_tp/sys_enter")
int on_connect(void *context)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = bpf_get_current_pid_tgid() >> 32;
	bpf_ringbuf_submit(event, 0);
	return 0;
}

SEC("raw_tp/sys_exit")
int on_close(void *context)
{
	__u32 uid = bpf_get_current_uid_gid();
	struct stats *found = bpf_map_lookup_elem(&stats, &uid);

	if (found)
		__sync_fetch_and_add(&found->conns, 1);
	return 0;
}
