/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON written as it comes, for what is too large to be held as values. Pretty is bpftool's way:
 * four spaces, a member a line, the items of a list behind each other.
 */
#ifndef BASE_JSON_TEXT_H
#define BASE_JSON_TEXT_H

#include <stdbool.h>

#include "strbuf.h"

struct json_text {
	struct strbuf *out;
	bool is_pretty;
	/* The rest is json_text.c's. */
	int depth;
	bool needs_comma;
};

/* '{' or '['; as an item, or behind json_text_key. */
void json_text_open(struct json_text *, char bracket);

/* '}' or ']' */
void json_text_close(struct json_text *, char bracket);

/* Of the next value in an object. */
void json_text_key(struct json_text *, const char *name);

/* Bytes that are no UTF-8 become U+FFFD. */
void json_text_string(struct json_text *, const char *text);

/* A number, true, false or null, as it is to stand there. */
void json_text_literal(struct json_text *, const char *text);

/* Appends text that is JSON, or a part of it, of whole characters, with escapes for what a terminal
 * would obey (utf8.h). */
void json_text_escape(struct strbuf *, const char *text, size_t size);

void json_text_integer(struct json_text *, long long);
void json_text_unsigned(struct json_text *, unsigned long long);

#endif
