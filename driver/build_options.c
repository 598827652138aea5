/* SPDX-License-Identifier: BSD-2-Clause */
#include "build_options.h"

#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "header.h"
#include "path.h"
#include "tags.h"
#include "words.h"

#define AT(member) offsetof(struct build_options, member)

/* An option a paragraph. */
/* clang-format off */
static const struct option_spec specs[] = {
	{"cc", OPTION_STRING, AT(cc), "COMMAND", {"BPFBAKE_CC", "BPF2GO_CC"},
	 "The compiler, split at white space, so that 'ccache clang' works. Default: clang."},
	{"cflags", OPTION_STRING, AT(cflags), "FLAGS", {"BPFBAKE_CFLAGS", "BPF2GO_CFLAGS"},
	 "Flags for the compiler, split at white space, with quotes and backslashes. They stand "
	 "behind the defaults -O2 -mcpu=v1 and before the flags behind '--'."},
	{"target", OPTION_STRING, AT(target), "TARGETS", {NULL, NULL},
	 "What to compile for, a list with ',' between: bpf (the byte order of this machine), bpfel, "
	 "bpfeb, native, or an architecture: 386 amd64 arm arm64 loong64 mips ppc64 ppc64le riscv64 "
	 "s390x, or as the kernel names it (x86: 386 and amd64); it defines __TARGET_ARCH_x for PT_REGS_* and "
	 "BPF_KPROBE. The header takes an object for an architecture before a generic one. Default: bpfel,bpfeb."},
	{"check", OPTION_FLAG, AT(check), NULL, {NULL, NULL},
	 "Write nothing; end with 3, and say what differs, when the files that stand there are not what "
	 "would be written. Bytes may differ where they mean the same. Objects may be missing, if all are."},
	{"split", OPTION_FLAG, AT(split), NULL, {NULL, NULL},
	 "Also write STEM.skel.c, which has the bytes of the objects: once in a program, however many "
	 "files include the header. Compile and link it."},
	{"embed", OPTION_STRING, AT(embed), "literal|incbin|c23", {NULL, NULL},
	 "How the bytes come into the program: string literals, which every compiler takes; the "
	 "assembler's .incbin of the objects, with -split, and -I of their directory when STEM.skel.c is "
	 "compiled; #embed of the objects (C23: gcc 15, clang 19). Default: literal."},
	{"compress", OPTION_FLAG, AT(compress), NULL, {NULL, NULL},
	 "Compress the bytes with zlib, which the program then needs (-lz). They are inflated once in a "
	 "process, when it is first opened."},
	{"light", OPTION_FLAG, AT(light), NULL, {NULL, NULL},
	 "A light skeleton: in place of the objects, the header has for each byte order a program that makes "
	 "the maps and loads the programs, so that what includes it needs neither libbpf nor libelf. What "
	 "such a program cannot do is an error. libbpf before 1.5 makes it only for this machine's byte order."},
	{"optional", OPTION_STRING, AT(optional), "TARGETS", {NULL, NULL},
	 "Those of -target that may be left out: where the source compiles for others, and for these only "
	 "lacks an architecture (PT_REGS_*, BPF_KPROBE), the header has an #error for their hosts."},
	{"type", OPTION_LIST, AT(types), "NAME", {NULL, NULL},
	 "Also define this type (struct, union, enum or typedef) in the header, or all that a glob "
	 "fits ('peer_*'). May be given several times."},
	{"event", OPTION_LIST, AT(events), "MAP=TYPE", {NULL, NULL},
	 "The records of this ring buffer, perf event array or user ring buffer are of this type. "
	 "Beats BPFBAKE_EVENT and the calls in the source. May be given several times."},
	{"no-global-types", OPTION_FLAG, AT(no_global_types), NULL, {NULL, NULL},
	 "Define no types for the keys and values of maps and for variables; the header then names "
	 "the program's own types, which must be defined before it is included."},
	{"no-constants", OPTION_FLAG, AT(no_constants), NULL, {NULL, NULL},
	 "No constants for the source's macros, and no comments. libclang is then loaded only for a "
	 "ring buffer or perf event array whose type neither -event nor BPFBAKE_EVENT names."},
	{"no-accessors", OPTION_FLAG, AT(no_accessors), NULL, {NULL, NULL},
	 "Make no functions for maps, variables and programs, and no IDENT__report."},
	{"type-prefix", OPTION_STRING, AT(type_prefix), "PREFIX", {NULL, NULL},
	 "What stands before the names of types, enumerators and constants. Default: IDENT and two underscores; "
	 "with an empty prefix they keep the names of the source."},
	{"output-stem", OPTION_STRING, AT(output_stem), "STEM", {NULL, NULL},
	 "The first part of the outputs' names. Default: IDENT in lower case."},
	{"output-suffix", OPTION_STRING, AT(output_suffix), "SUFFIX", {NULL, NULL},
	 "Stands behind the stem and the target in the outputs' names. Default: _test when $GOFILE "
	 "ends in _test.go, else nothing."},
	{"output-dir", OPTION_STRING, AT(output_dir), "DIR", {NULL, NULL},
	 "Where the outputs go. Default: the working directory."},
	{"tags", OPTION_STRING, AT(tags), "TAGS", {NULL, NULL},
	 "An #if around the header: tags with ',' between that must all hold. linux and Go's names of "
	 "architectures stand for the compiler's macros, any other t for defined(t), !t for its "
	 "opposite."},
	{"depfile", OPTION_STRING, AT(depfile), "FILE", {NULL, NULL},
	 "Write the dependencies of the header for make or Ninja. The only target is the header as "
	 "the command line names it."},
	{"makebase", OPTION_STRING, AT(makebase), "DIR", {"BPFBAKE_MAKEBASE", "BPF2GO_MAKEBASE"},
	 "Write <header>.d with the dependencies of all outputs, all paths relative to DIR."},
	{"compile-commands", OPTION_STRING, AT(compile_commands), "FILE", {NULL, NULL},
	 "Put the commands that compile the sources, for the first target of the header, into this "
	 "compile_commands.json, so that clangd works in them. The entries of other files stay."},
	{"strip", OPTION_STRING, AT(strip), "COMMAND", {"BPFBAKE_STRIP", "BPF2GO_STRIP"},
	 "Strip DWARF with this command (it is run as COMMAND -g OBJECT). Default: bpfbake does it "
	 "itself. -no-strip wins."},
	{"no-strip", OPTION_FLAG, AT(no_strip), NULL, {NULL, NULL},
	 "Keep DWARF in the objects; not with several sources, since linking loses it."},
	{"no-sys-include", OPTION_FLAG, AT(no_sys_include), NULL, {NULL, NULL},
	 "Do not ask the compiler for the directories of the system's headers and add them with "
	 "-idirafter."},
	{"vmlinux", OPTION_STRING, AT(vmlinux), "FILE|auto", {NULL, NULL},
	 "The kernel's types for a source that includes vmlinux.h, in place of that header: BTF, an ELF "
	 "file that has it, or another vmlinux.h; auto: the running kernel's, on which the output then "
	 "depends."},
	{"lean", OPTION_STRING, AT(lean), "auto|off|only|verify", {NULL, NULL},
	 "Compile a source that includes vmlinux.h against those of its types that the source can reach, "
	 "several times as fast: auto, with all of them where that does not compile; off, with all of "
	 "them; only, or not at all; verify, both ways, and it is an error when they differ. Default: "
	 "auto."},
	{"btf", OPTION_LIST, AT(btfs), "DIR|FILE", {NULL, NULL},
	 "BTFs of kernels that have none themselves: files RELEASE.btf or vmlinux-RELEASE, or directories of "
	 "them, also as BTFHub has them (DISTRIBUTION/VERSION/MACHINE/RELEASE.btf, unpacked). The header gets "
	 "what the program needs of each, and the one for the running kernel is taken when the program is "
	 "opened. Needs zlib (-lz). May be given several times."},
	{"template", OPTION_STRING, AT(template_file), "FILE", {NULL, NULL},
	 "Also render a Mustache template of your own from the model; needs -o."},
	{"o", OPTION_STRING, AT(template_output), "FILE", {NULL, NULL},
	 "Where the text of -template goes."},
	{"go-package", OPTION_STRING, AT(go_package), "NAME", {"GOPACKAGE", NULL},
	 "Accepted for bpf2go's sake; it has no effect."},
	{"j", OPTION_COUNT, AT(jobs), "N", {NULL, NULL},
	 "Run at most N compilers at once. Default: as many as there are processors."},
	{"n", OPTION_FLAG, AT(dry_run), NULL, {NULL, NULL}, "Print the commands and run nothing."},
	{"verbose", OPTION_FLAG, AT(verbose), NULL, {"V", NULL},
	 "Print the commands that are run, each with its time, and what else may be worth knowing."},
	{"version", OPTION_FLAG, AT(version), NULL, {NULL, NULL}, "Print the version of bpfbake."},
	{"help", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "Print this text."},
	{"h", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, NULL},
};
/* clang-format on */

