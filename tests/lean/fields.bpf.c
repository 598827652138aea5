/* SPDX-License-Identifier: BSD-2-Clause */
/* Members behind pointers, in structs by value, in anonymous ones, in arrays and unions; bitfields. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

__u64 sum;
char name[16];

SEC("raw_tp/sched_switch")
int on_switch(struct bpf_raw_tracepoint_args *context)
{
	struct task_struct *task = (struct task_struct *)context->args[1];
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);

	sum += BPF_CORE_READ(parent, tgid) + BPF_CORE_READ(task, mm, pgd, pgd);
	sum += BPF_CORE_READ(task, se.vruntime) + BPF_CORE_READ(task, thread_info.flags);
	sum += BPF_CORE_READ(task, nsproxy, pid_ns_for_children, ns.inum);
	sum += BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	bpf_core_read_str(name, sizeof(name), &task->comm);
	return 0;
}

SEC("kprobe/tcp_v4_connect")
int BPF_KPROBE(on_connect, struct sock *sk)
{
	struct inet_sock *inet = (struct inet_sock *)sk;
	struct tcp_sock *tcp = (struct tcp_sock *)sk;

	sum += BPF_CORE_READ(sk, __sk_common.skc_dport) + BPF_CORE_READ(sk, __sk_common.skc_family);
	sum += BPF_CORE_READ(sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[3]);
	sum += BPF_CORE_READ(inet, inet_sport) + BPF_CORE_READ_BITFIELD_PROBED(tcp, repair);
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_pid, struct linux_binprm *binary)
{
	sum += task->signal->nr_threads + binary->argc + task->cred->uid.val + old_pid;
	return 0;
}

SEC("fentry/do_unlinkat")
int BPF_PROG(on_unlink, int dfd, struct filename *file)
{
	struct path path = {};
	struct dentry *entry = BPF_CORE_READ(&path, dentry);

	sum += (long)file->name + (long)entry + file->refcnt.counter;
	return 0;
}
