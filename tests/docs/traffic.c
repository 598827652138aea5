/* SPDX-License-Identifier: BSD-2-Clause */
/* traffic PROGRAM WORD...: runs it, and lets three datagrams of ten bytes come from 127.0.0.1 on lo
 * while it runs. In a network namespace of its own, whose lo it turns on. */
#include <arpa/inet.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	struct ifreq lo = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), status = 1;
	pid_t child;

	if (argc < 2 || fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		return 2;
	child = fork();
	if (!child) {
		execv(argv[1], argv + 1);
		_exit(3);
	}
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	usleep(500000);
	for (int i = 0; i < 3; i++)
		if (sendto(fd, "0123456789", 10, 0, (struct sockaddr *)&to, sizeof(to)) != 10)
			return 2;
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}
