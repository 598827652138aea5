/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that are run before the eyes of a person. */
#ifndef DRIVER_PROGRESS_H
#define DRIVER_PROGRESS_H

#include "process.h"
#include "session.h"

/*
 * Runs them as process_run_all does. With -verbose each is shown on standard error behind its end,
 * with the time that it took. On a terminal, when it takes more than a second, a line says how far
 * it is; it is gone in the end. `what` is done to what: "compiling a.bpf.c".
 */
int progress_run(struct session *, const char *what, struct process *, size_t count,
		 size_t parallel);

/* What the commands said on standard error, untouched; what two of them said alike only once. */
void progress_show_messages(struct process *const *, size_t count);

#endif
