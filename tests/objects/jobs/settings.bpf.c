/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables that user space sets before the program is loaded, and changes and reads while it runs. */
#include <linux/bpf.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

#define MAX_WATCHED 4

/* Constant once it is loaded. */
const volatile __u32 only_pid;

/* Whether anything is counted. */
bool is_on = true;

/* The numbers of system calls that count. */
__u32 watched[MAX_WATCHED];

__u64 calls;

SEC("raw_tp/sys_enter")
int count(struct bpf_raw_tracepoint_args *context)
{
	if (!is_on || bpf_get_current_pid_tgid() >> 32 != only_pid)
		return 0;
	for (int i = 0; i < MAX_WATCHED; i++)
		if (watched[i] == context->args[1])
			__sync_fetch_and_add(&calls, 1);
	return 0;
}
