/* SPDX-License-Identifier: BSD-2-Clause */
/* Where a system call comes from: stacks as deep as user space wants them, which the map's
 * definition leaves open. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;
__s64 last;

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(key_size, sizeof(__u32));
	__uint(max_entries, 64);
} stacks SEC(".maps");

/* The like, where nothing but a pointer can be given: there are no functions for it. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
} unsized SEC(".maps");

SEC("raw_tp/sys_enter")
int look(struct bpf_raw_tracepoint_args *context)
{
	if (bpf_get_current_pid_tgid() >> 32 == only_pid)
		last = bpf_get_stackid(context, &stacks,
				       BPF_F_FAST_STACK_CMP | BPF_F_REUSE_STACKID);
	return 0;
}
