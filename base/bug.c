/* SPDX-License-Identifier: BSD-2-Clause */
#include "bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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
	abort();
}

void bug_out_of_memory(void)
{
	static const char message[] = "bpfbake: out of memory; free some, or run fewer jobs (-j)\n";
	ssize_t ignored;

	/* First, since only one thread gets past it. */
	undo_all();
	ignored = write(STDERR_FILENO, message, sizeof(message) - 1);
	(void)ignored;
	_exit(1);
}
