/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a BPF source and the headers that it includes, but for vmlinux.h, name: all that a slice of
 * vmlinux.h (slice.h) must have. They are read as text; a word too many makes the slice larger, and
 * does no other harm.
 */
#ifndef CODEGEN_SLICE_WORDS_H
#define CODEGEN_SLICE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "strmap.h"
#include "strvec.h"

enum word_use {
	WORD_NAMED = 1 << 0,    /* as anything */
	WORD_TYPEDEF = 1 << 1,  /* where only a typedef matters */
	WORD_BY_VALUE = 1 << 2, /* perhaps as the type of a variable, member or argument */
	WORD_REPLACED = 1 << 3, /* a macro without parameters, defined before vmlinux.h */
	WORD_PASTED = 1 << 4,   /* the beginning of such a word, in the digest alone */
};

#define SLICE_FILTER_WORDS 1024

struct slice_words {
	bool is_first;          /* set by the caller: the slice stands before the source */
	struct strmap uses;     /* word_use by word, as pointers */
	struct strvec prefixes; /* of words that a macro pastes together: "BPF_MAP_TYPE_" */
	struct strvec files;    /* that were read */
	struct strvec
		vmlinux; /* those called vmlinux.h, which were not; the first is to be replaced */
	bool has_no_vmlinux;     /* one is included, and is nowhere */
	struct strvec macros;    /* defined before it, of those that it looks at */
	const char *needs_whole; /* why no slice will do, or NULL; the first reason */

	uint64_t digest;      /* of the words: the same for those that give the same slice */
	uint64_t text_digest; /* of all that was read */

	/* Bits that tell most of what is in neither. */
	uint64_t filter[SLICE_FILTER_WORDS], prefix_filter[SLICE_FILTER_WORDS];
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

/* No slice will do; a reason that is known already stays. */
void slice_words_need_whole(struct slice_words *, const char *why);

/* Adds a type that something else names, which is to be there whole. */
void slice_words_add_type(struct slice_words *, struct arena *, const char *name);

/* The word_use of a word; 0: it is not named. One that may be pasted together is. */
unsigned slice_words_use(const struct slice_words *, const char *word, size_t length);

#endif
