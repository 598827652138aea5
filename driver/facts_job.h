/* SPDX-License-Identifier: BSD-2-Clause */
/* libclang's look at the source, in a thread beside the compilers. */
#ifndef DRIVER_FACTS_JOB_H
#define DRIVER_FACTS_JOB_H

#include <pthread.h>

#include "diag.h"
#include "source_facts.h"

struct facts_job {
	struct arena arena; /* of the thread alone; lives as long as the facts */
	struct strvec flags;
	struct source_query query;
	struct clang_library library;
	struct source_facts facts;
	pthread_t thread;
	int major; /* version of the compiler */
	bool is_running, has_library, has_facts;
};

/* Starts it; `flags` are clang's, from the job's arena. Without a thread nothing is found. */
void facts_job_start(struct facts_job *, const char *path, int major);

/* Waits for it: the facts, or NULL with a note of why there are none. */
const struct source_facts *facts_job_finish(struct facts_job *, struct diag *);

#endif
