/* SPDX-License-Identifier: BSD-2-Clause */
#include "source_facts.h"

#include <fnmatch.h>
#include <string.h>

#include "bug.h"
#include "names.h"
#include "path.h"
#include "source_reader.h"
#include "strbuf.h"

#define CONSTANT_PREFIX "__bpfbake_constant_"
#define SWAPPED_PREFIX  "__bpfbake_swapped_"

enum {
	PARSE_INCOMPLETE = 2,     /* CXTranslationUnit_Incomplete: no end-of-file checks */
	PARSE_KEEP_GOING = 0x200, /* CXTranslationUnit_KeepGoing: not even fatal errors end it */
};

const char *source_take_string(struct source_reader *reader, CXString string)
{
	const char *text = reader->clang->getCString(string);
	const char *copy = arena_strdup(reader->arena, text ? text : "");

	reader->clang->disposeString(string);
	return copy;
}

const char *source_name(struct source_reader *reader, CXCursor cursor)
{
	return source_take_string(reader, reader->clang->getCursorSpelling(cursor));
}

const char *source_keyword(CXCursor cursor)
{
	return cursor.kind == CLANG_STRUCT  ? "struct"
	       : cursor.kind == CLANG_UNION ? "union"
	       : cursor.kind == CLANG_ENUM  ? "enum"
					    : "";
}

const char *source_tag(struct source_reader *reader, CXCursor cursor)
{
	const char *name = source_name(reader, cursor), *type;

	/* Newer versions say where it is: "conn::(anonymous at …)". */
	if (strpbrk(name, "( :"))
		return "";
	/* And some give it the name of its typedef. */
	type = source_take_string(
		reader, reader->clang->getTypeSpelling(reader->clang->getCursorType(cursor)));
	return strchr(type, ' ') ? name : "";
}

struct child_list {
	struct source_reader *reader;
	struct source_children children;
};

static int collect_child(CXCursor cursor, CXCursor parent, void *context)
{
	struct child_list *list = context;

	(void)parent;
	*ARENA_PUSH(list->reader->arena, list->children.items, list->children.count) = cursor;
	return CLANG_CONTINUE;
}

struct source_children source_children(struct source_reader *reader, CXCursor cursor)
{
	struct child_list list = {.reader = reader};

	reader->clang->visitChildren(cursor, collect_child, &list);
	return list.children;
}

static struct bytes file_text(struct source_reader *reader, CXCursor cursor, void *file)
{
	size_t size = 0;
	const char *text = reader->clang->getFileContents(
		reader->clang->Cursor_getTranslationUnit(cursor), file, &size);

	return (struct bytes){(const unsigned char *)text, text ? size : 0};
}

unsigned source_find_place(struct source_reader *reader, CXCursor cursor)
{
	CXSourceLocation location = reader->clang->getCursorLocation(cursor);
	void *file = NULL;
	unsigned line = 0;

	reader->clang->getFileLocation(location, &file, &line, NULL, NULL);
	if (!file)
		return 0;
	if (file != reader->file) {
		reader->file = file;
		reader->file_name = source_take_string(reader, reader->clang->getFileName(file));
		reader->is_of_user =
			!reader->clang->Location_isInSystemHeader(location) &&
			!source_text_is_foreign(reader->file_name, file_text(reader, cursor, file));
	}
	return reader->is_of_user ? line : 0;
}

/* As clang writes it, without what could be a trigraph. */
static const char *clean_literal(struct arena *arena, const char *literal)
{
	char *clean = arena_alloc(arena, 2 * strlen(literal) + 1), *to = clean;

	for (; *literal; literal++) {
		if (*literal == '?' && to > clean && to[-1] == '?')
			*to++ = '\\';
		*to++ = *literal;
	}
	return clean;
}

/* The string that an expression is, behind brackets and implicit casts; NULL: none. */
static const char *find_string(struct source_reader *reader, CXCursor cursor)
{
	const char *literal;

	do {
		struct source_children children = source_children(reader, cursor);

		if (children.count != 1)
			return NULL;
		cursor = children.items[0];
	} while (cursor.kind == CLANG_UNEXPOSED || cursor.kind == CLANG_PARENTHESES);
	literal = source_name(reader, cursor);
	return cursor.kind == CLANG_STRING && *literal == '"'
		       ? clean_literal(reader->arena, literal)
		       : NULL;
}

/* The line of a macro's variable. */
static const char *line_key(struct source_reader *reader, CXCursor cursor)
{
	unsigned line = 0;

	reader->clang->getFileLocation(reader->clang->getCursorLocation(cursor), NULL, &line, NULL,
				       NULL);
	return arena_printf(reader->arena, "%u", line);
}

/* False for what has no value that is a constant's. */
static bool read_constant(struct source_reader *reader, CXCursor cursor,
			  struct source_constant *constant)
{
	const struct clang_library *clang = reader->clang;
	void *result = clang->Cursor_Evaluate(cursor);
	long long bytes = clang->Type_getSizeOf(clang->getCursorType(cursor));

