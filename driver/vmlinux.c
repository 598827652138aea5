/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake vmlinux: a kernel's types as a C header, all of them or a slice. */
#include <bpf/btf.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bug.h"
#include "command.h"
#include "kernel_btf.h"
#include "output.h"
#include "prefix_map.h"
#include "search.h"
#include "slice.h"
#include "words.h"

struct vmlinux_options {
	const char *btf, *base_btf, *output, *cc;
	struct strvec sources, types;
	bool help;
};

#define AT(member) offsetof(struct vmlinux_options, member)

/* clang-format off */
static const struct option_spec specs[] = {
	{"btf", OPTION_STRING, AT(btf), "FILE", {NULL, NULL},
	 "The types: raw BTF, an ELF file with BTF, as vmlinux or a module, or a vmlinux.h that bpftool or "
	 "bpfbake wrote. Default: the running kernel's."},
	{"base-btf", OPTION_STRING, AT(base_btf), "FILE", {NULL, NULL},
	 "The BTF that a module's continues. Default for those in /sys/kernel/btf: the running kernel's."},
	{"for", OPTION_LIST, AT(sources), "SOURCE", {NULL, NULL},
	 "Only what this BPF source and the headers that it includes can reach. May be given several "
	 "times; further words are sources too. The flags behind '--' say where its headers are."},
	{"type", OPTION_LIST, AT(types), "NAME", {NULL, NULL},
	 "Only this type and what it needs; alone, or besides -for. May be given several times; "
	 "without -for, further words are types too."},
	{"cc", OPTION_STRING, AT(cc), "COMMAND", {"BPFBAKE_CC", "BPF2GO_CC"},
	 "The compiler, which is asked where the system's headers are. Default: clang."},
	{"o", OPTION_STRING, AT(output), "FILE", {NULL, NULL},
	 "Write to FILE. Default: standard output."},
	{"help", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "Print this text."},
	{"h", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, NULL},
};
/* clang-format on */

static const struct option_table table = {specs, ARRAY_SIZE(specs)};

static int find_system(struct session *session, const struct vmlinux_options *options,
		       const struct strvec *flags, struct strvec *directories)
{
	struct strvec compiler = {0}, command = {0};
	struct search search = {0};

	words_split_blanks(&compiler, &session->arena, options->cc ? options->cc : "clang");
	if (!compiler.count)
		return diag_error(&session->diag, NULL, "-cc is empty; name a compiler");
	search_make_command(&command, &session->arena, &compiler, flags);
	if (search_find(&search, &session->arena, &session->diag, &command))
		return -1;
	*directories = search.directories;
	return 0;
}

static int check_types(struct session *session, const struct btf *btf, const struct strvec *types)
{
	static const uint32_t kinds[] = {BTF_KIND_STRUCT, BTF_KIND_UNION, BTF_KIND_ENUM,
					 BTF_KIND_TYPEDEF, BTF_KIND_ENUM64};
	int result = 0;

	for (size_t i = 0; i < types->count; i++) {
		bool is_there = false;

		for (size_t j = 0; j < ARRAY_SIZE(kinds); j++)
			is_there |= btf__find_by_name_kind(btf, types->items[i], kinds[j]) > 0;
		if (!is_there)
			result = diag_error(
				&session->diag, NULL,
				"this kernel has no type '%s'; give the name of a struct, "
				"union, enum or typedef without its keyword",
				types->items[i]);
	}
	return result;
}

static int read_words(struct session *session, const struct vmlinux_options *options,
		      const struct strvec *flags, struct slice_words *words)
{
	struct slice_includes includes = {0};

	prefix_map_find_includes(&includes.directories, &session->arena, flags);
	if (options->sources.count && find_system(session, options, flags, &includes.system))
		return -1;
	for (size_t i = 0; i < options->sources.count; i++) {
		const char *source = options->sources.items[i];
		int error = slice_words_read(words, &session->arena, source, &includes);

		if (error)
			return diag_error(&session->diag, source, "cannot be read: %s",
					  strerror(-error));
	}
	for (size_t i = 0; i < options->types.count; i++)
		slice_words_add_type(words, &session->arena, options->types.items[i]);
	return 0;
}

static int write_header(struct session *session, const struct vmlinux_options *options,
			const struct strvec *flags, struct strbuf *out)
{
	const char *path = options->btf ? options->btf : KERNEL_BTF_RUNNING;
	struct slice_words words = {0};
	struct btf *btf;
	int result;

	if (read_words(session, options, flags, &words))
		return -1;
	btf = kernel_btf_read_for_c(&session->diag, path, options->base_btf);
	if (!btf)
		return -1;
	result = check_types(session, btf, &options->types);
	if (!result && !options->sources.count && !options->types.count)
		result = slice_write_all(out, btf);
	else if (!result)
		result = slice_write(out, &session->arena, btf, &words);
	btf__free(btf);
	return result;
}

/* Behind "--" stand clang's flags; no other word need stand before. */
static char *const *take_flags(struct session *session, char *const *argv, struct strvec *flags)
{
	struct strvec own = {0};

	for (; *argv && strcmp(*argv, "--") != 0; argv++)
		strvec_push(&own, &session->arena, *argv);
	for (argv += *argv != NULL; *argv; argv++)
		strvec_push(flags, &session->arena, *argv);
	return own.items ? own.items : argv;
}

static enum status run(struct session *session, char *const *argv)
{
	struct vmlinux_options options = {0};
	struct strvec words = {0}, flags = {0};
	struct strbuf text = STRBUF_INIT;
	int result;

	argv = take_flags(session, argv, &flags);
	if (options_parse(&table, &session->arena, &session->diag, argv, &options, &words, NULL))
		return STATUS_USAGE;
	if (!options.sources.count && !options.types.count && words.count) {
		diag_error(&session->diag, NULL,
			   "'%s' is no option; write bpfbake vmlinux -for SOURCE, or -type NAME",
			   words.items[0]);
		return STATUS_USAGE;
	}
	strvec_push_all(options.sources.count ? &options.sources : &options.types, &session->arena,
			&words);
	if (options.help)
		command_help(&text, &vmlinux_command);
	result = options.help ? 0 : write_header(session, &options, &flags, &text);
	if (!result)
		result = output_put(&session->arena, &session->diag, options.output, &text,
				    &options.sources);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

const struct command vmlinux_command = {
	.name = "vmlinux",
	.run = run,
	.summary = "print a kernel's types as a header",
	.usage = "vmlinux [options] [-for SOURCE... | -type NAME...] [-- CFLAGS...]",
	.words = "SOURCE",
	.help = "Prints a kernel's types as a header for BPF programs, vmlinux.h: all of them, or "
		"those that a program needs, at their true offsets, to be kept with it.",
	.options = &table,
};
