/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of `bpfbake [build]`, read and checked. */
#ifndef DRIVER_BUILD_OPTIONS_H
#define DRIVER_BUILD_OPTIONS_H

#include <stdbool.h>

#include "header.h"
#include "options.h"
#include "targets.h"

/* -lean */
enum lean_mode {
	LEAN_AUTO,
	LEAN_OFF,
	LEAN_ONLY,
	LEAN_VERIFY,
};

struct build_options {
	/* As given. */
	const char *cc, *cflags, *target, *optional, *strip, *makebase, *output_stem,
		*output_suffix, *output_dir, *embed, *compile_commands, *lean, *vmlinux;
	const char *tags, *go_package, *depfile, *type_prefix, *template_file, *template_output;
	struct strvec types, events, btfs;
	bool check, split, compress, light, no_strip, no_global_types, no_constants, no_accessors,
		no_sys_include, verbose, dry_run, help, version;
	unsigned jobs;

	/* What follows from it. */
	const char *name;                /* IDENT */
	struct strvec sources;           /* C files, or objects */
	bool is_prebuilt;                /* the sources are objects */
	struct strvec compiler;          /* the words of -cc */
	struct strvec cflag_words, rest; /* of -cflags, and behind "--" */
	struct target_list targets;      /* none when the sources are objects */
	const char *condition;           /* of -tags, or NULL */
	enum header_embed embed_kind;    /* of -embed */
	enum lean_mode lean_mode;        /* of -lean */
	const char *stem;                /* of the outputs: directory, stem */
};

extern const struct option_table build_option_table;

/* 0, or -1 after an error. With -help or -version nothing else is checked. */
int build_options_read(struct build_options *, struct arena *, struct diag *, char *const *argv);

/* The name of an output: <stem>[_<target suffix>]<output suffix><extension>. */
const char *build_output_path(const struct build_options *, struct arena *, const char *target,
			      const char *extension);

#endif
