/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is declared where, and the comment on it. clang attaches one that stands before a
 *declaration, or behind it on the same line. One before a type without a name is about what is
 *declared with it:
 *
 *	// totals by peer
 *	struct { ... } peers SEC(".maps");
 */
#include <ctype.h>
#include <string.h>

#include "source_reader.h"
#include "strbuf.h"

/* One line without what makes it a comment: "/", "*", "<", and blanks around. */
static void add_comment_line(struct strbuf *out, const char *line, size_t length)
{
	while (length && isspace((unsigned char)line[length - 1]))
		length--;
	if (length >= 2 && line[length - 2] == '*' && line[length - 1] == '/')
		length -= 2;
	while (length && (isspace((unsigned char)line[length - 1]) || line[length - 1] == '*'))
		length--;
	while (length && (isspace((unsigned char)*line) || *line == '*' || *line == '/')) {
		line++;
		length--;
	}
	if (length && (*line == '<' || *line == '!')) {
		line++;
		length--;
	}
	while (length && isspace((unsigned char)*line)) {
		line++;
		length--;
	}
	if (out->length)
		strbuf_add_char(out, '\n');
	strbuf_add(out, line, length);
}

static const char *clean_comment(struct arena *arena, const char *raw)
{
	struct strbuf out = STRBUF_INIT;
	const char *text;
	size_t start;

	for (const char *line = raw; *line;) {
		size_t length = strcspn(line, "\n");

		add_comment_line(&out, line, length);
		line += length + (line[length] == '\n');
	}
	while (out.length && out.text[out.length - 1] == '\n')
		strbuf_truncate(&out, out.length - 1);
	start = strspn(out.text, "\n");
	text = arena_strdup(arena, out.text + start);
	strbuf_release(&out);
	return text;
}

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

