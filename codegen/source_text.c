/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No preprocessor: what is too much does no harm, since clang has the last word on it, and what is
 * not seen only costs time.
 */
#include "source_text.h"

#include <ctype.h>
#include <string.h>

#include "bug.h"
#include "path.h"
#include "source_macros.h"
#include "strbuf.h"
#include "strmap.h"

#define MAX_DEPTH 32

struct text_reader {
	struct arena *arena;
	struct source_text *text;
	const struct strvec *directories;
	struct source_macros macros;
	struct strmap files, named; /* files read, maps of BPFBAKE_EVENT */
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

/* Names that are nobody else's, wherever they stand. */
static bool is_of_libbpf(const char *base)
{
	static const char *const names[] = {
		"bpf_core_read.h", "bpf_endian.h", "bpf_helper_defs.h", "bpf_helpers.h",
		"bpf_tracing.h",   "usdt.bpf.h",   "bpfbake.bpf.h",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(base, names[i]))
			return true;
	}
	return false;
}

bool source_text_is_foreign(const char *path, struct bytes text)
{
	static const char guard[] = "__VMLINUX_H__";
	const char *base = path_basename(path);
	size_t length = (size_t)(base - path), head = text.size < 4096 ? text.size : 4096;

	if (is_of_libbpf(base) || !strcmp(base, "vmlinux.h"))
		return true;
	/* <bpf/btf.h>, but not the user's own "btf.h" */
	if (length >= 4 && !strncmp(base - 4, "bpf/", 4) && (length == 4 || base[-5] == '/') &&
	    (!strcmp(base, "bpf.h") || !strcmp(base, "btf.h") || begins_with(base, "libbpf")))
		return true;
	/* vmlinux_510.h */
	return begins_with(base, "vmlinux") && head &&
	       memmem(text.data, head, guard, strlen(guard));
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

/* Of a backslash and the end of the line, which blanks may stand between; 0 when it is none. */
static size_t continued_length(const char *from, const char *end)
{
	const char *at = from + 1;

	if (*from != '\\')
		return 0;
	while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
		at++;
	return at < end && *at == '\n' ? (size_t)(at + 1 - from) : 0;
}

/* The next logical line: continued lines joined, comments left out. Valid until the next call. */
static const char *read_line(struct text_reader *reader, const char **at, const char *end)
{
	struct strbuf *line = &reader->line;
	const char *from = *at;

	strbuf_truncate(line, 0);
	while (from < end && *from != '\n') {
		if (continued_length(from, end)) {
			from += continued_length(from, end);
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
	if (source_text_is_foreign(path, text))
		return true;
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
	/* The kernel's, and what need not even be opened. */
	if (begins_with(name, "linux/") || begins_with(name, "asm/") ||
	    begins_with(name, "asm-generic/") || source_text_is_foreign(name, (struct bytes){0}))
		return;
	if (*what == '"' && read_file(reader, directory, name, depth))
		return;
	for (size_t i = 0; i < reader->directories->count; i++) {
		if (read_file(reader, reader->directories->items[i], name, depth))
			return;
	}
}

static bool speaks_of_architecture(const char *line)
{
	return strstr(line, "TARGET_ARCH") || strstr(line, "bpf_target");
}

static bool speaks_of_events(const char *line)
{
	return strstr(line, "_RINGBUF") || strstr(line, "_PERF_EVENT_ARRAY");
}

static void read_directive(struct text_reader *reader, const char *line, const char *directory,
			   int depth)
{
	if (begins_with(line, "include") || begins_with(line, "import")) {
		if (strstr(line, "bpf_endian.h"))
			reader->text->endian_include = arena_printf(reader->arena, "#%s", line);
		read_include(reader, line + strcspn(line, "\"<"), directory, depth);
		return;
	}
	reader->text->speaks_of_byte_order |=
		begins_with(line, "define") ? source_macros_is_of_target(reader->arena, line)
					    : strstr(line, "BYTE_ORDER") || strstr(line, "ENDIAN");
	reader->text->speaks_of_architecture |= speaks_of_architecture(line);
	reader->text->has_hidden_event_maps |= speaks_of_events(line);
	if (begins_with(line, "define") && (line[6] == ' ' || line[6] == '\t'))
		source_macros_add(&reader->macros, skip_blanks(line + 6));
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
		      const struct source_includes *includes)
{
	struct text_reader reader = {
		.arena = arena,
		.text = text,
		.directories = &includes->directories,
		.macros = {.arena = arena},
		.line = STRBUF_INIT,
	};

	*text = (struct source_text){.endian_include = ""};
	if (file_read(arena, path, &text->source))
		return false;
	for (size_t i = 0; i < includes->files.count; i++)
		read_include(&reader, arena_printf(arena, "\"%s\"", includes->files.items[i]), ".",
			     0);
	read_text(&reader, text->source, path_dirname(arena, path), 0);
	source_macros_choose(&reader.macros, &text->macros, &text->swapped_macros);
	/* Without the header to include once more, only another target's view tells. */
	text->speaks_of_byte_order |= text->swapped_macros.count && !*text->endian_include;
	if (text->speaks_of_byte_order)
		text->swapped_macros = (struct strvec){0};
	drop_named(&reader);
	strbuf_release(&reader.line);
	return true;
}
