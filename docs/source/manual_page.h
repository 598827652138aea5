/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Markdown to a manual page (man(7)). It knows what docs/source/command.md.mustache uses:
 *
 *	# ...                   nothing: the page has its own title
 *	## ... and ### ...      sections and subsections
 *	```                     a block of code up to the next such line
 *	- text                  an item of a list; followed by a paragraph that is indented
 *	                        by two blanks, a term and what it means
 *	**bold** *italics* `code` [text](link) \c    within a paragraph; a \ at the end breaks the
 *line
 *	<!-- ... -->            nothing; on a line of its own
 */
#ifndef DOCS_MANUAL_PAGE_H
#define DOCS_MANUAL_PAGE_H

#include "strbuf.h"

/* `title` is the line of the page's name, as .TH takes it. */
void manual_page(struct strbuf *out, const char *title, const char *markdown);

#endif
