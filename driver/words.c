/* SPDX-License-Identifier: BSD-2-Clause */
#include "words.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define BLANKS " \t\n\v\f\r"

void words_split_blanks(struct strvec *words, struct arena *arena, const char *text)
{
	for (text += strspn(text, BLANKS); *text; text += strspn(text, BLANKS)) {
		size_t length = strcspn(text, BLANKS);

		strvec_push(words, arena, arena_strndup(arena, text, length));
		text += length;
	}
}

/* Copies one word to `to`, unquoted; returns what follows it, or NULL when it does not end. */
static const char *unquote(const char *at, struct strbuf *to)
{
	char quote = 0;

	for (; *at && (quote || !strchr(BLANKS, *at)); at++) {
		if (quote && *at == quote) {
			quote = 0;
		} else if (!quote && (*at == '\'' || *at == '"')) {
			quote = *at;
		} else if (*at == '\\' && quote != '\'') {
			if (!*++at)
				return NULL;
			/* Inside "…" a backslash only quotes what would be special there. */
			if (quote && !strchr("\"\\$`", *at))
				strbuf_add_char(to, '\\');
			strbuf_add_char(to, *at);
		} else {
			strbuf_add_char(to, *at);
		}
	}
	return quote ? NULL : at;
}

int words_split(struct strvec *words, struct arena *arena, struct diag *diag, const char *source,
		const char *text)
{
	struct strbuf word = STRBUF_INIT;
	const char *at = text + strspn(text, BLANKS);

	while (at && *at) {
		strbuf_truncate(&word, 0);
		at = unquote(at, &word);
		if (!at)
			break;
		strvec_push(words, arena, word.text);
		at += strspn(at, BLANKS);
	}
	strbuf_release(&word);
	if (!at)
		return diag_error(diag, NULL, "%s has a quote or a backslash that does not end: %s",
				  source, text);
	return 0;
}

static bool is_plain(const char *word)
{
	for (const char *c = word; *c; c++) {
		if (!isalnum((unsigned char)*c) && !strchr("@%+=:,./-_", *c))
			return false;
	}
	return *word;
}

void words_join(struct strbuf *out, char *const *words)
{
	for (size_t i = 0; words[i]; i++) {
		if (i)
			strbuf_add_char(out, ' ');
		if (is_plain(words[i])) {
			strbuf_add_string(out, words[i]);
			continue;
		}
		strbuf_add_char(out, '\'');
		for (const char *c = words[i]; *c; c++) {
			if (*c == '\'')
				strbuf_add_string(out, "'\\''");
			else
				strbuf_add_char(out, *c);
		}
		strbuf_add_char(out, '\'');
	}
}
