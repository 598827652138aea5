#ifndef __VMLINUX_H__
#define __VMLINUX_H__

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)
#endif

typedef unsigned char __u8;

typedef long long int __s64;

enum pid_type {
	PIDTYPE_PID = 0,
	PIDTYPE_MAX = -2,
};

struct list_head;

struct list_head {
	struct list_head *next;
	int (*compare)(const void *, struct list_head *[4]);
};

union u {
	struct {
		int a: 3;
		int: 0;
		__u8 b[2][3];
	};
	long long unsigned int c;
} __attribute__((packed));

typedef int (*fn_t)(union u *, ...);

struct aligned {
	char x;
	long: 56;
	volatile const unsigned int y __attribute__((aligned(16)));
} __attribute__((aligned(64)));

#ifndef BPF_NO_PRESERVE_ACCESS_INDEX
#pragma clang attribute pop
#endif

#endif
