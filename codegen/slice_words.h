/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a BPF source and the headers that it includes, but for vmlinux.h, name: all that a slice of
 * vmlinux.h (slice.h) must have. They are read as text; a word too many makes the slice larger, and
 * does no other harm.
 */
#ifndef CODEGEN_SLICE_WORDS_H
#define CODEGEN_SLICE_WORDS_H

#include <stdbool.h>

#include "strmap.h"
#include "strvec.h"

enum word_use {
	WORD_NAMED = 1 << 0,    /* as anything */
	WORD_TYPEDEF = 1 << 1,  /* where only a typedef matters */
	WORD_BY_VALUE = 1 << 2, /* perhaps as the type of a variable, member or argument */
};

struct slice_words {
	struct strmap uses;     /* word_use by word, as pointers */
	struct strvec prefixes; /* of words that a macro pastes together: "BPF_MAP_TYPE_" */
	struct strvec files;    /* that were read */
	struct strvec
		vmlinux; /* those called vmlinux.h, which were not; the first is to be replaced */
	bool has_no_vmlinux;  /* one is included, and is nowhere */
	bool changes_vmlinux; /* only the whole will do: a macro that it looks at is defined */
};

/* Where headers are looked for, in this order. */
struct slice_includes {
	struct strvec directories; /* of the user's: -I, -iquote */
	struct strvec system;      /* of libbpf, the C library and the like */
	struct strvec files;       /* -include */
};

/* Adds those of `path` and of all that it includes. 0, or a negative errno when it cannot be read.
 */
int slice_words_read(struct slice_words *, struct arena *, const char *path,
		     const struct slice_includes *);

/* Adds a type that something else names, which is to be there whole. */
void slice_words_add_type(struct slice_words *, struct arena *, const char *name);

/* The word_use of a word; 0: it is not named. */
unsigned slice_words_use(const struct slice_words *, const char *word);

#endif
