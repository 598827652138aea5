/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mustache templates: the whole of the specification's non-optional modules (comments, delimiters,
 * interpolation, inverted sections, partials, sections); the optional ones (lambdas, inheritance,
 * dynamic names) are not there. {{x}} escapes & " < > for HTML as the specification says; text for
 * C is written {{{x}}} or {{&x}}.
 */
#ifndef CODEGEN_MUSTACHE_H
#define CODEGEN_MUSTACHE_H

#include "diag.h"
#include "strbuf.h"
#include "value.h"

/* Where the partials come from. */
struct mustache_loader {
	/* The text of the partial `name` in *text and *length, or false when there is none (it is
	 * then rendered as the empty string). */
	bool (*load)(void *context, const char *name, const char **text, size_t *length);
	void *context;
};

/*
 * Renders `text` with `data` and appends the result to `out`. `name` stands for the template in
 * messages, which give `name:line`. `loader` may be NULL: no partials. Each partial is parsed once
 * per call. 0, or -1 after an error: an unclosed tag or section, a section closed by another name,
 * a bad set-delimiter tag, partials nested more than 64 deep.
 */
int mustache_render(struct strbuf *out, struct arena *, struct diag *, const char *name,
		    const char *text, size_t length, const struct value *data,
		    const struct mustache_loader *);

#endif
