/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of one definition. What it needs must be defined already: types.c sees to the order. */
#ifndef CODEGEN_TYPE_PRINTER_H
#define CODEGEN_TYPE_PRINTER_H

#include "types.h"

/* Fills `text`, `assertions` and `fingerprint` of a definition whose other fields are set. 0, or -1
 * after an error: two members that would have one name. */
int type_print_composite(struct types *, struct type_definition *);

/* The same for an enum, whose enumerators are taken in types->identifiers unless the same enum has
 * done so already. 0, or -1 after an error. */
int type_print_enum(struct types *, struct type_definition *, bool is_repeated);

/* A struct or union without a name, to stand before a declarator; its first line is not indented.
 * `text` gets NULL when C cannot say it. 0, or -1 after an error as above. */
int type_print_inline(struct types *, uint32_t id, int indent, const char **text);

/* Of all but comments and blanks: two headers may share a type and speak of it differently. */
uint32_t type_fingerprint(const char *text);

#endif
