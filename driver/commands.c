/* SPDX-License-Identifier: BSD-2-Clause */
#include "command.h"

#include <bpf/libbpf.h>
#include <string.h>

#include "bpftool.h"
#include "help.h"
#include "output.h"

static enum status run_help(struct session *, char *const *argv);
static enum status run_version(struct session *, char *const *argv);

static const struct command help_command = {
	.name = "help",
	.run = run_help,
	.summary = "print the help of a command",
	.usage = "help [COMMAND]",
	.words = "SUBCOMMAND",
	.help = "Prints the help of a command, or of them all and of build.",
};

static const struct command version_command = {
	.name = "version",
	.run = run_version,
	.summary = "print the version of bpfbake",
	.usage = "version",
	.help = "Prints the version of bpfbake and of its libbpf; --version is the first line.",
};

const struct command *const command_list[] = {
	&build_command,  &gen_command,  &btf_command,     &inspect_command,      &vmlinux_command,
	&doctor_command, &help_command, &version_command, &make_include_command, NULL,
};

const struct command *command_find(const char *name)
{
	for (size_t i = 0; command_list[i]; i++) {
		const char *known = command_list[i]->name;

		if (!strcmp(known, name) || (name[0] == '-' && !strcmp(known + 1, name)))
			return command_list[i];
	}
	return NULL;
}

static void add_usages(struct strbuf *out, const char *indent, const struct command *command)
{
	if (!command->group) {
		strbuf_add_format(out, "%sbpfbake %s\n", indent, command->usage);
		return;
	}
	for (size_t i = 0; i < command->group->n_commands; i++)
		strbuf_add_format(out, "%sbpfbake %s %s %s\n", indent, command->name,
				  command->group->commands[i].name,
				  command->group->commands[i].usage);
}

void command_help(struct strbuf *out, const struct command *command)
{
	if (command->group) {
		bpftool_help(out, command->group);
		return;
	}
	add_usages(out, "", command);
	strbuf_add_char(out, '\n');
	help_add_paragraph(out, command->help, 0);
	if (!command->options)
		return;
	strbuf_add_string(out, "\nOptions; -x and --x are the same, a value stands behind '=' or "
			       "in the next word:\n\n");
	help_add_options(out, command->options);
}

static void add_tool(struct strbuf *out)
{
	for (size_t i = 0; command_list[i]; i++)
		add_usages(out, i ? "       " : "Usage: ", command_list[i]);
	strbuf_add_string(out,
			  "\nTurns BPF C into one typed C header with the bytecode inside.\n\n");
	command_help(out, &build_command);
	strbuf_add_string(out,
			  "\nExit status: 0 done; 1 the input is wrong or a tool failed; 2 the\n"
			  "command line is wrong; 3 -check has found a difference.\n");
}

static enum status print(struct session *session, struct strbuf *text)
{
	int result = output_print(&session->diag, text->text, text->length);

	strbuf_release(text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

static enum status refuse_help(struct session *session)
{
	struct strbuf names = STRBUF_INIT;

	for (size_t i = 0; command_list[i]; i++) {
		if (command_list[i]->name[0] != '-')
			strbuf_add_format(&names, " %s", command_list[i]->name);
	}
	diag_error(&session->diag, NULL, "help for one of:%s", names.text);
	strbuf_release(&names);
	return STATUS_USAGE;
}

static enum status run_help(struct session *session, char *const *argv)
{
	const struct command *command = argv[0] ? command_find(argv[0]) : NULL;
	struct strbuf text = STRBUF_INIT;

	if (argv[0] && (!command || argv[1]))
		return refuse_help(session);
	if (!command || command == &help_command)
		add_tool(&text);
	else
		command_help(&text, command);
	return print(session, &text);
}

enum status command_print_version(struct session *session, char *const *argv, bool is_long)
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
	return print(session, &text);
}

/* Build files made for bpftool look for its features. */
static enum status run_version(struct session *session, char *const *argv)
{
	return command_print_version(session, argv, true);
}
