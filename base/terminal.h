/* SPDX-License-Identifier: BSD-2-Clause */
/* Who reads: a person at a terminal, or a program. */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include <stdbool.h>

/* Whether colours may be written to `fd`: it is a terminal that has some, and the user has not
 * asked for none ($NO_COLOR, see no-color.org). */
bool terminal_has_colour(int fd);

#endif
