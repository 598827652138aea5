/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each name and each type that BTF refers to there, and no name endless? libbpf takes that for
 * granted in many of its functions (before 1.7 it checks neither). Chains without end are not
 * looked for: who follows one counts (btf_query.h), and who has libbpf follow them asks
 * btf_dumpable.h first.
 */
#ifndef CODEGEN_BTF_CHECK_H
#define CODEGEN_BTF_CHECK_H

#include <bpf/btf.h>
#include <stdbool.h>

bool btf_check(const struct btf *);

#endif
