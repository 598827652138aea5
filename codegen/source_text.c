/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No preprocessor: a name too many does no harm, since clang has the last word on its value. Only a
 * body that would disturb what stands around it must not get through: brackets that do not match,
 * braces, semicolons.
 */
#include "source_text.h"

#include <ctype.h>
#include <string.h>

#include "bug.h"
#include "path.h"
#include "strbuf.h"
#include "strmap.h"

#define MAX_DEPTH 32

struct macro {
	const char *name, *body;
	bool is_balanced; /* with the macros that it names */
	bool may_be_constant;
};

struct text_reader {
	struct arena *arena;
	struct source_text *text;
	const struct strvec *directories;
	struct strmap macros, files, named; /* files read, maps of BPFBAKE_EVENT */
	struct macro **in_order;
	size_t n_macros;
	struct strbuf line;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool begins_with(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

bool source_text_is_foreign(const char *path)
{
	static const char *const names[] = {
		"bpf.h",           "bpf_core_read.h", "bpf_endian.h",    "bpf_helper_defs.h",
		"bpf_helpers.h",   "bpf_tracing.h",   "bpfbake.bpf.h",   "btf.h",
		"libbpf.h",        "libbpf_common.h", "libbpf_legacy.h", "libbpf_version.h",
		"skel_internal.h", "usdt.bpf.h",
	};
	const char *base = path_basename(path);

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(base, names[i]))
			return true;
	}
	/* vmlinux.h, vmlinux_510.h */
	return begins_with(base, "vmlinux") && strlen(base) > 2 &&
	       !strcmp(base + strlen(base) - 2, ".h");
}

/* Words that begin what is no expression. */
static bool begins_no_expression(const char *body)
{
	static const char *const words[] = {
		"struct",  "union",   "enum",          "static",          "extern",
		"inline",  "const",   "volatile",      "typedef",         "void",
		"do",      "if",      "for",           "while",           "return",
		"goto",    "int",     "long",          "unsigned",        "signed",
		"char",    "short",   "__attribute__", "__always_inline", "asm",
		"__asm__", "_Pragma",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t length = strlen(words[i]);

		if (!strncmp(body, words[i], length) && !is_word(body[length]))
			return true;
	}
	return false;
}

/* Skips a string or a character constant; NULL when it does not end. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	for (; *at && *at != quote; at++) {
		if (*at == '\\' && !*++at)
			return NULL;
	}
	return *at ? at + 1 : NULL;
}

/* Brackets and braces that do not match would take in what stands behind. */
static bool is_balanced(const char *body)
{
	int depth = 0;

	while (body && *body && depth >= 0) {
		if (*body == '"' || *body == '\'') {
			body = skip_quoted(body);
			continue;
		}
		depth += strchr("([{", *body) != NULL;
		depth -= strchr(")]}", *body) != NULL;
		body++;
	}
	return body && depth == 0;
}

/* Signs that no expression has; the body is balanced, so its strings end. */
static bool has_foreign_sign(const char *body)
{
	while (*body) {
		if (strchr("{};#@\\`", *body))
			return true;
		body = *body == '"' || *body == '\'' ? skip_quoted(body) : body + 1;
	}
	return false;
}

static bool may_be_expression(const char *body)
{
	return *body && is_balanced(body) && !begins_no_expression(body) && !has_foreign_sign(body);
}

/* How many characters a string or a character constant has; 0 when it does not end on its line. */
static size_t quoted_length(const char *from, const char *end)
{
	for (const char *at = from + 1; at < end && *at != '\n'; at++) {
		if (*at == '\\')
			at++;
		else if (*at == *from)
			return (size_t)(at - from) + 1;
	}
	return 0;
}

/* The next logical line: continued lines joined, comments left out. Valid until the next call. */
static const char *read_line(struct text_reader *reader, const char **at, const char *end)
{
	struct strbuf *line = &reader->line;
	const char *from = *at;

	strbuf_truncate(line, 0);
	while (from < end && *from != '\n') {
		if (from + 1 < end && from[0] == '\\' && from[1] == '\n') {
			from += 2;
		} else if (from + 1 < end && from[0] == '/' && from[1] == '*') {
			const char *close = memmem(from + 2, (size_t)(end - from - 2), "*/", 2);

			from = close ? close + 2 : end;
			strbuf_add_char(line, ' ');
		} else if (from + 1 < end && from[0] == '/' && from[1] == '/') {
			from = memchr(from, '\n', (size_t)(end - from));
			from = from ? from : end;
		} else if ((*from == '"' || *from == '\'') && quoted_length(from, end)) {
			size_t length = quoted_length(from, end);

			strbuf_add(line, from, length);
			from += length;
		} else {
			strbuf_add_char(line, *from++);
		}
	}
	*at = from < end ? from + 1 : end;
	while (line->length && isspace((unsigned char)line->text[line->length - 1]))
		strbuf_truncate(line, line->length - 1);
	return line->text;
}

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