const struct option_table build_option_table = {specs, ARRAY_SIZE(specs)};

static bool has_suffix(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);

	return n >= m && !strcmp(text + n - m, suffix);
}

static int check_flags(struct diag *diag, const struct strvec *flags)
{
	for (size_t i = 0; i < flags->count; i++) {
		if (!strncmp(flags->items[i], "-M", 2))
			return diag_error(
				diag, NULL,
				"'%s' is among the flags for the compiler; dependencies are "
				"written with -depfile or -makebase",
				flags->items[i]);
	}
	return 0;
}

static int read_compiler(struct build_options *options, struct arena *arena, struct diag *diag)
{
	words_split_blanks(&options->compiler, arena, options->cc ? options->cc : "clang");
	if (!options->compiler.count)
		return diag_error(diag, NULL, "-cc is empty; name a compiler");
	if (options->cflags &&
	    words_split(&options->cflag_words, arena, diag, "-cflags", options->cflags))
		return -1;
	if (check_flags(diag, &options->cflag_words) || check_flags(diag, &options->rest))
		return -1;
	if (options->is_prebuilt)
		return 0;
	if (targets_parse(&options->targets, arena, diag,
			  options->target ? options->target : "bpfel,bpfeb"))
		return -1;
	return options->optional
		       ? targets_set_optional(&options->targets, arena, diag, options->optional)
		       : 0;
}

