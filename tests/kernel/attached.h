/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of attachable.skel.h share; `skel` is the skeleton. */
#ifndef TESTS_KERNEL_ATTACHED_H
#define TESTS_KERNEL_ATTACHED_H

#include <unistd.h>

#include "kernel.h"

#define CHECK_FIRES(program, fire)                            \
	do {                                                  \
		__u64 before_fire = skel->bss->hits.program;  \
                                                              \
		fire();                                       \
		CHECK(skel->bss->hits.program > before_fire); \
	} while (0)

#define CHECK_QUIET(program, fire)                             \
	do {                                                   \
		__u64 before_fire = skel->bss->hits.program;   \
                                                               \
		fire();                                        \
		CHECK(skel->bss->hits.program == before_fire); \
	} while (0)

/* Attaches, which the second time is busy, and detaches; twice, the second time by the skeleton. */
#define CYCLE(program, fire, ...)                                                      \
	do {                                                                           \
		CHECK_QUIET(program, fire);                                            \
		CHECK(!attachable__##program##__detach(skel));                         \
		CHECK(!attachable__##program##__attach(skel, ##__VA_ARGS__));          \
		CHECK(attachable__##program##__attach(skel, ##__VA_ARGS__) == -EBUSY); \
		CHECK_FIRES(program, fire);                                            \
		CHECK(!attachable__##program##__detach(skel));                         \
		CHECK_QUIET(program, fire);                                            \
		CHECK(!attachable__##program##__attach(skel, ##__VA_ARGS__));          \
		CHECK_FIRES(program, fire);                                            \
		attachable__detach(skel);                                              \
		CHECK(!skel->links.program);                                           \
		CHECK_QUIET(program, fire);                                            \
	} while (0)

static inline void need_tracefs(void)
{
	if (access("/sys/kernel/tracing/events", F_OK)) {
		puts("SKIP: no tracefs at /sys/kernel/tracing");
		exit(77);
	}
}

static inline __u32 program_id(const struct bpf_program *program)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	CHECK(!bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size));
	return info.id;
}

/* A program that something is attached by lives on; one without is freed, though not at once. */
static inline void check_gone(__u32 id)
{
	for (int i = 0; i < 200; i++) {
		int fd = bpf_prog_get_fd_by_id(id);

		if (fd < 0) {
			CHECK(fd == -ENOENT);
			return;
		}
		close(fd);
		usleep(10000);
	}
	fprintf(stderr, "program %u is still there\n", id);
	exit(1);
}

static inline void destroy_and_check(struct attachable *skel, const struct bpf_program **programs,
				     int count)
{
	__u32 ids[16];

	for (int i = 0; i < count; i++)
		ids[i] = program_id(programs[i]);
	attachable__destroy(skel);
	for (int i = 0; i < count; i++)
		check_gone(ids[i]);
}

/* Destroys the skeleton, and sees the programs go. */
#define destroy_and_check(skel, ...)                                         \
	destroy_and_check(skel, (const struct bpf_program *[]){__VA_ARGS__}, \
			  (int)(sizeof((const void *[]){__VA_ARGS__}) / sizeof(void *)))

#endif
