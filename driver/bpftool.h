/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpftool's command lines: options, which may stand anywhere, and groups of commands ("gen
 * skeleton"), whose words may be shortened as bpftool's may.
 *
 * Called as "bpftool", bpfbake knows nothing else: then the name of a group may be shortened, too,
 * and "version" is bpftool's, for build files that read it.
 */
#ifndef DRIVER_BPFTOOL_H
#define DRIVER_BPFTOOL_H

#include <stddef.h>

#include "options.h"
#include "session.h"
#include "strbuf.h"

struct bpftool_options {
	bool help, light, version, json, pretty, debug;
	bool ignored;         /* those that have no meaning here */
	const char *base_btf; /* -B; NULL: not given */
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

extern const struct bpftool_group bpftool_gen, bpftool_btf;

/* Is the tool called by that name, as bpftool? `path` is argv[0], or NULL. */
bool bpftool_is_name(const char *path);

/* Does the command line begin with options of bpftool's, behind which one of its groups and one of
 * that group's commands stand, or with these cut off ("b d f a.o")? */
bool bpftool_is_meant(struct session *, char *const *argv);

/* The whole command line, as bpftool's: options, a group, a command. */
enum status bpftool_main(struct session *, char *const *argv);

/* Reads the options and runs the command that the first other word means. */
enum status bpftool_run(struct session *, const struct bpftool_group *, char *const *argv);

/* Appends that version, as bpftool prints it. */
void bpftool_version(struct strbuf *, const struct bpftool_options *);

/* Appends how the commands of the group are written, what they do, and the options. */
void bpftool_help(struct strbuf *, const struct bpftool_group *);

/* Whether `text` is the word or, as bpftool takes it, a beginning of it. */
bool bpftool_is_word(const char *text, const char *word);

/* Prints an error as bpftool does with -j: as JSON, on standard output. */
void bpftool_print_error(enum error_format, const char *text);

/* With -d: what libbpf says when it opens this object. */
void bpftool_debug_object(const struct bpftool_options *, const char *path);

/* The commands. */
enum status gen_min_core_btf(struct session *, const struct bpftool_options *, char *const *words);
enum status gen_object(struct session *, const struct bpftool_options *, char *const *words);
enum status gen_skeleton(struct session *, const struct bpftool_options *, char *const *words);
enum status gen_subskeleton(struct session *, const struct bpftool_options *, char *const *words);
enum status btf_dump(struct session *, const struct bpftool_options *, char *const *words);

#endif
