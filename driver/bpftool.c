/* SPDX-License-Identifier: BSD-2-Clause */
#include "bpftool.h"

#include <string.h>

#include "bug.h"
#include "help.h"
#include "options.h"
#include "output.h"
#include "strbuf.h"

#define AT(member) offsetof(struct bpftool_options, member)

/* clang-format off */
static const struct option_spec specs[] = {
	{"help", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "Print this text."},
	{"h", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "The same."},
	{"use-loader", OPTION_FLAG, AT(light), NULL, {NULL, NULL},
	 "gen skeleton: a light skeleton, which needs no libbpf: a program that loads the object's is in the "
	 "header in its place. What such a program cannot do is an error."},
	{"L", OPTION_FLAG, AT(light), NULL, {NULL, NULL}, "The same."},
};
/* clang-format on */

const struct option_table bpftool_option_table = {specs, ARRAY_SIZE(specs)};

bool bpftool_is_word(const char *text, const char *word)
{
	return *text && !strncmp(word, text, strlen(text));
}

static void add_usage(struct strbuf *out, const struct bpftool_group *group,
		      const struct bpftool_command *command)
{
	strbuf_add_format(out, "bpfbake %s %s %s", group->name, command->name, command->usage);
}

static enum status say_usage(struct session *session, const struct bpftool_group *group,
			     const struct bpftool_command *command)
{
	struct strbuf text = STRBUF_INIT;

	add_usage(&text, group, command);
	diag_error(&session->diag, NULL, "the command line is: %s", text.text);
	strbuf_release(&text);
	return STATUS_USAGE;
}

static enum status say_commands(struct session *session, const struct bpftool_group *group,
				const char *word)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < group->n_commands; i++)
		strbuf_add_format(&text, "%s%s", i ? ", " : "", group->commands[i].name);
	if (word)
		diag_error(&session->diag, NULL, "there is no '%s %s'; there is: %s", group->name,
			   word, text.text);
	else
		diag_error(&session->diag, NULL, "what is missing behind '%s': one of %s",
			   group->name, text.text);
	strbuf_release(&text);
	return STATUS_USAGE;
}

static enum status print_help(struct session *session, const struct bpftool_group *group)
{
	struct strbuf text = STRBUF_INIT;
	int result;

	bpftool_help(&text, group);
	result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

enum status bpftool_run(struct session *session, const struct bpftool_group *group,
			char *const *argv)
{
	struct bpftool_options options = {0};
	struct strvec words = {0};
	const struct bpftool_command *command = NULL;
	size_t said = session->diag.n_errors;
	enum status status;

	if (options_parse(&bpftool_option_table, &session->arena, &session->diag, argv, &options,
			  &words, NULL))
		return STATUS_USAGE;
	if (options.help || (words.count && bpftool_is_word(words.items[0], "help")))
		return print_help(session, group);
	if (!words.count)
		return say_commands(session, group, NULL);
	for (size_t i = 0; i < group->n_commands && !command; i++) {
		if (bpftool_is_word(words.items[0], group->commands[i].name))
			command = &group->commands[i];
	}
	if (!command)
		return say_commands(session, group, words.items[0]);
	status = command->run(session, &options, words.items + 1);
	if (status == STATUS_USAGE && session->diag.n_errors == said)
		return say_usage(session, group, command);
	return status;
}

void bpftool_help(struct strbuf *out, const struct bpftool_group *group)
{
	for (size_t i = 0; i < group->n_commands; i++) {
		add_usage(out, group, &group->commands[i]);
		strbuf_add_string(out, "\n");
		help_add_paragraph(out, group->commands[i].help, 8);
		strbuf_add_string(out, "\n");
	}
	strbuf_add_string(out, "Options, which may stand anywhere:\n\n");
	help_add_options(out, &bpftool_option_table);
}
