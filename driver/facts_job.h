/* SPDX-License-Identifier: BSD-2-Clause */
/* libclang's look at the source as one target sees it, in a thread beside the compilers. */
#ifndef DRIVER_FACTS_JOB_H
#define DRIVER_FACTS_JOB_H

#include <pthread.h>

#include "diag.h"
#include "source_facts.h"

struct facts_job {
	/* Set before it starts; the library is the job's own to fill. */
	struct clang_search search;
	struct source_query query;

	struct arena arena; /* of the thread alone; lives as long as the facts */
	struct strvec flags;
	struct clang_library library;
	struct source_facts facts;
	pthread_t thread;
	bool is_running, has_library, has_facts;
};

/* Starts it. Without a thread nothing is found. */
void facts_job_start(struct facts_job *);

/* Waits for it. */
void facts_job_finish(struct facts_job *);

/* A note when it found less than there could be. Only when the compilers found nothing wrong. */
void facts_job_report(const struct facts_job *, struct diag *);

#endif
