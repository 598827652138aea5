/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first and only process of a guest: mounts what the tests look at, loads the modules in
 * /modules, runs each program in /tests, prints a line for one that ended in no way of its own, and
 * one at the end, and turns the guest off:
 *
 *   kinds: FAILED ended by signal 11
 *   guest: 6 passed, 1 failed, 1 skipped
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/module.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define MAX_PATH 512
#define SKIPPED  77

/* In which a program must end. */
static const int seconds_for_each = 60;

static struct {
	int passed, failed, skipped;
} counts;

static void mount_all(void)
{
	static const struct {
		const char *type, *where;
	} file_systems[] = {
		{"proc", "/proc"},
		{"sysfs", "/sys"},
		{"devtmpfs", "/dev"},
		{"tmpfs", "/tmp"},
		{"tracefs", "/sys/kernel/tracing"},
		{"bpf", "/sys/fs/bpf"},
		{"cgroup2", "/sys/fs/cgroup"},
	};

	for (size_t i = 0; i < sizeof(file_systems) / sizeof(file_systems[0]); i++) {
		mkdir(file_systems[i].where, 0755);
		if (mount(file_systems[i].type, file_systems[i].where, file_systems[i].type, 0,
			  NULL))
			printf("guest: no %s: %s\n", file_systems[i].type, strerror(errno));
	}
}

static void load_module(const char *path)
{
	size_t length = strlen(path);
	int is_packed = length > 3 && strcmp(path + length - 3, ".ko");
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 ||
	    syscall(SYS_finit_module, fd, "", is_packed ? MODULE_INIT_COMPRESSED_FILE : 0))
		printf("guest: no %s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
}

static void loopback_up(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &request))
		printf("guest: no loopback: %s\n", strerror(errno));
	if (fd >= 0)
		close(fd);
}

/* Its status as of waitpid; killed where it takes too long. */
static int wait_for(pid_t child, int *is_late)
{
	const struct timespec pause = {.tv_nsec = 10000000};
	time_t end = time(NULL) + seconds_for_each;
	int status = 0;

	*is_late = 0;
	while (waitpid(child, &status, WNOHANG) != child) {
		if (time(NULL) > end && !*is_late) {
			*is_late = 1;
			kill(-child, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
	return status;
}

static void run_test(const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	char *arguments[] = {(char *)path, NULL};
	int status, is_late;
	pid_t child = fork();

	if (child == 0) {
		setpgid(0, 0);
		execv(path, arguments);
		_exit(127);
	}
	status = wait_for(child, &is_late);
	if (is_late)
		printf("%s: FAILED no end after %d seconds\n", name, seconds_for_each);
	else if (WIFSIGNALED(status))
		printf("%s: FAILED ended by signal %d\n", name, WTERMSIG(status));
	else if (WEXITSTATUS(status) == 127)
		printf("%s: FAILED cannot be started\n", name);
	else if (WEXITSTATUS(status) == SKIPPED)
		printf("%s: skipped by itself\n", name);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		counts.passed++;
	else if (WIFEXITED(status) && WEXITSTATUS(status) == SKIPPED)
		counts.skipped++;
	else
		counts.failed++;
	fflush(stdout);
}

/* Calls it with the path of each file in a folder, in their names' order. */
static void for_each_file(const char *folder, void (*call)(const char *path))
{
	struct dirent **entries;
	int count = scandir(folder, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char path[MAX_PATH];
		int length = snprintf(path, sizeof(path), "%s/%s", folder, entries[i]->d_name);

		if (entries[i]->d_name[0] != '.' && length < MAX_PATH)
			call(path);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
}

int main(void)
{
	const struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};

	setvbuf(stdout, NULL, _IOLBF, 0);
	setenv("BPFBAKE_GUEST", "1", 1);
	mount_all();
	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	for_each_file("/modules", load_module);
	loopback_up();
	for_each_file("/tests", run_test);
	printf("guest: %d passed, %d failed, %d skipped\n", counts.passed, counts.failed,
	       counts.skipped);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	return 1;
}
