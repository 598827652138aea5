/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs whose layout C does not find by itself: bitfields, packed and over-aligned ones, unions,
 * anonymous members, arrays of structs, structs in structs. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u64 answers[32];

/* At compile time and on the kernel: both must be right. */
#define SIZE(at, type)                                         \
	(answers[at] = sizeof(type) << 32 | bpf_core_type_size(type))
#define PLACE(at, type, member)                                      \
	(answers[at] = __builtin_offsetof(type, member) << 32 |      \
		       bpf_core_field_offset(type, member))

SEC("raw_tp/sys_enter")
int measure(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct tcp_sock *tcp = 0;

	/* bitfields, between others and alone */
	answers[0] = BPF_CORE_READ_BITFIELD_PROBED(task, in_execve);
	answers[1] = BPF_CORE_READ_BITFIELD_PROBED(task, no_cgroup_migration);
	answers[2] = bpf_core_field_exists(tcp->repair) + bpf_core_field_size(tcp->nonagle);
	PLACE(3, struct iphdr, protocol);
	PLACE(4, struct sk_buff, hash);
	/* packed */
	SIZE(5, struct ethhdr);
	PLACE(6, struct ethhdr, h_proto);
	SIZE(7, struct desc_struct);
	answers[8] = __builtin_offsetof(struct desc_ptr, address);
	/* aligned to more than their members */
	SIZE(9, struct task_struct);
	SIZE(10, struct zone);
	PLACE(11, struct sighand_struct, siglock);
	SIZE(12, struct rq);
	/* unions, and what has no name */
	SIZE(13, union bpf_attr);
	PLACE(14, struct sk_buff, sk);
	PLACE(15, struct page, mapping);
	PLACE(16, struct sock_common, skc_dport);
	SIZE(17, struct sock_common);
	PLACE(18, struct dentry, d_name);
	/* arrays of structs, and structs in structs */
	answers[19] = BPF_CORE_READ(task, signal, rlim[7].rlim_cur);
	PLACE(20, struct signal_struct, rlim[3]);
	PLACE(21, struct task_struct, se.avg);
	PLACE(22, struct mm_struct, context);
	PLACE(23, struct inode, i_data.i_pages);
	/* pointers to pointers, to functions, to arrays */
	PLACE(24, struct file_operations, llseek);
	PLACE(25, struct net_device, name);
	answers[26] = BPF_CORE_READ(task, files, fdt, max_fds) > 0;
	answers[27] = (long)BPF_CORE_READ(task, files, fdt, fd) != 0;
	answers[28] = BPF_CORE_READ(task, cred, uid.val);
	answers[29] = BPF_CORE_READ(task, group_leader, group_leader, tgid);
	return 0;
}
