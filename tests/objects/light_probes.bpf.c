// SPDX-License-Identifier: BSD-2-Clause
/* Probes that a light skeleton attaches: at functions of the kernel, and at places in a file. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 wanted_pid;
__u64 entered, returned, called, finished;

static void count(__u64 *counter)
{
	if (bpf_get_current_pid_tgid() >> 32 == wanted_pid)
		++*counter;
}

SEC("kprobe")
int on_entry(void *context)
{
	count(&entered);
	return 0;
}

SEC("kretprobe/do_nanosleep")
int on_return(void *context)
{
	count(&returned);
	return 0;
}

SEC("uprobe")
int on_call(void *context)
{
	count(&called);
	return 0;
}

SEC("uretprobe")
int on_end(void *context)
{
	count(&finished);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
