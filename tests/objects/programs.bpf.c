/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs: sections with and without targets, subprograms, one that is not loaded by itself. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u32 calls;

static __noinline int local_subprogram(int x)
{
	return x * 3 + calls;
}

__noinline int global_subprogram(int x)
{
	calls++;
	return local_subprogram(x);
}

SEC("raw_tp/sched_switch")
int raw(void *context)
{
	return global_subprogram(1);
}

SEC("?tp_btf/sched_process_exec")
int not_loaded(void *context)
{
	calls++;
	return 0;
}

SEC("tracepoint/syscalls/sys_enter_getpgid")
int on_getpgid(void *context)
{
	calls++;
	return 0;
}

SEC("xdp")
int drop(struct xdp_md *context)
{
	return XDP_DROP;
}

SEC("xdp")
int pass(struct xdp_md *context)
{
	return local_subprogram(context->ingress_ifindex) ? XDP_PASS : XDP_DROP;
}

SEC("tc")
int classify(struct __sk_buff *skb)
{
	return 0;
}

SEC("cgroup_skb/egress")
int egress(struct __sk_buff *skb)
{
	return 1;
}

struct bpf_iter__task;

SEC("iter/task")
int iterate(struct bpf_iter__task *context)
{
	return 0;
}

SEC("lsm.s/file_open")
int sleepable(void *context)
{
	return 0;
}

SEC("syscall")
int run(void *context)
{
	return 5;
}
