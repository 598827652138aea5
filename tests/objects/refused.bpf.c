/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs and maps that the kernel refuses, each for a reason of its own; none is loaded by default. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* No kernel has this member or that struct. */
struct task_struct {
	int tgid, bake_member;
} __attribute__((preserve_access_index));

struct bake_struct {
	int member;
} __attribute__((preserve_access_index));

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u32);
} small SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1 << 28);
	__type(key, __u32);
	__type(value, char[4096]);
} large SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u64);
	__type(value, __u32);
} odd SEC(".maps");

/* User space forgot to say how many. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__type(key, __u32);
	__type(value, __u32);
} empty SEC(".maps");

struct {
	__uint(type, 200);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} unknown SEC(".maps");

SEC("?raw_tp/sys_enter")
int unchecked(void *context)
{
	__u32 key = 1, *value = bpf_map_lookup_elem(&small, &key);

	return *value; /* may be NULL */
}

/* What the verifier says of this one has more than 64 KiB. */
SEC("?raw_tp/sys_enter")
int lengthy(void *context)
{
	__u32 key = 1, *value = bpf_map_lookup_elem(&small, &key);

	asm volatile(".rept 4000\n\tr1 = 1\n\t.endr" ::: "r1");
	return *value; /* far down */
}

/* More ways than the verifier follows; with a loop that is too long its log would have 75 MB. */
SEC("?raw_tp/sys_enter")
int branches(void *context)
{
	__u64 pid = bpf_get_current_pid_tgid();

	asm volatile(".rept 9000\n\tif %0 == 1 goto +1\n\t%0 += 1\n\t.endr" : "+r"(pid));
	return pid;
}

/* One way, with more steps than it follows. */
SEC("?raw_tp/sys_enter")
int endless(void *context)
{
	__u64 count = 0;

	asm volatile("again%=: %0 += 1\n\tif %0 != 1000000 goto again%=" : "+r"(count));
	return count == 0;
}

SEC("?tp_btf/sys_enter")
int member(void *context)
{
	struct task_struct *task = (struct task_struct *)bpf_get_current_task_btf();

	return task->bake_member;
}

SEC("?raw_tp/sys_enter")
int type(void *context)
{
	int value = 0;

	bpf_probe_read_kernel(&value, sizeof(value), &((struct bake_struct *)context)->member);
	return value;
}

SEC("?tp_btf/bake_tracepoint")
int btf(void *context)
{
	return 0;
}

SEC("?tracepoint/syscalls/bake_tracepoint")
int tracepoint(void *context)
{
	return 0;
}

SEC("?raw_tp/bake_tracepoint")
int raw(void *context)
{
	return 0;
}

SEC("?kprobe/bake_function")
int kprobe(void *context)
{
	return 0;
}

SEC("?uprobe//proc/self/exe:bake_function")
int uprobe(void *context)
{
	return 0;
}

SEC("?fentry/do_nanosleep")
int fentry(void *context)
{
	return 0;
}

SEC("?xdp")
int xdp(struct xdp_md *context)
{
	return XDP_PASS;
}

/* Nothing is wrong with this one. */
SEC("?raw_tp/sys_enter")
int good(void *context)
{
	return 0;
}
