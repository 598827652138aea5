/* SPDX-License-Identifier: BSD-2-Clause */
/* Help texts, made from the tables of options. */
#ifndef DRIVER_HELP_H
#define DRIVER_HELP_H

#include "options.h"
#include "strbuf.h"

/* Appends the options with their arguments, environment and help, wrapped at 80 columns. */
void help_add_options(struct strbuf *, const struct option_table *);

/* Appends `text`, wrapped at 80 columns, each line behind `indent` blanks. */
void help_add_paragraph(struct strbuf *, const char *text, size_t indent);

#endif
