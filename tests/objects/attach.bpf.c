/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that attach by themselves, each with a counter of its own. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;

__u64 raw_calls, btf_calls, tracepoint_calls;

static int is_wanted(void)
{
	return bpf_get_current_pid_tgid() >> 32 == only_pid;
}

SEC("raw_tp/sys_enter")
int raw(void *context)
{
	if (is_wanted())
		__sync_fetch_and_add(&raw_calls, 1);
	return 0;
}

SEC("tp_btf/sys_enter")
int btf(void *context)
{
	if (is_wanted())
		__sync_fetch_and_add(&btf_calls, 1);
	return 0;
}

SEC("tracepoint/raw_syscalls/sys_enter")
int tracepoint(void *context)
{
	if (is_wanted())
		__sync_fetch_and_add(&tracepoint_calls, 1);
	return 0;
}
