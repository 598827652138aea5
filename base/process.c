/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One loop over the pipes of all children and a signalfd. A child's end is its SIGCHLD, not the end
 * of its pipes: a grandchild that outlives it (the server of a compiler cache) may keep those open.
 * What is in the pipes by then is read without waiting.
 *
 * Two children in flight at once are the rule, so the table of pipes is built anew for each poll.
 */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bug.h"
#include "interrupt.h"
#include "undo.h"

/* How long children have to end after SIGTERM. */
#define GRACE_MILLISECONDS 2000

#define READ_SIZE 16384

extern char **environ;

struct child {
	struct process *process;
	long long started;    /* as milliseconds() has it */
	pid_t pid;            /* 0: none in this slot */
	int output, messages; /* read ends; -1: at their end */
};

struct pool {
	struct child *children;
	size_t n_slots, n_running;
	int signals; /* a signalfd */
	int interrupted_by;
	struct undo undo;
};

static void close_pipe(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static long long milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Two pipes whose read ends do not block. 0 or a negative errno. */
static int open_pipes(int output[2], int messages[2])
{
	if (pipe2(output, O_CLOEXEC))
		return -errno;
	if (pipe2(messages, O_CLOEXEC)) {
		int error = -errno;

		close(output[0]);
		close(output[1]);
		return error;
	}
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	fcntl(messages[0], F_SETFL, O_NONBLOCK);
	return 0;
}

static void make_actions(posix_spawn_file_actions_t *actions, int output, int messages)
{
	if (posix_spawn_file_actions_init(actions) ||
	    posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) ||
	    posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO) ||
	    posix_spawn_file_actions_adddup2(actions, messages, STDERR_FILENO))
		bug_out_of_memory();
}

static int spawn(struct child *child, char *const *argv, int output, int messages)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int error;

	make_actions(&actions, output, messages);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setpgroup(&attributes, 0);
	posix_spawnattr_setsigmask(&attributes, interrupt_original_mask());
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
	error = posix_spawnp(&child->pid, argv[0], &actions, &attributes, argv, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (error)
		child->pid = 0;
	if (error == ENOMEM)
		bug_out_of_memory();
	return -error;
}

static int start(struct child *child, struct process *process)
{
	int output[2], messages[2], error = open_pipes(output, messages);

	if (error)
		return error;
	child->started = milliseconds();
	error = spawn(child, process->argv, output[1], messages[1]);
	close(output[1]);
	close(messages[1]);
	child->process = process;
	child->output = output[0];
	child->messages = messages[0];
	if (error) {
		close_pipe(&child->output);
		close_pipe(&child->messages);
	}
	return error;
}

/* Reads what there is; closes the pipe at its end. */
static void drain(int *fd, struct strbuf *buffer)
{
	while (*fd >= 0) {
		char *room = strbuf_reserve(buffer, READ_SIZE);
		ssize_t n = read(*fd, room, READ_SIZE);

		if (n > 0) {
			buffer->length += (size_t)n;
			buffer->text[buffer->length] = '\0';
		} else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
			close_pipe(fd);
		} else if (errno == EAGAIN) {
			return;
		}
	}
}

static void finish(struct pool *pool, struct child *child)
{
	drain(&child->output, &child->process->output);
	drain(&child->messages, &child->process->messages);
	close_pipe(&child->output);
	close_pipe(&child->messages);
	child->process->milliseconds = milliseconds() - child->started;
	child->pid = 0;
	pool->n_running--;
}

static void reap(struct pool *pool)
{
	for (size_t i = 0; i < pool->n_slots; i++) {
		struct child *child = &pool->children[i];

		if (child->pid &&
		    waitpid(child->pid, &child->process->wait_status, WNOHANG) == child->pid)
			finish(pool, child);
	}
}

static void read_signals(struct pool *pool)
{
	struct signalfd_siginfo info;

	while (read(pool->signals, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo != SIGCHLD)
			pool->interrupted_by = (int)info.ssi_signo;
	}
}

