/* SPDX-License-Identifier: BSD-2-Clause */
#include "manual_page.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define WIDTH 78

/* How a paragraph begins. */
enum opening {
	OPENING_NONE, /* it has been written */
	OPENING_PARAGRAPH,
	OPENING_MORE, /* a further paragraph of an item */
};

struct page {
	struct strbuf *out;
	struct strbuf words; /* the paragraph that is being read */
	enum opening opening;
	bool is_item; /* the paragraph is the first line of an item */
};

static const struct {
	char c;
	const char *roff;
} escapes[] = {
	{'\\', "\\e"},  {'\'', "\\(aq"}, {'`', "\\(ga"},
	{'"', "\\(dq"}, {'^', "\\(ha"},  {'~', "\\(ti"},
};

/* One character of UTF-8: the number of its bytes. */
static size_t add_unicode(struct strbuf *out, const unsigned char *text)
{
	size_t length = text[0] >= 0xf0 ? 4 : text[0] >= 0xe0 ? 3 : 2;
	unsigned long code = text[0] & (0x7fU >> length);

	for (size_t i = 1; i < length; i++)
		code = code << 6 | (text[i] & 0x3f);
	strbuf_add_format(out, "\\[u%04lX]", code);
	return length;
}

/* One character: the number of its bytes. A dash of code is one that can be copied. */
static size_t add_character(struct strbuf *out, const char *text, bool is_code)
{
	if ((unsigned char)*text >= 0x80)
		return add_unicode(out, (const unsigned char *)text);
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++) {
		if (escapes[i].c == *text) {
			strbuf_add_string(out, escapes[i].roff);
			return 1;
		}
	}
	strbuf_add_string(out, *text == '-' && is_code ? "\\-" : (char[2]){*text, '\0'});
	return 1;
}

struct inline_state {
	bool bold, italic, code;
};

static void add_font(struct strbuf *out, const struct inline_state *state)
{
	strbuf_add_string(out, state->bold || state->code ? "\\fB"
			       : state->italic            ? "\\fI"
							  : "\\fR");
}

/* A mark of Markdown at `text`: the number of its bytes, or 0. */
static size_t take_mark(struct strbuf *out, struct inline_state *state, const char *text)
{
	size_t length = 1;

	if (*text == '`') {
		state->code = !state->code;
	} else if (state->code || *text != '*') {
		return 0;
	} else if (text[1] == '*') {
		state->bold = !state->bold;
		length = 2;
	} else {
		state->italic = !state->italic;
	}
	add_font(out, state);
	return length;
}

/* The text of a link, and of all else, with roff's escapes. */
static void convert_inline(struct strbuf *out, const char *text)
{
	struct inline_state state = {0};

	while (*text) {
		size_t length = take_mark(out, &state, text);
		bool is_dashes = !strncmp(text, "--", 2) || !strncmp(text, " - ", 3);

		if (length) {
			text += length;
		} else if (state.code) {
			text += add_character(out, text, true);
		} else if (*text == '\\' && text[1]) {
			text += 1 + add_character(out, text + 1, false);
		} else if (is_dashes) {
			strbuf_add_string(out, *text == '-' ? "\\-\\-" : " \\- ");
			text += *text == '-' ? 2 : 3;
		} else if (*text == '[') {
			text++;
		} else if (*text == ']' && text[1] == '(') {
			text += strcspn(text, ")") + 1;
		} else {
			text += add_character(out, text, state.bold);
		}
	}
}

/* A line of text must not look like a request. */
static void add_guard(struct strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		strbuf_add_string(out, "\\&");
}

/* Three dots end none. */
static bool ends_sentence(const char *word, size_t length)
{
	return length && word[length] && strchr(".!?", word[length - 1]) &&
	       (length < 3 || strncmp(word + length - 3, "...", 3) != 0);
}

/* Words, a line at most WIDTH long; a sentence begins a line, which roff wants. */
static void add_filled(struct strbuf *out, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t length = strcspn(text, " \n");

		if (column && column + 1 + length > WIDTH) {
			strbuf_add_char(out, '\n');
			column = 0;
		}
		if (column)
			strbuf_add_char(out, ' ');
		else
			add_guard(out, text);
		strbuf_add(out, text, length);
		column += length + (column > 0);
		if (text[length] == '\n') {
			strbuf_add_string(out, "\n.br\n");
			column = 0;
		} else if (ends_sentence(text, length)) {
			strbuf_add_char(out, '\n');
			column = 0;
		} else if (length && text[length - 1] == '.') {
			strbuf_add_string(out, "\\&");
		}
		text += length + (text[length] != '\0');
	}
	strbuf_add_char(out, '\n');
}

