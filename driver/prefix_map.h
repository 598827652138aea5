/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The names of files as they get into objects (__FILE__, BTF's line table, DWARF): relative to the
 * directory of the source, wherever the tree stands and wherever clang runs.
 */
#ifndef DRIVER_PREFIX_MAP_H
#define DRIVER_PREFIX_MAP_H

#include "strvec.h"

struct prefix_map_input {
	const char *working_directory;     /* absolute, canonical */
	const char *source_directory;      /* as clang is given it: ".", "../t/src" */
	const char *source_directory_real; /* absolute, canonical */
	const struct strvec *includes;     /* directories of -I and its like, as they are spelled */
};

/* Appends "OLD/=NEW/" for each -ffile-prefix-map that is needed. Reads no file, but resolves the
 * directories' links; those that do not exist are left out. */
void prefix_map_make(struct strvec *maps, struct arena *, const struct prefix_map_input *);

/* Appends the values that options have among the words of a clang command: joined to the option, or
 * in the next word. NULL ends the options. */
void prefix_map_find_values(struct strvec *values, struct arena *, const struct strvec *flags,
			    const char *const *options);

/* Appends the include directories that the words of a clang command name (-I, -isystem, -iquote,
 * -idirafter). */
void prefix_map_find_includes(struct strvec *directories, struct arena *,
			      const struct strvec *flags);

#endif
