/* SPDX-License-Identifier: BSD-2-Clause */
#include "manual_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "strbuf.h"

static const char *finish(struct arena *arena, struct strbuf *text)
{
	const char *copy = arena_strdup(arena, text->text);

	strbuf_release(text);
	return copy;
}

static void add_escaped(struct strbuf *out, char c, const char *special)
{
	if (strchr(special, c))
		strbuf_add_char(out, '\\');
	strbuf_add_char(out, c);
}

#define MARKDOWN_SPECIAL "\\*_<>[]`"

/* The length of what looks like an option at `text`, or 0. */
static size_t option_length(const char *text)
{
	size_t dashes = strspn(text, "-"), length;

	if (dashes < 1 || dashes > 2 || !isalpha((unsigned char)text[dashes]))
		return 0;
	length = dashes;
	while (isalnum((unsigned char)text[length]) ||
	       (text[length] && strchr("-_=.", text[length])))
		length++;
	return text[length - 1] == '.' ? length - 1 : length;
}

const char *manual_text_markdown(struct arena *arena, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	char before = ' ';

	while (*text) {
		size_t length = strchr(" ('", before) ? option_length(text) : 0;

		if (length) {
			strbuf_add_char(&out, '`');
			strbuf_add(&out, text, length);
			strbuf_add_char(&out, '`');
		} else {
			add_escaped(&out, *text, MARKDOWN_SPECIAL);
			length = 1;
		}
		before = text[length - 1];
		text += length;
	}
	return finish(arena, &out);
}

const char *manual_text_usage(struct arena *arena, const char *usage)
{
	static const char separators[] = " []{}()|.";
	struct strbuf out = STRBUF_INIT;

	while (*usage) {
		size_t length = strcspn(usage, separators);
		bool is_word = isupper((unsigned char)*usage) || !strncmp(usage, "options", length);
		const char *mark = !length ? "" : is_word ? "*" : "**";

		strbuf_add_string(&out, mark);
		for (size_t i = 0; i < length; i++)
			add_escaped(&out, usage[i], MARKDOWN_SPECIAL);
		strbuf_add_string(&out, mark);
		usage += length;
		for (; *usage && strchr(separators, *usage); usage++)
			add_escaped(&out, *usage, MARKDOWN_SPECIAL);
	}
	return finish(arena, &out);
}

const char *manual_text_summary(struct arena *arena, const char *text)
{
	size_t length = 0;

	while (text[length] && !strchr(":;", text[length]) &&
	       (text[length] != '.' || (text[length + 1] && text[length + 1] != ' ')))
		length++;
	return arena_strndup(arena, text, length);
}

const char *manual_text_zsh(struct arena *arena, const char *text)
{
	struct strbuf out = STRBUF_INIT;

	for (; *text; text++) {
		if (*text == '\'')
			strbuf_add_string(&out, "'\\''");
		else
			add_escaped(&out, *text, "[]:\\");
	}
	return finish(arena, &out);
}

const char *manual_text_fish(struct arena *arena, const char *text)
{
	struct strbuf out = STRBUF_INIT;

	for (; *text; text++)
		add_escaped(&out, *text, "'\\");
	return finish(arena, &out);
}
