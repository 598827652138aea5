/* SPDX-License-Identifier: BSD-2-Clause */
#include "bpftool.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "help.h"
#include "options.h"
#include "output.h"
#include "path.h"
#include "strbuf.h"
#include "utf8.h"

#define AT(member) offsetof(struct bpftool_options, member)

/* clang-format off */
static const struct option_spec specs[] = {
	{"json", OPTION_FLAG, AT(json), NULL, {NULL, NULL},
	 "JSON of btf dump and of version; errors become JSON on standard output. Also -j."},
	{"j", OPTION_FLAG, AT(json), NULL, {NULL, NULL}, NULL},
	{"pretty", OPTION_FLAG, AT(pretty), NULL, {NULL, NULL}, "The same in many lines. Also -p."},
	{"p", OPTION_FLAG, AT(pretty), NULL, {NULL, NULL}, NULL},
	{"debug", OPTION_FLAG, AT(debug), NULL, {NULL, NULL},
	 "What libbpf says of the object, on standard error. Also -d."},
	{"d", OPTION_FLAG, AT(debug), NULL, {NULL, NULL}, NULL},
	{"base-btf", OPTION_STRING, AT(base_btf), "FILE", {NULL, NULL},
	 "The BTF that a module's continues. Default for those in /sys/kernel/btf: the running kernel's. Also -B."},
	{"B", OPTION_STRING, AT(base_btf), "FILE", {NULL, NULL}, NULL},
	{"version", OPTION_FLAG, AT(version), NULL, {NULL, NULL},
	 "Print the version of bpftool that this stands in for. Also -V."},
	{"V", OPTION_FLAG, AT(version), NULL, {NULL, NULL}, NULL},
	{"use-loader", OPTION_FLAG, AT(light), NULL, {NULL, NULL},
	 "gen skeleton: a light skeleton, which needs no libbpf: a program that loads the object's is in the "
	 "header in its place. What such a program cannot do is an error. Also -L."},
	{"L", OPTION_FLAG, AT(light), NULL, {NULL, NULL}, NULL},
	{"legacy", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL},
	 "Taken for bpftool's sake, without effect; so are -l, -bpffs, -f, -mapcompat, -m, -nomount and -n."},
	{"l", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"bpffs", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"f", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"mapcompat", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"m", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"nomount", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"n", OPTION_FLAG, AT(ignored), NULL, {NULL, NULL}, NULL},
	{"help", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "Print this text. Also -h."},
	{"h", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, NULL},
};
/* clang-format on */

const struct option_table bpftool_option_table = {specs, ARRAY_SIZE(specs)};

static const struct bpftool_group *const groups[] = {&bpftool_gen, &bpftool_btf};

bool bpftool_is_name(const char *path)
{
	return path && !strcmp(path_basename(path), "bpftool");
}

bool bpftool_is_word(const char *text, const char *word)
{
	return *text && !strncmp(word, text, strlen(text));
}

static const struct option_spec *find_option(const char *name, size_t length)
{
	for (size_t i = 0; i < ARRAY_SIZE(specs); i++) {
		if (!strncmp(specs[i].name, name, length) && !specs[i].name[length])
			return &specs[i];
	}
	return NULL;
}

/* The options that getopt(3) sees in a word of single letters: "-jp", "-dBvmlinux". False where it
 * is none of these. */
static bool spread(struct strvec *words, struct arena *arena, const char *word)
{
	struct strvec letters = {0};

	if (word[0] != '-' || !word[1] || word[1] == '-' ||
	    find_option(word + 1, strcspn(word + 1, "=")))
		return false;
	for (const char *c = word + 1; *c; c++) {
		const struct option_spec *spec = find_option(c, 1);

		if (!spec)
			return false;
		strvec_push(&letters, arena, arena_printf(arena, "-%c", *c));
		if (spec->kind == OPTION_FLAG)
			continue;
		if (c[1])
			strvec_push(&letters, arena, c + 1);
		break;
	}
	strvec_push_all(words, arena, &letters);
	return true;
}

