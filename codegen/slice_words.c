/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A tokenizer of C without a preprocessor. What tells more than the words themselves:
 *
 *	#include            the file is read too
 *	#define M(a) …      a stands for words that are found where M is used
 *	PREFIX_##x          any word that begins so may be meant
 *	struct event e;     by value: no '*' behind it, and no macro around it that only asks for
 *the name, as bpf_core_field_exists(struct event, pid); or, behind SEC("syscall"), the argument of
 *that program
 */
#include "slice_words.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "bug.h"
#include "file.h"
#include "hash.h"
#include "path.h"

#define MAX_DEPTH  32
#define MAX_NESTED 64
#define MIN_PREFIX 3

/* One file. */
struct scan {
	const char *at, *end;
	const char *directory;
	bool is_own;            /* the user's, no header of libbpf's or the system's */
	bool has_typedefs_only; /* bpf_helper_defs.h: a declaration of each helper there is */
	const char *word;       /* the last token, if it is a word */
	size_t length;
	bool is_run;    /* a program of SEC("syscall") begins: its context is user space's */
	int conditions; /* that are open: #if */
};

struct word_reader {
	struct slice_words *words;
	struct arena *arena;
	const struct slice_includes *includes;
	struct strmap files; /* read */
	int depth;
	struct bytes helper_text; /* of bpf_helper_defs.h */
};

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Sets of which most that are not in them are told at once. */
static unsigned word_key(const char *word, size_t length)
{
	unsigned first = (unsigned char)word[0], second = (unsigned char)word[length > 1];

	return (first * 31 + second * 1021 + (unsigned char)word[length - 1] * 257 +
		(unsigned)length * 8191) %
	       (64 * SLICE_FILTER_WORDS);
}

static unsigned prefix_key(const char *word)
{
	return word_key(word, MIN_PREFIX);
}

static void filter_add(uint64_t *filter, unsigned key)
{
	filter[key / 64] |= UINT64_C(1) << key % 64;
}

static bool filter_has(const uint64_t *filter, unsigned key)
{
	return filter[key / 64] >> key % 64 & 1;
}

static bool is_pasted(const struct slice_words *words, const char *word)
{
	for (size_t i = 0; i < words->prefixes.count; i++) {
		if (!strncmp(word, words->prefixes.items[i], strlen(words->prefixes.items[i])))
			return true;
	}
	return false;
}

unsigned slice_words_use(const struct slice_words *words, const char *word, size_t length)
{
	unsigned use = 0;

	if (!length)
		return 0;
	if (filter_has(words->filter, word_key(word, length)))
		use = (unsigned)(uintptr_t)strmap_get(&words->uses, word);
	if (!use && length >= MIN_PREFIX && filter_has(words->prefix_filter, prefix_key(word)) &&
	    is_pasted(words, word))
		use = WORD_NAMED;
	return use;
}

/* Its part of the sum that tells one set of words from another. */
static uint64_t word_part(const char *word, unsigned use)
{
	uint64_t parts[] = {hash_bytes(word, strlen(word)), use};

	return use ? hash_bytes(parts, sizeof(parts)) : 0;
}

static void add_use(struct slice_words *words, struct arena *arena, const char *word, unsigned use)
{
	void **place = strmap_at(&words->uses, arena, word);
	unsigned before = (unsigned)(uintptr_t)*place, now = before | use;

	if (now == before)
		return;
	*place = (void *)(uintptr_t)now;
	words->digest += word_part(word, now) - word_part(word, before);
	if (*word)
		filter_add(words->filter, word_key(word, strlen(word)));
}

void slice_words_need_whole(struct slice_words *words, const char *why)
{
	if (!words->needs_whole)
		words->needs_whole = why;
}

void slice_words_add_type(struct slice_words *words, struct arena *arena, const char *name)
{
	add_use(words, arena, name, WORD_NAMED | WORD_BY_VALUE);
}

static void add_word(struct word_reader *reader, const char *word, size_t length, unsigned use)
{
	add_use(reader->words, reader->arena, arena_strndup(reader->arena, word, length), use);
}

