/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each kind of CO-RE relocation, on types of the kernel's: the whole BTF, and what min_core_btf
 * leaves of it, must give the same. Nothing here is run.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

char LICENSE[] SEC("license") = "GPL";

#define RELOCATED __attribute__((preserve_access_index))

typedef int pid_t;
typedef struct {
	int counter;
} atomic_t;
typedef struct {
	__u64 counter;
} atomic64_t;

struct list_head {
	struct list_head *next, *prev;
} RELOCATED;

struct upid {
	int nr;
} RELOCATED;

/* The last member is an array that is as long as it happens to be. */
struct pid {
	unsigned int level;
	struct upid numbers[];
} RELOCATED;

struct mm_struct {
	unsigned long start_stack;
	atomic_t mm_users;
} RELOCATED;

struct task_struct {
	pid_t pid, tgid;
	char comm[16];
	struct task_struct *real_parent;
	struct list_head tasks;
	struct mm_struct *mm;
	struct pid *thread_pid;
	unsigned int in_execve : 1, sched_reset_on_fork : 1;
	int prio;
	__u64 start_time;
	int gone;
} RELOCATED;

struct task_struct___with_state {
	unsigned int __state;
} RELOCATED;

struct task_struct___before {
	long state;
} RELOCATED;

/* Behind anonymous members, where the kernel has them. */
struct sock_common {
	__u32 skc_daddr;
	__u16 skc_dport;
	unsigned short skc_family;
	volatile unsigned char skc_state;
	unsigned char skc_reuse : 4, skc_ipv6only : 1;
} RELOCATED;

struct sock {
	struct sock_common __sk_common;
} RELOCATED;

/* Typedefs of a function and of an integer, and types that must match. */
typedef int (*initcall_t)(void);
typedef _Bool bool_of_ours;
typedef unsigned long long u64;

struct list_head___matched {
	struct list_head *next, *prev;
};

struct hlist_node {
	struct hlist_node *next, **pprev;
};

struct upid___other {
	long nr;
};

union bpf_attr___matched {
	__u32 map_type;
};

enum pid_type {
	PIDTYPE_PID,
	PIDTYPE_TGID,
	PIDTYPE_PGID,
	PIDTYPE_SID,
	PIDTYPE_MAX,
	PIDTYPE_GONE = 100,
};

enum bpf_map_type___matched {
	BPF_MAP_TYPE_HASH___other = 7,
	BPF_MAP_TYPE_ARRAY___other,
};

struct never {
	int field;
} RELOCATED;

struct never_ever;

__u64 numbers[64];

SEC("syscall")
int fields(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct sock_common *common = context;
	struct sock *sock = context;
	struct pid *pid = BPF_CORE_READ(task, thread_pid);

	numbers[0] = BPF_CORE_READ(task, pid);
	numbers[1] = BPF_CORE_READ(task, real_parent, real_parent, tgid);
	numbers[2] = BPF_CORE_READ(task, mm, mm_users.counter);
	numbers[3] = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	numbers[4] = BPF_CORE_READ_BITFIELD_PROBED(task, in_execve);
	bpf_core_read(&numbers[5], 1, &task->comm[3]);
	bpf_core_read(&numbers[6], 4, &pid->numbers[2].nr);
	numbers[7] = (__u64)BPF_CORE_READ(task, tasks.next, prev);
	numbers[8] = bpf_core_field_size(task->comm) + bpf_core_field_size(task->prio);
	numbers[9] = bpf_core_field_exists(task->gone);
	numbers[10] = bpf_core_field_offset(task->start_time);
	if (bpf_core_field_exists(task->gone))
		numbers[11] = BPF_CORE_READ(task, gone);
	if (bpf_core_field_exists(struct task_struct___with_state, __state))
		numbers[12] = BPF_CORE_READ((struct task_struct___with_state *)task, __state);
	else if (bpf_core_field_exists(struct task_struct___before, state))
		numbers[13] = BPF_CORE_READ((struct task_struct___before *)task, state);
	bpf_core_read(&numbers[14], 4, &common->skc_daddr);
	bpf_core_read(&numbers[15], 2, &sock->__sk_common.skc_dport);
	bpf_core_read(&numbers[16], 1, &sock->__sk_common.skc_state);
	numbers[17] = BPF_CORE_READ_BITFIELD_PROBED(common, skc_ipv6only);
	numbers[18] = BPF_CORE_READ_BITFIELD_PROBED(common, skc_reuse);
	return 0;
}

SEC("syscall")
int signs(void *context)
{
	struct task_struct *task = context;

	numbers[0] = __builtin_preserve_field_info(task->prio, BPF_FIELD_SIGNED);
	numbers[1] = __builtin_preserve_field_info(task->start_time, BPF_FIELD_SIGNED);
	numbers[2] = __builtin_preserve_field_info(task->in_execve, BPF_FIELD_LSHIFT_U64);
	numbers[3] = __builtin_preserve_field_info(task->in_execve, BPF_FIELD_RSHIFT_U64);
	numbers[4] = bpf_core_field_exists(((struct never *)context)->field);
	return 0;
}

SEC("syscall")
int types(void *context)
{
	numbers[0] = bpf_core_type_exists(struct task_struct);
	numbers[1] = bpf_core_type_exists(struct never);
	numbers[2] = bpf_core_type_size(struct sock);
	numbers[3] = bpf_core_type_size(atomic64_t);
	numbers[4] = bpf_core_type_exists(initcall_t);
	numbers[5] = bpf_core_type_size(u64);
	numbers[6] = bpf_core_type_exists(bool_of_ours);
	numbers[7] = bpf_core_type_exists(enum pid_type);
	numbers[8] = bpf_core_type_size(union bpf_attr___matched);
	numbers[9] = bpf_core_type_id_local(struct never);
	numbers[10] = bpf_core_type_exists(struct never_ever);
	numbers[11] = bpf_core_type_size(struct upid___other);
	return 0;
}

SEC("syscall")
int enumerators(void *context)
{
	numbers[0] = bpf_core_enum_value(enum pid_type, PIDTYPE_MAX);
	numbers[1] = bpf_core_enum_value_exists(enum pid_type, PIDTYPE_GONE);
	numbers[2] = bpf_core_enum_value_exists(enum pid_type, PIDTYPE_SID);
	numbers[3] = bpf_core_enum_value(enum bpf_map_type___matched, BPF_MAP_TYPE_ARRAY___other);
	return 0;
}

/* clang 14 has no builtin for it: the relocations are there with a newer one. */
SEC("syscall")
int matches(void *context)
{
#if __clang_major__ >= 15
	numbers[0] = bpf_core_type_matches(struct list_head___matched);
	numbers[1] = bpf_core_type_matches(struct hlist_node);
	numbers[2] = bpf_core_type_matches(struct upid___other);
	numbers[3] = bpf_core_type_matches(enum bpf_map_type___matched);
	numbers[4] = bpf_core_type_matches(struct pid);
	numbers[5] = bpf_core_type_matches(struct never);
	numbers[6] = bpf_core_type_matches(initcall_t);
	numbers[7] = bpf_core_type_matches(enum pid_type);
#endif
	return 0;
}
