/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine's processes as text, a line for each, made by the kernel when it is read. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct task_struct {
	int pid, tgid;
	char comm[16];
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} __attribute__((preserve_access_index));

SEC("iter/task")
int list(struct bpf_iter__task *context)
{
	const struct task_struct *task = context->task;

	/* The last call has none; a thread is no process. */
	if (task && task->pid == task->tgid)
		BPF_SEQ_PRINTF(context->meta->seq, "%d %s\n", task->tgid, task->comm);
	return 0;
}