static void add_prefix(struct word_reader *reader, const char *word, size_t length)
{
	struct slice_words *words = reader->words;
	const char *prefix = arena_strndup(reader->arena, word, length);

	for (size_t i = 0; i < words->prefixes.count; i++) {
		if (!strcmp(words->prefixes.items[i], prefix))
			return;
	}
	strvec_push(&words->prefixes, reader->arena, prefix);
	filter_add(words->prefix_filter, prefix_key(prefix));
	words->digest += word_part(prefix, WORD_PASTED);
}

static bool is_vmlinux(const char *path, struct bytes text)
{
	static const char guard[] = "__VMLINUX_H__";
	size_t head = text.size < 4096 ? text.size : 4096;

	return !strncmp(path_basename(path), "vmlinux", strlen("vmlinux")) && head &&
	       memmem(text.data, head, guard, strlen(guard));
}

static void scan_file(struct word_reader *, struct bytes text, const char *path, bool is_own);

/* False when there is no such file. */
static bool read_file(struct word_reader *reader, const char *directory, const char *name,
		      bool is_own)
{
	const char *path = path_join(reader->arena, directory, name);
	void **place = strmap_at(&reader->files, reader->arena, path);
	struct bytes text;

	if (*place)
		return true;
	if (file_read(reader->arena, path, &text))
		return false;
	*place = reader;
	if (is_vmlinux(path, text))
		strvec_push(&reader->words->vmlinux, reader->arena, path);
	else if (reader->depth < MAX_DEPTH)
		scan_file(reader, text, path, is_own);
	return true;
}

static bool find_file(struct word_reader *reader, const struct strvec *directories,
		      const char *name, bool is_own)
{
	for (size_t i = 0; i < directories->count; i++) {
		if (read_file(reader, directories->items[i], name, is_own))
			return true;
	}
	return false;
}

/* "conns.h" or <conns.h> */
static void read_include(struct word_reader *reader, const struct scan *scan, const char *what,
			 size_t length)
{
	const char *close = *what == '"'   ? memchr(what + 1, '"', length - 1)
			    : *what == '<' ? memchr(what, '>', length)
					   : NULL;
	const char *name;

	if (!close)
		return;
	name = arena_strndup(reader->arena, what + 1, (size_t)(close - what - 1));
	if ((*what == '"' && read_file(reader, scan->directory, name, scan->is_own)) ||
	    find_file(reader, &reader->includes->directories, name, true) ||
	    find_file(reader, &reader->includes->system, name, false))
		return;
	reader->words->has_no_vmlinux |= !strcmp(path_basename(name), "vmlinux.h");
}

/* Over blanks, comments and joined lines; the end of a line ends it where `in_line`. */
static void skip_blanks(struct scan *scan, bool in_line)
{
	while (scan->at < scan->end) {
		const char *at = scan->at;
		size_t left = (size_t)(scan->end - at);

		if (left > 1 && at[0] == '/' && at[1] == '*') {
			const char *close = memmem(at + 2, left - 2, "*/", 2);

			scan->at = close ? close + 2 : scan->end;
		} else if (left > 1 && at[0] == '/' && at[1] == '/') {
			const char *newline = memchr(at, '\n', left);

			scan->at = newline ? newline : scan->end;
		} else if (left > 1 && at[0] == '\\' && at[1] == '\n') {
			scan->at += 2;
		} else if (left > 2 && at[0] == '\\' && at[1] == '\r' && at[2] == '\n') {
			scan->at += 3;
		} else if (isspace((unsigned char)*at) && !(in_line && *at == '\n')) {
			scan->at++;
		} else {
			return;
		}
	}
}

static void skip_quoted(struct scan *scan)
{
	static const char syscall[] = "syscall";
	const char *start = scan->at + 1;
	char quote = *scan->at++;

	while (scan->at < scan->end && *scan->at != quote && *scan->at != '\n')
		scan->at += *scan->at == '\\' && scan->at + 1 < scan->end ? 2 : 1;
	start += start < scan->at && *start == '?';
	if ((size_t)(scan->at - start) >= strlen(syscall) &&
	    !memcmp(start, syscall, strlen(syscall)))
		scan->is_run = true;
	if (scan->at < scan->end && *scan->at == quote)
		scan->at++;
}

