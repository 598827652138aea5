/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No preprocessor: a name too many does no harm, since clang has the last word on its value. But a
 * body must not disturb what stands around it (brackets that do not match, in it or in a macro that
 * it names), nor have another value elsewhere or tomorrow (__LINE__, __TIME__).
 */
#include "source_macros.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "bug.h"

/* A longer one is no constant that anybody reads, and costs clang's stack. */
#define MAX_BODY 4096

struct source_macro {
	const char *name, *body;
	bool is_usable;  /* within others: so are the macros that it names */
	bool is_swapped; /* with the byte order: or one that it names */
	bool may_be_constant;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Words that begin what is no expression. */
static bool begins_no_expression(const char *body)
{
	static const char *const words[] = {
		"struct",  "union",   "enum",          "static",          "extern",
		"inline",  "const",   "volatile",      "typedef",         "void",
		"do",      "if",      "for",           "while",           "return",
		"goto",    "int",     "long",          "unsigned",        "signed",
		"char",    "short",   "__attribute__", "__always_inline", "asm",
		"__asm__", "_Pragma",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t length = strlen(words[i]);

		if (!strncmp(body, words[i], length) && !is_word(body[length]))
			return true;
	}
	return false;
}

/* Skips a string or a character constant; NULL when it does not end. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	for (; *at && *at != quote; at++) {
		if (*at == '\\' && !*++at)
			return NULL;
	}
	return *at ? at + 1 : NULL;
}

/* Brackets and braces that do not match would take in what stands behind. */
static bool is_balanced(const char *body)
{
	int depth = 0;

	while (body && *body && depth >= 0) {
		if (*body == '"' || *body == '\'') {
			body = skip_quoted(body);
			continue;
		}
		depth += strchr("([{", *body) != NULL;
		depth -= strchr(")]}", *body) != NULL;
		body++;
	}
	return body && depth == 0;
}

/* Signs that no expression has; the body is balanced, so its strings end. */
static bool has_foreign_sign(const char *body)
{
	while (*body) {
		if (strchr("{};#@\\`", *body))
			return true;
		body = *body == '"' || *body == '\'' ? skip_quoted(body) : body + 1;
	}
	return false;
}

/* "1, 2" is a list. */
static bool has_outer_comma(const char *body)
{
	int depth = 0;

	while (*body) {
		if (*body == ',' && !depth)
			return true;
		depth += (*body == '(') - (*body == ')');
		body = *body == '"' || *body == '\'' ? skip_quoted(body) : body + 1;
	}
	return false;
}

static bool may_be_expression(const char *body)
{
	return *body && !begins_no_expression(body) && !has_foreign_sign(body) &&
	       !has_outer_comma(body);
}

/* What depends on where or when it stands. */
static bool is_place_or_time(const char *word)
{
	static const char *const words[] = {
		"__TIME__",    "__DATE__",      "__TIMESTAMP__", "__LINE__",
		"__FILE__",    "__BASE_FILE__", "__FILE_NAME__", "__INCLUDE_LEVEL__",
		"__COUNTER__", "__func__",      "__FUNCTION__",  "__PRETTY_FUNCTION__",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (!strcmp(words[i], word))
			return true;
	}
	return !strcmp(word, "__builtin_LINE") || !strcmp(word, "__builtin_FILE") ||
	       !strcmp(word, "__builtin_FUNCTION") || !strcmp(word, "__builtin_COLUMN");
}

/* The next word of a macro's body, NULL at the end; `at` is moved behind it. */
static const char *next_word(struct arena *arena, const char **at)
{
	const char *start = *at;

	while (*start && !is_word(*start))
		start = *start == '"' || *start == '\'' ? skip_quoted(start) : start + 1;
	for (*at = start; is_word(**at); ++*at)
		;
	return *start ? arena_strndup(arena, start, (size_t)(*at - start)) : NULL;
}

static bool names_place_or_time(struct arena *arena, const char *body)
{
	const char *word;

	while ((word = next_word(arena, &body))) {
		if (is_place_or_time(word))
			return true;
	}
	return false;
}

/* bpf_htons, bpf_be32_to_cpu and the like, and what they are made with */
static bool is_swapped(const char *word)
{
	return !strncmp(word, "bpf_hton", 8) || !strncmp(word, "bpf_ntoh", 8) ||
	       !strncmp(word, "bpf_cpu_to_", 11) ||
	       (!strncmp(word, "bpf_", 4) && strstr(word, "_to_cpu")) ||
	       !strcmp(word, "__BYTE_ORDER__");
}

static bool is_of_byte_order(const char *word)
{
	static const char *const parts[] = {"BYTE_ORDER", "ENDIAN",  "hton",
					    "ntoh",       "cpu_to_", "_to_cpu"};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		if (strstr(word, parts[i]))
			return true;
	}
	return false;
}

