/* SPDX-License-Identifier: BSD-2-Clause */
/* What stands in front of the names that are declared, attributes included. */
#include <bpf/btf.h>
#include <string.h>

#include "bug.h"
#include "vmlinux_types.h"

/* Of what stands there: one type at most, made of base words or complete. */
struct specifiers {
	unsigned bases, qualifiers;
	struct vmlinux_type *type;
	struct vmlinux_attributes attributes;
};

static bool fail(struct vmlinux_parser *parser)
{
	vmlinux_tokens_fail(&parser->tokens);
	return false;
}

static bool accept(struct vmlinux_parser *parser, int kind)
{
	return vmlinux_tokens_accept(&parser->tokens, kind);
}

static bool expect(struct vmlinux_parser *parser, int kind)
{
	return vmlinux_tokens_expect(&parser->tokens, kind);
}

/* The text in the parentheses of an attribute, of a token of that kind; its number for numbers. */
static const char *parse_argument(struct vmlinux_parser *parser, int kind, uint64_t *number)
{
	const char *word = "";

	if (!expect(parser, '('))
		return "";
	if (parser->tokens.kind == kind) {
		word = kind == TOKEN_NUMBER ? "" : parser->tokens.word;
		*number = parser->tokens.number;
	}
	return expect(parser, kind) && expect(parser, ')') ? word : "";
}

static uint64_t mode_size(const char *mode)
{
	static const struct {
		const char *name;
		uint64_t size;
	} modes[] = {{"byte", 1}, {"QI", 1}, {"HI", 2}, {"SI", 4}, {"DI", 8}, {"word", 8}};

	for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
		if (!strcmp(modes[i].name, mode))
			return modes[i].size;
	}
	return 0;
}

static bool parse_attribute(struct vmlinux_parser *parser, struct vmlinux_attributes *attributes)
{
	const char *name = parser->tokens.word;
	uint64_t number = 0;

	if (!expect(parser, TOKEN_WORD))
		return false;
	if (!strcmp(name, "packed")) {
		attributes->is_packed = true;
	} else if (!strcmp(name, "aligned")) {
		parse_argument(parser, TOKEN_NUMBER, &number);
		if (!number || number & (number - 1) || number > 1 << 20)
			return fail(parser);
		attributes->align = number > attributes->align ? number : attributes->align;
	} else if (!strcmp(name, "mode")) {
		attributes->mode = mode_size(parse_argument(parser, TOKEN_WORD, &number));
		return attributes->mode || fail(parser);
	} else if (!strcmp(name, "btf_type_tag")) {
		if (attributes->n_tags == ARRAY_SIZE(attributes->tags))
			return fail(parser);
		attributes->tags[attributes->n_tags++] =
			parse_argument(parser, TOKEN_STRING, &number);
	} else if (!strcmp(name, "address_space") &&
		   attributes->n_tags < ARRAY_SIZE(attributes->tags)) {
		parse_argument(parser, TOKEN_NUMBER, &number);
		parser->has_address_spaces = true;
		attributes->tags[attributes->n_tags++] = arena_printf(
			parser->arena, VMLINUX_ADDRESS_SPACE "%llu)", (unsigned long long)number);
	} else if (strcmp(name, "preserve_access_index") != 0) {
		return fail(parser);
	}
	return !parser->tokens.is_bad;
}

bool vmlinux_parse_attributes(struct vmlinux_parser *parser, struct vmlinux_attributes *attributes)
{
	while (vmlinux_keyword(parser) == WORD_ATTRIBUTE) {
		vmlinux_tokens_next(&parser->tokens);
		if (!expect(parser, '(') || !expect(parser, '('))
			return false;
		do {
			if (!parse_attribute(parser, attributes))
				return false;
		} while (accept(parser, ','));
		if (!expect(parser, ')') || !expect(parser, ')'))
			return false;
	}
	return !parser->tokens.is_bad;
}

static bool parse_value(struct vmlinux_parser *parser, struct vmlinux_enumerator *enumerator)
{
	bool has_minus = accept(parser, '-');
	uint64_t number = parser->tokens.number;

	if (!expect(parser, TOKEN_NUMBER) || (has_minus && number > UINT64_C(1) << 63))
		return fail(parser);
	enumerator->is_negative = has_minus && number;
	enumerator->value = has_minus ? 0 - number : number;
	return true;
}

/* What is in the braces of an enum, and the one that closes. */
static bool parse_enumerators(struct vmlinux_parser *parser, struct vmlinux_type *type)
{
	struct vmlinux_enumerator next = {0};

	while (!accept(parser, '}')) {
		next.name = parser->tokens.word;
		if (!expect(parser, TOKEN_WORD) ||
		    (accept(parser, '=') && !parse_value(parser, &next)))
			return false;
		*ARENA_PUSH(parser->arena, type->enumerators, type->n_enumerators) = next;
		next.value++;
		next.is_negative = (int64_t)next.value < 0 && next.is_negative;
		if (!accept(parser, ',') && parser->tokens.kind != '}')
			return fail(parser);
	}
	return type->n_enumerators || fail(parser);
}

/* The type of that tag, as it is or only declared. */
static struct vmlinux_type *find_tag(struct vmlinux_parser *parser, uint32_t kind, const char *name)
{
	void **place = strmap_at(&parser->tags, parser->arena, name);

