/* SPDX-License-Identifier: BSD-2-Clause */
/* BPFBAKE_EVENT(closed, struct conn) in an object: a variable __bpfbake_event_0_closed. */
#ifndef CODEGEN_EVENT_MACROS_H
#define CODEGEN_EVENT_MACROS_H

#include <bpf/btf.h>
#include <stdbool.h>

/* The map that a variable of BPFBAKE_EVENT names; NULL for another variable. */
const char *event_macro_map(const char *variable);

/* Does any BPFBAKE_EVENT name the map? */
bool event_macros_name(const struct btf *, const char *map);

#endif
