/* SPDX-License-Identifier: BSD-2-Clause */
/* What the sources of one program share. */
#ifndef LINKED_H
#define LINKED_H

#define MAX_COUNTS 16

/* How often a key was stored. */
struct count {
	__u64 times;
	__u32 key;
};

struct event {
	__u64 total;
	__u32 key;
	__u32 version;
};

#endif