/* Waits for something to happen, at most `timeout` milliseconds (-1: for ever), and handles it. */
static void step(struct pool *pool, struct pollfd *polled, int timeout)
{
	size_t n = 0;

	polled[n++] = (struct pollfd){.fd = pool->signals, .events = POLLIN};
	for (size_t i = 0; i < pool->n_slots; i++) {
		struct child *child = &pool->children[i];

		/* poll passes over negative descriptors. */
		polled[n++] =
			(struct pollfd){.fd = child->pid ? child->output : -1, .events = POLLIN};
		polled[n++] =
			(struct pollfd){.fd = child->pid ? child->messages : -1, .events = POLLIN};
	}
	if (poll(polled, (nfds_t)n, timeout) < 0)
		return;
	for (size_t i = 0; i < pool->n_slots; i++) {
		struct child *child = &pool->children[i];

		if (!child->pid)
			continue;
		drain(&child->output, &child->process->output);
		drain(&child->messages, &child->process->messages);
	}
	read_signals(pool);
	reap(pool);
}

static void signal_all(const struct pool *pool, int signal)
{
	for (size_t i = 0; i < pool->n_slots; i++) {
		if (pool->children[i].pid)
			kill(-pool->children[i].pid, signal);
	}
}

static void end_all(struct pool *pool, struct pollfd *polled)
{
	long long deadline = milliseconds() + GRACE_MILLISECONDS, left;

	signal_all(pool, SIGTERM);
	while (pool->n_running && (left = deadline - milliseconds()) > 0)
		step(pool, polled, (int)left);
	signal_all(pool, SIGKILL);
	while (pool->n_running)
		step(pool, polled, GRACE_MILLISECONDS);
}

/* No memory is left: at once, and without a look at what they say. */
static void kill_all(void *context)
{
	struct pool *pool = context;

	signal_all(pool, SIGKILL);
	for (size_t i = 0; i < pool->n_slots; i++) {
		if (pool->children[i].pid)
			waitpid(pool->children[i].pid, NULL, 0);
	}
}

static void fill_slots(struct pool *pool, struct process *processes, size_t count, size_t *next)
{
	for (size_t i = 0; i < pool->n_slots && *next < count; i++) {
		struct process *process = &processes[*next];

		if (pool->children[i].pid)
			continue;
		(*next)++;
		process->error = start(&pool->children[i], process);
		if (process->error)
			i--; /* the slot is still free */
		else
			pool->n_running++;
	}
}

static void run(struct pool *pool, struct process *processes, size_t count,
		const struct process_watcher *watcher)
{
	struct pollfd *polled = calloc(2 * pool->n_slots + 1, sizeof(*polled));
	size_t next = 0;

	if (!polled)
		bug_out_of_memory();
	fill_slots(pool, processes, count, &next);
	while (pool->n_running && !pool->interrupted_by) {
		step(pool, polled, watcher ? watcher->interval : -1);
		if (!pool->interrupted_by)
			fill_slots(pool, processes, count, &next);
		if (watcher)
			watcher->look(watcher->context, next - pool->n_running, count);
	}
	end_all(pool, polled);
	for (; next < count; next++)
		processes[next].error = -ECANCELED;
	free(polled);
}

int process_run_watched(struct process *processes, size_t count, size_t parallel,
			const struct process_watcher *watcher)
{
	struct pool pool = {.n_slots = parallel < count ? parallel : count};
	sigset_t watched, before;

	if (!count)
		return 0;
	pool.children = calloc(pool.n_slots, sizeof(*pool.children));
	if (!pool.children)
		bug_out_of_memory();
	interrupt_hold();
	watched = *interrupt_signals();
	sigaddset(&watched, SIGCHLD);
	sigprocmask(SIG_BLOCK, &watched, &before);
	pool.undo = (struct undo){.run = kill_all, .context = &pool};
	undo_push(&pool.undo);
	pool.signals = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
	if (pool.signals < 0)
		bug_out_of_memory();
	run(&pool, processes, count, watcher);
	undo_pop(&pool.undo);
	close(pool.signals);
	sigprocmask(SIG_SETMASK, &before, NULL);
	/* What the signalfd took must reach the process once the caller has cleaned up. */
	if (pool.interrupted_by)
		raise(pool.interrupted_by);
	interrupt_release();
	free(pool.children);
	return pool.interrupted_by;
}

int process_run_all(struct process *processes, size_t count, size_t parallel)
{
	return process_run_watched(processes, count, parallel, NULL);
}

const char *process_failure(const struct process *process, struct strbuf *text)
{
	int status = process->wait_status;

	if (process->error)
		strbuf_add_format(text, "cannot be started: %s", strerror(-process->error));
	else if (WIFSIGNALED(status))
		strbuf_add_format(text, "was killed by signal %d (%s)", WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		strbuf_add_format(text, "ended with status %d", WEXITSTATUS(status));
	else
		return NULL;
	return text->text;
}
