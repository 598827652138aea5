/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Light skeletons: in place of the object, the program has another BPF program inside, the loader,
 * which makes the maps and loads the programs by itself, so that libbpf is not needed at run time.
 * libbpf makes it here (bpf_object__gen_loader); BPF_PROG_TYPE_SYSCALL runs it (Linux 5.14).
 */
#ifndef CODEGEN_LIGHT_LOADER_H
#define CODEGEN_LIGHT_LOADER_H

#include <stdbool.h>

#include "model.h"

struct light_loader {
	struct bytes data;    /* what is in the loader's map when it starts */
	struct bytes insns;   /* the loader */
	struct bytes *values; /* by index in the model's maps: how a section's memory begins */
};

/* What a loader cannot do of what the model asks for. 0, or -1 after an error for each such thing,
 * which stands where it is declared. */
int light_check(struct arena *, struct diag *, const struct model *, const struct object *);

/* Whether libbpf makes loaders for hosts of that byte order: before 1.5 only of its own. */
bool light_loader_serves(enum byte_order);

/* "libbpf 1.1" */
const char *light_loader_libbpf(struct arena *);

/*
 * Makes the loader of an object (its bytes as they would be embedded) and of its model, which
 * light_check has passed. `name` is the skeleton's. The same bytes on every machine: sizes that
 * depend on one are left to the header (view_light.c). 0, or -1 after an error with what libbpf
 * says.
 */
int light_loader_make(struct light_loader *, struct arena *, struct diag *, const struct model *,
		      struct bytes object, const char *name);

#endif
