/* SPDX-License-Identifier: BSD-2-Clause */
/* Each rule of layout once, as a vmlinux.h would have it. vmlinux_text.bpf.c has a variable of each type. */
#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

#ifndef BPF_NO_KFUNC_PROTOTYPES
#ifndef __ksym
#define __ksym __attribute__((section(".ksyms")))
#endif

#ifndef __weak
#define __weak __attribute__((weak))
#endif

#ifndef __bpf_fastcall
#if __has_attribute(bpf_fastcall)
#define __bpf_fastcall __attribute__((bpf_fastcall))
#else
#define __bpf_fastcall
#endif
#endif
#endif

typedef signed char s8;
typedef unsigned char u8;
typedef short int s16;
typedef short unsigned int u16;
typedef int s32;
typedef unsigned int u32;
typedef long long int s64;
typedef long long unsigned int u64;
typedef __int128 s128;
typedef __int128 unsigned u128;
typedef _Bool bool;
typedef __builtin_va_list va_list;
typedef __builtin_va_list __gnuc_va_list;

struct words {
	unsigned a;
	long b;
	unsigned long c;
	long unsigned int d;
	int long unsigned long e;
	signed f;
	short unsigned g;
	char signed h;
	char i;
	char unsigned j;
	float k;
	double l;
	bool m;
	__int128 n;
	u128 o;
	va_list p;
	__gnuc_va_list q;
	long long r;
	signed long int s;
};

struct later;

struct pointers {
	struct later *later;
	const char *const *const volatile strings[3];
	void (*handler)(struct later *, int, ...);
	int (*none)(void), (*unsaid)();
	void (*(*chosen)(int number, void (*)(void)))(int);
	char (*rows)[16];
	int (*(*table)[2][3])(const struct later *restrict, u8 [4]);
	void *restrict last;
};

typedef int compare_t(const void *, const void *);
typedef compare_t *compare_p;
typedef int grid_t[2][3];
typedef int (*functions_t[4])(int (*)(int), compare_t *, int (bool));
typedef struct later later_t;

struct typedefs {
	compare_p compare;
	grid_t grid;
	functions_t functions;
	later_t *later;
	compare_t *other;
};

struct later {
	u8 a;
	u64 b;
};

struct uses_later {
	u8 first;
	later_t later;
	const later_t more[2];
};

struct empty {
};

struct with_empty {
	u8 a;
	struct empty empty;
	struct empty none[4];
	u8 b;
};

struct flexible {
	u64 size;
	u8 tag;
	u16 data[];
};

struct zero {
	u8 tag;
	u64 data[0];
};

struct anonymous {
	u8 tag;
	union {
		u8 bytes[5];
		u32 word;
		struct {
			u16 low;
			u16 high;
			const struct {
				u64 deep;
			};
		};
	};
	struct {
		u8 x;
	} named, two[2];
	enum {
		ANONYMOUS_A = 0,
		ANONYMOUS_B = 1,
	} choice;
};

union both {
	u8 bytes[9];
	u32 word;
};

union some_bits {
	u8 a: 3;
	u32 b: 17;
	u64 c: 9;
};

union only_bits {
	u32 b: 9;
};

struct bits {
	u32 a: 3;
	u32 b: 30;
	u8 c: 5;
	u8 d: 5;
	bool e: 1;
	u16 f: 9;
	u64 g: 33;
	u64 h: 31;
	u8 after;
	u32 i: 8;
	u32 j: 16;
	u32 k: 9;
};

struct shares {
	u8 a;
	u32 b: 24;
	u8 c;
	u32 d: 25;
	u16 e: 7;
	s64 f: 40;
};

struct fills {
	u32 a: 3;
	int: 0;
	u8 b: 2;
	long: 0;
	u8 c;
	long: 64;
	u8 d;
};

struct fills_no_alignment {
	u8 a;
	long: 8;
	u8 b;
	int: 3;
	u8 c: 2;
};

struct fills_first {
	int: 5;
	u8 a: 3;
	short: 0;
};

