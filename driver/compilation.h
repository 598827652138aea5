/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sources compiled for every target, all in parallel, in a private directory: nothing of it is
 * an output yet.
 */
#ifndef DRIVER_COMPILATION_H
#define DRIVER_COMPILATION_H

#include "build_options.h"
#include "file.h"
#include "session.h"

struct compiled_source {
	const char *path;      /* as the command line names it */
	const char *directory; /* where its names are relative to */
	struct strvec command; /* for compile_commands.json: of the first target, without what is
				  private */
};

struct compiled_object {
	struct bytes bytes;
	struct bytes depfile; /* as clang wrote it */
};

struct compilation_result {
	const struct target *target;
	struct compiled_object *objects;  /* one a source, in their order */
	const struct source_facts *facts; /* what libclang found in the sources, or NULL */
};

struct compilation {
	struct compiled_source *sources;
	size_t n_sources;
	struct strvec own_files; /* that depfiles name, and their directories */
	const char *compiler;    /* "Debian clang version 14.0.6", or NULL */
	int compiler_major;      /* 14; 0: not known */
	struct strvec files;     /* that the compiler does not name, but the objects depend on */
	struct compilation_result *results; /* one a target that is not left out, in their order */
	size_t n_results;
};

/*
 * Runs the compiler (and the command of -strip) for each source and target. Signals must be held.
 * 0, or -1 after an error or an interruption. No file and no child is left in either case.
 */
int compilation_run(struct compilation *, struct session *, const struct build_options *);

/* Appends the commands that compilation_run would run, one a line. Runs nothing. */
int compilation_print(struct strbuf *, struct session *, const struct build_options *);

#endif
