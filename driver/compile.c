/* SPDX-License-Identifier: BSD-2-Clause */
#include "compile.h"

#include <string.h>

#include "bug.h"
#include "path.h"
#include "words.h"

/* What the user's flags override. v1 runs on every kernel. */
static const char *const defaults[] = {"-O2", "-mcpu=v1"};

/* A launcher stands before the compiler. */
static bool has_launcher(const struct compile *c, const char *name)
{
	for (size_t i = 0; i + 1 < c->compiler->count; i++) {
		if (!strcmp(path_basename(c->compiler->items[i]), name))
			return true;
	}
	return false;
}

void compile_make_command(struct strvec *argv, struct arena *arena, const struct compile *c)
{
	strvec_push_all(argv, arena, c->compiler);

	for (size_t i = 0; i < ARRAY_SIZE(defaults); i++)
		strvec_push(argv, arena, defaults[i]);
	/* Before any header of the user's. */
	if (c->types) {
		strvec_push(argv, arena, "-include");
		strvec_push(argv, arena, c->types);
	}
	strvec_push_all(argv, arena, c->cflags);
	strvec_push_all(argv, arena, c->rest);

	if (c->depfile) {
		/* Each header as a target without a rule: make goes on when one is deleted. */
		strvec_push(argv, arena, "-MD");
		strvec_push(argv, arena, "-MP");
		strvec_push(argv, arena, "-MF");
		strvec_push(argv, arena, c->depfile);
	}

	if (c->target->architecture)
		strvec_push_format(argv, arena, "-D__TARGET_ARCH_%s", c->target->architecture);
	else
		/* libbpf's bpf_tracing.h makes a pragma of it where PT_REGS_* is used. */
		strvec_push(
			argv, arena,
			"-D__BPF_TARGET_MISSING=\"GCC error \\\"PT_REGS_* and BPF_KPROBE need an "
			"architecture: give one with -target, for example -target "
			"amd64,arm64\\\"\"");
	/* The flags of bpf programs are often taken from another build. */
	strvec_push(argv, arena, "-Wunused-command-line-argument");
	strvec_push(argv, arena, "-target");
	strvec_push(argv, arena, c->target->clang);
	strvec_push(argv, arena, "-c");
	strvec_push(argv, arena, c->source);
	strvec_push(argv, arena, "-o");
	strvec_push(argv, arena, c->object);

	/* BTF is made from the debug information. */
	strvec_push(argv, arena, "-g");
	/* distcc sends preprocessed text: other columns, and for these other records of lines. */
	strvec_push(argv, arena, "-gno-column-info");
	/* The same bytes wherever the tree stands. */
	strvec_push(argv, arena, "-fno-ident");
	strvec_push(argv, arena, "-fdebug-compilation-dir=.");
	for (size_t i = 0; i < c->maps->count; i++)
		strvec_push_format(argv, arena, "-ffile-prefix-map=%s", c->maps->items[i]);
	/* sccache compares the text without its lines and without the source's name (it
	 * preprocesses with -P), and would give the line table of another text. Thus it has to
	 * compare all. */
	if (has_launcher(c, "sccache")) {
		strvec_push(argv, arena, "-frewrite-includes");
		strvec_push_format(argv, arena, "-ffile-prefix-map=%s=%s", c->source,
				   path_basename(c->source));
	}

	/* Behind all others, so that these only add what would not be found. */
	for (size_t i = 0; i < c->search->count; i++) {
		strvec_push(argv, arena, "-idirafter");
		strvec_push(argv, arena, c->search->items[i]);
	}
	if (c->has_colour)
		strvec_push(argv, arena, "-fcolor-diagnostics");
}

/* Appends those words that say nothing of the places of files. */
static void push_without_paths(struct strvec *words, struct arena *arena,
			       const struct strvec *flags)
{
	static const char *const options[] = {
		"-I",       "-isystem", "-iquote",   "-idirafter", "-include",
		"-imacros", "-iprefix", "-isysroot", "--sysroot",  "-B",
	};

	for (size_t i = 0; i < flags->count; i++) {
		const char *word = flags->items[i];
		bool is_path = strchr(word, '/') != NULL;

		for (size_t j = 0; j < ARRAY_SIZE(options) && !is_path; j++) {
			is_path = !strncmp(word, options[j], strlen(options[j]));
			/* The place stands in the next word. */
			if (!strcmp(word, options[j]))
				i++;
		}
		if (!is_path)
			strvec_push(words, arena, word);
	}
}

const char *compile_name_flags(struct arena *arena, const struct strvec *cflags,
			       const struct strvec *rest)
{
	struct strbuf text = STRBUF_INIT;
	struct strvec words = {0};
	const char *result;

	for (size_t i = 0; i < ARRAY_SIZE(defaults); i++)
		strvec_push(&words, arena, defaults[i]);
	push_without_paths(&words, arena, cflags);
	push_without_paths(&words, arena, rest);
	words_join(&text, words.items);
	result = arena_strdup(arena, text.text);
	strbuf_release(&text);
	return result;
}