/* Does the option's value stand in the next word? */
static bool takes_next(const char *word)
{
	const char *name = word + 1 + (word[0] && word[1] == '-');
	const struct option_spec *spec;

	if (word[0] != '-' || strchr(word, '='))
		return false;
	spec = find_option(name, strlen(name));
	return spec && spec->kind != OPTION_FLAG;
}

/* Reads the options; the other words, or NULL after an error. Errors are JSON from the start if -j
 * is anywhere. */
static char *const *parse(struct session *session, char *const *argv,
			  struct bpftool_options *options)
{
	static char *const none[] = {NULL};
	struct strvec all = {0}, words = {0};

	for (; *argv; argv++) {
		if (spread(&all, &session->arena, *argv))
			continue;
		strvec_push(&all, &session->arena, *argv);
		if (takes_next(*argv) && argv[1])
			strvec_push(&all, &session->arena, *++argv);
	}
	for (size_t i = 0; i < all.count; i++) {
		const char *word = all.items[i];

		if (!strcmp(word, "-p") || !strcmp(word, "--pretty"))
			session->error_format = ERRORS_PRETTY_JSON;
		else if ((!strcmp(word, "-j") || !strcmp(word, "--json")) &&
			 session->error_format == ERRORS_TEXT)
			session->error_format = ERRORS_JSON;
	}
	if (options_parse(&bpftool_option_table, &session->arena, &session->diag,
			  all.count ? all.items : none, options, &words, NULL))
		return NULL;
	options->json |= options->pretty;
	return words.items ? words.items : none;
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

static enum status print(struct session *session, struct strbuf *text)
{
	int result = output_print(&session->diag, text->text, text->length);

	strbuf_release(text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

static void help_commands(struct strbuf *out, const struct bpftool_group *group)
{
	for (size_t i = 0; i < group->n_commands; i++) {
		add_usage(out, group, &group->commands[i]);
		strbuf_add_string(out, "\n");
		help_add_paragraph(out, group->commands[i].help, 8);
		strbuf_add_string(out, "\n");
	}
}

static void help_options(struct strbuf *out)
{
	strbuf_add_string(out, "Options, which may stand anywhere:\n\n");
	help_add_options(out, &bpftool_option_table);
}

void bpftool_help(struct strbuf *out, const struct bpftool_group *group)
{
	help_commands(out, group);
	help_options(out);
}

static enum status print_help(struct session *session, const struct bpftool_options *options,
			      const struct bpftool_group *group)
{
	struct strbuf text = STRBUF_INIT;

	if (options->json) {
		strbuf_add_string(&text, "null\n");
	} else if (group) {
		bpftool_help(&text, group);
	} else {
		for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
			help_commands(&text, groups[i]);
		strbuf_add_string(&text, "bpfbake version\n        Prints the version.\n\n");
		help_options(&text);
	}
	return print(session, &text);
}

static enum status print_version(struct session *session, const struct bpftool_options *options)
{
	struct strbuf text = STRBUF_INIT;

	bpftool_version(&text, options);
	return print(session, &text);
}

static const struct bpftool_command *find_command(const struct bpftool_group *group,
						  const char *word)
{
	for (size_t i = 0; i < group->n_commands; i++) {
		if (bpftool_is_word(word, group->commands[i].name))
			return &group->commands[i];
	}
	return NULL;
}

__attribute__((format(printf, 2, 0))) static int print_message(enum libbpf_print_level level,
							       const char *format, va_list args)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

	(void)level;
	strbuf_add_vformat(&text, format, args);
	if (text.length && text.text[text.length - 1] == '\n')
		strbuf_truncate(&text, text.length - 1);
	utf8_add_visible(&out, text.text);
	fprintf(stderr, "%s\n", out.text);
	strbuf_release(&text);
	strbuf_release(&out);
	return 0;
}

static enum status run_group(struct session *session, const struct bpftool_options *options,
			     const struct bpftool_group *group, char *const *words)
{
	const struct bpftool_command *command;
	size_t said = session->diag.n_errors;
	enum status status;

	if (options->version)
		return print_version(session, options);
	if (options->help || (words[0] && bpftool_is_word(words[0], "help")))
		return print_help(session, options, group);
	if (!words[0])
		return say_commands(session, group, NULL);
	command = find_command(group, words[0]);
	if (!command)
		return say_commands(session, group, words[0]);
	if (options->debug)
		libbpf_set_print(print_message);
	status = command->run(session, options, words + 1);
	if (status == STATUS_USAGE && session->diag.n_errors == said)
		return say_usage(session, group, command);
	return status;
}

enum status bpftool_run(struct session *session, const struct bpftool_group *group,
			char *const *argv)
{
	struct bpftool_options options = {0};
	char *const *words = parse(session, argv, &options);

	return words ? run_group(session, &options, group, words) : STATUS_USAGE;
}

/* A word of bpftool's that bpfbake has nothing for. */
static enum status say_unknown(struct session *session, const char *word)
{
	static const char *const others[] = {"batch",      "prog", "map",  "link",
					     "cgroup",     "perf", "net",  "feature",
					     "struct_ops", "iter", "token"};

	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		if (!bpftool_is_word(word, others[i]))
			continue;
		diag_error(&session->diag, NULL,
			   "bpftool's '%s' is not here: bpfbake stands in for what builds use, gen "
			   "and btf dump; for the rest call bpftool itself",
			   others[i]);
		return STATUS_USAGE;
	}
	diag_error(&session->diag, NULL, "there is no '%s'; there is: gen, btf, version, help",
		   word);
	return STATUS_USAGE;
}

enum status bpftool_main(struct session *session, char *const *argv)
{
	struct bpftool_options options = {0};
	char *const *words = parse(session, argv, &options);

