/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the user must hear. The libraries never print: they report here, and the one who set the
 * sink up decides what becomes of it.
 *
 * A message reads `WHERE: what is wrong; what to do`. WHERE is a file, or `file:line`, or NULL when
 * the message stands for itself.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stddef.h>

enum diag_level {
	DIAG_ERROR,   /* the run fails */
	DIAG_WARNING, /* the run goes on */
	DIAG_NOTE,    /* all is well, but less than there could be */
};

struct diag {
	/* Gets each message, without a newline; NULL: messages are only counted. */
	void (*emit)(void *context, enum diag_level, const char *where, const char *text);
	void *context;
	size_t n_errors, n_warnings;
};

/* Reports an error and returns -1, so that a function can end with it. */
int diag_error(struct diag *, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void diag_warning(struct diag *, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void diag_note(struct diag *, const char *where, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
