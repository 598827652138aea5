/* SPDX-License-Identifier: BSD-2-Clause */
/* Dependency files in make's syntax. */
#ifndef DRIVER_DEPFILE_H
#define DRIVER_DEPFILE_H

#include "file.h"
#include "strbuf.h"
#include "strvec.h"

/* Adds the prerequisites of the first rule, as clang -MD writes it, that are not in `files` yet,
 * in their order. "./x" becomes "x". The files of `ignored`, and those below its directories, are
 * left out. */
void depfile_read(struct strvec *files, struct arena *, struct bytes text,
		  const struct strvec *ignored);

/* Appends a rule for all targets, then an empty rule for each prerequisite but the first (which is
 * the source), so that a deleted header does not stop make. */
void depfile_write(struct strbuf *, const struct strvec *targets, const struct strvec *files);

#endif