	if (!words)
		return STATUS_USAGE;
	if (options.version || (words[0] && bpftool_is_word(words[0], "version")))
		return print_version(session, &options);
	if (!words[0] || bpftool_is_word(words[0], "help"))
		return print_help(session, &options, NULL);
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (bpftool_is_word(words[0], groups[i]->name))
			return run_group(session, &options, groups[i], words + 1);
	}
	return say_unknown(session, words[0]);
}

/* The first word that is no option; NULL where one before it is not bpftool's. */
static char *const *skip_options(struct session *session, char *const *argv)
{
	for (; *argv && **argv == '-'; argv++) {
		struct strvec letters = {0};
		const char *name = *argv + 1 + ((*argv)[1] == '-');
		const char *last = *argv;

		if (spread(&letters, &session->arena, *argv))
			last = letters.items[letters.count - 1];
		else if (!*name || !find_option(name, strcspn(name, "=")))
			return NULL;
		argv += takes_next(last) && argv[1];
	}
	return argv;
}

/* "b d f a.o": words of bpftool's that are cut off. As an IDENT and its sources they would be
 * nothing: there is no file of the second one's name. */
static bool is_cut_off(char *const *argv)
{
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		if (bpftool_is_word(argv[0], groups[i]->name) && argv[1] &&
		    find_command(groups[i], argv[1]) && argv[2])
			return access(argv[1], F_OK) != 0;
	}
	return false;
}

bool bpftool_is_meant(struct session *session, char *const *argv)
{
	const char *word;

	if (!argv[0])
		return false;
	if (argv[0][0] != '-')
		return is_cut_off(argv);
	argv = skip_options(session, argv);
	if (!argv || !argv[0])
		return false;
	word = *argv;
	argv = skip_options(session, argv + 1);
	if (!strcmp(word, "version"))
		return argv && !argv[0];
	for (size_t i = 0; argv && argv[0] && i < ARRAY_SIZE(groups); i++) {
		if (!strcmp(word, groups[i]->name))
			return find_command(groups[i], argv[0]) || !strcmp(argv[0], "help");
	}
	return false;
}

void bpftool_debug_object(const struct bpftool_options *options, const char *path)
{
	struct bpf_object *object;

	if (!options->debug)
		return;
	object = bpf_object__open_file(path, NULL);
	if (!libbpf_get_error(object))
		bpf_object__close(object);
}
