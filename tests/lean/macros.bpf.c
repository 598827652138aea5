/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that macros make, system calls, iterators, kernel functions and variables. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

#define STATE(name)	 TCP_##name
#define MEMBER(of, what) BPF_CORE_READ(of, what)
#define DEFINE(name, kind, count)                       \
	struct {                                        \
		__uint(type, BPF_MAP_TYPE_##kind);      \
		__uint(max_entries, count);             \
		__type(key, __u32);                     \
		__type(value, struct bpf_stack_build_id); \
	} name SEC(".maps")

DEFINE(arrays, ARRAY, 3);
DEFINE(hashes, LRU_HASH, 3);

extern int LINUX_KERNEL_VERSION __kconfig;
extern const struct rq runqueues __ksym;
extern struct task_struct *bpf_task_acquire(struct task_struct *p) __ksym __weak;

__u64 count;

SEC("iter/task_file")
int list_files(struct bpf_iter__task_file *context)
{
	struct seq_file *out = context->meta->seq;
	struct file *file = context->file;
	struct task_struct *task = context->task;

	if (!file || !task || LINUX_KERNEL_VERSION < 0)
		return 0;
	BPF_SEQ_PRINTF(out, "%d %d %lx\n", task->tgid, context->fd, (long)file->f_op);
	return 0;
}

SEC("ksyscall/openat")
int BPF_KSYSCALL(on_openat, int dfd, const char *path, int flags)
{
	count += flags + STATE(SYN_SENT) + !!bpf_task_acquire;
	return 0;
}

SEC("tp/sched/sched_process_exit")
int on_exit(struct trace_event_raw_sched_process_template *context)
{
	const struct rq *queue = bpf_per_cpu_ptr(&runqueues, 0);
	struct task_struct *task = (void *)bpf_get_current_task();

	count += context->pid + (queue ? queue->nr_running : 0) + MEMBER(task, exit_code);
	return 0;
}

SEC("lsm/file_open")
int BPF_PROG(on_open, struct file *file)
{
	return file->f_inode->i_mode & 0400 ? 0 : -1;
}

SEC("cgroup/connect4")
int on_connect4(struct bpf_sock_addr *context)
{
	return context->user_port ? 1 : 0;
}
