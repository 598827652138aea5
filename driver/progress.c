/* SPDX-License-Identifier: BSD-2-Clause */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "terminal.h"
#include "words.h"

/* The line is written anew so often, and first after a second. */
#define INTERVAL 200
#define PATIENCE 1000

struct progress {
	const char *what;
	struct timespec start;
	bool is_shown;
};

static void look(void *context, size_t n_done, size_t count)
{
	struct progress *progress = context;
	struct timespec now;
	long long passed;

	clock_gettime(CLOCK_MONOTONIC, &now);
	passed = (now.tv_sec - progress->start.tv_sec) * 1000LL +
		 (now.tv_nsec - progress->start.tv_nsec) / 1000000;
	if (passed < PATIENCE)
		return;
	progress->is_shown = true;
	fprintf(stderr, "\r\033[Kbpfbake: %.50s: %zu of %zu, %lld s", progress->what, n_done, count,
		passed / 1000);
}

/* As a line of a shell. */
static void show(const struct process *process)
{
	struct strbuf text = STRBUF_INIT;

	words_join(&text, process->argv);
	fprintf(stderr, "%s  # %lld.%03lld s\n", text.text, process->milliseconds / 1000,
		process->milliseconds % 1000);
	strbuf_release(&text);
}

int progress_run(struct session *session, const char *what, struct process *processes, size_t count,
		 size_t parallel)
{
	struct progress progress = {.what = what};
	struct process_watcher watcher = {.look = look, .context = &progress, .interval = INTERVAL};
	int result;

	clock_gettime(CLOCK_MONOTONIC, &progress.start);
	result = process_run_watched(processes, count, parallel,
				     terminal_has_control(STDERR_FILENO) ? &watcher : NULL);
	if (progress.is_shown)
		fputs("\r\033[K", stderr);
	for (size_t i = 0; i < count && session->is_verbose; i++)
		show(&processes[i]);
	return result;
}

void progress_show_messages(struct process *const *processes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct strbuf *text = &processes[i]->messages;
		bool is_new = true;

		for (size_t j = 0; j < i; j++)
			is_new &= strcmp(processes[j]->messages.text, text->text) != 0;
		if (is_new)
			fwrite(text->text, 1, text->length, stderr);
	}
}