static void open_paragraph(struct page *page, bool is_term)
{
	if (is_term)
		strbuf_add_string(page->out, ".TP\n");
	else if (page->is_item)
		strbuf_add_string(page->out, ".IP \\(bu 2\n");
	else if (page->opening == OPENING_PARAGRAPH)
		strbuf_add_string(page->out, ".PP\n");
	else if (page->opening == OPENING_MORE)
		strbuf_add_string(page->out, ".IP\n");
}

/* `is_term`: what it means follows. */
static void end_paragraph(struct page *page, bool is_term)
{
	struct strbuf text = STRBUF_INIT;

	if (!page->words.length)
		return;
	open_paragraph(page, is_term);
	convert_inline(&text, page->words.text);
	if (is_term) {
		add_guard(page->out, text.text);
		strbuf_add_format(page->out, "%s\n", text.text);
	} else {
		add_filled(page->out, text.text);
	}
	page->opening = is_term ? OPENING_NONE : OPENING_PARAGRAPH;
	page->is_item = false;
	strbuf_release(&text);
	strbuf_truncate(&page->words, 0);
}

/* A line of a paragraph, without the blanks before it. */
static void add_line(struct page *page, const char *line, size_t length)
{
	size_t n = page->words.length;

	if (n && page->words.text[n - 1] == '\\')
		page->words.text[n - 1] = '\n';
	else if (n)
		strbuf_add_char(&page->words, ' ');
	strbuf_add(&page->words, line, length);
}

static void add_heading(struct page *page, const char *line, size_t length)
{
	bool is_section = !strncmp(line, "## ", 3), is_part = !strncmp(line, "### ", 4);

	if (!is_section && !is_part)
		return;
	strbuf_add_string(page->out, is_section ? ".SH " : ".SS ");
	for (size_t i = is_section ? 3 : 4; i < length; i++) {
		char c = is_section ? (char)toupper((unsigned char)line[i]) : line[i];

		add_character(page->out, &c, true);
	}
	strbuf_add_char(page->out, '\n');
	page->opening = OPENING_NONE;
}

/* The block that begins at `text`: what follows it. */
static const char *add_code(struct page *page, const char *text)
{
	strbuf_add_string(page->out, ".PP\n.RS 4\n.EX\n");
	text += strcspn(text, "\n") + 1;
	while (*text && strncmp(text, "```", 3) != 0) {
		const char *end = strchr(text, '\n');

		add_guard(page->out, text);
		while (text < end)
			text += add_character(page->out, text, true);
		strbuf_add_char(page->out, '\n');
		text = end + 1;
	}
	strbuf_add_string(page->out, ".EE\n.RE\n");
	page->opening = OPENING_PARAGRAPH;
	return text + strcspn(text, "\n");
}

/* The length of the comment at `text`, up to the end of its last line. */
static size_t comment_length(const char *text)
{
	const char *end = strstr(text, "-->");

	return end ? (size_t)(end - text) + strcspn(end, "\n") : strlen(text);
}

/* What follows the empty line at `text` belongs to the item before it. */
static bool continues_item(const char *text)
{
	text += strspn(text, "\n");
	return !strncmp(text, "  ", 2);
}

static void begin(struct page *page, const char *title)
{
	strbuf_add_string(
		page->out,
		".\\\" Made from docs/source/command.md.mustache and the tables of options.\n");
	strbuf_add_format(page->out, ".TH %s\n", title);
}

void manual_page(struct strbuf *out, const char *title, const char *markdown)
{
	struct page page = {.out = out, .words = STRBUF_INIT};

	begin(&page, title);
	for (const char *line = markdown; *line; line += *line == '\n') {
		size_t length = strcspn(line, "\n");

		if (!length) {
			bool goes_on = continues_item(line), was_item = page.is_item;

			end_paragraph(&page, was_item && goes_on);
			if (goes_on && !was_item)
				page.opening = OPENING_MORE;
		} else if (*line == '#') {
			end_paragraph(&page, false);
			add_heading(&page, line, length);
		} else if (!strncmp(line, "```", 3)) {
			end_paragraph(&page, false);
			line = add_code(&page, line);
			continue;
		} else if (!strncmp(line, "- ", 2)) {
			end_paragraph(&page, false);
			page.is_item = true;
			add_line(&page, line + 2, length - 2);
		} else if (!strncmp(line, "<!--", 4)) {
			length = comment_length(line);
		} else {
			size_t indent = strspn(line, " ");

			add_line(&page, line + indent, length - indent);
		}
		line += length;
	}
	end_paragraph(&page, false);
	strbuf_release(&page.words);
}
