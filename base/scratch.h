/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A private directory for what other programs write, in TMPDIR or /tmp. While one exists, the
 * signals of interrupt.h must be held back.
 */
#ifndef BASE_SCRATCH_H
#define BASE_SCRATCH_H

#include "arena.h"
#include "undo.h"

struct scratch {
	char *path;         /* NULL: none */
	const char *parent; /* where it is, or cannot be made */
	struct undo undo;
};

/* Makes it. 0 or a negative errno. The struct stays where it is until scratch_remove. */
int scratch_make(struct scratch *, struct arena *);

/* Removes it with all in it, links as links; allocates nothing. */
void scratch_remove(struct scratch *);

#endif
