/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage FILE COMMAND...: runs it with its standard output in the file, and prints its time in
 * milliseconds and its peak memory in MB: of several runs the one that took least, as other work on
 * the machine only adds to it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* At least so many runs, and for so many milliseconds. */
#define RUNS   3
#define ENOUGH 200

extern char **environ;

/* Milliseconds, or -1 where it fails. */
static double run(const char *output, char **argv, long *kilobytes)
{
	posix_spawn_file_actions_t actions;
	struct timespec start, end;
	struct rusage usage;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output,
					 O_WRONLY | O_CREAT | O_TRUNC, 0666);
	clock_gettime(CLOCK_MONOTONIC, &start);
	if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) ||
	    wait4(pid, &status, 0, &usage) != pid || status)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &end);
	posix_spawn_file_actions_destroy(&actions);
	*kilobytes = usage.ru_maxrss;
	return (double)(end.tv_sec - start.tv_sec) * 1e3 +
	       (double)(end.tv_nsec - start.tv_nsec) / 1e6;
}

int main(int argc, char **argv)
{
	double least = -1, sum = 0;
	long kilobytes = 0;

	if (argc < 3) {
		fprintf(stderr, "usage: usage FILE COMMAND...\n");
		return 2;
	}
	for (int i = 0; i < RUNS || sum < ENOUGH; i++) {
		double time = run(argv[1], argv + 2, &kilobytes);

		if (time < 0)
			return 1;
		sum += time;
		if (least < 0 || time < least)
			least = time;
	}
	printf("%.1f %.1f\n", least, (double)kilobytes / 1024);
	return 0;
}
