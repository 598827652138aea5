/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tokens of a vmlinux.h. Comments and the preprocessor's frame around it (its guard, the
 * pragmas of preserve_access_index, the macros of its kfuncs) are none; another directive is bad.
 */
#ifndef CODEGEN_VMLINUX_TOKENS_H
#define CODEGEN_VMLINUX_TOKENS_H

#include <stdbool.h>
#include <stdint.h>

#include "file.h"

/* Punctuation is its own character. */
enum vmlinux_token_kind {
	TOKEN_END = 0,
	TOKEN_WORD = 256,
	TOKEN_NUMBER,
	TOKEN_STRING,
	TOKEN_ELLIPSIS,
};

struct vmlinux_tokens {
	int kind;         /* of the present token */
	const char *word; /* of a word; what is in the quotes of a string */
	uint64_t number;
	bool is_bad; /* and ends therefore */

	const char *at, *end;
	char *room;            /* for the words that are still to come, each with a NUL */
	const char *directive; /* the last one */
};

/* Stands on the first token then. */
void vmlinux_tokens_open(struct vmlinux_tokens *, struct arena *, struct bytes text);

void vmlinux_tokens_next(struct vmlinux_tokens *);

/* No further tokens. */
void vmlinux_tokens_fail(struct vmlinux_tokens *);

/* Goes on if the present token is `kind`. */
bool vmlinux_tokens_accept(struct vmlinux_tokens *, int kind);

/* As vmlinux_tokens_accept; another token is bad. */
bool vmlinux_tokens_expect(struct vmlinux_tokens *, int kind);

#endif