	constant->bytes = bytes > 4 ? 8 : 4;
	if (result && clang->EvalResult_getKind(result) == CLANG_EVAL_INT && bytes > 0 &&
	    bytes <= 8) {
		/* What is shorter than an int becomes one. */
		constant->is_unsigned = bytes >= 4 && clang->EvalResult_isUnsignedInt(result);
		constant->value =
			clang->EvalResult_isUnsignedInt(result)
				? clang->EvalResult_getAsUnsigned(result)
				: (unsigned long long)clang->EvalResult_getAsLongLong(result);
	} else {
		constant->literal = find_string(reader, cursor);
		bytes = constant->literal ? bytes : 0;
	}
	if (result)
		clang->EvalResult_dispose(result);
	return constant->literal || (bytes > 0 && bytes <= 8);
}

static bool is_in(const struct strvec *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (!strcmp(names->items[i], name))
			return true;
	}
	return false;
}

static void add_constant(struct source_reader *reader, CXCursor cursor, const char *name)
{
	struct source_constant constant = {.name = name};

	constant.is_swapped = is_in(&reader->query->text->swapped_macros, name);
	if (!strmap_get(&reader->no_constants, line_key(reader, cursor)) &&
	    read_constant(reader, cursor, &constant))
		*ARENA_PUSH(reader->arena, reader->facts->constants, reader->facts->n_constants) =
			constant;
}

/* The same macro where bytes are ordered the other way. */
static void add_swapped(struct source_reader *reader, CXCursor cursor, const char *name)
{
	struct source_facts *facts = reader->facts;
	struct source_constant *swapped = ARENA_NEW(reader->arena, struct source_constant);

	swapped->name = name;
	if (strmap_get(&reader->no_constants, line_key(reader, cursor)) ||
	    !read_constant(reader, cursor, swapped))
		return;
	for (size_t i = 0; i < facts->n_constants; i++) {
		if (!strcmp(facts->constants[i].name, name))
			facts->constants[i].other = swapped;
	}
}

static bool visit_probe(struct source_reader *reader, CXCursor cursor, const char *name)
{
	if (!strncmp(name, CONSTANT_PREFIX, strlen(CONSTANT_PREFIX)))
		add_constant(reader, cursor, name + strlen(CONSTANT_PREFIX));
	else if (!strncmp(name, SWAPPED_PREFIX, strlen(SWAPPED_PREFIX)))
		add_swapped(reader, cursor, name + strlen(SWAPPED_PREFIX));
	else
		return false;
	return true;
}

static void find_wanted_type(struct source_reader *reader, CXCursor cursor)
{
	const struct strvec *wanted = reader->query->types;
	bool is_type = *source_keyword(cursor) || cursor.kind == CLANG_TYPEDEF;
	const char *name = wanted->count && is_type ? source_name(reader, cursor) : "";

	for (size_t i = 0; i < wanted->count; i++) {
		if (*name && !fnmatch(wanted->items[i], name, 0))
			source_define_type(reader, name, reader->clang->getCursorType(cursor));
	}
}

static int visit_top(CXCursor cursor, CXCursor parent, void *context)
{
	struct source_reader *reader = context;
	unsigned line = source_find_place(reader, cursor);

	(void)parent;
	/* The user's may call those of others. */
	if (cursor.kind == CLANG_FUNCTION)
		source_add_function(reader, cursor);
	if (!line)
		return CLANG_CONTINUE;
	if (cursor.kind == CLANG_VARIABLE && line > reader->last_line &&
	    visit_probe(reader, cursor, source_name(reader, cursor)))
		return CLANG_CONTINUE;
	find_wanted_type(reader, cursor);
	source_read_declaration(reader, cursor, line);
	return CLANG_CONTINUE;
}

/* With the newline that is put behind it. */
static unsigned count_lines(struct bytes text)
{
	unsigned count = 1;

	for (size_t i = 0; i < text.size; i++)
		count += text.data[i] == '\n';
	return count;
}

static void add_probes(struct strbuf *out, const struct strvec *macros, const char *prefix)
{
	for (size_t i = 0; i < macros->count; i++)
		strbuf_add_format(out, "#ifdef %s\nstatic const __auto_type %s%s = (%s);\n#endif\n",
				  macros->items[i], prefix, macros->items[i], macros->items[i]);
}

/* The source, with a variable for each macro behind it; and then, for those that turn around with
 * the byte order, another one under the other order. */
