/* SPDX-License-Identifier: BSD-2-Clause */
/* The templates of this folder, compiled in. */
#ifndef TEMPLATES_TEMPLATES_H
#define TEMPLATES_TEMPLATES_H

#include <stddef.h>

struct template_text {
	const char *name; /* "map_hash" */
	const char *text;
};

/* Sorted by name in ASCII order. */
extern const struct template_text template_texts[];
extern const size_t template_count;

#endif
