/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that only functions know, so that DWARF has them and BTF has not. */
#include <linux/bpf.h>

#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} sent SEC(".maps");

#define SEND(record) bpf_ringbuf_output(&sent, &(record), sizeof(record), 0)

SEC("socket") int plain(void *context)
{
	struct inner {
		short x;
		long y;
	};
	struct nested {
		char c;
		struct inner one;
		union {
			int i;
			struct {
				char low, high;
			};
		};
		const volatile struct inner grid[2][3];
		void *pointer;
	} nested = {0};
	union either {
		char c[12];
		long l;
	} either = {{0}};
	typedef struct {
		char c;
		int i;
	} pair_t;
	typedef pair_t *pairs_t[4];
	pair_t pair = {0};
	pairs_t pairs = {0};
	enum __attribute__((packed)) small { SMALL } small = SMALL;

	nested.pointer = context;
	SEND(nested);
	SEND(either);
	SEND(pair);
	SEND(pairs);
	SEND(small);
	return 0;
}

SEC("socket") int places(void *context)
{
	struct bits {
		unsigned a : 3;
		unsigned : 2;
		unsigned b : 9;
		char c;
		_Bool d : 1;
		long long e : 40;
		unsigned f;
	} bits = {0};
	struct packed {
		char c;
		unsigned a : 30;
		unsigned b : 10;
		long l;
	} __attribute__((packed)) packed = {0};

	bits.f = packed.l = (long)context;
	SEND(bits);
	SEND(packed);
	return 0;
}

SEC("socket") int first(void *context)
{
	struct twice {
		int a;
		void *b;
	} twice = {1, context};

	SEND(twice);
	return 0;
}

SEC("socket") int second(void *context)
{
	if (context) {
		struct twice {
			void *b;
			int rest[];
		} twice = {context};

		SEND(twice);
	}
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
