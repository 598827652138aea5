/* SPDX-License-Identifier: BSD-2-Clause */
/* A process that nobody can kill, for as long as this is attached. */
#include <linux/bpf.h>
#include <linux/errno.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

#define SIGKILL 9

struct task_struct {
	int tgid;
} __attribute__((preserve_access_index));

__u32 protected_pid;

/* How often somebody tried. */
__u64 refused;

SEC("lsm/task_kill")
int BPF_PROG(on_kill, struct task_struct *task, void *info, int signal)
{
	if (task->tgid != protected_pid || signal != SIGKILL)
		return 0;
	__sync_fetch_and_add(&refused, 1);
	return -EPERM;
}