	if (!*place)
		*place = vmlinux_type_new(parser, kind, name);
	return *place;
}

static bool lay_out(struct vmlinux_type *type, struct vmlinux_attributes *attributes)
{
	if (type->kind == BTF_KIND_ENUM) {
		uint64_t mode = attributes->mode;

		attributes->mode = 0;
		return vmlinux_layout_enum(type, mode);
	}
	type->is_packed = attributes->is_packed;
	type->align = attributes->align;
	attributes->is_packed = false;
	attributes->align = 0;
	return vmlinux_layout(type);
}

static bool parse_body(struct vmlinux_parser *parser, struct vmlinux_type *type,
		       struct vmlinux_attributes *attributes)
{
	bool is_enum = type->kind == BTF_KIND_ENUM;

	if (type->is_defined || ++parser->depth > VMLINUX_MAX_DEPTH)
		return fail(parser);
	if (is_enum ? !parse_enumerators(parser, type) : !vmlinux_parse_members(parser, type))
		return false;
	parser->depth--;
	if (!vmlinux_parse_attributes(parser, attributes))
		return false;
	/* One that its own body defines is refused, too. */
	if (type->is_defined || !lay_out(type, attributes))
		return fail(parser);
	type->is_defined = true;
	parser->n_tagged += type->name != NULL;
	return true;
}

/* Behind "struct", "union" or "enum". */
static struct vmlinux_type *parse_tagged(struct vmlinux_parser *parser, unsigned word,
					 struct vmlinux_attributes *attributes)
{
	uint32_t kind = word == WORD_STRUCT  ? BTF_KIND_STRUCT
			: word == WORD_UNION ? BTF_KIND_UNION
					     : BTF_KIND_ENUM;
	struct vmlinux_type *type = NULL;

	if (!vmlinux_parse_attributes(parser, attributes))
		return NULL;
	if (parser->tokens.kind == TOKEN_WORD && !vmlinux_keyword(parser)) {
		type = find_tag(parser, kind, parser->tokens.word);
		vmlinux_tokens_next(&parser->tokens);
	} else if (parser->tokens.kind == '{') {
		type = vmlinux_type_new(parser, kind, NULL);
	}
	if (!type || type->kind != kind)
		return NULL;
	return !accept(parser, '{') || parse_body(parser, type, attributes) ? type : NULL;
}

/* clang's for BPF is a pointer. libbpf writes none that has this name. */
static struct vmlinux_type *find_va_list(struct vmlinux_parser *parser)
{
	void **place = strmap_at(&parser->typedefs, parser->arena, "__builtin_va_list");
	struct vmlinux_type *type = *place;

	if (!type) {
		struct vmlinux_type *nothing = vmlinux_base_find(parser, WORD_VOID);

		type = vmlinux_type_new(parser, BTF_KIND_TYPEDEF, "__builtin_va_list");
		type->target = vmlinux_type_derive(parser, BTF_KIND_PTR, NULL, nothing);
		*place = type;
	}
	return type;
}

/* True when the present token was one; it is taken then. */
static bool take_specifier(struct vmlinux_parser *parser, struct specifiers *specifiers)
{
	unsigned word = vmlinux_keyword(parser);
	struct vmlinux_type *type = NULL;

	if (parser->tokens.kind != TOKEN_WORD)
		return false;
	if (word == WORD_ATTRIBUTE)
		return vmlinux_parse_attributes(parser, &specifiers->attributes);
	if (!word && !specifiers->type && !specifiers->bases)
		type = strmap_get(&parser->typedefs, parser->tokens.word);
	if (!word && !type)
		return false;
	vmlinux_tokens_next(&parser->tokens);
	if (word & WORDS_OF_QUALIFIERS) {
		specifiers->qualifiers |= word;
		return true;
	}
	if (specifiers->type)
		return fail(parser);
	if (word & WORDS_OF_BASES)
		return vmlinux_base_add(&specifiers->bases, word) || fail(parser);
	if (specifiers->bases)
		return fail(parser);
	if (word & WORDS_OF_TAGS)
		type = parse_tagged(parser, word, &specifiers->attributes);
	else if (word == WORD_VA_LIST)
		type = find_va_list(parser);
	specifiers->type = type;
	return type || fail(parser);
}

struct vmlinux_type *vmlinux_parse_specifiers(struct vmlinux_parser *parser)
{
	struct specifiers s = {0};
	struct vmlinux_type *type;

	while (take_specifier(parser, &s))
		;
	type = s.bases && !s.type ? vmlinux_base_find(parser, s.bases) : !s.bases ? s.type : NULL;
	if (!type || s.attributes.is_packed || s.attributes.align || s.attributes.mode)
		fail(parser);
	if (parser->tokens.is_bad)
		return NULL;
	if (s.qualifiers & WORD_VOLATILE)
		type = vmlinux_type_derive(parser, BTF_KIND_VOLATILE, NULL, type);
	if (s.qualifiers & WORD_CONST)
		type = vmlinux_type_derive(parser, BTF_KIND_CONST, NULL, type);
	if (s.qualifiers & WORD_RESTRICT)
		type = vmlinux_type_derive(parser, BTF_KIND_RESTRICT, NULL, type);
	for (size_t i = 0; i < s.attributes.n_tags; i++)
		type = vmlinux_type_derive(parser, BTF_KIND_TYPE_TAG, s.attributes.tags[i], type);
	return type;
}
