/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of the tables, as others write them. */
#ifndef DOCS_MANUAL_TEXT_H
#define DOCS_MANUAL_TEXT_H

#include "arena.h"

/* The text as Markdown; words that look like options (-cc, -std=c11) become `code`. */
const char *manual_text_markdown(struct arena *, const char *text);

/* How something is called, "-lean auto|FILE": in Markdown, what is written as it stands is bold,
 * what stands for something is in italics. */
const char *manual_text_usage(struct arena *, const char *usage);

/* Its first sentence or part of one, without the stop. */
const char *manual_text_summary(struct arena *, const char *text);

/* Within single quotes: a description for zsh's _arguments and _describe, and for fish. */
const char *manual_text_zsh(struct arena *, const char *text);
const char *manual_text_fish(struct arena *, const char *text);

#endif
