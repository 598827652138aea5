/* SPDX-License-Identifier: BSD-2-Clause */
/* What jobs need besides BPF: to say what a machine lacks, and a network of their own. */
#ifndef TESTS_KERNEL_JOBS_JOBS_H
#define TESTS_KERNEL_JOBS_JOBS_H

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "../kernel.h"

/* Ends the test with 77: the machine has none of these; error is a negative errno. */
static inline void skip_without(const char *what, int error)
{
	printf("SKIP: no %s here (%s)\n", what, strerror(-error));
	exit(77);
}

/* For what the verifier checks by the kernel's types. */
static inline void need_kernel_btf(void)
{
	if (access("/sys/kernel/btf/vmlinux", R_OK))
		skip_without("BTF of the kernel", -errno);
}

/* Goes to a network namespace of its own; returns the index of its loopback, which is up. */
static inline int enter_network(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int fd;

	if (unshare(CLONE_NEWNET))
		skip_without("network namespaces", -errno);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	CHECK(fd >= 0 && !ioctl(fd, SIOCSIFFLAGS, &request) && !close(fd));
	return (int)if_nametoindex("lo");
}

/* A socket for datagrams at an address of the loopback; recv waits for 5 seconds at most. */
static inline int open_datagrams(const char *address, unsigned short port)
{
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
	const struct timeval patience = {.tv_sec = 5};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	CHECK(fd >= 0 && inet_aton(address, &here.sin_addr));
	CHECK(!bind(fd, (struct sockaddr *)&here, sizeof(here)));
	CHECK(!setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)));
	return fd;
}

/* A text as a datagram to 127.0.0.1. */
static inline void send_text(int fd, unsigned short port, const char *text)
{
	const struct sockaddr_in there = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr = {htonl(INADDR_LOOPBACK)},
	};

	CHECK(sendto(fd, text, strlen(text), 0, (const struct sockaddr *)&there, sizeof(there)) ==
	      (ssize_t)strlen(text));
}

/* Takes the next datagram, which is that text. */
static inline void receive_text(int fd, const char *text)
{
	char received[64];

	CHECK(recv(fd, received, sizeof(received), 0) == (ssize_t)strlen(text));
	CHECK(!memcmp(received, text, strlen(text)));
}

#endif