static void add_macro(struct text_reader *reader, const char *definition)
{
	size_t length = 0;
	struct macro *macro;
	const char *name;
	void **place;

	while (is_word(definition[length]))
		length++;
	/* A '(' that follows at once makes it a function. */
	if (!length || isdigit((unsigned char)definition[0]) || definition[length] == '(')
		return;
	name = arena_strndup(reader->arena, definition, length);
	place = strmap_at(&reader->macros, reader->arena, name);
	macro = *place;
	if (!macro) {
		*place = macro = ARENA_NEW(reader->arena, struct macro);
		*ARENA_PUSH(reader->arena, reader->in_order, reader->n_macros) = macro;
	} else if (macro->may_be_constant) {
		return;
	}
	*macro = (struct macro){
		.name = name,
		.body = arena_strdup(reader->arena, skip_blanks(definition + length)),
	};
	macro->is_balanced = is_balanced(macro->body);
	macro->may_be_constant = may_be_expression(macro->body);
}

/* The next word of a macro's body, NULL at the end; `at` is moved behind it. */
static const char *next_word(struct arena *arena, const char **at)
{
	const char *start = *at;

	while (*start && !is_word(*start))
		start = *start == '"' || *start == '\'' ? skip_quoted(start) : start + 1;
	for (*at = start; is_word(**at); ++*at)
		;
	return *start ? arena_strndup(arena, start, (size_t)(*at - start)) : NULL;
}

static bool names_unbalanced(struct text_reader *reader, const struct macro *macro)
{
	const char *at = macro->body, *word;

	while ((word = next_word(reader->arena, &at))) {
		const struct macro *other = strmap_get(&reader->macros, word);

		if (other && !other->is_balanced)
			return true;
	}
	return false;
}

static void choose_macros(struct text_reader *reader)
{
	bool is_new = true;

	/* Each round finds what names something that the last one found. */
	while (is_new) {
		is_new = false;
		for (size_t i = 0; i < reader->n_macros; i++) {
			struct macro *macro = reader->in_order[i];

			if (!macro->is_balanced || !names_unbalanced(reader, macro))
				continue;
			macro->is_balanced = macro->may_be_constant = false;
			is_new = true;
		}
	}
	for (size_t i = 0; i < reader->n_macros; i++) {
		if (reader->in_order[i]->may_be_constant)
			strvec_push(&reader->text->macros, reader->arena,
				    reader->in_order[i]->name);
	}
}

static void read_text(struct text_reader *, struct bytes text, const char *directory, int depth);

/* Once; false when there is no such file. */
static bool read_file(struct text_reader *reader, const char *directory, const char *name,
		      int depth)
{
	const char *path = path_join(reader->arena, directory, name);
	void **place = strmap_at(&reader->files, reader->arena, path);
	struct bytes text;

	if (*place)
		return true;
	if (file_read(reader->arena, path, &text))
		return false;
	*place = reader;
	read_text(reader, text, path_dirname(reader->arena, path), depth + 1);
	return true;
}

/* "conns.h" or <conns.h>, where a directory of -I has it. */
static void read_include(struct text_reader *reader, const char *what, const char *directory,
			 int depth)
{
	const char *close = *what == '"'   ? strchr(what + 1, '"')
			    : *what == '<' ? strchr(what, '>')
					   : NULL;
	const char *name;

	if (!close || depth >= MAX_DEPTH)
		return;
	name = arena_strndup(reader->arena, what + 1, (size_t)(close - what - 1));
	if (source_text_is_foreign(name) || begins_with(name, "linux/") || begins_with(name, "asm"))
		return;
	if (*what == '"' && read_file(reader, directory, name, depth))
		return;
	for (size_t i = 0; i < reader->directories->count; i++) {
		if (read_file(reader, reader->directories->items[i], name, depth))
			return;
	}
}

