/* SPDX-License-Identifier: BSD-2-Clause */
#include "bug.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "undo.h"

void bug_die(const char *file, int line, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "bpfbake: %s:%d: a mistake in bpfbake itself: ", file, line);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs("; please report it\n", stderr);
	undo_all();
	signal(SIGABRT, SIG_DFL);
	abort();
}

/* Async-signal-safe, but for the lock of undo.h: no library is called with it. */
static _Noreturn void give_up(const char *message)
{
	ssize_t ignored;

	/* First, since only one thread gets past it. */
	undo_all();
	ignored = write(STDERR_FILENO, message, strlen(message));
	(void)ignored;
	_exit(1);
}

void bug_out_of_memory(void)
{
	give_up("bpfbake: out of memory; free some, or run fewer jobs (-j)\n");
}

static void take_abort(int number)
{
	(void)number;
	give_up("bpfbake: a library has ended the run, as they do without memory or threads; free "
		"some, or "
		"run fewer jobs (-j)\n");
}

void bug_take_aborts(void)
{
	struct sigaction action = {.sa_handler = take_abort};

	sigaction(SIGABRT, &action, NULL);
}
