/* SPDX-License-Identifier: BSD-2-Clause */
#include "vmlinux_tokens.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "bug.h"

/* What the lines of the frame begin with; all that they may change is how kfuncs are declared. */
static const char *const frame[] = {
	"#ifndef ",
	"#endif",
	"#pragma once",
	"#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)",
	"#pragma clang attribute pop",
	"#if __has_attribute(bpf_fastcall)",
	"#define __bpf_fastcall",
	"#define __ksym ",
	"#define __weak ",
};

static bool begins_with(const char *at, const char *end, const char *text)
{
	size_t length = strlen(text);

	return (size_t)(end - at) >= length && !memcmp(at, text, length);
}

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static const char *word_end(const char *at, const char *end)
{
	while (at < end && is_word(*at))
		at++;
	return at;
}

/* "#define X" behind "#ifndef X" */
static bool is_guard(const struct vmlinux_tokens *tokens, const char *line, const char *end)
{
	static const char define[] = "#define ", ifndef[] = "#ifndef ";
	const char *guard, *name;

	if (!tokens->directive || !begins_with(line, end, define) ||
	    !begins_with(tokens->directive, end, ifndef))
		return false;
	guard = tokens->directive + strlen(ifndef);
	name = line + strlen(define);
	while (end > name && isspace((unsigned char)end[-1]))
		end--;
	return end > name && word_end(name, end) == end &&
	       word_end(guard, line) - guard == end - name &&
	       !memcmp(guard, name, (size_t)(end - name));
}

static bool is_frame(const struct vmlinux_tokens *tokens, const char *line, const char *end)
{
	for (size_t i = 0; i < ARRAY_SIZE(frame); i++) {
		if (begins_with(line, end, frame[i]))
			return true;
	}
	if (begins_with(line, end, "#else"))
		return tokens->directive &&
		       begins_with(tokens->directive, line, "#define __bpf_fastcall");
	return is_guard(tokens, line, end);
}

static void skip_directive(struct vmlinux_tokens *tokens)
{
	const char *line = tokens->at;
	const char *newline = memchr(line, '\n', (size_t)(tokens->end - line));
	const char *end = newline ? newline : tokens->end;

	if (!is_frame(tokens, line, end) || memchr(line, '\\', (size_t)(end - line))) {
		vmlinux_tokens_fail(tokens);
		return;
	}
	tokens->directive = line;
	tokens->at = end;
}

static void skip_comment(struct vmlinux_tokens *tokens)
{
	bool is_line = tokens->at[1] == '/';
	const char *begin = tokens->at + 2;
	const char *close = memmem(begin, (size_t)(tokens->end - begin), is_line ? "\n" : "*/",
				   is_line ? 1 : 2);

	if (close)
		tokens->at = close + (is_line ? 1 : 2);
	else if (is_line)
		tokens->at = tokens->end;
	else
		vmlinux_tokens_fail(tokens);
}

/* To the first character of a token, or the end. */
static void skip_blanks(struct vmlinux_tokens *tokens)
{
	while (tokens->at < tokens->end) {
		if (isspace((unsigned char)*tokens->at))
			tokens->at++;
		else if (*tokens->at == '#')
			skip_directive(tokens);
		else if (begins_with(tokens->at, tokens->end, "/*") ||
			 begins_with(tokens->at, tokens->end, "//"))
			skip_comment(tokens);
		else
			return;
	}
}

static void take_word(struct vmlinux_tokens *tokens, const char *begin, const char *end)
{
	size_t length = (size_t)(end - begin);

	memcpy(tokens->room, begin, length);
	tokens->room[length] = '\0';
	tokens->word = tokens->room;
	tokens->room += length + 1;
}

static void read_string(struct vmlinux_tokens *tokens)
{
	const char *begin = tokens->at + 1;
	const char *close = memchr(begin, '"', (size_t)(tokens->end - begin));

	if (!close || memchr(begin, '\\', (size_t)(close - begin)) ||
	    memchr(begin, '\n', (size_t)(close - begin))) {
		vmlinux_tokens_fail(tokens);
		return;
	}
	tokens->kind = TOKEN_STRING;
	take_word(tokens, begin, close);
	tokens->at = close + 1;
}

static unsigned digit_value(char c)
{
	return isdigit((unsigned char)c)    ? (unsigned)(c - '0')
	       : isxdigit((unsigned char)c) ? (unsigned)(tolower((unsigned char)c) - 'a' + 10)
					    : 16;
}

static void read_number(struct vmlinux_tokens *tokens)
{
	const char *at = tokens->at, *end = word_end(at, tokens->end);
	unsigned base = *at != '0' || end - at == 1 ? 10 : at[1] == 'x' || at[1] == 'X' ? 16 : 8;
	bool overflows = false;

	at += base == 16 ? 2 : 0;
	tokens->kind = TOKEN_NUMBER;
	tokens->number = 0;
	overflows = at == end;
	for (; at < end && digit_value(*at) < base; at++) {
		overflows |= __builtin_mul_overflow(tokens->number, base, &tokens->number);
		overflows |=
			__builtin_add_overflow(tokens->number, digit_value(*at), &tokens->number);
	}
	while (at < end && strchr("uUlL", *at))
		at++;
	tokens->at = at;
	if (overflows || at < end)
		vmlinux_tokens_fail(tokens);
}

void vmlinux_tokens_next(struct vmlinux_tokens *tokens)
{
	const char *at;

	skip_blanks(tokens);
	at = tokens->at;
	if (at == tokens->end) {
		tokens->kind = TOKEN_END;
	} else if (is_word_start(*at)) {
		tokens->kind = TOKEN_WORD;
		tokens->at = word_end(at, tokens->end);
		take_word(tokens, at, tokens->at);
	} else if (isdigit((unsigned char)*at)) {
		read_number(tokens);
	} else if (*at == '"') {
		read_string(tokens);
	} else if (begins_with(at, tokens->end, "...")) {
		tokens->kind = TOKEN_ELLIPSIS;
		tokens->at += 3;
	} else if (strchr("{}()[];,:*=-", *at) && *at) {
		tokens->kind = *at;
		tokens->at++;
	} else {
		vmlinux_tokens_fail(tokens);
	}
}

void vmlinux_tokens_open(struct vmlinux_tokens *tokens, struct arena *arena, struct bytes text)
{
	*tokens = (struct vmlinux_tokens){
		.at = (const char *)text.data,
		.end = (const char *)text.data + text.size,
		/* Behind each word, but the last, is something else. */
		.room = arena_alloc(arena, text.size + 1),
	};
	vmlinux_tokens_next(tokens);
}

void vmlinux_tokens_fail(struct vmlinux_tokens *tokens)
{
	tokens->is_bad = true;
	tokens->kind = TOKEN_END;
	tokens->at = tokens->end;
}

bool vmlinux_tokens_accept(struct vmlinux_tokens *tokens, int kind)
{
	if (tokens->kind != kind)
		return false;
	vmlinux_tokens_next(tokens);
	return true;
}

bool vmlinux_tokens_expect(struct vmlinux_tokens *tokens, int kind)
{
	if (vmlinux_tokens_accept(tokens, kind))
		return true;
	vmlinux_tokens_fail(tokens);
	return false;
}
