/* SPDX-License-Identifier: BSD-2-Clause */
/* How often a process enters a function of the kernel, and how often one of its system calls returns. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;

enum counter { ENTERED, RETURNED, COUNTERS };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, COUNTERS);
	__type(key, enum counter);
	__type(value, __u64);
} calls SEC(".maps");

static int count(enum counter counter)
{
	__u32 key = counter;
	__u64 *value = bpf_map_lookup_elem(&calls, &key);

	if (value && bpf_get_current_pid_tgid() >> 32 == only_pid)
		__sync_fetch_and_add(value, 1);
	return 0;
}

/* The function is named when it is attached. */
SEC("kprobe")
int on_entry(void *context)
{
	return count(ENTERED);
}

/* By the name of the system call, whatever the architecture calls its function. */
SEC("kretsyscall/getpgid")
int on_getpgid_return(void *context)
{
	return count(RETURNED);
}
