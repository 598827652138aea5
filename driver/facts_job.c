/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts_job.h"

#include <signal.h>

static void *run(void *argument)
{
	struct facts_job *job = argument;

	job->has_library = clang_library_load(&job->library, &job->arena, &job->search);
	if (job->has_library)
		job->has_facts = source_facts_read(&job->facts, &job->arena, &job->query);
	return NULL;
}

void facts_job_start(struct facts_job *job)
{
	sigset_t all, before;

	job->query.library = &job->library;
	job->query.flags = &job->flags;
	/* A thread inherits what is blocked: signals are for the one that waits for compilers. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	job->is_running = pthread_create(&job->thread, NULL, run, job) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void facts_job_finish(struct facts_job *job)
{
	if (job->is_running)
		pthread_join(job->thread, NULL);
	job->is_running = false;
}

void facts_job_report(const struct facts_job *job, struct diag *diag)
{
	const char *less = job->query.events_only
				   ? "events have no type but those that -event names"
				   : "the header has no constants, no comments, and no types of "
				     "events but those that -event names";

	if (!job->has_library)
		diag_note(diag, NULL,
			  "no libclang: %s; install it (Debian: apt-get install libclang1-%d) or "
			  "name its file with BPFBAKE_LIBCLANG",
			  less, clang_library_version(&job->search));
	else if (!job->has_facts)
		diag_note(diag, job->query.path, "libclang cannot parse it: %s", less);
	else if (job->facts.error)
		diag_note(diag, job->facts.error_place,
			  "libclang does not understand it as the compiler did (%s); constants, "
			  "comments or types of events may be missing",
			  job->facts.error);
}
