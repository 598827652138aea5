/* SPDX-License-Identifier: BSD-2-Clause */
/* The object of a file that does not fit the header of parts.bpf.c. */
#define OTHER 1
#include "parts.bpf.c"
