/* SPDX-License-Identifier: BSD-2-Clause */
/* -check: are the outputs that stand there what the command would write? */
#ifndef DRIVER_CHECK_H
#define DRIVER_CHECK_H

#include <stdbool.h>

#include "diag.h"
#include "output.h"

/*
 * Compares each output with the file at its path, by meaning: the bytes of objects may differ where
 * they do the same, and so may the comment that names the tools. Where no object is there, only the
 * header is kept, which has the bytes too, unless it embeds the objects' files. Says what differs,
 * with `command`, which would mend it. 0: nothing does, 1: something, -1: after an error.
 */
int check_outputs(struct arena *, struct diag *, const struct output_set *, bool embeds_files,
		  const char *command);

#endif
