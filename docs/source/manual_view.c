/* SPDX-License-Identifier: BSD-2-Clause */
#include "manual_view.h"

#include <ctype.h>
#include <string.h>

#include "bpftool.h"
#include "command.h"
#include "manual_text.h"
#include "targets.h"

/* What shells complete, by the word that stands for it. Others are the user's to think of. */
static const struct kind {
	const char *word, *name;
	const char *fish; /* what complete(1) of fish gets */
} kinds[] = {
	{"FILE", "file", "-F"},
	{"DIR", "directory", "-a '(__fish_complete_directories)'"},
	{"SOURCE", "source", "-a '(__bpfbake_files .c .o)'"},
	{"OBJECT", "object", "-a '(__bpfbake_files .o)'"},
	{"COMMAND", "program", "-a '(__fish_complete_command)'"},
	{"SUBCOMMAND", "command", "-a '(__bpfbake_commands)'"},
	{"TARGETS", "targets", "-a '(__bpfbake_targets)'"},
	{NULL, "none", ""},
};

static const struct kind *find_kind(const char *word, size_t length)
{
	const struct kind *kind = kinds;

	while (kind->word &&
	       (strlen(kind->word) != length || strncmp(kind->word, word, length) != 0))
		kind++;
	return kind;
}

/* What _arguments of zsh does for a value. */
static const char *zsh_action(struct arena *arena, const struct kind *kind, const char *choices)
{
	if (!kind->word)
		return *choices ? arena_printf(arena, "(%s)", choices) : " ";
	if (!*choices)
		return arena_printf(arena, "_bpfbake_%s", kind->name);
	return arena_printf(arena, " _bpfbake_either %s %s", kind->name, choices);
}

/* "FILE|auto": the kind of file, the choice "auto". */
static void set_values(struct value *object, struct arena *arena, const char *argument)
{
	const struct kind *kind = find_kind("", 0);
	const char *choices = "", *fish;

	while (argument && *argument) {
		size_t length = strcspn(argument, "|");
		const struct kind *found = find_kind(argument, length);

		/* Files are completed with directories. */
		if (found->word && strcmp(kind->name, "file") != 0)
			kind = found;
		else if (islower((unsigned char)*argument))
			choices = arena_printf(arena, "%s%s%.*s", choices, *choices ? " " : "",
					       (int)length, argument);
		argument += length + (argument[length] == '|');
	}
	fish = *choices ? arena_printf(arena, "%s -a '%s'", kind->fish, choices) : kind->fish;
	value_set_string(object, arena, "kind", kind->name);
	value_set_boolean(object, arena, "has_kind", kind->word != NULL);
	value_set_string(object, arena, "choices", choices);
	value_set_string(object, arena, "action_zsh", zsh_action(arena, kind, choices));
	fish += *fish == ' ';
	value_set_string(object, arena, "values_fish", fish);
	/* As the value of an option. */
	value_set_string(object, arena, "value_fish",
			 arena_printf(arena, "%s%s%s", !strcmp(kind->name, "file") ? "-r" : "-x",
				      *fish ? " " : "", fish));
}

/* The same text for those who read and for those who press the tabulator. */
static void set_texts(struct value *object, struct arena *arena, const char *text, bool is_sentence)
{
	const char *summary = is_sentence ? manual_text_summary(arena, text) : text;

	value_set_string(object, arena, "text", manual_text_markdown(arena, text));
	value_set_string(object, arena, "text_zsh", manual_text_zsh(arena, summary));
	value_set_string(object, arena, "text_fish", manual_text_fish(arena, summary));
}

/* "`A`, else `B`", or NULL. */
static const char *variables_of(struct arena *arena, const struct option_spec *spec)
{
	if (!spec->environment[0])
		return NULL;
	if (!spec->environment[1])
		return arena_printf(arena, "`%s`", spec->environment[0]);
	return arena_printf(arena, "`%s`, else `%s`", spec->environment[0], spec->environment[1]);
}

static struct value *option_view(struct arena *arena, const struct option_spec *spec)
{
	struct value *option = value_object(arena);

	value_set_string(option, arena, "option", spec->name);
	value_set_string(
		option, arena, "heading",
		manual_text_usage(arena, arena_printf(arena, "-%s%s%s", spec->name,
						      spec->argument ? " " : "",
						      spec->argument ? spec->argument : "")));
	value_set_string(option, arena, "variables", variables_of(arena, spec));
	value_set_string(option, arena, "argument", spec->argument);
	value_set_boolean(option, arena, "is_flag", spec->kind == OPTION_FLAG);
	value_set_boolean(option, arena, "is_list", spec->kind == OPTION_LIST);
	value_set_boolean(option, arena, "is_letter", !spec->name[1]);
	set_values(option, arena, spec->argument);
	set_texts(option, arena, spec->help, true);
	return option;
}

