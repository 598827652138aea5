/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutate ROUNDS OBJECT...: damages the objects in as many ways, the same ones each time, and takes
 * each to the header. There must be a message and no header, or a header that no name of the object
 * has got out of, that is C, and that says of maps and programs what libbpf says. `mutate -only
 * NUMBER OBJECT` does one round and prints it.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agreement.h"
#include "bug.h"
#include "fuzz.h"
#include "mutation.h"

/* How many of the headers the compiler reads. */
#define COMPILED 50

struct totals {
	unsigned long headers, refused, compared, compiled, bad;
};

/* Behind a comment or a literal that starts at `at`. */
static const char *skip_quoted(const char *at)
{
	const char quote = *at;

	if (quote == '/') {
		for (at += 2; *at && (at[0] != '*' || at[1] != '/'); at++)
			;
		return *at ? at + 2 : at;
	}
	for (at++; *at && *at != quote && *at != '\n'; at++)
		at += *at == '\\' && at[1];
	return at + (*at != '\0');
}

/* Behind a word. */
static const char *skip_word(const char *at, bool *is_bad)
{
	*is_bad |= !strncmp(at, MUTATION_INJECTED, strlen(MUTATION_INJECTED));
	while (isalnum((unsigned char)*at) || *at == '_')
		at++;
	return at;
}

/* Whether a word of the header's C is what only a damaged name says. */
static bool has_escaped(const char *at)
{
	bool is_bad = false;

	while (*at && !is_bad) {
		if (!strncmp(at, "/*", 2) || *at == '"' || *at == '\'')
			at = skip_quoted(at);
		else if (isalnum((unsigned char)*at) || *at == '_')
			at = skip_word(at, &is_bad);
		else
			at++;
	}
	return is_bad;
}

static bool compiles(const struct strbuf *text)
{
	FILE *compiler = popen("cc -std=c11 -fsyntax-only -w -Dfuzzed__DEFINE_TYPES -x c -", "w");

	if (!compiler)
		return false;
	fwrite(text->text, 1, text->length, compiler);
	return pclose(compiler) == 0;
}

/* `said` gets why not. */
static bool is_sound(const struct strbuf *text, struct bytes object, struct totals *totals,
		     struct strbuf *said)
{
	struct arena arena = ARENA_INIT;
	const char *lie;

	totals->compared += agreement_check(&arena, object, &lie);
	if (lie)
		strbuf_add_format(said, " (%s)", lie);
	arena_release(&arena);
	if (lie || !text->length || has_escaped(text->text))
		return false;
	if (totals->headers++ % COMPILED)
		return true;
	totals->compiled++;
	return compiles(text);
}

static void run(const struct object *object, unsigned long number, struct totals *totals)
{
	struct strbuf text = STRBUF_INIT, said = STRBUF_INIT;
	struct bytes copy = fuzz_copy(object->bytes.data, object->bytes.size);
	enum header_face face = number % 4 ? HEADER_BPFBAKE : HEADER_BPFTOOL;

	mutate(&said, &copy, object, number);
	/* A crash is looked for by this line. */
	fprintf(stderr, "\r%s %lu:%s", object->path, number, said.text);
	if (fuzz_object(&text, copy, face)) {
		totals->refused++;
	} else if (!is_sound(&text, copy, totals, &said)) {
		totals->bad++;
		fprintf(stderr, "\n%s: round %lu:%s: a header that is not sound\n", object->path,
			number, said.text);
	}
	strbuf_release(&text);
	strbuf_release(&said);
	free((void *)copy.data);
}

static int run_object(const char *path, unsigned long first, unsigned long end,
		      struct totals *totals)
{
	struct arena arena = ARENA_INIT;
	struct diag diag = {0};
	struct object object = {0};
	struct bytes bytes;
	int result = file_read(&arena, path, &bytes);

	if (!result)
		result = object_read(&object, &arena, &diag, path, bytes);
	if (result)
		fprintf(stderr, "%s: cannot be read\n", path);
	for (unsigned long number = first; !result && number < end; number++)
		run(&object, number, totals);
	object_release(&object);
	arena_release(&arena);
	return result;
}

/* Prints the header, and what was done on the standard error. */
static int run_one(const char *number, const char *path)
{
	struct arena arena = ARENA_INIT;
	struct diag diag = {0};
	struct object object = {0};
	struct strbuf text = STRBUF_INIT, said = STRBUF_INIT;
	struct bytes bytes, copy;

	if (file_read(&arena, path, &bytes) || object_read(&object, &arena, &diag, path, bytes))
		return 1;
	copy = fuzz_copy(bytes.data, bytes.size);
	mutate(&said, &copy, &object, strtoul(number, NULL, 10));
	file_write(STDERR_FILENO, said.text, said.length);
	fuzz_object(&text, copy, strtoul(number, NULL, 10) % 4 ? HEADER_BPFBAKE : HEADER_BPFTOOL);
	fwrite(text.text, 1, text.length, stdout);
	strbuf_release(&text);
	strbuf_release(&said);
	free((void *)copy.data);
	object_release(&object);
	arena_release(&arena);
	return 0;
}

int main(int argc, char **argv)
{
	struct totals totals = {0};
	unsigned long rounds, each;

	if (argc == 4 && !strcmp(argv[1], "-only"))
		return run_one(argv[2], argv[3]);
	if (argc < 3)
		return 2;
	rounds = strtoul(argv[1], NULL, 10);
	each = (rounds + (unsigned long)argc - 3) / ((unsigned long)argc - 2);
	for (int i = 2; i < argc; i++) {
		unsigned long first = each * (unsigned long)(i - 2);

		if (run_object(argv[i], first, first + each, &totals))
			return 1;
	}
	printf("\n%lu rounds: %lu headers, %lu of them compiled, %lu compared, %lu refused, %lu "
	       "bad\n",
	       each * ((unsigned long)argc - 2), totals.headers, totals.compiled, totals.compared,
	       totals.refused, totals.bad);
	/* With all of one kind the test would say nothing. */
	return totals.bad || !totals.refused || !totals.headers || !totals.compared;
}
