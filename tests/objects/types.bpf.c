/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that C lays out in more than one way. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

typedef __u32 u32;
typedef u32 counter_t;

enum level { LOW = -1, HIGH = 1 };

struct node {
	struct node *next;
	int (*visit)(struct node *, void *);
	void *data;
};

struct nested {
	struct {
		__u8 x;
		__u32 y;
	};
	union {
		__u64 whole;
		struct {
			__u32 low, high;
		} halves;
	};
	struct {
		__u16 a, b;
	} list[2];
	enum { RED, GREEN = 5 } colour;
};

struct bits {
	__u32 a : 3;
	__u32 b : 13;
	__u32 : 4;
	__s32 c : 12;
	__u8 d : 1;
	__u64 e : 40;
	__u64 f : 30;
};

struct packed {
	__u8 a;
	__u32 b;
	__u64 c;
} __attribute__((packed));

struct aligned {
	__u8 a;
	__u32 b __attribute__((aligned(16)));
} __attribute__((aligned(64)));

struct flexible {
	__u32 count;
	__u64 items[];
};

struct empty {};

struct wide {
	__u8 a;
	__u64 b;
	long c;
	unsigned long d;
	char e;
	signed char f;
	unsigned char g;
	_Bool h;
	short i;
	counter_t counters[2][3];
	__int128 big;
	enum level level;
	struct empty empty;
	struct node node;
	const volatile int *const qualified;
};

union either {
	__u8 bytes[12];
	__u32 word;
	struct packed packed;
};

struct all {
	struct nested nested;
	struct bits bits;
	struct packed packed;
	struct aligned aligned;
	struct wide wide;
	union either either;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, struct packed);
	__type(value, struct all);
} everything SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct flexible);
} flexible SEC(".maps");

struct all global;
counter_t counter;
enum level level;

SEC("socket")
int touch(void *context)
{
	struct packed key = {};
	struct all *value = bpf_map_lookup_elem(&everything, &key);

	if (value)
		global.bits.b = value->bits.a;
	counter++;
	level = HIGH;
	return 0;
}
