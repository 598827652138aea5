/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Declarations. A declarator is read into steps, from the name outwards, and the type is made of
 * them from the last to the first:
 *
 *	char *(*names[4])(int)		array, pointer, function, pointer: of char
 */
#include <bpf/btf.h>
#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "vmlinux_types.h"

#define MAX_STEPS 32

struct step {
	uint32_t kind;
	const char *tag;
	uint64_t count;                 /* of an array */
	struct vmlinux_member *members; /* parameters */
	size_t n_members;
};

struct declarator {
	const char *name; /* NULL: none */
	struct step steps[MAX_STEPS];
	size_t n_steps;
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

struct vmlinux_type *vmlinux_type_new(struct vmlinux_parser *parser, uint32_t kind,
				      const char *name)
{
	struct vmlinux_type *type = ARENA_NEW(parser->arena, struct vmlinux_type);

	type->kind = kind;
	type->name = name;
	*ARENA_PUSH(parser->arena, parser->types, parser->n_types) = type;
	type->id = (uint32_t)parser->n_types;
	return type;
}

struct vmlinux_type *vmlinux_type_derive(struct vmlinux_parser *parser, uint32_t kind,
					 const char *name, struct vmlinux_type *target)
{
	struct vmlinux_type *type = target->derived;

	while (type && (type->kind != kind || (name && strcmp(type->name, name) != 0)))
		type = type->next_derived;
	if (type)
		return type;
	type = vmlinux_type_new(parser, kind, name);
	type->target = target;
	type->next_derived = target->derived;
	target->derived = type;
	if (kind == BTF_KIND_PTR)
		type->size = type->align = 8;
	return type;
}

static bool add_step(struct vmlinux_parser *parser, struct declarator *declarator, struct step step)
{
	if (declarator->n_steps == MAX_STEPS)
		return fail(parser);
	declarator->steps[declarator->n_steps++] = step;
	return true;
}

static struct vmlinux_type *make_type(struct vmlinux_parser *parser,
				      const struct declarator *declarator,
				      struct vmlinux_type *type)
{
	for (size_t i = declarator->n_steps; i-- > 0;) {
		const struct step *step = &declarator->steps[i];
		struct vmlinux_type *target = type;

		if (step->kind != BTF_KIND_ARRAY && step->kind != BTF_KIND_FUNC_PROTO) {
			type = vmlinux_type_derive(parser, step->kind, step->tag, target);
			continue;
		}
		type = vmlinux_type_new(parser, step->kind, NULL);
		type->target = target;
		type->count = step->count;
		type->members = step->members;
		type->n_members = step->n_members;
	}
	return type;
}

/* "*", "* const", "* __attribute__((btf_type_tag("user")))" */
static bool parse_pointers(struct vmlinux_parser *parser, struct declarator *pointers)
{
	static const struct {
		unsigned word;
		uint32_t kind;
	} qualifiers[] = {{WORD_CONST, BTF_KIND_CONST},
			  {WORD_VOLATILE, BTF_KIND_VOLATILE},
			  {WORD_RESTRICT, BTF_KIND_RESTRICT}};

	for (;;) {
		struct vmlinux_attributes attributes = {0};
		unsigned word = vmlinux_keyword(parser);
		struct step step = {.kind = BTF_KIND_PTR};

		if (word == WORD_ATTRIBUTE && pointers->n_steps) {
			if (!vmlinux_parse_attributes(parser, &attributes) ||
			    attributes.is_packed || attributes.align || attributes.mode)
				return fail(parser);
			for (size_t i = 0; i < attributes.n_tags; i++) {
				step.kind = BTF_KIND_TYPE_TAG;
				step.tag = attributes.tags[i];
				if (!add_step(parser, pointers, step))
					return false;
			}
			continue;
		}
		for (size_t i = 0; i < ARRAY_SIZE(qualifiers); i++) {
			if (word == qualifiers[i].word)
				step.kind = qualifiers[i].kind;
		}
		if (!(word & WORDS_OF_QUALIFIERS) && parser->tokens.kind != '*')
			return !parser->tokens.is_bad;
		vmlinux_tokens_next(&parser->tokens);
		if (!add_step(parser, pointers, step))
			return false;
	}
}

static bool parse_declarator(struct vmlinux_parser *, struct declarator *);

/* Behind the '(' of a function, with its ')'. */
static bool parse_parameters(struct vmlinux_parser *parser, struct step *step)
{
	if (accept(parser, ')'))
		return true;
	do {
		struct vmlinux_member member = {0};
		struct declarator declarator = {0};
		struct vmlinux_type *type;

		if (accept(parser, TOKEN_ELLIPSIS)) {
			*ARENA_PUSH(parser->arena, step->members, step->n_members) = member;
			return expect(parser, ')');
		}
		type = vmlinux_parse_specifiers(parser);
		if (!type || !parse_declarator(parser, &declarator))
			return false;
		member.type = make_type(parser, &declarator, type);
		member.name = declarator.name;
		if (member.type->kind == BTF_KIND_UNKN)
			return (!step->n_members && !member.name && expect(parser, ')')) ||
			       fail(parser);
		*ARENA_PUSH(parser->arena, step->members, step->n_members) = member;
	} while (accept(parser, ','));
	return expect(parser, ')');
}

/* Does a declarator in parentheses go on here, and not parameters? */
static bool is_nested(const struct vmlinux_parser *parser)
{
	unsigned word = vmlinux_keyword(parser);

	if (parser->tokens.kind != TOKEN_WORD)
		return parser->tokens.kind == '*' || parser->tokens.kind == '(';
	return !word && !strmap_get(&parser->typedefs, parser->tokens.word);
}

/* "[4]" or "[]", and "(…)" */
static bool parse_suffixes(struct vmlinux_parser *parser, struct declarator *declarator)
{
	for (;;) {
		struct step step = {0};

		if (accept(parser, '[')) {
			step.kind = BTF_KIND_ARRAY;
			step.count =
				parser->tokens.kind == TOKEN_NUMBER ? parser->tokens.number : 0;
			accept(parser, TOKEN_NUMBER);
			if (step.count > UINT32_MAX || !expect(parser, ']'))
				return fail(parser);
		} else if (accept(parser, '(')) {
			step.kind = BTF_KIND_FUNC_PROTO;
			if (!parse_parameters(parser, &step))
				return false;
		} else {
			return !parser->tokens.is_bad;
		}
		if (!add_step(parser, declarator, step))
			return false;
	}
}

static bool parse_name(struct vmlinux_parser *parser, struct declarator *declarator)
{
	struct step step = {.kind = BTF_KIND_FUNC_PROTO};

	if (parser->tokens.kind == TOKEN_WORD && !vmlinux_keyword(parser)) {
		declarator->name = parser->tokens.word;
		vmlinux_tokens_next(&parser->tokens);
	} else if (accept(parser, '(')) {
		if (is_nested(parser))
			return parse_declarator(parser, declarator) && expect(parser, ')');
		return parse_parameters(parser, &step) && add_step(parser, declarator, step);
	}
	return true;
}

static bool parse_declarator(struct vmlinux_parser *parser, struct declarator *declarator)
{
	struct declarator pointers = {0};

	if (++parser->depth > VMLINUX_MAX_DEPTH)
		return fail(parser);
	if (!parse_pointers(parser, &pointers) || !parse_name(parser, declarator) ||
	    !parse_suffixes(parser, declarator))
		return false;
	parser->depth--;
	while (pointers.n_steps) {
		if (!add_step(parser, declarator, pointers.steps[--pointers.n_steps]))
			return false;
	}
	return true;
}

/* "name[4]", "name: 3", ": 3" and their attributes */
static bool parse_member(struct vmlinux_parser *parser, struct vmlinux_type *type,
			 struct vmlinux_member *member)
{
	struct vmlinux_attributes attributes = {0};
	struct declarator declarator = {0};

