/* SPDX-License-Identifier: BSD-2-Clause */
/* What a cgroup sends. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sys/stat.h>

#include "egress.skel.h"
#include "jobs.h"

static const char *root = "/sys/fs/cgroup";
static char path[64];

static void join(const char *cgroup)
{
	char name[128];
	FILE *file;

	snprintf(name, sizeof(name), "%s/cgroup.procs", cgroup);
	file = fopen(name, "w");
	CHECK(file && fprintf(file, "0") == 1 && !fclose(file));
}

static void leave(void)
{
	join(root);
	rmdir(path);
}

static void enter_cgroup(void)
{
	if (!access("/sys/fs/cgroup/unified", F_OK))
		root = "/sys/fs/cgroup/unified";
	snprintf(path, sizeof(path), "%s/bpfbake-egress-%d", root, getpid());
	if (mkdir(path, 0700))
		skip_without("cgroup", -errno);
	CHECK(!atexit(leave));
	join(path);
}

static void count_bytes(struct egress *skel)
{
	int cgroup = open(path, O_RDONLY | O_CLOEXEC);
	int sender = open_datagrams("127.0.0.1", 0);

	CHECK(!egress__count__attach(skel, cgroup));
	CHECK(!close(cgroup));
	send_text(sender, 7000, "ten bytes!");
	send_text(sender, 7000, "twelve bytes");
	EQUAL(egress__sent__get(skel)->packets, 2);
	EQUAL(egress__sent__get(skel)->bytes, 28 + 10 + 28 + 12);

	CHECK(!egress__count__detach(skel));
	send_text(sender, 7000, "uncounted");
	EQUAL(egress__sent__get(skel)->packets, 2);
	CHECK(!close(sender));
}

int main(void)
{
	struct egress *skel;

	need_bpf();
	enter_cgroup();
	enter_network();
	skel = egress__open_and_load();
	CHECK(skel);
	RUN(count_bytes, skel);
	egress__destroy(skel);
	return end_of_test();
}
