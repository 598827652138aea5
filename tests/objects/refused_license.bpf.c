/* SPDX-License-Identifier: BSD-2-Clause */
/* A helper that the license forbids. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "BSD";

SEC("raw_tp/sys_enter")
int call(void *context)
{
	return bpf_get_current_task() == 0;
}
