/* SPDX-License-Identifier: BSD-2-Clause */
/* A function that no kernel has. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

extern void bake_function(void) __ksym;

SEC("tc")
int call(struct __sk_buff *context)
{
	bake_function();
	return 0;
}
