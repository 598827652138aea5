/* SPDX-License-Identifier: BSD-2-Clause */
/* Who reads: a person at a terminal, or a program. */
#ifndef BASE_TERMINAL_H
#define BASE_TERMINAL_H

#include <stdbool.h>

/* Whether `fd` is a terminal on which a line can be written over. */
bool terminal_has_control(int fd);

/* Whether colours may be written to `fd`: it is such a terminal, and the user has not asked for
 * none ($NO_COLOR, see no-color.org). */
bool terminal_has_colour(int fd);

#endif
