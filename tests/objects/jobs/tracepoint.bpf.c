/* SPDX-License-Identifier: BSD-2-Clause */
/* The newest child of each process, by a tracepoint. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* As /sys/kernel/tracing/events/task/task_newtask/format has it. */
struct task_newtask {
	__u64 common;
	__s32 pid;
	char command[16];
};

struct child {
	__s32 pid;
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32); /* the parent */
	__type(value, struct child);
} children SEC(".maps");

SEC("tracepoint/task/task_newtask")
int on_new_task(struct task_newtask *task)
{
	__u32 parent = bpf_get_current_pid_tgid() >> 32;
	struct child child = {.pid = task->pid};

	__builtin_memcpy(child.command, task->command, sizeof(child.command));
	bpf_map_update_elem(&children, &parent, &child, BPF_ANY);
	return 0;
}
