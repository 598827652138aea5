/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Child processes, several at a time, their output collected.
 *
 * A child is started by posix_spawnp without a shell, in a process group of its own, with standard
 * input from /dev/null and the signal mask and dispositions that the tool was started with.
 */
#ifndef BASE_PROCESS_H
#define BASE_PROCESS_H

#include <stddef.h>

#include "strbuf.h"

struct process {
	/* Set by the caller. */
	char *const *argv; /* argv[0] is looked up in PATH */

	/* Set by process_run_all; the caller releases the buffers. */
	struct strbuf output;   /* standard output */
	struct strbuf messages; /* standard error */
	int error;              /* 0, or the negative errno for which it could not be started */
	int wait_status;        /* as waitpid(2) gives it; only if error is 0 */
	long long milliseconds; /* how long it ran */
};

#define PROCESS_INIT                                           \
	{                                                      \
		.output = STRBUF_INIT, .messages = STRBUF_INIT \
	}

/*
 * Runs all of them, at most `parallel` at once (at least 1), and waits for each. Returns 0 when
 * all ended by themselves (well or badly: see process_failure), or the number of the signal of
 * base/interrupt.h that came meanwhile: then every child was ended, by SIGTERM and after two
 * seconds by SIGKILL, and waited for. The caller cleans up and calls interrupt_release, which
 * delivers the signal.
 */
int process_run_all(struct process *, size_t count, size_t parallel);

/* Who is told how far it is, again and again, while children run. */
struct process_watcher {
	void (*look)(void *context, size_t n_done, size_t count);
	void *context;
	int interval; /* milliseconds */
};

/* The same; `watcher` may be NULL. */
int process_run_watched(struct process *, size_t count, size_t parallel,
			const struct process_watcher *);

/*
 * Why it did not succeed, as half a sentence ("ended with status 1", "was killed by signal 9
 * (Killed)", "cannot be started: No such file or directory"), in `text`; NULL when it succeeded.
 */
const char *process_failure(const struct process *, struct strbuf *text);

#endif
