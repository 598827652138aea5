/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests on a real kernel share. */
#ifndef TESTS_KERNEL_KERNEL_H
#define TESTS_KERNEL_KERNEL_H

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(condition)                                                                     \
	do {                                                                                 \
		if (!(condition)) {                                                          \
			fprintf(stderr, "%s:%d: '%s' does not hold (errno: %s)\n", __FILE__, \
				__LINE__, #condition, strerror(errno));                      \
			exit(1);                                                             \
		}                                                                            \
	} while (0)

/* Ends with 77 where BPF may not be loaded. */
static inline void need_bpf(void)
{
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "probe", 4, 4, 1, NULL);

	if (fd < 0 && (errno == EPERM || errno == ENOSYS)) {
		printf("SKIP: BPF may not be loaded here (%s)\n", strerror(errno));
		exit(77);
	}
	CHECK(fd >= 0);
}

#endif
