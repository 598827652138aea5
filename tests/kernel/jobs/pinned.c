/* SPDX-License-Identifier: BSD-2-Clause */
/* A map that two processes share by its path: one counts, the other one says whom, and reads. */
#define _GNU_SOURCE
#include <sys/wait.h>

#include "jobs.h"
#include "pinned.skel.h"

/* The other process: it has no skeleton, and needs the path alone. */
static int watch_itself(const char *path)
{
	__u32 pid = (__u32)getpid();
	__u64 count = 0;
	int fd = pinned__calls__open_pinned(path);

	CHECK(fd >= 0);
	CHECK(!pinned__calls__update_fd(fd, &pid, &count, BPF_NOEXIST));
	for (int i = 0; i < 7; i++)
		CHECK(getppid() > 0);
	CHECK(!pinned__calls__lookup_fd(fd, &pid, &count));
	EQUAL(count, 8); /* with the lookup itself */
	return close(fd);
}

static void share(const char *path)
{
	struct pinned *skel = pinned__open_and_load();
	int status = 1;
	__u32 child;
	__u64 count;

	CHECK(skel && !pinned__attach(skel));
	CHECK(!pinned__calls__pin(skel, path));
	child = (__u32)fork();
	if (child == 0)
		_exit(execl("/proc/self/exe", "pinned", path, NULL));
	CHECK(waitpid((pid_t)child, &status, 0) == (pid_t)child);
	EQUAL(status, 0);
	/* What the other one has put there is ours, too. */
	CHECK(!pinned__calls__lookup(skel, &child, &count));
	CHECK(count > 8);
	CHECK(!pinned__calls__unpin(skel, path));
	CHECK(pinned__calls__open_pinned(path) == -ENOENT);
	pinned__destroy(skel);
}

int main(int argc, char **argv)
{
	char path[64];

	if (argc == 2)
		return watch_itself(argv[1]);
	need_bpf();
	snprintf(path, sizeof(path), "/sys/fs/bpf/bpfbake-pinned-%d", getpid());
	RUN(share, path);
	unlink(path);
	return end_of_test();
}
