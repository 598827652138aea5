/* SPDX-License-Identifier: BSD-2-Clause */
/* The structs and unions that the headers included by a generated one define. */
#ifndef CODEGEN_SYSTEM_TYPES_H
#define CODEGEN_SYSTEM_TYPES_H

#include <stdbool.h>

/* <linux/bpf.h>, up to Linux 6.12, and the C library's <stdlib.h>. `name`: without a keyword. */
bool system_types_has(const char *name);

/* Is it a tag of any kind in those headers, or of libbpf's: is no other struct to be named so? */
bool system_types_has_tag(const char *name);

#endif
