/* SPDX-License-Identifier: BSD-2-Clause */
#include "interrupt.h"

#include <stddef.h>

#include "bug.h"

static sigset_t signals, original;
static int holds;

const sigset_t *interrupt_signals(void)
{
	static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action;

	sigemptyset(&signals);
	/* What is ignored would stay pending all the same. */
	for (size_t i = 0; i < ARRAY_SIZE(ending); i++) {
		if (!sigaction(ending[i], NULL, &action) && action.sa_handler != SIG_IGN)
			sigaddset(&signals, ending[i]);
	}
	return &signals;
}

void interrupt_hold(void)
{
	if (holds++ == 0)
		sigprocmask(SIG_BLOCK, interrupt_signals(), &original);
}

void interrupt_release(void)
{
	if (holds == 0)
		BUG("signals are released but not held");
	if (--holds == 0)
		sigprocmask(SIG_SETMASK, &original, NULL);
}

bool interrupt_pending(void)
{
	sigset_t pending;

	sigpending(&pending);
	for (int signal = 1; signal < NSIG; signal++) {
		if (sigismember(&pending, signal) == 1 && sigismember(&signals, signal) == 1)
			return true;
	}
	return false;
}

const sigset_t *interrupt_original_mask(void)
{
	return &original;
}
