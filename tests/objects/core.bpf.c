/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * CO-RE: types that are declared here otherwise than in the BTF that they are relocated to. That of
 * `sample` and `kind` is made by tests/kernel/core.c and given by btf_custom_path, so that it is had on
 * kernels without BTF, too; `task_struct` is the kernel's own.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

char LICENSE[] SEC("license") = "GPL";

#define RELOCATED __attribute__((preserve_access_index))

struct nested {
	__u16 low;
} RELOCATED;

/* Another order than the target's; `narrow` has fewer bytes there, and `gone` is not there. */
struct sample {
	__u32 number;
	__u64 total;
	__u64 narrow;
	struct nested nested;
	__u32 bits : 3;
	int gone;
} RELOCATED;

struct sample___old {
	__u32 old_name;
} RELOCATED;

struct sample___new {
	__u32 new_name;
} RELOCATED;

struct never {
	int field;
} RELOCATED;

enum kind { KIND_FIRST = 1, KIND_SECOND = 2, KIND_GONE = 3 };

/* A sample as the target has it. */
__u8 bytes[128] __attribute__((aligned(8)));

__u64 number, total, narrow, low, bits;
__u64 renamed, has_old_name, has_gone, gone_or_99;
__u64 sample_size, number_offset, has_sample, has_never;
__u64 second_value, has_second, has_kind_gone;

SEC("syscall")
int read_sample(void *context)
{
	struct sample *sample = (void *)bytes;

	number = sample->number;
	total = sample->total;
	narrow = sample->narrow;
	low = sample->nested.low;
	bits = BPF_CORE_READ_BITFIELD(sample, bits);
	number_offset = bpf_core_field_offset(sample->number);

	has_old_name = bpf_core_field_exists(struct sample___old, old_name);
	if (has_old_name)
		renamed = ((struct sample___old *)sample)->old_name;
	else
		renamed = ((struct sample___new *)sample)->new_name;
	has_gone = bpf_core_field_exists(sample->gone);
	gone_or_99 = has_gone ? sample->gone : 99;

	sample_size = bpf_core_type_size(struct sample);
	has_sample = bpf_core_type_exists(struct sample);
	has_never = bpf_core_type_exists(struct never);
	has_second = bpf_core_enum_value_exists(enum kind, KIND_SECOND);
	second_value = bpf_core_enum_value(enum kind, KIND_SECOND);
	has_kind_gone = bpf_core_enum_value_exists(enum kind, KIND_GONE);
	return 0;
}

/* Four of the kernel's many fields, in an order of ours. */
struct task_struct {
	char comm[16];
	struct task_struct *real_parent;
	int tgid;
	int pid;
} RELOCATED;

/* `state` is `__state` since 5.14. */
struct task_struct___before_5_14 {
	long state;
} RELOCATED;

struct task_struct___since_5_14 {
	unsigned int __state;
} RELOCATED;

struct task_struct___never {
	int never;
} RELOCATED;

__u64 pid, tgid, parent_tgid, task_size;
__u64 has_state, has_new_state, has_never_field, state = -1;
char comm[16];

SEC("syscall")
int read_task(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	pid = BPF_CORE_READ(task, pid);
	tgid = BPF_CORE_READ(task, tgid);
	parent_tgid = BPF_CORE_READ(task, real_parent, tgid);
	bpf_core_read_str(comm, sizeof(comm), &task->comm);
	task_size = bpf_core_type_size(struct task_struct);

	has_state = bpf_core_field_exists(struct task_struct___before_5_14, state);
	has_new_state = bpf_core_field_exists(struct task_struct___since_5_14, __state);
	if (has_state)
		state = BPF_CORE_READ((struct task_struct___before_5_14 *)task, state);
	else if (has_new_state)
		state = BPF_CORE_READ((struct task_struct___since_5_14 *)task, __state);
	has_never_field = bpf_core_field_exists(struct task_struct___never, never);
	return 0;
}
