/* SPDX-License-Identifier: BSD-2-Clause */
/* example_packets PROGRAM: the example, on the loopback of a network of the test's own, counts what
 * is sent. */
#define _GNU_SOURCE
#include <linux/if_link.h>
#include <signal.h>
#include <sys/wait.h>

#include "jobs/jobs.h"

static int loopback;

struct example {
	pid_t pid;
	FILE *output;
};

/* Comes back when it has attached its program. */
static struct example start(const char *path, const char *mode, const char *rounds)
{
	struct example example = {0};
	char line[128];
	int ends[2];

	CHECK(!pipe(ends));
	example.pid = fork();
	if (example.pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		_exit(execl(path, path, "-n", rounds, "lo", mode, NULL));
	}
	CHECK(example.pid > 0 && !close(ends[1]));
	example.output = fdopen(ends[0], "r");
	CHECK(example.output && fgets(line, sizeof(line), example.output));
	return example;
}

/* The numbers that stand behind a source in the last table. */
static void read_last(FILE *output, const char *source, long long *packets, long long *bytes)
{
	char line[128], name[64];

	while (fgets(line, sizeof(line), output)) {
		long long numbers[2];

		if (sscanf(line, "%63s %lld %lld", name, &numbers[0], &numbers[1]) != 3 ||
		    strcmp(name, source))
			continue;
		*packets = numbers[0];
		*bytes = numbers[1];
	}
}

static void send_datagrams(const char *source, int count)
{
	int sender = open_datagrams(source, 0), receiver = open_datagrams("127.0.0.1", 7000);

	for (int i = 0; i < count; i++) {
		send_text(sender, 7000, "ten bytes!");
		receive_text(receiver, "ten bytes!");
	}
	CHECK(!close(sender) && !close(receiver));
}

static void check_end(const struct example *example)
{
	__u32 id = 1;
	int status = 1;

	CHECK(!fclose(example->output));
	CHECK(waitpid(example->pid, &status, 0) == example->pid);
	EQUAL(status, 0);
	CHECK(!bpf_xdp_query_id(loopback, 0, &id));
	EQUAL(id, 0);
}

static void count_rounds(const char *path, const char *mode)
{
	struct example example = start(path, mode, "1");
	long long packets = 0, bytes = 0;
	__u32 id = 0;

	CHECK(!bpf_xdp_query_id(loopback, 0, &id) && id);
	send_datagrams("127.0.0.2", 5);
	send_datagrams("127.0.0.3", 2);
	read_last(example.output, "127.0.0.2", &packets, &bytes);
	EQUAL(packets, 5);
	EQUAL(bytes, 5 * (14 + 20 + 8 + 10));
	check_end(&example);
}

static void end_by_a_signal(const char *path)
{
	struct example example = start(path, "-s", "1000");
	long long packets = 0, bytes = 0;

	send_datagrams("127.0.0.4", 3);
	CHECK(!kill(example.pid, SIGINT));
	read_last(example.output, "127.0.0.4", &packets, &bytes);
	EQUAL(packets, 3);
	check_end(&example);
}

int main(int argc, char **argv)
{
	CHECK(argc == 2);
	need_bpf();
	loopback = enter_network();
	RUN(count_rounds, argv[1], "-s");
	RUN(count_rounds, argv[1], NULL);
	RUN(end_by_a_signal, argv[1]);
	return end_of_test();
}
