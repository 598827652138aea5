/* SPDX-License-Identifier: BSD-2-Clause */
/* USDT probes: how often they are hit, and with which arguments. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <stdbool.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
/* Where the kernel has cookies, libbpf's header does not use it; one object is for all machines. */
#undef PT_REGS_IP
#define PT_REGS_IP(context) 0L
#include <bpf/usdt.bpf.h>

char LICENSE[] SEC("license") = "GPL";

#define MAX_ARGUMENTS 12

const volatile __u32 only_pid;

/* What was seen of a probe, last. */
struct seen {
	__u64 hits, cookie;
	__s64 arguments[MAX_ARGUMENTS];
	__s32 count;
};

struct seen any, named;

static __always_inline int look(struct pt_regs *context, struct seen *seen)
{
	if (bpf_get_current_pid_tgid() >> 32 != only_pid)
		return 0;
	seen->hits++;
	seen->cookie = bpf_usdt_cookie(context);
	seen->count = bpf_usdt_arg_cnt(context);
#pragma unroll
	for (int i = 0; i < MAX_ARGUMENTS; i++) {
		long value = 0;

		bpf_usdt_arg(context, i, &value);
		seen->arguments[i] = value;
	}
	return 0;
}

SEC("usdt")
int on_any(struct pt_regs *context)
{
	return look(context, &any);
}

SEC("usdt//proc/self/exe:bpfbake:named")
int on_named(struct pt_regs *context)
{
	return look(context, &named);
}
