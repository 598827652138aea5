/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * packets: shows who sends packets to an interface, once a second. The BPF side is in
 * packets.bpf.c; packets.skel.h is made from it by bpfbake and holds the bytecode too, so that the
 * program is a single file.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "packets.skel.h"

/* The exit status that test runners take for "this machine cannot do it". */
#define EXIT_CANNOT 77

struct options {
	const char *interface;
	int ifindex;
	unsigned long rounds; /* 0: no limit */
	__u32 xdp_flags;
};

struct row {
	struct packets__source source;
	struct packets__traffic traffic;
};

struct table {
	struct row rows[packets__MAX_SOURCES];
	size_t count;
};

static volatile sig_atomic_t is_stopped;

static void stop(int signal)
{
	(void)signal;
	is_stopped = 1;
}

static void usage(FILE *to)
{
	fputs("Usage: packets [-n ROUNDS] [-s] INTERFACE\n"
	      "Shows who sends packets to an interface, once a second.\n"
	      "  -n ROUNDS   end after as many seconds\n"
	      "  -s          in skb mode: for drivers that refuse XDP\n",
	      to);
}

static unsigned long read_number(const char *text)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text || *end || text[0] == '-') {
		fprintf(stderr, "packets: '%s' is no number\n", text);
		exit(2);
	}
	return number;
}

static struct options read_options(int argc, char **argv)
{
	struct options options = {0};
	int option;

	while ((option = getopt(argc, argv, "n:sh")) != -1) {
		switch (option) {
		case 'n':
			options.rounds = read_number(optarg);
			break;
		case 's':
			options.xdp_flags = XDP_FLAGS_SKB_MODE;
			break;
		case 'h':
			usage(stdout);
			exit(0);
		default:
			usage(stderr);
			exit(2);
		}
	}
	if (optind + 1 != argc) {
		usage(stderr);
		exit(2);
	}
	options.interface = argv[optind];
	options.ifindex = (int)if_nametoindex(options.interface);
	if (!options.ifindex) {
		fprintf(stderr, "packets: no interface '%s'\n", options.interface);
		exit(2);
	}
	return options;
}

static int add_row(void *context, const struct packets__source *source,
		   const struct packets__traffic *traffic)
{
	struct table *table = context;

	if (table->count < packets__MAX_SOURCES)
		table->rows[table->count++] = (struct row){*source, *traffic};
	return 0;
}

static int by_packets(const void *left, const void *right)
{
	__u64 a = ((const struct row *)left)->traffic.packets;
	__u64 b = ((const struct row *)right)->traffic.packets;

	return (a < b) - (a > b);
}

static void print_row(const struct row *row)
{
	char text[INET6_ADDRSTRLEN] = "";
	struct in6_addr address;

	memcpy(&address, row->source.words, sizeof(address));
	if (IN6_IS_ADDR_V4MAPPED(&address))
		inet_ntop(AF_INET, &row->source.words[3], text, sizeof(text));
	else
		inet_ntop(AF_INET6, &address, text, sizeof(text));
	printf("%-39s %12" PRIu64 " %15" PRIu64 "\n", text, (uint64_t)row->traffic.packets,
	       (uint64_t)row->traffic.bytes);
}

/* Those who sent most come first; while many come and go, some may be left out. */
static void print_table(const struct packets *skel, const char *title)
{
	static struct table table;
	__u64 others = packets__others__get(skel);

	table.count = 0;
	packets__sources__for_each(skel, add_row, &table);
	qsort(table.rows, table.count, sizeof(table.rows[0]), by_packets);
	printf("\n%-39s %12s %15s\n", title, "packets", "bytes");
	for (size_t i = 0; i < table.count; i++)
		print_row(&table.rows[i]);
	if (others)
		printf("%-39s %12" PRIu64 "\n", "neither IPv4 nor IPv6", (uint64_t)others);
	fflush(stdout);
}

static void print_rounds(const struct packets *skel, const struct options *options)
{
	for (unsigned long round = 0; !options->rounds || round < options->rounds; round++) {
		/* A signal ends it. */
		sleep(1);
		if (is_stopped)
			break;
		print_table(skel, "source");
	}
}

/* Returns 0 or a negative errno, as functions of the header do. */
static int load_and_attach(struct packets *skel, const struct options *options)
{
	int error = packets__load(skel);

	return error ? error : packets__count__attach(skel, options->ifindex, options->xdp_flags);
}

int main(int argc, char **argv)
{
	struct options options = read_options(argc, argv);
	struct packets *skel;
	int error;

	signal(SIGINT, stop);
	signal(SIGTERM, stop);
	/* What libbpf would say is in the report. */
	libbpf_set_print(NULL);
	skel = packets__open();
	error = skel ? load_and_attach(skel, &options) : -errno;
	if (error) {
		packets__report(skel, stderr);
		packets__destroy(skel);
		return error == -EPERM ? EXIT_CANNOT : 1;
	}
	printf("packets that come to %s; Ctrl-C ends it\n", options.interface);
	fflush(stdout);
	print_rounds(skel, &options);
	/* What comes from now on is not in the last table. */
	error = packets__count__detach(skel);
	print_table(skel, "in all, by source");
	if (error)
		fprintf(stderr, "packets: the program stays at %s: %s\n", options.interface,
			strerror(-error));
	packets__destroy(skel);
	return error ? 1 : 0;
}