struct only_fills {
	long: 64;
	long: 64;
};

union fills_union {
	u8 a;
	long: 40;
	int: 0;
};

struct wide_bits {
	u8 a;
	s128 b: 100;
	u128 c: 30;
};

struct enums_in_bits {
	enum {
		IN_BITS_A = 0,
	} a: 2;
	enum {
		IN_BITS_B = -1,
	} b: 31;
};

struct big {
	u8 a;
	u128 b;
};

/* Members without a name, by an extension of Microsoft's. */
struct takes_tagged {
	u8 first;
	struct later;
	union both;
	u8 last;
};

struct packed {
	u8 a;
	u64 b;
	u16 c;
} __attribute__((packed));

struct packed_bits {
	u8 a;
	u32 b: 30;
	u64 c: 40;
	u8 d: 3;
	int: 0;
	u8 e: 1;
	int: 3;
	u16 f: 16;
	u8 g;
} __attribute__((packed));

union packed_union {
	u8 bytes[9];
	u64 word;
	u32 b: 17;
} __attribute__((packed));

struct __attribute__((packed)) packed_in_front {
	u8 a;
	u32 b;
};

struct has_packed {
	u8 a;
	struct packed b;
	struct {
		u8 x;
		u32 y;
	} __attribute__((packed)) c;
	struct {
		u8 x;
		u32 y;
	} __attribute__((packed));
	u32 d;
};

struct packs_others {
	u8 a;
	struct {
		u8 x;
		u32 y;
	} b;
	union {
		u64 c;
	};
} __attribute__((packed));

struct aligned {
	u8 a;
} __attribute__((aligned(64)));

struct packed_aligned {
	u8 a;
	u32 b;
} __attribute__((packed, aligned(4))) __attribute__((preserve_access_index));

struct has_aligned {
	u8 a;
	struct aligned b;
	u8 c;
	struct packed_aligned d;
};

struct less_aligned {
	u64 a;
} __attribute__((aligned(2)));

struct members_attributes {
	u8 a;
	u64 b __attribute__((packed));
	u8 c __attribute__((aligned(16)));
	u16 d __attribute__((packed, aligned(8)));
	u32 e: 20 __attribute__((packed));
	u32 f: 20 __attribute__((packed));
};

struct packs_aligned_members {
	u8 a;
	u16 b __attribute__((aligned(4)));
	u8 c;
} __attribute__((packed));

enum signs {
	SIGNS_LOW = -2147483648,
	SIGNS_MINUS = -1,
	SIGNS_NEXT,
	SIGNS_HEX = 0x10,
	SIGNS_OCTAL = 010,
	SIGNS_HIGH = 2147483647,
};

enum flags {
	FLAGS_A = 0x80000000,
	FLAGS_B = 4294967295,
};

enum wide {
	WIDE_A = 1,
	WIDE_B = 4294967296ULL,
	WIDE_C = 0xffffffffffffffffULL,
};

enum wide_signs {
	WIDE_SIGNS_A = -1LL,
	WIDE_SIGNS_B = 2147483648,
};

enum lowest {
	LOWEST = -9223372036854775807LL,
};

enum byte {
	BYTE_A = 0,
	BYTE_B = 255,
} __attribute__((mode(byte)));

enum word {
	WORD_A = 0,
	WORD_B = 1,
} __attribute__((mode(word)));

enum half {
	HALF_A = 1,
} __attribute__((mode(HI)));

struct has_enums {
	enum byte a;
	enum byte b;
	enum half c;
	enum signs d;
	enum wide e;
	enum byte f: 3;
	enum word g;
	enum wide h: 40;
};

#ifndef BPF_NO_KFUNC_PROTOTYPES
extern int bpf_kfunc(struct later *pointer, u32 size) __weak __ksym;
extern void __attribute__((address_space(1))) *bpf_pages(void __attribute__((address_space(1))) *, u32 count) __weak __ksym;
extern __bpf_fastcall void *bpf_fast(void *) __weak __ksym;
#endif

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

#endif /* __VMLINUX_H__ */