/* The next token: its first character ('a' for a word, '0' for a number), 0 at the end. */
static char next_token(struct scan *scan, bool in_line)
{
	const char *start;
	char first;

	skip_blanks(scan, in_line);
	scan->word = NULL;
	if (scan->at >= scan->end || (in_line && *scan->at == '\n'))
		return 0;
	start = scan->at;
	first = *start;
	if (first == '"' || first == '\'') {
		skip_quoted(scan);
		return first;
	}
	if (!is_word(first)) {
		scan->at++;
		return first;
	}
	while (scan->at < scan->end &&
	       (is_word(*scan->at) || (!is_word_start(first) && *scan->at == '.')))
		scan->at++;
	if (!is_word_start(first))
		return '0';
	scan->word = start;
	scan->length = (size_t)(scan->at - start);
	return 'a';
}

static bool is_token(const struct scan *scan, const char *text)
{
	return scan->word && scan->length == strlen(text) &&
	       !memcmp(scan->word, text, scan->length);
}

/* The character that comes next, without taking it. */
static char peek(struct scan *scan, bool in_line)
{
	skip_blanks(scan, in_line);
	return scan->at < scan->end && !(in_line && *scan->at == '\n') ? *scan->at : 0;
}

/* Macros and operators to which a type is given for its name or layout alone. */
static bool asks_for_name(const char *call, size_t length)
{
	static const char *const names[] = {
		"bpf_core_cast",
		"bpf_core_enum_value",
		"bpf_core_enum_value_exists",
		"bpf_core_field_exists",
		"bpf_core_field_offset",
		"bpf_core_field_size",
		"bpf_core_type_exists",
		"bpf_core_type_id_kernel",
		"bpf_core_type_id_local",
		"bpf_core_type_size",
		"bpf_rdonly_cast",
		"container_of",
		"offsetof",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (length == strlen(names[i]) && !memcmp(call, names[i], length))
			return true;
	}
	return false;
}

/* What stands around the token at hand. */
struct nesting {
	struct {
		const char *word;
		size_t length;
	} calls[MAX_NESTED]; /* before each open parenthesis */
	size_t depth;
	struct {
		const char *word;
		size_t length;
	} last;      /* the word before, if the token before is one */
	char before; /* the token before */
};

static bool is_in_question(const struct nesting *nesting)
{
	size_t depth = nesting->depth < MAX_NESTED ? nesting->depth : MAX_NESTED;

	return depth && nesting->calls[depth - 1].word &&
	       asks_for_name(nesting->calls[depth - 1].word, nesting->calls[depth - 1].length);
}

/* bpf_core_type_matches(typeof(*task)): a type that is to be whole, but which one? */
static bool matches_unnamed(const struct nesting *nesting, const struct scan *scan)
{
	static const char call[] = "bpf_core_type_matches";
	size_t depth = nesting->depth;

	return depth && depth <= MAX_NESTED && nesting->calls[depth - 1].length == strlen(call) &&
	       !memcmp(nesting->calls[depth - 1].word, call, strlen(call)) &&
	       (is_token(scan, "typeof") || is_token(scan, "__typeof__") ||
		is_token(scan, "__typeof"));
}

static void follow(struct nesting *nesting, const struct scan *scan, char token)
{
	if (token == '(') {
		if (nesting->depth < MAX_NESTED) {
			nesting->calls[nesting->depth].word = nesting->last.word;
			nesting->calls[nesting->depth].length = nesting->last.length;
		}
		nesting->depth++;
	} else if (token == ')' && nesting->depth) {
		nesting->depth--;
	}
	nesting->last.word = scan->word;
	nesting->last.length = scan->word ? scan->length : 0;
	nesting->before = token;
}