bool source_macros_is_of_target(struct arena *arena, const char *body)
{
	const char *word;

	if (!is_balanced(body))
		return false;
	while ((word = next_word(arena, &body))) {
		if (is_of_byte_order(word) && !is_swapped(word) &&
		    strncmp(word, "__ORDER_", strlen("__ORDER_")) != 0)
			return true;
	}
	return false;
}

static bool names_swapped(struct arena *arena, const char *body)
{
	const char *word;

	while ((word = next_word(arena, &body))) {
		if (is_swapped(word))
			return true;
	}
	return false;
}

/* Behind "(a, b)"; NULL when it does not end. */
static const char *skip_parameters(const char *definition)
{
	const char *close = strchr(definition, ')');

	return close ? close + 1 : NULL;
}

void source_macros_add(struct source_macros *macros, const char *definition)
{
	size_t length = 0;
	struct source_macro *macro;
	const char *name, *body;
	bool has_parameters;
	void **place;

	while (is_word(definition[length]))
		length++;
	/* A '(' that follows at once makes it a function. */
	has_parameters = definition[length] == '(';
	body = has_parameters ? skip_parameters(definition) : definition + length;
	if (!length || isdigit((unsigned char)definition[0]) || !body)
		return;
	name = arena_strndup(macros->arena, definition, length);
	place = strmap_at(&macros->by_name, macros->arena, name);
	macro = *place;
	if (!macro) {
		*place = macro = ARENA_NEW(macros->arena, struct source_macro);
		*ARENA_PUSH(macros->arena, macros->items, macros->count) = macro;
	} else if (macro->may_be_constant) {
		return;
	}
	body += strspn(body, " \t");
	*macro = (struct source_macro){.name = name, .body = arena_strdup(macros->arena, body)};
	macro->is_usable = strlen(body) <= MAX_BODY && is_balanced(body) &&
			   !names_place_or_time(macros->arena, body);
	macro->may_be_constant = !has_parameters && macro->is_usable && may_be_expression(body);
	macro->is_swapped = macro->is_usable && names_swapped(macros->arena, body);
}

/* Takes over from the macros that it names; false when that changes nothing. */
static bool inherit(struct source_macros *macros, struct source_macro *macro)
{
	bool was_usable = macro->is_usable, was_swapped = macro->is_swapped;
	const char *at = macro->body, *word;

	while (macro->is_usable && (word = next_word(macros->arena, &at))) {
		const struct source_macro *other = strmap_get(&macros->by_name, word);

		if (other) {
			macro->is_usable = other->is_usable;
			macro->is_swapped |= other->is_swapped;
		}
	}
	macro->may_be_constant &= macro->is_usable;
	return macro->is_usable != was_usable || macro->is_swapped != was_swapped;
}

void source_macros_choose(struct source_macros *macros, struct strvec *names,
			  struct strvec *swapped)
{
	bool is_new = true;

	/* Each round finds what names something that the last one found. */
	while (is_new) {
		is_new = false;
		for (size_t i = 0; i < macros->count; i++)
			is_new |= inherit(macros, macros->items[i]);
	}
	for (size_t i = 0; i < macros->count; i++) {
		const struct source_macro *macro = macros->items[i];

		if (macro->may_be_constant)
			strvec_push(names, macros->arena, macro->name);
		if (macro->may_be_constant && macro->is_swapped)
			strvec_push(swapped, macros->arena, macro->name);
	}
}
