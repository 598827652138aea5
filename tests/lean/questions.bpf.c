/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked of the kernel's types when a program is loaded; flavors of its own. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct task_struct___old {
	long state;
} __attribute__((preserve_access_index));

struct task_struct___none {
	int not_there;
} __attribute__((preserve_access_index));

struct no_such_struct {
	int member;
};

__u64 answers[16];

SEC("raw_tp/sys_enter")
int ask(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct task_struct___old *old = (void *)task;
	struct task_struct___none *none = (void *)task;

	if (bpf_core_field_exists(old->state))
		answers[0] = BPF_CORE_READ(old, state);
	else
		answers[0] = BPF_CORE_READ(task, __state);
	answers[1] = bpf_core_field_exists(none->not_there);
	answers[2] = bpf_core_type_exists(struct bpf_ringbuf);
	answers[3] = bpf_core_type_exists(struct no_such_struct);
	answers[4] = bpf_core_type_size(struct task_struct);
	answers[5] = bpf_core_field_size(task->comm);
	answers[6] = bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
	answers[7] = bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_RINGBUF);
	answers[8] = bpf_core_enum_value(enum pid_type, PIDTYPE_PGID);
	answers[9] = bpf_core_field_offset(struct mm_struct, arg_start);
	answers[10] = bpf_core_type_id_kernel(struct file);
	answers[11] = sizeof(struct file_operations);
	return 0;
}
