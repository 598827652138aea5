/* SPDX-License-Identifier: BSD-2-Clause */
/* TCP's congestion control by a program, with members that every kernel has. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* How often a sender was told that it may send faster. */
__u64 calls;

struct sock;

struct tcp_congestion_ops {
	__u32 (*ssthresh)(struct sock *sk);
	void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
	__u32 (*undo_cwnd)(struct sock *sk);
	char name[16];
} __attribute__((preserve_access_index));

SEC("struct_ops/ssthresh")
__u32 ssthresh(unsigned long long *context)
{
	return 2;
}

SEC("struct_ops/cong_avoid")
void cong_avoid(unsigned long long *context)
{
	__sync_fetch_and_add(&calls, 1);
}

SEC("struct_ops/undo_cwnd")
__u32 undo_cwnd(unsigned long long *context)
{
	return 10;
}

/* Never sends faster. */
SEC(".struct_ops")
struct tcp_congestion_ops steady = {
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)cong_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "bpfbake_steady",
};

/* The same by a link, which a newer libbpf can make. */
SEC(".struct_ops.link")
struct tcp_congestion_ops linked = {
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)cong_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "bpfbake_linked",
};

/* Lacks what the kernel wants. */
SEC(".struct_ops")
struct tcp_congestion_ops incomplete = {
	.ssthresh = (void *)ssthresh,
	.name = "bpfbake_none",
};