static bool is_keyword(const struct nesting *nesting)
{
	static const char *const keywords[] = {"struct", "union", "enum"};

	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++) {
		if (nesting->last.length == strlen(keywords[i]) &&
		    !memcmp(nesting->last.word, keywords[i], nesting->last.length))
			return true;
	}
	return false;
}

static void use_word(struct word_reader *reader, struct scan *scan, const struct nesting *nesting,
		     bool in_line)
{
	const char *word = scan->word;
	size_t length = scan->length;
	unsigned use = WORD_NAMED;
	char next;

	if (scan->has_typedefs_only) {
		if (!is_keyword(nesting))
			add_word(reader, word, length, WORD_TYPEDEF);
		return;
	}
	if (matches_unnamed(nesting, scan))
		slice_words_need_whole(reader->words,
				       "bpf_core_type_matches() is asked of a typeof");
	next = peek(scan, in_line);
	if (next == '#' && scan->at + 1 < scan->end && scan->at[1] == '#' && length >= MIN_PREFIX)
		add_prefix(reader, word, length);
	if (scan->is_own && next != '*' && next != '{' && nesting->before != '.' &&
	    nesting->before != '>' && !is_in_question(nesting) &&
	    !(is_keyword(nesting) && next == ';'))
		use |= WORD_BY_VALUE;
	if (scan->is_run && is_keyword(nesting))
		use |= WORD_BY_VALUE;
	scan->is_run &= next != '{';
	add_word(reader, word, length, use);
}

/* Parameters, from the parenthesis on. */
static void read_parameters(struct word_reader *reader, struct scan *scan, struct strvec *out)
{
	char token;

	scan->at++;
	while ((token = next_token(scan, true)) && token != ')') {
		if (scan->word)
			strvec_push(out, reader->arena,
				    arena_strndup(reader->arena, scan->word, scan->length));
	}
}

static bool is_parameter(const struct strvec *parameters, const struct scan *scan)
{
	for (size_t i = 0; i < parameters->count; i++) {
		if (is_token(scan, parameters->items[i]))
			return true;
	}
	return false;
}

/* The rest of a line, a directive or the body of a macro. */
static void read_line(struct word_reader *reader, struct scan *scan,
		      const struct strvec *parameters)
{
	struct nesting nesting = {.before = 0};
	char token;

	while ((token = next_token(scan, true))) {
		struct scan word = *scan;

		if (scan->word && !is_parameter(parameters, scan))
			use_word(reader, scan, &nesting, true);
		follow(&nesting, &word, token);
	}
}

/* Macros that a vmlinux.h looks at. */
static const char *const looked_at[] = {"BPF_NO_PRESERVE_ACCESS_INDEX", "BPF_NO_KFUNC_PROTOTYPES"};

/* A macro, which may change what a vmlinux.h behind it means: a slice stands before both. */
static void note_define(struct word_reader *reader, const struct scan *scan)
{
	struct slice_words *words = reader->words;
	bool is_before = !words->vmlinux.count && !words->has_no_vmlinux;
	bool is_sure = !scan->conditions && reader->depth == 1;
	bool has_parameters = scan->at < scan->end && *scan->at == '(';
	unsigned use = WORD_NAMED;

	if (is_token(scan, "__VMLINUX_H__"))
		slice_words_need_whole(words, "__VMLINUX_H__ is defined as a macro");
	for (size_t i = 0; i < ARRAY_SIZE(looked_at) && is_before; i++) {
		if (!is_token(scan, looked_at[i]))
			continue;
		strvec_push(&words->macros, reader->arena, looked_at[i]);
		if (!is_sure)
			slice_words_need_whole(
				words,
				arena_printf(
					reader->arena,
					"%s is defined under a condition, or in another header",
					looked_at[i]));
	}
	if (words->is_first && is_before && !has_parameters)
		use |= WORD_REPLACED;
	add_word(reader, scan->word, scan->length, use);
}

static void read_define(struct word_reader *reader, struct scan *scan)
{
	struct strvec parameters = {0};

	if (next_token(scan, true) != 'a')
		return;
	note_define(reader, scan);
	if (scan->at < scan->end && *scan->at == '(')
		read_parameters(reader, scan, &parameters);
	read_line(reader, scan, &parameters);
}

