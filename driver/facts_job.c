/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts_job.h"

#include <signal.h>

static void *run(void *argument)
{
	struct facts_job *job = argument;

	job->has_library = clang_library_load(&job->library, &job->arena, job->major);
	if (job->has_library)
		job->has_facts = source_facts_read(&job->facts, &job->arena, &job->query);
	return NULL;
}

void facts_job_start(struct facts_job *job, const char *path, int major)
{
	sigset_t all, before;

	job->major = major;
	job->query = (struct source_query){
		.library = &job->library,
		.path = path,
		.flags = &job->flags,
		.wants_constants = true,
	};
	/* A thread inherits what is blocked: signals are for the one that waits for compilers. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	job->is_running = pthread_create(&job->thread, NULL, run, job) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

const struct source_facts *facts_job_finish(struct facts_job *job, struct diag *diag)
{
	if (!job->is_running)
		return NULL;
	pthread_join(job->thread, NULL);
	job->is_running = false;
	if (!job->has_library)
		diag_note(
			diag, NULL,
			"no libclang: the header has no constants and no comments; install it "
			"(Debian: apt-get install libclang1-14) or name it with BPFBAKE_LIBCLANG");
	else if (!job->has_facts)
		diag_note(diag, job->query.path,
			  "libclang cannot parse it: the header has no constants and no comments");
	return job->has_facts ? &job->facts : NULL;
}
