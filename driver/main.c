/* SPDX-License-Identifier: BSD-2-Clause */
/* The tool: which command is meant. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>

#include "bpftool.h"
#include "bug.h"
#include "nearest.h"
#include "output.h"
#include "session.h"
#include "strbuf.h"

const char session_tool[] = "bpfbake " BPFBAKE_VERSION;

static enum status command_help(struct session *, char *const *argv);
static enum status command_version(struct session *, char *const *argv);
static void tool_help(struct strbuf *);
static void version_help(struct strbuf *);

static const struct command {
	const char *name;
	enum status (*run)(struct session *, char *const *argv);
	void (*help)(struct strbuf *);
} commands[] = {
	{"btf", command_btf, command_btf_help},
	{"build", command_build, command_build_help},
	{"gen", command_gen, command_gen_help},
	{"inspect", command_inspect, command_inspect_help},
	{"help", command_help, tool_help},
	{"version", command_version, version_help},
	{"vmlinux", command_vmlinux, command_vmlinux_help},
};

/* First words that are no IDENT, though nothing answers to them yet. */
static const char *const reserved[] = {"doctor"};

static const struct command *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	}
	return NULL;
}

static void tool_help(struct strbuf *out)
{
	strbuf_add_string(
		out,
		"Usage: bpfbake [build] [options] IDENT SOURCE [-- CFLAGS...]\n"
		"       bpfbake gen skeleton FILE [name NAME]\n"
		"       bpfbake btf dump file FILE [format c]\n"
		"       bpfbake inspect FILE [-json | -template FILE] [-o FILE]\n"
		"       bpfbake vmlinux [-btf FILE] [-for SOURCE... | -type NAME...] [-o FILE]\n"
		"       bpfbake help [COMMAND]\n"
		"       bpfbake version\n"
		"       bpfbake --make-include    prints where bpfbake.mk is, for make's include\n"
		"\n"
		"Turns BPF C into one typed C header with the bytecode inside.\n"
		"\n");
	command_build_help(out);
	strbuf_add_string(out,
			  "\nExit status: 0 done; 1 the input is wrong or a tool failed; 2 the\n"
			  "command line is wrong; 3 -check has found a difference.\n");
}

static void version_help(struct strbuf *out)
{
	strbuf_add_string(out, "Usage: bpfbake version\n\nPrints the version of bpfbake and of its "
			       "libbpf; --version is the first line.\n");
}

static enum status print_text(struct session *session, struct strbuf *text)
{
	int result = output_print(&session->diag, text->text, text->length);

	strbuf_release(text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

static enum status command_help(struct session *session, char *const *argv)
{
	struct strbuf text = STRBUF_INIT;
	const struct command *command;

	if (!argv[0]) {
		tool_help(&text);
		return print_text(session, &text);
	}
	command = find(argv[0]);
	if (!command || argv[1]) {
		diag_error(&session->diag, NULL,
			   "help for one of: btf build gen inspect vmlinux help version");
		return STATUS_USAGE;
	}
	command->help(&text);
	return print_text(session, &text);
}

static enum status print_version(struct session *session, char *const *argv, bool is_long)
{
	struct strbuf text = STRBUF_INIT;

	if (argv[0]) {
		diag_error(&session->diag, NULL, "version takes no further word");
		return STATUS_USAGE;
	}
	strbuf_add_format(&text, "%s\n", session_tool);
	if (is_long)
		strbuf_add_format(&text, "using libbpf %s\nfeatures: skeletons\n",
				  libbpf_version_string());
	return print_text(session, &text);
}

/* Build files made for bpftool look for its features. */
static enum status command_version(struct session *session, char *const *argv)
{
	return print_version(session, argv, true);
}

static enum status run(struct session *session, char *const *argv)
{
	const struct command *command;

	if (!argv[0]) {
		diag_error(&session->diag, NULL,
			   "IDENT and SOURCE are missing; for example: bpfbake conns conns.bpf.c "
			   "(see bpfbake --help)");
		return STATUS_USAGE;
	}
	if (bpftool_is_meant(session, argv))
		return bpftool_main(session, argv);
	for (size_t i = 0; i < ARRAY_SIZE(reserved); i++) {
		if (!strcmp(argv[0], reserved[i])) {
			diag_error(&session->diag, NULL,
				   "this version has no command '%s'; see bpfbake --help", argv[0]);
			return STATUS_USAGE;
		}
	}
	if (!strcmp(argv[0], "--help") || !strcmp(argv[0], "-help") || !strcmp(argv[0], "-h"))
		return command_help(session, argv + 1);
	if (!strcmp(argv[0], "--version") || !strcmp(argv[0], "-version"))
		return print_version(session, argv + 1, false);
	if (!strcmp(argv[0], "--make-include") || !strcmp(argv[0], "-make-include"))
		return command_make_include(session, argv + 1);
	command = find(argv[0]);
	return command ? command->run(session, argv + 1) : command_build(session, argv);
}

static void emit(void *context, enum diag_level level, const char *where, const char *text)
{
	static const char *const labels[] = {
		[DIAG_ERROR] = "", [DIAG_WARNING] = "warning: ", [DIAG_NOTE] = "note: "};
	struct session *session = context;
	const char *line = arena_printf(&session->arena, "%s%s%s%s", where ? where : "",
					where ? ": " : "", labels[level], text);
	void **is_said = strmap_at(&session->said, &session->arena, line);

	/* What is so for several targets is said once. */
	if (!*is_said && level == DIAG_ERROR && session->error_format != ERRORS_TEXT)
		bpftool_print_error(session->error_format, line);
	else if (!*is_said)
		fprintf(stderr, "bpfbake: %s\n", line);
	*is_said = session;
}

int main(int argc, char **argv)
{
	/* Its arena is not given back piece by piece: the process ends. */
	static struct session session;

	(void)argc;
	session.diag = (struct diag){.emit = emit, .context = &session};
	libbpf_set_print(NULL);
	if (bpftool_is_name(argv[0]))
		return (int)bpftool_main(&session, argv + 1);
	return (int)run(&session, argv + (argv[0] != NULL));
}
