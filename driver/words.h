/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines in one string, and back. */
#ifndef DRIVER_WORDS_H
#define DRIVER_WORDS_H

#include "diag.h"
#include "strbuf.h"
#include "strvec.h"

/* Splits at white space alone, as -cc is. */
void words_split_blanks(struct strvec *, struct arena *, const char *text);

/*
 * Splits at white space as a shell would, with 'single' and "double" quotes and backslashes, as
 * -cflags is. `source` names the text in messages ("-cflags"). 0, or -1 after an error (a quote
 * that is not closed, a backslash at the end).
 */
int words_split(struct strvec *, struct arena *, struct diag *, const char *source,
		const char *text);

/* Appends the words, each quoted for a shell where it has to be. */
void words_join(struct strbuf *, char *const *words);

#endif
