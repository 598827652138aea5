/* SPDX-License-Identifier: BSD-2-Clause */
/* The first of three sources: what the others define is extern here. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#include "linked.h"

#define STEP 2

char LICENSE[] SEC("license") = "GPL";

extern int LINUX_KERNEL_VERSION __kconfig;
/* In lib/store.bpf.c. */
extern __u64 total;
int store(__u32 key);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, sizeof(__u32));
	__uint(value_size, sizeof(__u32));
} stages SEC(".maps");

/* Above it the verdict is another one. */
const volatile __u32 limit = 10;
int decided, own, version;

/* The others have statics of these names. */
static __u32 hits = 1;

static __noinline __u32 add(__u32 x)
{
	hits += x;
	return hits;
}

/* Only where no other source has one. */
__weak int verdict(__u32 key)
{
	return 1;
}

SEC("socket")
int first(struct __sk_buff *context)
{
	__u32 key = add(STEP);

	own = key;
	version = LINUX_KERNEL_VERSION;
	total += store(key);
	decided = verdict(key);
	return 0;
}

/* Without functions of its own: not every JIT takes both. */
SEC("socket")
int jump(struct __sk_buff *context)
{
	bpf_tail_call(context, &stages, 1);
	return 0;
}
