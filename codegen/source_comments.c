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
	/* Doxygen's: an exclamation mark, and an arrow to what stands before. */
	for (const char *mark = "!<"; *mark; mark++) {
		if (length && *line == *mark) {
			line++;
			length--;
		}
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

/* Without marks; NULL when there is none. */
static const char *clean(struct source_reader *reader, const char *raw)
{
	const char *text = *raw ? clean_comment(reader->arena, raw) : "";

	/* The file's own first comment is about no declaration. */
	return !*text || strstr(text, "SPDX-License-Identifier") ? NULL : text;
}

static const char *join(struct arena *arena, const char *first, const char *second)
{
	if (!first || !second || !strcmp(first, second))
		return first ? first : second;
	return arena_printf(arena, "%s\n%s", first, second);
}

static const char *read_comment(struct source_reader *reader, CXCursor cursor)
{
	struct source_remarks remarks;

	if (reader->query->events_only)
		return NULL;
	remarks = source_attach(reader, cursor);
	return join(reader->arena, clean(reader, remarks.before), clean(reader, remarks.behind));
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

	/* Before the type, and on what is declared with it. */
	if (!place->comment)
		place->comment = join(reader->arena, reader->pending, comment);
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

static void note_sign(struct source_reader *reader, CXCursor cursor, const char *name)
{
	static char is_signed[] = "signed", is_unsigned[] = "unsigned";
	const struct clang_library *clang = reader->clang;
	CXType integer = clang->getCanonicalType(clang->getEnumDeclIntegerType(cursor));

	*strmap_at(&reader->facts->enum_signs, reader->arena, name) =
		integer.kind >= CLANG_TYPE_CHAR ? is_signed : is_unsigned;
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
	if (type.kind == CLANG_ENUM)
		note_sign(reader, type, source_name(reader, cursor));
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
		if (*tag && cursor.kind == CLANG_ENUM)
			note_sign(reader, cursor, tag);
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
