/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execs: shows each program that is started on this machine, and in the end how often each command
 * was. The BPF side is in execs.bpf.c; execs.skel.h is made from it by bpfbake and holds the
 * bytecode too, so that the program is a single file.
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "execs.skel.h"

/* The exit status that test runners take for "this machine cannot do it". */
#define EXIT_CANNOT 77

struct options {
	unsigned long max_events, max_seconds; /* 0: no limit */
	unsigned long uid;
	bool has_uid, show_counts;
};

struct printer {
	const struct options *options;
	unsigned long shown;
};

static volatile sig_atomic_t is_stopped;

static void stop(int signal)
{
	(void)signal;
	is_stopped = 1;
}

static void usage(FILE *to)
{
	fputs("Usage: execs [-n EVENTS] [-t SECONDS] [-u UID] [-c]\n"
	      "Shows each program that is started.\n"
	      "  -n EVENTS   end after as many events\n"
	      "  -t SECONDS  end after as many seconds\n"
	      "  -u UID      only programs of this user\n"
	      "  -c          in the end, print how often each command was started\n",
	      to);
}

static unsigned long read_number(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text || *end || text[0] == '-') {
		fprintf(stderr, "execs: '%s' is no number\n", text);
		exit(2);
	}
	return number;
}

static struct options read_options(int argc, char **argv)
{
	struct options options = {0};
	int option;

	while ((option = getopt(argc, argv, "n:t:u:ch")) != -1) {
		switch (option) {
		case 'n':
			options.max_events = read_number(optarg);
			break;
		case 't':
			options.max_seconds = read_number(optarg);
			break;
		case 'u':
			options.uid = read_number(optarg);
			options.has_uid = true;
			break;
		case 'c':
			options.show_counts = true;
			break;
		case 'h':
			usage(stdout);
			exit(0);
		default:
			usage(stderr);
			exit(2);
		}
	}
	return options;
}

/* The arguments as one line: whatever could disturb a terminal becomes a '?'. */
static void print_args(const struct execs__event *event)
{
	for (size_t i = 0; i + 1 < event->args_size && i < sizeof(event->args); i++) {
		unsigned char c = (unsigned char)event->args[i];

		putchar(!c ? ' ' : c < ' ' || c == 0x7f ? '?' : c);
	}
	putchar('\n');
}

static int on_event(void *context, const struct execs__event *event, size_t size)
{
	struct printer *printer = context;

	(void)size;
	printf("%7u %7u %6u %-15.*s ", event->pid, event->parent, event->uid,
	       (int)sizeof(event->command), event->command);
	print_args(event);
	fflush(stdout);
	printer->shown++;
	/* A negative value ends the poll at once. */
	return printer->shown == printer->options->max_events ? -ECANCELED : 0;
}

static int print_count(void *context, const struct execs__command *command, const __u64 *times)
{
	(void)context;
	printf("%7" PRIu64 " %.*s\n", (uint64_t)*times, (int)sizeof(command->name), command->name);
	return 0;
}

static void print_counts(const struct execs *skel)
{
	printf("\n%7s command\n", "times");
	execs__counts__for_each(skel, print_count, NULL);
}

static int poll_events(struct execs *skel, struct printer *printer)
{
	struct ring_buffer *events = execs__events__ring_buffer(skel, on_event, printer);
	time_t end = time(NULL) + (time_t)printer->options->max_seconds;
	int result = 0;

	if (!events)
		return -errno;
	while (!is_stopped && result >= 0) {
		if (printer->options->max_seconds && time(NULL) >= end)
			break;
		result = ring_buffer__poll(events, 100 /* ms */);
	}
	ring_buffer__free(events);
	return result == -ECANCELED || result == -EINTR || result >= 0 ? 0 : result;
}

/* Returns the exit status. */
static int fail(const struct execs *skel, int error)
{
	execs__report(skel, stderr);
	return error == EPERM ? EXIT_CANNOT : 1;
}

int main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	struct printer printer = {.options = &options};
	struct execs *skel;
	int error;

	signal(SIGINT, stop);
	signal(SIGTERM, stop);
	/* What libbpf would say is in the report. */
	libbpf_set_print(NULL);
	skel = execs__open();
	if (!skel)
		return fail(NULL, errno);
	if (options.has_uid)
		skel->rodata->only_uid = (__u32)options.uid;
	error = execs__load(skel);
	if (!error)
		error = execs__attach(skel);
	if (error) {
		error = fail(skel, -error);
		execs__destroy(skel);
		return error;
	}
	printf("%7s %7s %6s %-15s %s\n", "pid", "parent", "uid", "command", "arguments");
	fflush(stdout);
	error = poll_events(skel, &printer);
	if (!error && options.show_counts)
		print_counts(skel);
	if (error)
		fprintf(stderr, "execs: cannot read the events: %s\n", strerror(-error));
	if (skel->bss->lost)
		fprintf(stderr, "execs: %llu events were lost\n",
			(unsigned long long)skel->bss->lost);
	execs__destroy(skel);
	return error ? 1 : 0;
}
