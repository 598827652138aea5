/* SPDX-License-Identifier: BSD-2-Clause */
/* compile_commands.json, by which clangd and others learn how a source is compiled. */
#ifndef DRIVER_COMPILE_COMMANDS_H
#define DRIVER_COMPILE_COMMANDS_H

#include "diag.h"
#include "strvec.h"

struct compile_command {
	const char *directory; /* absolute: where it is run */
	const char *file;      /* absolute: the source */
	struct strvec arguments;
};

/*
 * Puts it into the database at `path`, in the place of what it has for that file; the other entries
 * stay. A database that says the same already is left untouched, one that is not there is made.
 * Others who do this at the same time wait. 0, or -1 after an error.
 *
 * Format: https://clang.llvm.org/docs/JSONCompilationDatabase.html
 */
int compile_commands_put(struct arena *, struct diag *, const char *path,
			 const struct compile_command *);

#endif
