/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's types as the program says they are: flavors, also of a module's types; and whether the
 * kernel's are so. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

__u64 answers[16];

struct task_struct___new {
	unsigned int __state;
} __attribute__((preserve_access_index));

struct mm_struct___other {
	struct {
		unsigned long arg_start, arg_end;
	};
} __attribute__((preserve_access_index));

enum bpf_map_type___more {
	BPF_MAP_TYPE_ARENA___more = 1,
};

/* Of a module, and of none. */
struct nf_conn___mine {
	__u32 mark;
} __attribute__((preserve_access_index));

struct kvm_vcpu___mine {
	int vcpu_id;
} __attribute__((preserve_access_index));

SEC("raw_tp/sys_enter")
int compare(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	struct task_struct___new *flavor = (void *)task;
	struct mm_struct___other *memory = (void *)BPF_CORE_READ(task, mm);
	struct mm_struct *same = (void *)memory;

	answers[0] = bpf_core_field_exists(flavor->__state);
	answers[1] = bpf_core_field_offset(struct mm_struct___other, arg_end) -
		     bpf_core_field_offset(struct mm_struct, arg_end);
	answers[2] = BPF_CORE_READ(memory, arg_start) == BPF_CORE_READ(same, arg_start);
	answers[3] = bpf_core_enum_value_exists(enum bpf_map_type___more,
						BPF_MAP_TYPE_ARENA___more);
	answers[4] = bpf_core_type_exists(struct nf_conn___mine);
	answers[5] = bpf_core_type_exists(struct kvm_vcpu___mine);
	answers[6] = bpf_core_type_exists(struct task_struct___new);
	answers[7] = bpf_core_type_size(struct mm_struct___other) ==
		     bpf_core_type_size(struct mm_struct);
#if __clang_major__ >= 15
	answers[8] = bpf_core_type_matches(struct in6_addr);
	answers[9] = bpf_core_type_matches(struct pid_namespace);
	answers[10] = bpf_core_type_matches(struct mm_struct___other);
	answers[11] = bpf_core_type_matches(enum pid_type);
#endif
	return 0;
}
