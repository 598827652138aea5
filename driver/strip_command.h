/* SPDX-License-Identifier: BSD-2-Clause */
/* The command of -strip. */
#ifndef DRIVER_STRIP_COMMAND_H
#define DRIVER_STRIP_COMMAND_H

#include "build_options.h"
#include "session.h"

/* The words for one object. */
void strip_command_make(struct strvec *argv, struct arena *, const struct build_options *,
			const char *object);

/* Runs it on each object. 0, or -1 after an error or an interruption. */
int strip_command_run(struct session *, const struct build_options *, const struct strvec *objects);

#endif