static int check_twice(const struct strvec *sources, struct diag *diag)
{
	for (size_t i = 0; i < sources->count; i++) {
		for (size_t j = 0; j < i; j++) {
			if (!strcmp(sources->items[i], sources->items[j]))
				return diag_error(diag, NULL, "'%s' is given twice; leave one out",
						  sources->items[i]);
		}
	}
	return 0;
}

static int read_sources(struct build_options *options, struct diag *diag)
{
	size_t n_objects = 0, count = options->sources.count;

	for (size_t i = 0; i < count; i++)
		n_objects += has_suffix(options->sources.items[i], ".o");
	options->is_prebuilt = n_objects > 0;
	if (n_objects && n_objects != count)
		return diag_error(
			diag, NULL,
			"objects and C files cannot be mixed; give C files alone, or objects "
			"alone");
	if (!n_objects && count > 1 && options->no_strip)
		return diag_error(diag, NULL,
				  "DWARF is lost when several sources are linked; leave -no-strip "
				  "out");
	if (options->is_prebuilt && options->target)
		return diag_error(
			diag, NULL,
			"-target has no meaning for an object that is compiled already; leave "
			"it out");
	return check_twice(&options->sources, diag);
}

static int read_words(struct build_options *options, struct arena *arena, struct diag *diag,
		      const struct strvec *words)
{
	if (words->count == 1 &&
	    (has_suffix(words->items[0], ".c") || has_suffix(words->items[0], ".o")))
		return diag_error(
			diag, NULL,
			"IDENT, the name of the header's struct, is missing before %s; for "
			"example: bpfbake conns %s",
			words->items[0], words->items[0]);
	if (words->count < 2)
		return diag_error(diag, NULL, "%s missing; for example: bpfbake conns conns.bpf.c",
				  words->count ? "SOURCE is" : "IDENT and SOURCE are");
	options->name = words->items[0];
	if (header_check_name(diag, options->name))
		return -1;
	for (size_t i = 1; i < words->count; i++)
		strvec_push(&options->sources, arena, words->items[i]);
	return read_sources(options, diag);
}

static int read_names(struct build_options *options, struct arena *arena, struct diag *diag)
{
	const char *gofile = getenv("GOFILE");
	char *stem;

	if (!options->output_stem) {
		options->output_stem = stem = arena_strdup(arena, options->name);
		for (char *c = stem; *c; c++)
			*c = (char)tolower((unsigned char)*c);
	}
	if (!options->output_suffix)
		options->output_suffix = gofile && has_suffix(gofile, "_test.go") ? "_test" : "";
	if (!*options->output_stem || strchr(options->output_stem, '/'))
		return diag_error(
			diag, NULL,
			"-output-stem is '%s', which is no name of a file; the directory is "
			"given with -output-dir",
			options->output_stem);
	if (strchr(options->output_suffix, '/'))
		return diag_error(diag, NULL, "-output-suffix is '%s'; it cannot have a '/'",
				  options->output_suffix);
	options->stem = path_join(
		arena, options->output_dir && *options->output_dir ? options->output_dir : ".",
		options->output_stem);
	return 0;
}

