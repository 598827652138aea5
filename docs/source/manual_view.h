/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands and their options as the templates of this directory see them. */
#ifndef DOCS_MANUAL_VIEW_H
#define DOCS_MANUAL_VIEW_H

#include "arena.h"
#include "value.h"

/*
 * An object with "version", "targets" (a line of names), "names" (a line of the commands'),
 * "defaults" (options with variables of the environment: "variables", "text") and "commands", in
 * each "command" (its name), "has_options", "options" and "groups" (commands behind the name).
 *
 * Texts are Markdown; those of shells, whose names end in the shell's, stand within single quotes
 * there.
 */
struct value *manual_view(struct arena *, const char *version);

#endif