/* The words of a usage that stand for themselves: "name" in "FILE [name NAME]". */
static const char *keywords_of(struct arena *arena, const char *usage)
{
	static const char separators[] = " []{}()|";
	const char *keywords = " ";

	while (*usage) {
		size_t length;
		const char *word;

		usage += strspn(usage, separators);
		length = strcspn(usage, separators);
		word = arena_printf(arena, " %.*s ", (int)length, usage);
		if (islower((unsigned char)*usage) && !strstr(keywords, word))
			keywords = arena_printf(arena, "%s%s", keywords, word + 1);
		usage += length;
	}
	return arena_strndup(arena, keywords + 1, strlen(keywords + 1) - (keywords[1] != '\0'));
}

/* One of the ways in which a command is called. */
static const char *usage_of(struct arena *arena, const struct command *command, size_t index)
{
	const struct bpftool_command *inner =
		command->group ? &command->group->commands[index] : NULL;

	if (!inner)
		return arena_printf(arena, "bpfbake %s", command->usage);
	return arena_printf(arena, "bpfbake %s %s %s", command->name, inner->name, inner->usage);
}

/* "gen skeleton", as one of the commands of gen. */
static void add_groups(struct value *view, struct arena *arena, const struct command *command)
{
	struct value *list = value_set(view, arena, "groups", value_list(arena));
	const struct bpftool_group *group = command->group;
	const char *names = "";

	for (size_t i = 0; group && i < group->n_commands; i++) {
		const struct bpftool_command *inner = &group->commands[i];
		struct value *item = value_append(list, arena, value_object(arena));

		names = arena_printf(arena, "%s%s%s", names, i ? " " : "", inner->name);
		value_set_string(item, arena, "inner", inner->name);
		value_set_string(item, arena, "usage",
				 manual_text_usage(arena, usage_of(arena, command, i)));
		value_set_string(item, arena, "keywords", keywords_of(arena, inner->usage));
		set_texts(item, arena, inner->help, true);
	}
	value_set_string(view, arena, "inner_names", names);
	value_set_boolean(view, arena, "has_groups", group != NULL);
}

static void add_options(struct value *view, struct arena *arena, const struct option_table *table)
{
	struct value *list = value_set(view, arena, "options", value_list(arena));

	for (size_t i = 0; table && i < table->count; i++) {
		/* Of those without help nothing is said. */
		if (table->specs[i].help)
			value_append(list, arena, option_view(arena, &table->specs[i]));
	}
	value_set_boolean(view, arena, "has_options", table != NULL);
}

/* How each is called, a line each. */
static const char *synopsis(struct arena *arena)
{
	const char *text = NULL;

	for (size_t i = 0; command_list[i]; i++) {
		const struct command *command = command_list[i];
		size_t count = command->group ? command->group->n_commands : 1;

		for (size_t j = 0; j < count; j++) {
			const char *line = manual_text_usage(arena, usage_of(arena, command, j));

			text = text ? arena_printf(arena, "%s\\\n%s", text, line) : line;
		}
	}
	return text;
}

static struct value *command_view(struct arena *arena, const struct command *command)
{
	struct value *view = value_object(arena);

	value_set_string(view, arena, "command", command->name);
	value_set_boolean(view, arena, "is_option", command->name[0] == '-');
	value_set_boolean(view, arena, "is_build", command == &build_command);
	if (command->usage)
		value_set_string(view, arena, "usage",
				 manual_text_usage(arena, usage_of(arena, command, 0)));
	set_texts(view, arena, command->summary, false);
	value_set_string(view, arena, "help",
			 command->help ? manual_text_markdown(arena, command->help) : NULL);
	set_values(view, arena, command->words);
	add_options(view, arena, command->options);
	add_groups(view, arena, command);
	return view;
}

/* Once for the options of one name, whichever command has it. */
static void add_defaults(struct value *list, struct arena *arena, const struct option_table *table)
{
	for (size_t i = 0; table && i < table->count; i++) {
		const struct option_spec *spec = &table->specs[i];
		const char *text = arena_printf(arena, "The default of `-%s`.", spec->name);
		const char *variables = variables_of(arena, spec);
		bool is_there = !variables;
		struct value *item;

		for (size_t j = 0; j < list->count && !is_there; j++)
			is_there = !strcmp(value_get(list->items[j], "text")->string, text);
		if (is_there)
			continue;
		item = value_append(list, arena, value_object(arena));
		value_set_string(item, arena, "variables", variables);
		value_set_string(item, arena, "text", text);
	}
}

struct value *manual_view(struct arena *arena, const char *version)
{
	struct value *view = value_object(arena), *list, *defaults;
	struct strbuf targets = STRBUF_INIT;
	const char *names = "";

	value_set_string(view, arena, "version", version);
	value_set_string(view, arena, "synopsis", synopsis(arena));
	targets_add_names(&targets);
	value_set_string(view, arena, "targets", arena_strdup(arena, targets.text + 1));
	strbuf_release(&targets);
	list = value_set(view, arena, "commands", value_list(arena));
	defaults = value_set(view, arena, "defaults", value_list(arena));
	for (size_t i = 0; command_list[i]; i++) {
		const struct command *command = command_list[i];

		value_append(list, arena, command_view(arena, command));
		add_defaults(defaults, arena, command->options);
		if (command->name[0] != '-')
			names = arena_printf(arena, "%s%s%s", names, *names ? " " : "",
					     command->name);
	}
	value_set_string(view, arena, "names", names);
	return view;
}