static const char *const byte_order_words[] = {
	"BYTE_ORDER", "ENDIAN", "hton", "ntoh", "cpu_to_", "_to_cpu", NULL,
};

static const char *const architecture_words[] = {"TARGET_ARCH", "bpf_target", NULL};

static bool has_any(const char *line, const char *const *words)
{
	while (*words && !strstr(line, *words))
		words++;
	return *words;
}

static bool speaks_of_events(const char *line)
{
	return strstr(line, "_RINGBUF") || strstr(line, "_PERF_EVENT_ARRAY");
}

static void read_directive(struct text_reader *reader, const char *line, const char *directory,
			   int depth)
{
	if (begins_with(line, "include")) {
		read_include(reader, skip_blanks(line + strlen("include")), directory, depth);
		return;
	}
	reader->text->speaks_of_byte_order |= has_any(line, byte_order_words);
	reader->text->speaks_of_architecture |= has_any(line, architecture_words);
	reader->text->has_hidden_event_maps |= speaks_of_events(line);
	if (begins_with(line, "define") && (line[6] == ' ' || line[6] == '\t'))
		add_macro(reader, skip_blanks(line + 6));
}

/* The name behind the '}' that ends a map's definition: "} closed SEC(".maps");" */
static void add_event_map(struct text_reader *reader, const char *at, const char *end)
{
	const char *brace = memchr(at, '}', (size_t)(end - at));
	size_t length = 0;

	if (brace)
		brace++;
	while (brace && brace < end && isspace((unsigned char)*brace))
		brace++;
	while (brace && brace + length < end && is_word(brace[length]))
		length++;
	if (length)
		strvec_push(&reader->text->event_maps, reader->arena,
			    arena_strndup(reader->arena, brace, length));
	else
		reader->text->has_hidden_event_maps = true;
}

/* "BPFBAKE_EVENT(closed, struct conn)" */
static void add_named_map(struct text_reader *reader, const char *at)
{
	const char *open = at + strcspn(at, "(\n"), *name;
	size_t length = 0;

	if (*open != '(')
		return;
	name = skip_blanks(open + 1);
	while (is_word(name[length]))
		length++;
	*strmap_at(&reader->named, reader->arena, arena_strndup(reader->arena, name, length)) =
		reader;
}

/* A line that is no directive. */
static void read_plain(struct text_reader *reader, const char *at, size_t length, const char *end)
{
	static const char event[] = "BPFBAKE_EVENT", type[] = "BPF_MAP_TYPE_";
	const char *said = memmem(at, length, event, strlen(event));
	const char *kind = memmem(at, length, type, strlen(type));

	if (said)
		add_named_map(reader, said);
	if (kind &&
	    speaks_of_events(arena_strndup(reader->arena, kind, length - (size_t)(kind - at))))
		add_event_map(reader, kind, end);
}

static void read_text(struct text_reader *reader, struct bytes text, const char *directory,
		      int depth)
{
	const char *at = (const char *)text.data, *end = at + text.size;

	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		const char *start = at + strspn(at, " \t");

		next = next ? next + 1 : end;
		if (start < end && *start == '#') {
			at = start + 1;
			read_directive(reader, skip_blanks(read_line(reader, &at, end)), directory,
				       depth);
			continue;
		}
		read_plain(reader, at, (size_t)(next - at), end);
		at = next;
	}
}

/* Those that BPFBAKE_EVENT names, before or behind their definition, are left out. */
static void drop_named(struct text_reader *reader)
{
	struct strvec all = reader->text->event_maps;

	reader->text->event_maps = (struct strvec){0};
	for (size_t i = 0; i < all.count; i++) {
		if (!strmap_get(&reader->named, all.items[i]))
			strvec_push(&reader->text->event_maps, reader->arena, all.items[i]);
	}
}

bool source_text_read(struct source_text *text, struct arena *arena, const char *path,
		      const struct strvec *directories)
{
	struct text_reader reader = {
		.arena = arena,
		.text = text,
		.directories = directories,
		.line = STRBUF_INIT,
	};

	*text = (struct source_text){0};
	if (file_read(arena, path, &text->source))
		return false;
	read_text(&reader, text->source, path_dirname(arena, path), 0);
	choose_macros(&reader);
	drop_named(&reader);
	strbuf_release(&reader.line);
	return true;
}
