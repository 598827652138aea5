/* SPDX-License-Identifier: BSD-2-Clause */
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "interrupt.h"
#include "process.h"

static void release(struct process *processes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		strbuf_release(&processes[i].output);
		strbuf_release(&processes[i].messages);
	}
}

static void outputs_are_kept_apart(void **state)
{
	const char *argv[4][4] = {{"sh", "-c", "echo out; echo err >&2", NULL},
				  {"sh", "-c", "exit 3", NULL},
				  {"sh", "-c", "kill -9 $$", NULL},
				  {"/none/such", NULL}};
	struct process processes[4];
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		processes[i] = (struct process)PROCESS_INIT;
		processes[i].argv = (char *const *)argv[i];
	}
	assert_int_equal(process_run_all(processes, 4, 2), 0);
	assert_string_equal(processes[0].output.text, "out\n");
	assert_string_equal(processes[0].messages.text, "err\n");
	assert_null(process_failure(&processes[0], &text));
	assert_string_equal(process_failure(&processes[1], &text), "ended with status 3");
	strbuf_truncate(&text, 0);
	assert_contains(process_failure(&processes[2], &text), "was killed by signal 9");
	strbuf_truncate(&text, 0);
	assert_contains(process_failure(&processes[3], &text), "cannot be started: No such file");
	strbuf_release(&text);
	release(processes, 4);
}

static void a_megabyte_on_both_ends_blocks_nothing(void **state)
{
	const char *argv[] = {"sh", "-c",
			      "head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2", NULL};
	struct process process = PROCESS_INIT;

	(void)state;
	process.argv = (char *const *)argv;
	assert_int_equal(process_run_all(&process, 1, 1), 0);
	assert_int_equal(process.output.length, 1000000);
	assert_int_equal(process.messages.length, 1000000);
	release(&process, 1);
}

static void no_more_than_asked_run_at_once(void **state)
{
	/* Each notes its start and its end; in between no other may be there with -j 1. */
	const char *argv[] = {"sh", "-c",
			      "mkdir /tmp/bpfbake-test-lock || exit 9; sleep 0.02; "
			      "rmdir /tmp/bpfbake-test-lock",
			      NULL};
	struct process processes[8];
	struct strbuf text = STRBUF_INIT;

	(void)state;
	for (size_t i = 0; i < 8; i++) {
		processes[i] = (struct process)PROCESS_INIT;
		processes[i].argv = (char *const *)argv;
	}
	assert_int_equal(process_run_all(processes, 8, 1), 0);
	for (size_t i = 0; i < 8; i++)
		assert_null(process_failure(&processes[i], &text));
	strbuf_release(&text);
	release(processes, 8);
}

/* In a child of its own: the signal ends it once it is released. */
static void run_interrupted(void)
{
	const char *argv[] = {"sh", "-c", "kill -INT $PPID; sleep 30", NULL};
	struct process process = PROCESS_INIT;
	int signal;

	interrupt_hold();
	process.argv = (char *const *)argv;
	signal = process_run_all(&process, 1, 1);
	if (signal != SIGINT || !interrupt_pending() || waitpid(-1, NULL, WNOHANG) != -1)
		_exit(1);
	interrupt_release();
	_exit(2);
}

static void a_signal_ends_the_children_and_then_the_process(void **state)
{
	time_t start = time(NULL);
	pid_t pid = fork();
	int status;

	(void)state;
	if (!pid)
		run_interrupted();
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGINT);
	assert_true(time(NULL) - start < 20);
}

struct seen {
	size_t n_looks, last, count;
};

static void see(void *context, size_t n_done, size_t count)
{
	struct seen *seen = context;

	assert_true(n_done >= seen->last);
	seen->n_looks++;
	seen->last = n_done;
	seen->count = count;
}

static void a_watcher_is_told_and_times_are_taken(void **state)
{
	const char *argv[3][4] = {
		{"sh", "-c", "exit", NULL}, {"sleep", "0.5", NULL}, {"/none/such", NULL}};
	struct process processes[3];
	struct seen seen = {0};
	struct process_watcher watcher = {.look = see, .context = &seen, .interval = 20};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		processes[i] = (struct process)PROCESS_INIT;
		processes[i].argv = (char *const *)argv[i];
	}
	assert_int_equal(process_run_watched(processes, 3, 2, &watcher), 0);
	assert_true(seen.n_looks >= 2);
	assert_int_equal(seen.last, 3);
	assert_int_equal(seen.count, 3);
	assert_true(processes[0].milliseconds >= 0);
	assert_true(processes[1].milliseconds >= 500);
	assert_int_equal(processes[2].milliseconds, 0);
	release(processes, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(outputs_are_kept_apart),
		cmocka_unit_test(a_megabyte_on_both_ends_blocks_nothing),
		cmocka_unit_test(no_more_than_asked_run_at_once),
		cmocka_unit_test(a_watcher_is_told_and_times_are_taken),
		cmocka_unit_test(a_signal_ends_the_children_and_then_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