static int check_rest(struct build_options *options, struct arena *arena, struct diag *diag)
{
	if (options->tags && *options->tags) {
		options->condition = tags_condition(arena, diag, options->tags);
		if (!options->condition)
			return -1;
	}
	if (!options->template_file && options->template_output)
		return diag_error(diag, NULL,
				  "-o is the output of -template, which is not given; the header's "
				  "name and place are those of -output-stem and -output-dir");
	if (options->template_file && !options->template_output)
		return diag_error(diag, NULL, "-template needs -o, for its output");
	for (const char *c = options->type_prefix; c && *c; c++) {
		if (!isalnum((unsigned char)*c) && *c != '_')
			return diag_error(diag, NULL,
					  "-type-prefix is '%s', which cannot begin an identifier",
					  options->type_prefix);
	}
	if (options->type_prefix && isdigit((unsigned char)options->type_prefix[0]))
		return diag_error(diag, NULL, "-type-prefix is '%s', which begins with a digit",
				  options->type_prefix);
	return 0;
}

static int read_lean(struct build_options *options, struct diag *diag)
{
	static const char *const names[] = {"auto", "off", "only", "verify"};
	size_t i = 0;

	while (options->lean && i < ARRAY_SIZE(names) && strcmp(options->lean, names[i]) != 0)
		i++;
	if (i == ARRAY_SIZE(names))
		return diag_error(diag, NULL, "-lean is '%s'; write auto, off, only or verify",
				  options->lean);
	options->lean_mode = (enum lean_mode)i;
	if (options->vmlinux && options->is_prebuilt)
		return diag_error(diag, NULL,
				  "-vmlinux has no meaning for an object that is compiled already; "
				  "leave it out");
	return 0;
}

static int read_embed(struct build_options *options, struct diag *diag)
{
	static const char *const names[] = {"literal", "incbin", "c23"};
	size_t i = 0;

	while (options->embed && i < ARRAY_SIZE(names) && strcmp(options->embed, names[i]) != 0)
		i++;
	if (i == ARRAY_SIZE(names))
		return diag_error(diag, NULL, "-embed is '%s'; write literal, incbin or c23",
				  options->embed);
	options->embed_kind = (enum header_embed)i;
	if (options->embed_kind == HEADER_EMBED_INCBIN && !options->split)
		return diag_error(diag, NULL,
				  "-embed incbin goes with -split: a header may be included in "
				  "several files of a program");
	if (options->light && options->btfs.count)
		return diag_error(diag, NULL,
				  "-btf is for libbpf, which a light skeleton does without: the "
				  "kernel reads its own BTF; leave one of them out");
	if (options->light && (options->embed_kind != HEADER_EMBED_LITERAL || options->compress))
		return diag_error(diag, NULL,
				  "-light has no object for -embed or -compress to work on; leave "
				  "them out");
	if (options->embed_kind != HEADER_EMBED_LITERAL && options->compress)
		return diag_error(diag, NULL,
				  "-compress goes with -embed literal: the others take the objects "
				  "as they are");
	return 0;
}

int build_options_read(struct build_options *options, struct arena *arena, struct diag *diag,
		       char *const *argv)
{
	struct strvec words = {0};

	if (options_parse(&build_option_table, arena, diag, argv, options, &words, &options->rest))
		return -1;
	if (options->help || options->version)
		return 0;
	if (read_words(options, arena, diag, &words) || read_compiler(options, arena, diag) ||
	    read_names(options, arena, diag))
		return -1;
	return header_check_events(diag, &options->events) || read_embed(options, diag) ||
			       read_lean(options, diag) || check_rest(options, arena, diag)
		       ? -1
		       : 0;
}

const char *build_output_path(const struct build_options *options, struct arena *arena,
			      const char *target, const char *extension)
{
	return arena_printf(arena, "%s%s%s%s%s", options->stem, target ? "_" : "",
			    target ? target : "", options->output_suffix, extension);
}
