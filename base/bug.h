/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two ways in which the program itself gives up. Wrong input is neither of them: it is
 * reported through base/diag.h and the caller goes on.
 */
#ifndef BASE_BUG_H
#define BASE_BUG_H

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

/* A mistake in bpfbake: prints where and what, undoes what base/undo.h knows of, and aborts. */
#define BUG(...) bug_die(__FILE__, __LINE__, __VA_ARGS__)

_Noreturn void bug_die(const char *file, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A library that calls abort(), as C++ does without memory, ends the process from now on as
 * bug_out_of_memory does: what would be left is undone. */
void bug_take_aborts(void);

/* No memory left: undoes what base/undo.h knows of, prints so and exits with status 1. */
_Noreturn void bug_out_of_memory(void);

#endif
