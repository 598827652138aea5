/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Command lines by a table, with the rules of Go's flag package, which bpf2go's command line has:
 * "-x" and "--x" are the same; a value stands behind '=' or in the next word; a boolean takes a
 * value only behind '=' ("-x=false"); names are never abbreviated. Options may also stand between
 * and behind the other words.
 *
 * "--" ends the command line of bpfbake: what follows is for clang. Before the first other word it
 * only ends the options, so that IDENT may begin with a '-' (and be refused for what it is).
 */
#ifndef DRIVER_OPTIONS_H
#define DRIVER_OPTIONS_H

#include <stdbool.h>

#include "diag.h"
#include "strvec.h"

enum option_kind {
	OPTION_FLAG,   /* bool */
	OPTION_STRING, /* const char *; the last one counts */
	OPTION_LIST,   /* struct strvec; may be given several times */
	OPTION_COUNT,  /* unsigned; at least 1 */
};

struct option_spec {
	const char *name; /* without a dash */
	enum option_kind kind;
	size_t offset; /* of its place in the struct of values */
	/*
	 * What the value is: NULL for a flag, else words with '|' between. One in small letters
	 * stands for itself ("auto"), one in capitals for a thing that the help speaks of; shells
	 * complete FILE, DIR, SOURCE, OBJECT, COMMAND, SUBCOMMAND and TARGETS, a list with ','
	 * between.
	 */
	const char *argument;
	/* Give the value where the command line does not: the first that is set and not empty. */
	const char *environment[2];
	const char *help; /* one or more sentences; wrapped when printed. NULL: another spelling */
};

struct option_table {
	const struct option_spec *specs;
	size_t count;
};

/*
 * Reads the words `argv` (NULL ends them) into `values`, a zeroed struct with the places that the
 * table names; other words go to `words`, those behind "--" to `rest` (NULL: an error). `rest`
 * also has an empty list when there was no "--". 0, or -1 after an error.
 */
int options_parse(const struct option_table *, struct arena *, struct diag *, char *const *argv,
		  void *values, struct strvec *words, struct strvec *rest);

/* A boolean as Go writes it (1 t T TRUE true True, 0 f F FALSE false False) in *value; false when
 * it is none. */
bool options_parse_boolean(const char *text, bool *value);

#endif
