/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pair COUNT NAME COMMAND... :: COMMAND...
 *
 * Runs two sides in turn, COUNT times each after one run that does not count, and prints the median
 * of each and the ratio of the medians, with the quartiles of the ratio of the pairs. A side is one
 * command or several, which run one after the other with "," between them. What they print goes to
 * a file, as a user would keep it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static const char *const output = "pair.out";

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void run(char **argv)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;
	int status;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output,
					 O_WRONLY | O_CREAT | O_TRUNC, 0666);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ))
		fail(argv[0]);
	if (waitpid(pid, &status, 0) != pid || status) {
		fprintf(stderr, "pair: '%s' fails\n", argv[0]);
		exit(1);
	}
	posix_spawn_file_actions_destroy(&actions);
}

/* Milliseconds for all commands of a side, whose words end in NULL; "," stands between commands. */
static double measure(char **words)
{
	struct timespec start, end;

	clock_gettime(CLOCK_MONOTONIC, &start);
	while (*words) {
		char **next = words;

		while (*next && strcmp(*next, ",") != 0)
			next++;
		if (*next) {
			*next = NULL;
			run(words);
			*next = (char *)",";
			words = next + 1;
		} else {
			run(words);
			words = next;
		}
	}
	clock_gettime(CLOCK_MONOTONIC, &end);
	return (double)(end.tv_sec - start.tv_sec) * 1e3 +
	       (double)(end.tv_nsec - start.tv_nsec) / 1e6;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double quantile(double *values, int count, double part)
{
	qsort(values, (size_t)count, sizeof(*values), compare);
	return values[(int)(part * (count - 1) + 0.5)];
}

int main(int argc, char **argv)
{
	int count = argc > 1 ? atoi(argv[1]) : 0, middle = 3;
	double *a, *b, *ratios;

	while (middle < argc && strcmp(argv[middle], "::") != 0)
		middle++;
	if (count < 1 || middle + 1 >= argc) {
		fprintf(stderr, "usage: pair COUNT NAME COMMAND... :: COMMAND...\n");
		return 2;
	}
	argv[middle] = NULL;
	a = calloc((size_t)count, sizeof(*a));
	b = calloc((size_t)count, sizeof(*b));
	ratios = calloc((size_t)count, sizeof(*ratios));
	if (!a || !b || !ratios)
		fail("pair");
	for (int i = -1; i < count; i++) {
		double x = measure(argv + 3), y = measure(argv + middle + 1);

		if (i < 0)
			continue;
		a[i] = x;
		b[i] = y;
		ratios[i] = x / y;
	}
	printf("%-44s %9.2f %9.2f %7.2f   %.2f-%.2f\n", argv[2], quantile(a, count, 0.5),
	       quantile(b, count, 0.5), quantile(a, count, 0.5) / quantile(b, count, 0.5),
	       quantile(ratios, count, 0.25), quantile(ratios, count, 0.75));
	unlink(output);
	return 0;
}