static void make_text(struct strbuf *out, const struct source_query *query)
{
	const struct source_text *text = query->text;

	strbuf_add(out, text->source.data, text->source.size);
	strbuf_add_char(out, '\n');
	if (query->events_only)
		return;
	add_probes(out, &text->macros, CONSTANT_PREFIX);
	if (!text->swapped_macros.count)
		return;
	strbuf_add_format(out,
			  "#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__\n"
			  "#undef __BYTE_ORDER__\n"
			  "#define __BYTE_ORDER__ __ORDER_BIG_ENDIAN__\n"
			  "#else\n"
			  "#undef __BYTE_ORDER__\n"
			  "#define __BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__\n"
			  "#endif\n"
			  "#undef __BPF_ENDIAN__\n"
			  "%s\n",
			  text->endian_include);
	add_probes(out, &text->swapped_macros, SWAPPED_PREFIX);
}

/* As the user calls it: clang is given "./a.bpf.c". */
static const char *name_place(struct arena *arena, const char *file, unsigned line)
{
	return arena_printf(arena, "%s:%u", !strncmp(file, "./", 2) ? file + 2 : file, line);
}

/* An error in the source itself is a fact; what is said of a macro's variable makes it no constant.
 */
static void read_diagnostic(struct source_reader *reader, void *diagnostic)
{
	const struct clang_library *clang = reader->clang;
	bool is_error = clang->getDiagnosticSeverity(diagnostic) >= CLANG_SEVERITY_ERROR;
	void *file = NULL;
	unsigned line = 0;
	const char *name;

	clang->getFileLocation(clang->getDiagnosticLocation(diagnostic), &file, &line, NULL, NULL);
	name = file ? source_take_string(reader, clang->getFileName(file)) : reader->query->path;
	if (line > reader->last_line && !strcmp(name, reader->query->path)) {
		*strmap_at(&reader->no_constants, reader->arena,
			   arena_printf(reader->arena, "%u", line)) = reader;
	} else if (is_error && !reader->facts->error) {
		reader->facts->error =
			source_take_string(reader, clang->getDiagnosticSpelling(diagnostic));
		reader->facts->error_place = line ? name_place(reader->arena, name, line) : name;
	}
}

static void read_diagnostics(struct source_reader *reader, void *unit)
{
	unsigned count = reader->clang->getNumDiagnostics(unit);

	for (unsigned i = 0; i < count; i++) {
		void *diagnostic = reader->clang->getDiagnostic(unit, i);

		read_diagnostic(reader, diagnostic);
		reader->clang->disposeDiagnostic(diagnostic);
	}
}

bool source_facts_read(struct source_facts *facts, struct arena *arena,
		       const struct source_query *query)
{
	struct source_reader reader = {
		.facts = facts, .arena = arena, .clang = query->library, .query = query};
	const struct clang_library *clang = query->library;
	struct strbuf text = STRBUF_INIT;
	struct CXUnsavedFile unsaved;
	void *index = clang->createIndex(0, 0), *unit = NULL;

	reader.last_line = count_lines(query->text->source);
	make_text(&text, query);
	unsaved = (struct CXUnsavedFile){query->path, text.text, text.length};
	clang->parseTranslationUnit2(index, query->path, (const char *const *)query->flags->items,
				     (int)query->flags->count, &unsaved, 1,
				     PARSE_INCOMPLETE | PARSE_KEEP_GOING, &unit);
	if (unit) {
		read_diagnostics(&reader, unit);
		clang->visitChildren(clang->getTranslationUnitCursor(unit), visit_top, &reader);
		source_find_events(&reader);
	}
	strbuf_release(&text);
	/* Giving back a full vmlinux.h takes 5 ms, and the process ends soon. */
	facts->kept[0] = unit;
	facts->kept[1] = index;
	return unit != NULL;
}

static const struct source_place *find_place(const struct source_facts *facts, const char *what)
{
	return facts ? strmap_get(&facts->places, what) : NULL;
}

static const char *place_text(struct arena *arena, const struct source_place *place)
{
	return name_place(arena, place->file, place->line);
}

const char *source_facts_where(struct arena *arena, const struct source_facts *facts,
			       const char *what, const char *fallback)
{
	const struct source_place *place = find_place(facts, what);

	return place ? place_text(arena, place) : fallback;
}

static const char *const tags[] = {"struct", "union", "enum"};

const char *source_facts_where_type(struct arena *arena, const struct source_facts *facts,
				    const char *name, const char *fallback)
{
	const char *where = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(tags) && !where; i++)
		where = source_facts_where(arena, facts,
					   arena_printf(arena, "%s %s", tags[i], name), NULL);
	for (size_t i = 0; facts && i < facts->n_events && !where; i++) {
		const struct source_event *event = &facts->events[i];

		if (event->type && !strcmp(name_bare(event->type), name))
			where = name_place(arena, event->file, event->line);
	}
	return where ? where : fallback;
}

const char *source_facts_where_all(struct arena *arena, const struct source_facts *facts,
				   const char *name, const char **last)
{
	const char *all = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++) {
		const struct source_place *place =
			find_place(facts, arena_printf(arena, "%s %s", tags[i], name));

		for (; place; place = place->next) {
			*last = place_text(arena, place);
			all = all ? arena_printf(arena, "%s, %s", all, *last) : *last;
		}
	}
	return all;
}
