/* SPDX-License-Identifier: BSD-2-Clause */
/* What bench/lean compiles: a small program as users write them, which reads the kernel's structs.
 */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct event {
	u32 pid, parent;
	u64 start;
	char command[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");

struct event kept; /* in BTF, also for who finds no type of events in the source */

SEC("raw_tp/sched_process_exec")
int exec(struct bpf_raw_tracepoint_args *context)
{
	struct task_struct *task = (struct task_struct *)context->args[0];
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->pid = BPF_CORE_READ(task, tgid);
	event->parent = BPF_CORE_READ(task, real_parent, tgid);
	event->start = BPF_CORE_READ(task, start_time);
	bpf_core_read_str(event->command, sizeof(event->command), &task->comm);
	bpf_ringbuf_submit(event, 0);
	return 0;
}
