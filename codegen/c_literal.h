/* SPDX-License-Identifier: BSD-2-Clause */
/* Strings and bytes as C and C++ literals. */
#ifndef CODEGEN_C_LITERAL_H
#define CODEGEN_C_LITERAL_H

#include "arena.h"
#include "file.h"
#include "strbuf.h"

/* `text` as a string literal with its quotes, safe in any place of a C or C++ file. */
char *c_literal_string(struct arena *, const char *text);

/*
 * Appends bytes as string literals of at most about 96 columns, one a line, which C joins into
 * one: compilers read that many times faster than a list of numbers. `indent` stands before each.
 */
void c_literal_bytes(struct strbuf *, struct bytes, const char *indent);

#endif