/* The comment that ends just before a declaration. */
static const char *find_before(struct arena *arena, const struct piece *declaration)
{
	const char *text = declaration->text;
	const char *end = skip_blanks_back(text, text + declaration->start), *start = end;

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

/* As clang attaches it, but for the next declaration's. */
static const char *raw_comment(struct source_reader *reader, CXCursor cursor)
{
	const struct clang_library *clang = reader->clang;
	const char *raw = source_take_string(reader, clang->Cursor_getRawCommentText(cursor));
	struct piece declaration = find_piece(clang, cursor, clang->getCursorExtent(cursor));
	struct piece comment;

	if (!declaration.text)
		return raw;
	/* clang knows of none on a declaration that a macro makes. */
	if (!*raw)
		raw = find_before(reader->arena, &declaration);
	if (!*raw)
		return find_behind(reader->arena, &declaration);
	comment = find_piece(clang, cursor, clang->Cursor_getCommentRange(cursor));
	if (declaration.text != comment.text || comment.start < declaration.end ||
	    !is_of_another(&declaration, &comment))
		return raw;
	return find_before(reader->arena, &declaration);
}

/* Without marks; NULL when there is none. */
static const char *read_comment(struct source_reader *reader, CXCursor cursor)
{
	const char *raw, *text;

	if (reader->query->events_only)
		return NULL;
	raw = raw_comment(reader, cursor);
	text = *raw ? clean_comment(reader->arena, raw) : "";
	/* The file's own first comment is about no declaration. */
	return !*text || strstr(text, "SPDX-License-Identifier") ? NULL : text;
}

/* The declaration at that place, added behind the others of its name when it is new. */
static struct source_place *find_place(struct source_reader *reader, const char *what,
				       unsigned line)
{
	void **slot = strmap_at(&reader->facts->places, reader->arena, what);
	struct source_place *place = *slot, *last = NULL;

	for (; place; last = place, place = place->next) {
		if (place->line == line && !strcmp(place->file, reader->file_name))
			return place;
	}
	place = ARENA_NEW(reader->arena, struct source_place);
	*place = (struct source_place){.file = reader->file_name, .line = line};
	if (last)
		last->next = place;
	else
		*slot = place;
	return place;
}

static void add_place(struct source_reader *reader, CXCursor cursor, const char *what,
		      unsigned line)
{
	const char *comment = read_comment(reader, cursor);
	struct source_place *place = find_place(reader, what, line);

	/* Before the type, and behind what is declared with it. */
	if (comment && reader->pending && strcmp(comment, reader->pending) != 0)
		comment = arena_printf(reader->arena, "%s\n%s", reader->pending, comment);
	else if (!comment)
		comment = reader->pending;
	if (!place->comment)
		place->comment = comment;
	reader->pending = NULL;
}

static void read_type(struct source_reader *, CXCursor cursor, const char *owner);

static int visit_member(CXCursor cursor, CXCursor parent, void *context)
{
	struct source_reader *reader = context;
	unsigned line = source_find_place(reader, cursor);
	const char *owner = reader->owner, *tag;

	(void)parent;
	if (!line)
		return CLANG_CONTINUE;
	switch (cursor.kind) {
	case CLANG_ENUMERATOR:
		add_place(reader, cursor,
			  arena_printf(reader->arena, "enumerator %s", source_name(reader, cursor)),
			  line);
		break;
	case CLANG_FIELD:
		if (*owner && *source_name(reader, cursor))
			add_place(reader, cursor,
				  arena_printf(reader->arena, "%s.%s", owner,
					       source_name(reader, cursor)),
				  line);
		break;
	case CLANG_STRUCT:
	case CLANG_UNION:
	case CLANG_ENUM:
		tag = source_tag(reader, cursor);
		/* Members of one without a name belong to the type around it. */
		if (*tag)
			source_read_declaration(reader, cursor, line);
		else
			read_type(reader, cursor, owner);
		reader->owner = owner;
		break;
	default:
		break;
	}
	return CLANG_CONTINUE;
}

/* Its members, then what is to be declared with it. */
static void read_type(struct source_reader *reader, CXCursor cursor, const char *owner)
{
	reader->owner = owner;
	reader->pending = NULL;
	reader->clang->visitChildren(cursor, visit_member, reader);
	reader->pending = *source_tag(reader, cursor) ? NULL : read_comment(reader, cursor);
}

/* typedef struct { ... } packet_t: its members are known by that name. */
static void read_typedef(struct source_reader *reader, CXCursor cursor, unsigned line)
{
	const struct clang_library *clang = reader->clang;
	CXCursor type = clang->getTypeDeclaration(
		source_bare_type(clang, clang->getTypedefDeclUnderlyingType(cursor)));
	const char *what, *pending = reader->pending;

	if (!*source_keyword(type) || *source_tag(reader, type))
		return;
	what = arena_printf(reader->arena, "%s %s", source_keyword(type),
			    source_name(reader, cursor));
	read_type(reader, type, what);
	reader->pending = pending;
	add_place(reader, cursor, what, line);
}

void source_read_declaration(struct source_reader *reader, CXCursor cursor, unsigned line)
{
	const char *tag, *what = "";

	switch (cursor.kind) {
	case CLANG_STRUCT:
	case CLANG_UNION:
	case CLANG_ENUM:
		if (!reader->clang->isCursorDefinition(cursor))
			break;
		tag = source_tag(reader, cursor);
		reader->pending = NULL;
		if (*tag) {
			what = arena_printf(reader->arena, "%s %s", source_keyword(cursor), tag);
			add_place(reader, cursor, what, line);
		}
		read_type(reader, cursor, what);
		break;
	case CLANG_TYPEDEF:
		read_typedef(reader, cursor, line);
		break;
	case CLANG_FUNCTION:
	case CLANG_VARIABLE:
		add_place(reader, cursor,
			  arena_printf(reader->arena, "%s %s",
				       cursor.kind == CLANG_FUNCTION ? "function" : "variable",
				       source_name(reader, cursor)),
			  line);
		break;
	default:
		break;
	}
}
