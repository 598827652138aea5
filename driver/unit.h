/* SPDX-License-Identifier: BSD-2-Clause */
/* One source while it is compiled for each target; compilation.c runs the compilers of all. */
#ifndef DRIVER_UNIT_H
#define DRIVER_UNIT_H

#include "build_options.h"
#include "facts.h"
#include "lean.h"
#include "process.h"
#include "search.h"
#include "session.h"

struct unit {
	/* Set by the caller. */
	struct session *session;
	struct arena *arena;
	const struct build_options *options;
	const char *path;        /* of the source, as the command line names it */
	const char *run;         /* the private directory of the run */
	const char *directory;   /* the one of this unit: the same, or in it */
	const bool *is_left_out; /* by target: an optional one that does not compile */

	/* What follows. */
	const char *source; /* as clang gets it */
	const char *source_directory_real;
	struct search search;
	struct strvec maps;
	struct process *processes; /* one a target */
	struct facts_search facts;
	struct lean lean;
	const char *types; /* the header in place of vmlinux.h, or NULL */
};

/* Finds the source, and what its names are relative to. 0, or -1 after an error. */
int unit_name(struct unit *);

/* Where clang looks for headers: in those directories, last in that of our own. */
void unit_set_search(struct unit *, const struct search *, const char *own_headers);

/* Writes the header in place of vmlinux.h, if there has to be one. `directory`: for what cannot be
 * kept in the cache; NULL: nowhere. 0, or -1 after an error. */
int unit_prepare_types(struct unit *, const char *directory);

/* The commands for each target, in `processes`, which has room for them; with unit->types. */
void unit_make_commands(struct unit *, struct process *processes);

/* For who reads the source later on: with the object's real name, and no file that is gone then. */
void unit_make_lasting_command(struct unit *, struct strvec *argv);

/* What libclang is asked: unit_make_facts before, then facts_start. */
void unit_make_facts(struct unit *);

/* A private file for a target, by its index: the object (".o"), what it depends on (".d"). */
const char *unit_file(struct unit *, size_t target, const char *extension);

void unit_release_processes(struct unit *);

/* What the compiler did. */
bool unit_compiles(const struct unit *, size_t target);

/* The names of the targets that did (or did not) compile, with ',' between. */
const char *unit_name_targets(struct unit *, bool compiled);

/* What is only declared in the slice, and asked for; NULL: nothing. */
const char *unit_find_lacking(struct unit *);

/* 0, or -1 after an error that says which targets it does not compile for. */
int unit_check(struct unit *);

/* With a slice alone: 0, or -1 after an error when the slice is not enough. */
int unit_check_lacking(struct unit *);

/* The object that was made with a slice, and the one of now. 0, or -1 after errors for what they
 * do otherwise. */
int unit_compare(struct unit *, const struct target *, struct bytes before);

#endif
