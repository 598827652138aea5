/* SPDX-License-Identifier: BSD-2-Clause */
/* The types of a vmlinux.h as they are read, before they are BTF. All of it is in the arena. */
#ifndef CODEGEN_VMLINUX_TYPES_H
#define CODEGEN_VMLINUX_TYPES_H

#include <stdbool.h>
#include <stdint.h>

#include "strmap.h"
#include "vmlinux_tokens.h"

/* A member of a struct or union, or a parameter. */
struct vmlinux_member {
	const char *name;          /* NULL: none */
	struct vmlinux_type *type; /* NULL: "..." */
	bool is_bitfield, is_packed;
	uint64_t width;      /* bits of a bitfield */
	uint64_t align;      /* bytes that its attribute asks for; 0: it has none */
	uint64_t bit_offset; /* see vmlinux_layout */
};

struct vmlinux_enumerator {
	const char *name;
	uint64_t value;
	bool is_negative; /* value is two's complement then */
};

struct vmlinux_type {
	uint32_t kind;    /* BTF_KIND_…, also of what is only declared; BTF_KIND_UNKN: void */
	uint32_t id;      /* in BTF */
	const char *name; /* NULL: none; of a tag its text */
	bool is_defined;  /* not only declared: a struct, union or enum */
	bool is_packed;
	bool is_signed;   /* an enum */
	uint8_t encoding; /* BTF_INT_… of an integer */
	uint64_t size;    /* bytes; of a base type, or a struct, union or enum that is defined */
	uint64_t align;   /* bytes, of the same */
	uint64_t count;   /* of an array's elements */
	struct vmlinux_type *target;  /* of what refers to a type: that; void has an object, too */
	struct vmlinux_type *derived; /* the pointers to it, and what is const of it, … */
	struct vmlinux_type *next_derived;
	struct vmlinux_member *members; /* also parameters */
	size_t n_members;
	struct vmlinux_enumerator *enumerators;
	size_t n_enumerators;
};

struct vmlinux_attributes {
	bool is_packed;
	uint64_t align; /* bytes; 0: none */
	uint64_t mode;  /* bytes; 0: none */
	const char *tags[8];
	size_t n_tags;
};

struct vmlinux_parser {
	struct arena *arena;
	struct vmlinux_tokens tokens;
	struct strmap keywords, tags, typedefs;
	struct vmlinux_type **types; /* those with an id, by it, from 1 on */
	size_t n_types;
	size_t n_tagged;             /* structs, unions and enums with a tag that are defined */
	struct vmlinux_type **bases; /* by their place in a table of vmlinux_words.c */
	int depth;                   /* of braces and parentheses that are open */
	bool has_address_spaces;     /* its type tags that begin so are attributes */
};

/* How deep braces and parentheses may nest. */
#define VMLINUX_MAX_DEPTH 48

#define VMLINUX_ADDRESS_SPACE "address_space("

/* All of the text. False if it has what this does not know. */
bool vmlinux_parse(struct vmlinux_parser *, struct bytes text);

/* A new type, with the next id. */
struct vmlinux_type *vmlinux_type_new(struct vmlinux_parser *, uint32_t kind, const char *name);

/* The pointer to, the const of, … `target`: there is one of each. */
struct vmlinux_type *vmlinux_type_derive(struct vmlinux_parser *, uint32_t kind, const char *name,
					 struct vmlinux_type *target);

/* Words that mean something in front of a declaration. Several of the first make a base type. */
enum vmlinux_keyword {
	WORD_SIGNED = 1 << 0,
	WORD_UNSIGNED = 1 << 1,
	WORD_CHAR = 1 << 2,
	WORD_SHORT = 1 << 3,
	WORD_INT = 1 << 4,
	WORD_LONG = 1 << 5,
	WORD_LONG_LONG = 1 << 6, /* the second "long" */
	WORD_BOOL = 1 << 7,
	WORD_INT128 = 1 << 8,
	WORD_FLOAT = 1 << 9,
	WORD_DOUBLE = 1 << 10,
	WORD_VOID = 1 << 11,
	WORDS_OF_BASES = (1 << 12) - 1,
	WORD_CONST = 1 << 12,
	WORD_VOLATILE = 1 << 13,
	WORD_RESTRICT = 1 << 14,
	WORDS_OF_QUALIFIERS = WORD_CONST | WORD_VOLATILE | WORD_RESTRICT,
	WORD_STRUCT = 1 << 15,
	WORD_UNION = 1 << 16,
	WORD_ENUM = 1 << 17,
	WORDS_OF_TAGS = WORD_STRUCT | WORD_UNION | WORD_ENUM,
	WORD_ATTRIBUTE = 1 << 18,
	WORD_TYPEDEF = 1 << 19,
	WORD_EXTERN = 1 << 20,
	WORD_VA_LIST = 1 << 21,
};

/* The present token; 0: none of them. */
unsigned vmlinux_keyword(const struct vmlinux_parser *);

void vmlinux_keywords_open(struct vmlinux_parser *);

/* False when these words do not go together. */
bool vmlinux_base_add(unsigned *words, unsigned word);

/* The type that those words mean in whatever order; NULL: none. */
struct vmlinux_type *vmlinux_base_find(struct vmlinux_parser *, unsigned words);

/* The types from which declarations start: "const struct x", "enum { … }". NULL, and bad, when it
 * is something else. */
struct vmlinux_type *vmlinux_parse_specifiers(struct vmlinux_parser *);

/* Any number of __attribute__((…)), which are added. */
bool vmlinux_parse_attributes(struct vmlinux_parser *, struct vmlinux_attributes *);

/* What is in the braces of a struct or union, and the one that closes. */
bool vmlinux_parse_members(struct vmlinux_parser *, struct vmlinux_type *);

/*
 * Gives a struct or union its size and alignment, and its members their bit offsets, as clang does
 * for BPF (RecordLayout, the rules of the System V ABI). False if it has a member without a size,
 * or is larger than BTF can say.
 */
bool vmlinux_layout(struct vmlinux_type *);

/* The same for an enum. */
bool vmlinux_layout_enum(struct vmlinux_type *, uint64_t mode);

#endif
