/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands. All that is said of one stands in its struct and in its table of options: --help,
 * the manual (docs/source) and what shells complete are made from them.
 */
#ifndef DRIVER_COMMAND_H
#define DRIVER_COMMAND_H

#include "options.h"
#include "session.h"
#include "strbuf.h"

struct bpftool_group;

struct command {
	const char *name; /* the first word; "--make-include" is one, too */
	/* `argv` is what follows the name, NULL ends it. */
	enum status (*run)(struct session *, char *const *argv);
	const char *summary; /* what it does, in a few words */
	const char *usage;   /* all that follows "bpfbake"; NULL for a group */
	const char *words;   /* what its words are, as struct option_spec's argument; NULL: none */
	const char *help;    /* sentences; NULL for a group */
	const struct option_table *options; /* NULL: none */
	const struct bpftool_group *group;  /* whose commands follow the name, or NULL */
};

extern const struct command btf_command, build_command, doctor_command, gen_command,
	inspect_command, make_include_command, vmlinux_command;

/* All of them, in the order of the help; NULL ends them. */
extern const struct command *const command_list[];

/* Also "-name" for "--name"; NULL: there is none. */
const struct command *command_find(const char *name);

/* "bpfbake 0.1.0", and with `is_long` libbpf's version and bpftool's features. */
enum status command_print_version(struct session *, char *const *argv, bool is_long);

/* Appends the help of a command. */
void command_help(struct strbuf *, const struct command *);

#endif
