/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that the program's own macros paste together from a beginning. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u64 answers[8];

#define ARGUMENT(memory, which)	 BPF_CORE_READ(memory, arg_##which)
#define TYPE(name)		 struct task_##name
#define KIND(name)		 BPF_MAP_TYPE_##name
#define NESTED(task, group, what) BPF_CORE_READ(task, group##_##what)
#define FLAG(name)		 sched_##name

SEC("raw_tp/sys_enter")
int paste(void *context)
{
	TYPE(struct) *task = (void *)bpf_get_current_task();
	struct mm_struct *memory = BPF_CORE_READ(task, mm);

	answers[0] = ARGUMENT(memory, start) < ARGUMENT(memory, end);
	answers[1] = KIND(LRU_HASH);
	answers[2] = bpf_core_enum_value(enum bpf_map_type, KIND(QUEUE));
	answers[3] = BPF_CORE_READ_BITFIELD_PROBED(task, FLAG(reset_on_fork));
	return 0;
}
