/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpftool's command lines: options, which may stand anywhere, and groups of commands ("gen
 * skeleton"), whose words may be shortened as bpftool's may.
 */
#ifndef DRIVER_BPFTOOL_H
#define DRIVER_BPFTOOL_H

#include <stddef.h>

#include "options.h"
#include "session.h"
#include "strbuf.h"

struct bpftool_options {
	bool help, light;
};

/* Those of all commands. */
extern const struct option_table bpftool_option_table;

struct bpftool_command {
	const char *name;  /* any beginning of it is enough */
	const char *usage; /* what follows the name */
	const char *help;  /* one or more sentences */
	/* `words`: what follows the name, without options; NULL ends them. STATUS_USAGE without a
	 * message: the words are not those of `usage`. */
	enum status (*run)(struct session *, const struct bpftool_options *, char *const *words);
};

struct bpftool_group {
	const char *name; /* "gen" */
	const struct bpftool_command *commands;
	size_t n_commands;
};

/* Reads the options and runs the command that the first other word means. */
enum status bpftool_run(struct session *, const struct bpftool_group *, char *const *argv);

/* Appends how the commands of the group are written, what they do, and the options. */
void bpftool_help(struct strbuf *, const struct bpftool_group *);

/* Whether `text` is the word or, as bpftool takes it, a beginning of it. */
bool bpftool_is_word(const char *text, const char *word);

/* The commands. */
enum status gen_min_core_btf(struct session *, const struct bpftool_options *, char *const *words);
enum status gen_object(struct session *, const struct bpftool_options *, char *const *words);
enum status gen_skeleton(struct session *, const struct bpftool_options *, char *const *words);

#endif
