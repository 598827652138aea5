/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals that end the tool: SIGINT, SIGTERM and SIGHUP, but for those that were ignored when the
 * tool was started (by nohup SIGHUP, by a shell SIGINT in what runs behind an '&'). There is no
 * handler: between interrupt_hold and interrupt_release they stay pending, so no temporary file or
 * child can be left behind at any moment; process_run_all looks at them while it waits. Held
 * stretches other than that are short.
 */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include <signal.h>
#include <stdbool.h>

/* The signals of the set that are held; process_run_all waits for them. */
const sigset_t *interrupt_signals(void);

/* From here on they are held back. Calls nest. */
void interrupt_hold(void);

/* Ends the outermost hold: a signal that came meanwhile now ends the process. */
void interrupt_release(void);

/* One of them is pending. */
bool interrupt_pending(void);

/* The mask from before the outermost hold, which children are to be started with. */
const sigset_t *interrupt_original_mask(void);

#endif
