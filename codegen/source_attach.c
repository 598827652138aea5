/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which comments are about a declaration. clang attaches one, but also such as stand within it or
 * behind the next one on its line, and none to what a macro declares; so that is looked at as text.
 */
#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include "bug.h"
#include "source_reader.h"

/* A piece of a file. */
struct piece {
	const char *text; /* of the whole file; NULL: not known */
	size_t start, end;
};

static struct piece find_piece(const struct clang_library *clang, CXCursor cursor,
			       CXSourceRange range)
{
	struct piece piece = {0};
	unsigned start = 0, end = 0;
	void *file = NULL, *other = NULL;
	size_t size = 0;

	clang->getFileLocation(clang->getRangeStart(range), &file, NULL, NULL, &start);
	clang->getFileLocation(clang->getRangeEnd(range), &other, NULL, NULL, &end);
	if (!file || file != other)
		return piece;
	piece.text = clang->getFileContents(clang->Cursor_getTranslationUnit(cursor), file, &size);
	piece.start = start;
	piece.end = end;
	return end <= size ? piece : (struct piece){0};
}

/* Whether something else is declared between a declaration and the comment behind it:
 *
 *	enum { ONE, TWO }; // of two
 */
static bool is_of_another(const struct piece *declaration, const struct piece *comment)
{
	const char *gap = declaration->text + declaration->end;
	const char *end = comment->text + comment->start;
	const char *sign = memchr(gap, ';', (size_t)(end - gap));

	if (memchr(gap, '}', (size_t)(end - gap)))
		return true;
	if (!sign)
		sign = memchr(gap, ',', (size_t)(end - gap));
	while (sign && ++sign < end) {
		if (!isspace((unsigned char)*sign))
			return true;
	}
	return false;
}

static const char *skip_blanks_back(const char *text, const char *end)
{
	while (end > text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
		end--;
	return end;
}

static const char *line_start(const char *text, const char *at)
{
	while (at > text && at[-1] != '\n')
		at--;
	return at;
}

/* Where the lines before `end`, which a newline ends, begin to be comments by "//". */
static const char *find_line_comments(const char *text, const char *end)
{
	const char *start = end;

	while (start > text) {
		const char *line = line_start(text, start - 1);
		const char *first = line + strspn(line, " \t");

		if (first[0] != '/' || first[1] != '/')
			break;
		start = line;
	}
	return start;
}

/* Where the comment before `end` begins, unless it stands behind something else on its line. */
static const char *find_block_comment(const char *text, const char *end)
{
	const char *start, *before;

	if (end - text < 4 || end[-1] != '/' || end[-2] != '*')
		return end;
	for (start = end - 2; start > text && !(start[0] == '/' && start[1] == '*'); start--)
		;
	before = skip_blanks_back(text, start);
	return before == text || before[-1] == '\n' || before[-1] == '{' ? start : end;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Before a SEC("xdp") or an __attribute__ that ends at `end`; `end` itself when neither does. */
static const char *skip_attribute_back(const char *text, const char *end)
{
	static const char *const names[] = {"SEC", "__attribute__"};
	const char *at = end;
	int depth = 0;

	do {
		if (at == text)
			return end;
		at--;
		depth += (*at == ')') - (*at == '(');
	} while (depth > 0 && *at != '\n');
	for (size_t i = 0; !depth && *at == '(' && i < ARRAY_SIZE(names); i++) {
		size_t length = strlen(names[i]);

		if ((size_t)(at - text) >= length && !strncmp(at - length, names[i], length) &&
		    ((size_t)(at - text) == length || !is_word(at[-(ptrdiff_t)length - 1])))
			return at - length;
	}
	return end;
}

/* Where a declaration begins for a reader, attributes before it included. */
static const char *find_start(const char *text, const char *start)
{
	for (;;) {
		const char *end = skip_blanks_back(text, start), *before;

		if (end > text && end[-1] == '\n')
			end = skip_blanks_back(text, end - 1);
		before = skip_attribute_back(text, end);
		if (before == end)
			return start;
		start = before;
	}
}

/* The comment that ends just before a declaration. */
static const char *find_before(struct arena *arena, const struct piece *declaration)
{
	const char *text = declaration->text;
	const char *end = skip_blanks_back(text, find_start(text, text + declaration->start));
	const char *start = end;

	if (end > text && end[-1] == '\n') {
		start = find_line_comments(text, end);
		if (start == end)
			end = skip_blanks_back(text, end - 1);
	}
	if (start >= end)
		start = find_block_comment(text, end);
	return start < end ? arena_strndup(arena, start, (size_t)(end - start)) : "";
}

/* The comment on the same line behind a declaration: RING(closed); // of closed */
static const char *find_behind(struct arena *arena, const struct piece *declaration)
{
	const char *start = declaration->text + declaration->end;
	const char *end;

	start += strspn(start, " \t);");
	if (start[0] != '/' || (start[1] != '*' && start[1] != '/'))
		return "";
	end = start[1] == '*' ? strstr(start + 2, "*/") : NULL;
	return arena_strndup(arena, start, end ? (size_t)(end + 2 - start) : strcspn(start, "\n"));
}

struct source_remarks source_attach(struct source_reader *reader, CXCursor cursor)
{
	const struct clang_library *clang = reader->clang;
	const char *raw = source_take_string(reader, clang->Cursor_getRawCommentText(cursor));
	struct piece declaration = find_piece(clang, cursor, clang->getCursorExtent(cursor));
	struct piece comment = find_piece(clang, cursor, clang->Cursor_getCommentRange(cursor));
	struct source_remarks remarks = {.before = "", .behind = ""};

	if (!declaration.text) {
		remarks.before = raw;
		return remarks;
	}
	if (!*raw || comment.text != declaration.text) {
		remarks.before = find_before(reader->arena, &declaration);
	} else if (comment.start < declaration.start) {
		remarks.before = raw;
	} else {
		remarks.before = find_before(reader->arena, &declaration);
		if (comment.start >= declaration.end && !is_of_another(&declaration, &comment))
			remarks.behind = raw;
	}
	if (!*remarks.before && !*remarks.behind)
		remarks.behind = find_behind(reader->arena, &declaration);
	return remarks;
}
