/* SPDX-License-Identifier: BSD-2-Clause */
#include "source_facts.h"

#include <ctype.h>
#include <string.h>

#include "file.h"
#include "path.h"
#include "source_macros.h"
#include "strbuf.h"

#define CONSTANT_PREFIX "__bpfbake_constant_"

enum {
	PARSE_INCOMPLETE = 2,     /* CXTranslationUnit_Incomplete: no end-of-file checks */
	PARSE_KEEP_GOING = 0x200, /* CXTranslationUnit_KeepGoing: not even fatal errors end it */
};

struct fact_reader {
	struct source_facts *facts;
	struct arena *arena;
	const struct clang_library *clang;
	/* The file at hand, asked for once. */
	void *file;
	bool is_of_user;
	const char *file_name;
	/* The comment before a type without a name: it is about what is declared with the type. */
	const char *pending;
	/* While members are visited. */
	const char *owner; /* "struct conn" */
};

static const char *take_string(struct fact_reader *reader, CXString string)
{
	const char *text = reader->clang->getCString(string);
	const char *copy = arena_strdup(reader->arena, text ? text : "");

	reader->clang->disposeString(string);
	return copy;
}

/* Sets the file and its kind; the line, or 0 for what is not the user's. */
static unsigned find_place(struct fact_reader *reader, CXCursor cursor)
{
	CXSourceLocation location = reader->clang->getCursorLocation(cursor);
	void *file = NULL;
	unsigned line = 0;

	reader->clang->getFileLocation(location, &file, &line, NULL, NULL);
	if (!file)
		return 0;
	if (file != reader->file) {
		const char *name = take_string(reader, reader->clang->getFileName(file));

		reader->file = file;
		reader->file_name = path_basename(name);
		reader->is_of_user = !reader->clang->Location_isInSystemHeader(location) &&
				     strcmp(reader->file_name, "vmlinux.h") != 0;
	}
	return reader->is_of_user ? line : 0;
}

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

/* Without marks; "" when there is none. */
static const char *read_comment(struct fact_reader *reader, CXCursor cursor)
{
	const char *raw = take_string(reader, reader->clang->Cursor_getRawCommentText(cursor));
	const char *text = *raw ? clean_comment(reader->arena, raw) : "";

	/* The file's own first comment is about no declaration. */
	return strstr(text, "SPDX-License-Identifier") ? "" : text;
}

static void add_comment(struct fact_reader *reader, CXCursor cursor, const char *about,
			unsigned line)
{
	const char *text = read_comment(reader, cursor);
	struct source_comment *comment;
	void **place;

	if (!*text && reader->pending)
		text = reader->pending;
	reader->pending = NULL;
	if (!*text)
		return;
	place = strmap_at(&reader->facts->comments, reader->arena, about);
	if (*place)
		return;
	*place = comment = ARENA_NEW(reader->arena, struct source_comment);
	*comment = (struct source_comment){text, reader->file_name, line};
}

/* Anonymous types have no name, or a description of where they are. */
static bool is_anonymous(const char *name)
{
	return !*name || strchr(name, '(');
}

static void add_constant(struct fact_reader *reader, CXCursor cursor, const char *name)
{
	const struct clang_library *clang = reader->clang;
	void *result = clang->Cursor_Evaluate(cursor);
	long long bytes = clang->Type_getSizeOf(clang->getCursorType(cursor));
	struct source_constant constant = {.name = name};
	int kind = result ? clang->EvalResult_getKind(result) : 0;

	if (kind == CLANG_EVAL_INT && bytes > 0 && bytes <= 8) {
		constant.is_unsigned = clang->EvalResult_isUnsignedInt(result) != 0;
		constant.bytes = bytes > 4 ? 8 : 4;
		constant.value =
			constant.is_unsigned
				? clang->EvalResult_getAsUnsigned(result)
				: (unsigned long long)clang->EvalResult_getAsLongLong(result);
	} else if (kind == CLANG_EVAL_STRING) {
		constant.text = arena_strdup(reader->arena, clang->EvalResult_getAsStr(result));
	} else {
		constant.name = NULL;
	}
	if (result)
		clang->EvalResult_dispose(result);
	if (constant.name)
		*ARENA_PUSH(reader->arena, reader->facts->constants, reader->facts->n_constants) =
			constant;
}

