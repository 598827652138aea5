/* SPDX-License-Identifier: BSD-2-Clause */
/* Keywords; and the base types, by the names that the kernel's BTF has for them, in bytes of the
 * target. */
#include <bpf/btf.h>
#include <string.h>

#include "bug.h"
#include "vmlinux_types.h"

/* "int" cannot stand beside these. */
#define WORDS_ALONE (WORD_CHAR | WORD_BOOL | WORD_INT128 | WORD_FLOAT | WORD_DOUBLE | WORD_VOID)
/* clang-format off */
static const struct {
	const char *text;
	unsigned word;
} keywords[] = {
	{"signed", WORD_SIGNED}, {"unsigned", WORD_UNSIGNED}, {"char", WORD_CHAR},
	{"short", WORD_SHORT}, {"int", WORD_INT}, {"long", WORD_LONG}, {"_Bool", WORD_BOOL},
	{"__int128", WORD_INT128}, {"float", WORD_FLOAT}, {"double", WORD_DOUBLE},
	{"void", WORD_VOID}, {"const", WORD_CONST}, {"volatile", WORD_VOLATILE},
	{"restrict", WORD_RESTRICT}, {"__restrict", WORD_RESTRICT}, {"struct", WORD_STRUCT},
	{"union", WORD_UNION}, {"enum", WORD_ENUM}, {"__attribute__", WORD_ATTRIBUTE},
	{"typedef", WORD_TYPEDEF}, {"extern", WORD_EXTERN}, {"__builtin_va_list", WORD_VA_LIST},
};

static const struct {
	unsigned words; /* without "int", and without "signed" but for char */
	const char *name;
	uint32_t kind;
	uint8_t size, encoding;
} bases[] = {
	{0, "int", BTF_KIND_INT, 4, BTF_INT_SIGNED},
	{WORD_UNSIGNED, "unsigned int", BTF_KIND_INT, 4, 0},
	{WORD_CHAR, "char", BTF_KIND_INT, 1, BTF_INT_SIGNED},
	{WORD_CHAR | WORD_SIGNED, "signed char", BTF_KIND_INT, 1, BTF_INT_SIGNED},
	{WORD_CHAR | WORD_UNSIGNED, "unsigned char", BTF_KIND_INT, 1, 0},
	{WORD_SHORT, "short int", BTF_KIND_INT, 2, BTF_INT_SIGNED},
	{WORD_SHORT | WORD_UNSIGNED, "short unsigned int", BTF_KIND_INT, 2, 0},
	{WORD_LONG, "long int", BTF_KIND_INT, 8, BTF_INT_SIGNED},
	{WORD_LONG | WORD_UNSIGNED, "long unsigned int", BTF_KIND_INT, 8, 0},
	{WORD_LONG | WORD_LONG_LONG, "long long int", BTF_KIND_INT, 8, BTF_INT_SIGNED},
	{WORD_LONG | WORD_LONG_LONG | WORD_UNSIGNED, "long long unsigned int", BTF_KIND_INT, 8, 0},
	{WORD_BOOL, "_Bool", BTF_KIND_INT, 1, BTF_INT_BOOL},
	{WORD_INT128, "__int128", BTF_KIND_INT, 16, BTF_INT_SIGNED},
	{WORD_INT128 | WORD_UNSIGNED, "__int128 unsigned", BTF_KIND_INT, 16, 0},
	{WORD_FLOAT, "float", BTF_KIND_FLOAT, 4, 0},
	{WORD_DOUBLE, "double", BTF_KIND_FLOAT, 8, 0},
	{WORD_VOID, NULL, BTF_KIND_UNKN, 0, 0},
};
/* clang-format on */

void vmlinux_keywords_open(struct vmlinux_parser *parser)
{
	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++)
		*strmap_at(&parser->keywords, parser->arena, keywords[i].text) =
			(void *)(uintptr_t)keywords[i].word;
}

unsigned vmlinux_keyword(const struct vmlinux_parser *parser)
{
	if (parser->tokens.kind != TOKEN_WORD)
		return 0;
	return (unsigned)(uintptr_t)strmap_get(&parser->keywords, parser->tokens.word);
}

bool vmlinux_base_add(unsigned *sum, unsigned word)
{
	if (word == WORD_LONG && *sum & WORD_LONG)
		word = WORD_LONG_LONG;
	if (*sum & word)
		return false;
	*sum |= word;
	return true;
}

struct vmlinux_type *vmlinux_base_find(struct vmlinux_parser *parser, unsigned sum)
{
	unsigned wanted = sum & ~(unsigned)(sum & WORD_CHAR ? WORD_INT : WORD_INT | WORD_SIGNED);

	if ((sum & WORD_INT && sum & WORDS_ALONE) || (sum & WORD_SIGNED && sum & WORD_UNSIGNED))
		return NULL;
	if (!parser->bases)
		parser->bases =
			ARENA_ARRAY(parser->arena, struct vmlinux_type *, ARRAY_SIZE(bases));
	for (size_t i = 0; i < ARRAY_SIZE(bases); i++) {
		struct vmlinux_type *type = parser->bases[i];

		if (bases[i].words != wanted)
			continue;
		if (type)
			return type;
		type = bases[i].kind == BTF_KIND_UNKN
			       ? ARENA_NEW(parser->arena, struct vmlinux_type)
			       : vmlinux_type_new(parser, bases[i].kind, bases[i].name);
		type->size = type->align = bases[i].size;
		type->encoding = bases[i].encoding;
		parser->bases[i] = type;
		return type;
	}
	return NULL;
}
