/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One program compiled for several targets: its models side by side. Types, variables and
 * constants may differ between them, and then stand in the header under a guard; what decides how
 * the program is used from C (its maps, programs, sections, license) must agree.
 */
#ifndef CODEGEN_MERGE_H
#define CODEGEN_MERGE_H

#include "model.h"

struct model_variant {
	const struct model *model;
	const char *target;    /* for messages: "bpfel", "arm64" */
	const char *condition; /* preprocessor expression, true on the hosts that it is for */
	struct bytes object;   /* what the header embeds for them */
	const char *file;      /* of these bytes, from the header's directory; NULL: not needed */
	const struct light_loader *loader; /* of a light skeleton; NULL: there is none */
};

/* At least one variant; conditions are tried in order, so the first that holds counts. */
struct model_set {
	struct model_variant *variants;
	size_t n_variants;
};

/* 0, or -1 after an error for each thing that differs, which names it and both values. */
int model_set_check(const struct model_set *, struct arena *, struct diag *);

#endif
