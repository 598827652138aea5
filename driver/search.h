/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where clang looks for headers when it compiles for the host (or for what --target and --sysroot
 * among its flags say): with -target bpf it leaves out the directories of the C library, among
 * them the multiarch one, without which <asm/types.h> is not found.
 *
 * clang is asked once; the answer is kept in a cache, by the compiler's path, size and time and the
 * flags that matter. A cache that cannot be read or written changes nothing but the time.
 */
#ifndef DRIVER_SEARCH_H
#define DRIVER_SEARCH_H

#include <stdbool.h>

#include "diag.h"
#include "strvec.h"

struct search {
	struct strvec directories; /* absolute, in clang's order */
	const char *version;       /* "Debian clang version 14.0.6", or NULL */
};

/*
 * The command that asks: the compiler's words, those of the flags that decide where headers are,
 * and what makes clang print its list.
 */
void search_make_command(struct strvec *argv, struct arena *, const struct strvec *compiler,
			 const struct strvec *flags);

/* From the cache alone; false when it has no answer. */
bool search_load(struct search *, struct arena *, const struct strvec *command);

/* From the cache or from clang. 0; -1 after an error (the compiler cannot be started or fails);
 * the number of a signal that came meanwhile (process.h). */
int search_find(struct search *, struct arena *, struct diag *, const struct strvec *command);

/* "Debian clang version 14.0.6" → 14; 0 when the compiler says nothing of the kind. */
int search_major(const struct search *);

#endif
