/* SPDX-License-Identifier: BSD-2-Clause */
/* The tool: which command is meant. */
#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bpftool.h"
#include "bug.h"
#include "command.h"
#include "terminal.h"
#include "utf8.h"

const char session_tool[] = "bpfbake " BPFBAKE_VERSION;

/* Other names of commands. */
static const struct {
	const char *name, *command;
} aliases[] = {
	{"--help", "help"},
	{"-help", "help"},
	{"-h", "help"},
	{"-V", "version"}, /* as bpftool has it */
};

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
	if (!strcmp(argv[0], "--version") || !strcmp(argv[0], "-version"))
		return command_print_version(session, argv + 1, false);
	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++) {
		if (!strcmp(argv[0], aliases[i].name))
			return command_find(aliases[i].command)->run(session, argv + 1);
	}
	command = command_find(argv[0]);
	return command ? command->run(session, argv + 1) : build_command.run(session, argv);
}

/* Names of objects stand in messages, and who reads these may do so on a terminal, or line by line:
 * a line of our own begins with blanks. */
static const char *visible(struct session *session, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	const char *copy, *end;

	for (; (end = strstr(text, "\n  ")); text = end + 1) {
		utf8_add_visible(&out, arena_strndup(&session->arena, text, (size_t)(end - text)));
		strbuf_add_char(&out, '\n');
	}
	utf8_add_visible(&out, text);
	copy = arena_strdup(&session->arena, out.text);
	strbuf_release(&out);
	return copy;
}

static const char *const labels[] = {
	[DIAG_ERROR] = "", [DIAG_WARNING] = "warning: ", [DIAG_NOTE] = "note: "};
static const char *const colours[] = {
	[DIAG_ERROR] = "\033[1;31m", [DIAG_WARNING] = "\033[1;35m", [DIAG_NOTE] = "\033[1;36m"};

static void print_line(enum diag_level level, const char *where, const char *text)
{
	const char *colon = *where ? ": " : "";

	if (terminal_has_colour(STDERR_FILENO))
		fprintf(stderr, "%sbpfbake: %s\033[0m\033[1m%s%s\033[0m%s\n", colours[level],
			labels[level], where, colon, text);
	else
		fprintf(stderr, "bpfbake: %s%s%s%s\n", where, colon, labels[level], text);
}

static void emit(void *context, enum diag_level level, const char *where, const char *text)
{
	struct session *session = context;
	const char *line = arena_printf(&session->arena, "%s%s%s%s", where ? where : "",
					where ? ": " : "", labels[level], text);
	void **is_said = strmap_at(&session->said, &session->arena, line);

	/* What is so for several targets is said once. */
	if (*is_said)
		return;
	*is_said = session;
	if (level == DIAG_ERROR && session->error_format != ERRORS_TEXT)
		bpftool_print_error(session->error_format, line);
	else
		print_line(level, where ? visible(session, where) : "", visible(session, text));
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