static void read_directive(struct word_reader *reader, struct scan *scan)
{
	if (next_token(scan, true) != 'a')
		return;
	if (is_token(scan, "include") || is_token(scan, "include_next") ||
	    is_token(scan, "import")) {
		const char *newline;

		skip_blanks(scan, true);
		newline = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
		newline = newline ? newline : scan->end;
		if (newline > scan->at)
			read_include(reader, scan, scan->at, (size_t)(newline - scan->at));
		scan->at = newline;
	} else if (is_token(scan, "define")) {
		read_define(reader, scan);
	} else {
		scan->conditions +=
			is_token(scan, "if") || is_token(scan, "ifdef") || is_token(scan, "ifndef");
		scan->conditions -= is_token(scan, "endif");
		read_line(reader, scan, &(const struct strvec){0});
	}
}

static void scan_text(struct word_reader *reader, struct scan *scan)
{
	struct nesting nesting = {.before = 0};
	char token;

	while ((token = next_token(scan, false))) {
		struct scan word = *scan;

		if (token == '#') {
			read_directive(reader, scan);
			continue;
		}
		if (scan->word)
			use_word(reader, scan, &nesting, false);
		scan->is_run &= token != '{';
		follow(&nesting, &word, token);
	}
}

static void scan_file(struct word_reader *reader, struct bytes text, const char *path, bool is_own)
{
	struct scan scan = {
		.at = (const char *)text.data,
		.end = (const char *)text.data + text.size,
		.directory = path_dirname(reader->arena, path),
		.is_own = is_own,
		.has_typedefs_only = !strcmp(path_basename(path), "bpf_helper_defs.h"),
	};

	reader->words->text_digest =
		hash_bytes(text.data, text.size) ^ (reader->words->text_digest * 3);
	if (scan.has_typedefs_only)
		reader->helper_text = text;
	strvec_push(&reader->words->files, reader->arena, path);
	reader->depth++;
	scan_text(reader, &scan);
	reader->depth--;
}

/* "static struct task_struct *(*bpf_get_current_task_btf)(void) = (void *) 158;" */
static void read_helper(struct word_reader *reader, struct scan *scan)
{
	struct nesting nesting = {.before = 0};
	struct strvec tags = {0};
	bool is_used = false;
	char token;

	while ((token = next_token(scan, false)) && token != ';') {
		struct scan word = *scan;
		const char *text =
			scan->word ? arena_strndup(reader->arena, scan->word, scan->length) : "";

		if (is_keyword(&nesting))
			strvec_push(&tags, reader->arena, text);
		is_used |= slice_words_use(reader->words, text, scan->word ? scan->length : 0) &
				   WORD_NAMED &&
			   !strncmp(text, "bpf_", strlen("bpf_"));
		follow(&nesting, &word, token);
	}
	for (size_t i = 0; i < tags.count && is_used; i++)
		add_word(reader, tags.items[i], strlen(tags.items[i]), WORD_NAMED);
}

/* The structs that the helpers take and give which the program calls. */
static void read_helpers(struct word_reader *reader)
{
	struct scan scan = {
		.at = (const char *)reader->helper_text.data,
		.end = (const char *)reader->helper_text.data + reader->helper_text.size,
	};

	while (peek(&scan, false))
		read_helper(reader, &scan);
}

int slice_words_read(struct slice_words *words, struct arena *arena, const char *path,
		     const struct slice_includes *includes)
{
	struct word_reader reader = {
		.words = words,
		.arena = arena,
		.includes = includes,
		.helper_text = {(const unsigned char *)"", 0},
	};
	const struct scan start = {.directory = ".", .is_own = true};
	struct bytes text;
	int error = file_read(arena, path, &text);

	if (error)
		return error;
	for (size_t i = 0; i < includes->files.count; i++) {
		const char *name = arena_printf(arena, "\"%s\"", includes->files.items[i]);

		read_include(&reader, &start, name, strlen(name));
	}
	scan_file(&reader, text, path, true);
	read_helpers(&reader);
	return 0;
}
