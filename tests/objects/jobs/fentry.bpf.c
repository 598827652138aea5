/* SPDX-License-Identifier: BSD-2-Clause */
/* Who connects to where by TCP: an event for each tcp_connect of the kernel. */
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

/* The members that are looked at; CO-RE finds them in the running kernel. */
struct sock_common {
	__be32 skc_daddr;
	__be16 skc_dport;
} __attribute__((preserve_access_index));

struct sock {
	struct sock_common __sk_common;
} __attribute__((preserve_access_index));

struct connect {
	__u32 pid;
	__u32 address; /* IPv4, in the network's byte order */
	__u16 port;    /* in the host's */
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} connects SEC(".maps");

SEC("fentry/tcp_connect")
int BPF_PROG(on_connect, struct sock *sk)
{
	struct connect *event = bpf_ringbuf_reserve(&connects, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = bpf_get_current_pid_tgid() >> 32;
	event->address = sk->__sk_common.skc_daddr;
	event->port = bpf_ntohs(sk->__sk_common.skc_dport);
	bpf_get_current_comm(event->command, sizeof(event->command));
	bpf_ringbuf_submit(event, 0);
	return 0;
}
