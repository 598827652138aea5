/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libclang's look at the source, in threads beside the compilers: one, or one for each target when
 * the source speaks of byte orders or architectures; none when nothing can come of it.
 */
#ifndef DRIVER_FACTS_H
#define DRIVER_FACTS_H

#include "build_options.h"
#include "diag.h"
#include "search.h"
#include "source_facts.h"

struct facts_search {
	/* Set before it starts. */
	struct arena *arena;
	const struct build_options *options;
	const struct search *search; /* the compiler's version and directories */
	const char *path;            /* of the source, as the command line names it */
	const char *source;          /* as clang is given it */
	const char *types;           /* the header in place of vmlinux.h, or NULL */

	struct source_text text;
	struct strvec wanted_types; /* that the options name */
	bool is_wanted;             /* there may be something to find */
	bool differ; /* two targets may not see the same: each is looked at. May be set, too */
	struct facts_job *jobs;
	size_t n_jobs;
};

/* Reads the source as text: what is worth asking. */
void facts_look(struct facts_search *);

/* After facts_look. */
void facts_start(struct facts_search *);

/* Waits for all of them. Also fine when none was started. */
void facts_finish(struct facts_search *);

/*
 * The facts of a target, by its index from 0 up; NULL where there are none. `object` is the
 * target's: when it lacks a type that the options name, or has an event that nothing names a type
 * of, the source is asked after all.
 */
const struct source_facts *facts_of(struct facts_search *, size_t target, struct bytes object);

/* A note when less was found than there could be. False when there is no libclang at all. */
bool facts_report(const struct facts_search *, struct diag *);

#endif
