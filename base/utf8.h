/* SPDX-License-Identifier: BSD-2-Clause */
/* Text that others wrote: what of it is characters, and what a terminal would not show but obey. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include "strbuf.h"

/* Bytes of the character at `text`, which a NUL ends somewhere; 0 for what is no UTF-8. */
size_t utf8_length(const char *text);

/* Is the character one that is not shown: a control character, also of those from U+0080 to U+009F,
 * or one that lets the text around it stand elsewhere than it is (U+202A to U+202E, U+2066 to
 * U+2069)? */
bool utf8_is_hidden(const char *text);

/* Appends the text in one line, with "\x1b" for what is hidden, other than a tab, or no UTF-8, and
 * "\n". */
void utf8_add_visible(struct strbuf *, const char *text);

#endif