static int visit_member(CXCursor cursor, CXCursor parent, void *context)
{
	struct fact_reader *reader = context;
	unsigned line = find_place(reader, cursor);
	const char *name;

	(void)parent;
	if (!line)
		return CLANG_CONTINUE;
	name = take_string(reader, reader->clang->getCursorSpelling(cursor));
	switch (cursor.kind) {
	case CLANG_ENUMERATOR:
		add_comment(reader, cursor, arena_printf(reader->arena, "enumerator %s", name),
			    line);
		return CLANG_CONTINUE;
	case CLANG_FIELD:
		if (*name && *reader->owner)
			add_comment(reader, cursor,
				    arena_printf(reader->arena, "%s.%s", reader->owner, name),
				    line);
		return CLANG_CONTINUE;
	case CLANG_STRUCT:
	case CLANG_UNION:
	case CLANG_ENUM:
		/* Its members first, then what is declared with it. */
		reader->pending = NULL;
		reader->clang->visitChildren(cursor, visit_member, reader);
		name = read_comment(reader, cursor);
		reader->pending = *name ? name : NULL;
		return CLANG_CONTINUE;
	default:
		return CLANG_CONTINUE;
	}
}

static void visit_type(struct fact_reader *reader, CXCursor cursor, const char *keyword,
		       unsigned line)
{
	const char *name = take_string(reader, reader->clang->getCursorSpelling(cursor));
	const char *comment;

	reader->pending = NULL;
	reader->owner =
		is_anonymous(name) ? "" : arena_printf(reader->arena, "%s %s", keyword, name);
	if (*reader->owner)
		add_comment(reader, cursor, reader->owner, line);
	reader->clang->visitChildren(cursor, visit_member, reader);
	comment = *reader->owner ? "" : read_comment(reader, cursor);
	reader->pending = *comment ? comment : NULL;
}

static int visit_top(CXCursor cursor, CXCursor parent, void *context)
{
	struct fact_reader *reader = context;
	unsigned line = find_place(reader, cursor);
	const char *name;

	(void)parent;
	if (!line)
		return CLANG_CONTINUE;
	switch (cursor.kind) {
	case CLANG_STRUCT:
		visit_type(reader, cursor, "struct", line);
		break;
	case CLANG_UNION:
		visit_type(reader, cursor, "union", line);
		break;
	case CLANG_ENUM:
		visit_type(reader, cursor, "enum", line);
		break;
	case CLANG_FUNCTION:
		name = take_string(reader, reader->clang->getCursorSpelling(cursor));
		add_comment(reader, cursor, arena_printf(reader->arena, "function %s", name), line);
		break;
	case CLANG_VARIABLE:
		name = take_string(reader, reader->clang->getCursorSpelling(cursor));
		if (!strncmp(name, CONSTANT_PREFIX, strlen(CONSTANT_PREFIX)))
			add_constant(reader, cursor, name + strlen(CONSTANT_PREFIX));
		else
			add_comment(reader, cursor,
				    arena_printf(reader->arena, "variable %s", name), line);
		break;
	default:
		break;
	}
	return CLANG_CONTINUE;
}

static void add_variables(struct strbuf *out, const struct strvec *names, const char *type,
			  const char *open, const char *close)
{
	for (size_t i = 0; i < names->count; i++)
		strbuf_add_format(
			out, "\n#ifdef %s\nstatic const %s " CONSTANT_PREFIX "%s = %s%s%s;\n#endif",
			names->items[i], type, names->items[i], open, names->items[i], close);
}

/* The source, with a variable for each macro behind it. */
static bool make_text(struct strbuf *out, struct arena *arena, const struct source_query *query)
{
	struct source_macros macros = {0};
	struct bytes text;

	if (file_read(arena, query->path, &text))
		return false;
	if (query->wants_constants)
		source_macros_find(&macros, arena, text, path_dirname(arena, query->path));
	strbuf_add(out, text.data, text.size);
	add_variables(out, &macros.numbers, "__auto_type", "(", ")");
	/* libclang gives the text of a string without brackets around it alone. */
	add_variables(out, &macros.strings, "char *const", "", "");
	strbuf_add_char(out, '\n');
	return true;
}

bool source_facts_read(struct source_facts *facts, struct arena *arena,
		       const struct source_query *query)
{
	struct fact_reader reader = {.facts = facts, .arena = arena, .clang = query->library};
	const struct clang_library *clang = query->library;
	struct strbuf text = STRBUF_INIT;
	struct CXUnsavedFile unsaved;
	void *index = NULL, *unit = NULL;

	if (make_text(&text, arena, query)) {
		unsaved = (struct CXUnsavedFile){query->path, text.text, text.length};
		index = clang->createIndex(0, 0);
		clang->parseTranslationUnit2(index, query->path,
					     (const char *const *)query->flags->items,
					     (int)query->flags->count, &unsaved, 1,
					     PARSE_INCOMPLETE | PARSE_KEEP_GOING, &unit);
	}
	if (unit) {
		clang->visitChildren(clang->getTranslationUnitCursor(unit), visit_top, &reader);
		clang->disposeTranslationUnit(unit);
	}
	if (index)
		clang->disposeIndex(index);
	strbuf_release(&text);
	return unit != NULL;
}
