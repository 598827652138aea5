/* SPDX-License-Identifier: BSD-2-Clause */
/* Macros that vmlinux.h looks at, and others, before it: no relocations, and kfuncs of its own. */
#define BPF_NO_PRESERVE_ACCESS_INDEX
#define BPF_NO_KFUNC_PROTOTYPES
#define LIMIT 16
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u64 answers[8];

/* Not as the kernel declares it, which would be an error. */
extern void bpf_task_release(void *task) __ksym;

SEC("raw_tp/sys_enter")
int add(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	char name[LIMIT] = {};

	bpf_probe_read_kernel(name, sizeof(name), &task->comm);
	answers[0] = name[0];
	answers[1] = __builtin_offsetof(struct task_struct, comm);
	answers[2] = __builtin_offsetof(struct sk_buff, protocol);
	bpf_probe_read_kernel(&answers[3], sizeof(task->tgid), &task->tgid);
	return 0;
}
