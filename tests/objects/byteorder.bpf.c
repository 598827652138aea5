/* SPDX-License-Identifier: BSD-2-Clause */
/* Types and variables that differ between the byte orders, as network headers do. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct header {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	__u8 length : 4, version : 4;
#else
	__u8 version : 4, length : 4;
#endif
	__u8 service;
	__u16 total;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct header);
} headers SEC(".maps");

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
__u32 only_little;
#endif
__u64 both;

/* What the program sees of the first header; it writes the second one. */
__u32 version, length, total;

SEC("socket")
int count(void *context)
{
	__u32 first = 0, second = 1;
	struct header *header = bpf_map_lookup_elem(&headers, &first);
	struct header answer = {.version = 6, .length = 9, .total = 0x1234};

	if (header) {
		version = header->version;
		length = header->length;
		total = header->total;
	}
	bpf_map_update_elem(&headers, &second, &answer, 0);
	both++;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	only_little++;
#endif
	return 0;
}
