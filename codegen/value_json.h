/* SPDX-License-Identifier: BSD-2-Clause */
/* JSON text to values and back, by jansson. */
#ifndef CODEGEN_VALUE_JSON_H
#define CODEGEN_VALUE_JSON_H

#include "diag.h"
#include "strbuf.h"
#include "value.h"

/* Parses JSON; NULL after an error (`where` names the text in it). Keeps the order of members. */
struct value *value_from_json(struct arena *, struct diag *, const char *where, const char *text,
			      size_t length);

/* Appends the value as JSON, indented by two spaces, with a newline at the end. A string that is
 * no UTF-8 gets U+FFFD for each bad byte. */
void value_to_json(const struct value *, struct strbuf *);

#endif
