/* SPDX-License-Identifier: BSD-2-Clause */
/* Names that are taken in user space: by C++, by macros, by the skeleton itself. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct data {
	__u32 class;
	__u32 new;
	__u32 value;
};

enum words { load, destroy_word, and };

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct data);
} class SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, enum words);
} bss SEC(".maps");

__u32 errno;
__u32 linux_;
__u32 this;
__u32 or = 3;
struct data template;
enum words words;

SEC("socket")
int new(void *context)
{
	errno++;
	this += or + linux_ + template.class + words;
	return 0;
}

SEC("socket")
int delete(void *context)
{
	return 0;
}