	if (parser->tokens.kind != ':' &&
	    (!parse_declarator(parser, &declarator) || !declarator.name))
		return fail(parser);
	member->name = declarator.name;
	member->type = make_type(parser, &declarator, type);
	if (accept(parser, ':')) {
		member->is_bitfield = true;
		member->width = parser->tokens.number;
		if (!expect(parser, TOKEN_NUMBER))
			return false;
	}
	if (!vmlinux_parse_attributes(parser, &attributes) || attributes.n_tags || attributes.mode)
		return fail(parser);
	member->is_packed = attributes.is_packed;
	member->align = attributes.align;
	return true;
}

/* A struct or union is a member without a name, also a const one; with a tag only where it is
 * defined already: that is an extension of Microsoft's, without which the compiler takes it for
 * nothing. */
static bool is_anonymous(const struct vmlinux_type *type)
{
	while (type->kind == BTF_KIND_CONST || type->kind == BTF_KIND_VOLATILE)
		type = type->target;
	return (type->kind == BTF_KIND_STRUCT || type->kind == BTF_KIND_UNION) &&
	       (!type->name || type->is_defined);
}

bool vmlinux_parse_members(struct vmlinux_parser *parser, struct vmlinux_type *record)
{
	while (!accept(parser, '}')) {
		size_t n_tagged = parser->n_tagged;
		struct vmlinux_type *type = vmlinux_parse_specifiers(parser);
		struct vmlinux_member member;

		if (!type)
			return false;
		if (is_anonymous(type) && n_tagged == parser->n_tagged && accept(parser, ';')) {
			member = (struct vmlinux_member){.type = type};
			*ARENA_PUSH(parser->arena, record->members, record->n_members) = member;
			continue;
		}
		do {
			member = (struct vmlinux_member){0};
			if (!parse_member(parser, type, &member))
				return false;
			*ARENA_PUSH(parser->arena, record->members, record->n_members) = member;
		} while (accept(parser, ','));
		if (!expect(parser, ';'))
			return false;
	}
	return true;
}

/* Behind "typedef". */
static bool parse_typedef(struct vmlinux_parser *parser)
{
	struct vmlinux_type *target = vmlinux_parse_specifiers(parser);

	if (!target)
		return false;
	do {
		struct declarator declarator = {0};
		struct vmlinux_type *type;
		void **place;

		if (!parse_declarator(parser, &declarator) || !declarator.name)
			return fail(parser);
		place = strmap_at(&parser->typedefs, parser->arena, declarator.name);
		if (*place)
			return fail(parser);
		type = vmlinux_type_new(parser, BTF_KIND_TYPEDEF, declarator.name);
		type->target = make_type(parser, &declarator, target);
		*place = type;
	} while (accept(parser, ','));
	return expect(parser, ';');
}

/* The present token, if it is that word, is taken. */
static bool accept_word(struct vmlinux_parser *parser, const char *word)
{
	return parser->tokens.kind == TOKEN_WORD && !strcmp(parser->tokens.word, word) &&
	       accept(parser, TOKEN_WORD);
}

/* A tag of a function that is a type of its own, as in the kernel's BTF. */
static void tag(struct vmlinux_parser *parser, const char *name, struct vmlinux_type *function)
{
	vmlinux_type_new(parser, BTF_KIND_DECL_TAG, name)->target = function;
}

/* Behind "extern": "int bpf_kfunc(struct later *pointer) __weak __ksym;" */
static bool parse_kfunc(struct vmlinux_parser *parser)
{
	bool is_fast = accept_word(parser, "__bpf_fastcall");
	struct vmlinux_type *type = vmlinux_parse_specifiers(parser), *function;
	struct declarator declarator = {0};

	if (!type || !parse_declarator(parser, &declarator) || !declarator.name)
		return fail(parser);
	type = make_type(parser, &declarator, type);
	if (type->kind != BTF_KIND_FUNC_PROTO || !accept_word(parser, "__weak") ||
	    !accept_word(parser, "__ksym"))
		return fail(parser);
	function = vmlinux_type_new(parser, BTF_KIND_FUNC, declarator.name);
	function->target = type;
	tag(parser, BTF_KFUNC_TAG, function);
	if (is_fast)
		tag(parser, BTF_FASTCALL_TAG, function);
	return expect(parser, ';');
}

bool vmlinux_parse(struct vmlinux_parser *parser, struct bytes text)
{
	vmlinux_keywords_open(parser);
	vmlinux_tokens_open(&parser->tokens, parser->arena, text);
	while (parser->tokens.kind != TOKEN_END) {
		unsigned word = vmlinux_keyword(parser);

		if (word == WORD_TYPEDEF || word == WORD_EXTERN) {
			vmlinux_tokens_next(&parser->tokens);
			if (word == WORD_TYPEDEF ? !parse_typedef(parser) : !parse_kfunc(parser))
				return false;
		} else if (!vmlinux_parse_specifiers(parser) || !expect(parser, ';')) {
			return false;
		}
	}
	return !parser->tokens.is_bad;
}
