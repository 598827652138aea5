/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of attachable.skel.h share. */
#ifndef TESTS_KERNEL_ATTACHED_H
#define TESTS_KERNEL_ATTACHED_H

#include <unistd.h>

#include "attachable.skel.h"
#include "kernel.h"

static struct attachable *skel;

/* A skeleton whose programs see this process. */
static inline void open_skeleton(void)
{
	attachable__destroy(skel);
	skel = attachable__open();
	CHECK(skel);
	skel->rodata->only_pid = (__u32)getpid();
}

/* A skeleton with these programs alone, since the kernel may refuse them. */
static inline void open_pair(const char *name, const char *other)
{
	struct bpf_program *program;

	open_skeleton();
	bpf_object__for_each_program(program, skel->obj)
	{
		const char *found = bpf_program__name(program);

		bpf_program__set_autoload(program, !strcmp(found, name) || !strcmp(found, other));
	}
}

static inline void open_alone(const char *name)
{
	open_pair(name, name);
}

/* 0 or a negative errno. */
static inline int load_alone(const char *name)
{
	open_alone(name);
	return attachable__load(skel);
}

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

/* The same for what the kernel may refuse. */
#define TRY_CYCLE(program, fire, ...)                                                 \
	do {                                                                          \
		MAY_BE_REFUSED(attachable__##program##__attach(skel, ##__VA_ARGS__)); \
		CHECK(!attachable__##program##__detach(skel));                        \
		CYCLE(program, fire, ##__VA_ARGS__);                                  \
	} while (0)

/* What is said of the last attach, until the next call. */
static inline const char *report(void)
{
	static char text[8192];
	FILE *out = fmemopen(text, sizeof(text), "w");

	CHECK(out);
	text[0] = '\0';
	attachable__report(skel, out);
	CHECK(!fclose(out));
	return text;
}

/* The program's failure is the one that is reported, once, until something succeeds. */
static inline void check_report(const char *program, const char *reason)
{
	const char *place = strstr(report(), "attach of program");

	CHECK(place && !strstr(place + 1, "attach of program"));
	CHECK(strstr(place, program) && strstr(place, reason));
}

/* What is called on return is last, whichever is attached first; the cookies tell. */
#define CHECK_RETURNS(call, on_call, on_return, attach)                              \
	do {                                                                         \
		open_pair(attachable__PROG_##on_call, attachable__PROG_##on_return); \
		MAY_BE_REFUSED(attachable__load(skel));                              \
		MAY_BE_REFUSED(attach(on_return, 2));                                \
		CHECK(!attach(on_call, 1));                                          \
		CHECK_FIRES(on_return, call);                                        \
		CHECK(skel->bss->hits.on_call == 1 && skel->bss->cookie == 2);       \
		attachable__detach(skel);                                            \
		CHECK(!attach(on_call, 1) && !attach(on_return, 2));                 \
		CHECK_FIRES(on_return, call);                                        \
		CHECK(skel->bss->hits.on_call == 2 && skel->bss->cookie == 2);       \
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
	CHECK(!"the program is still there");
}

static inline void destroy_and_check(const struct bpf_program **programs, int count)
{
	__u32 ids[16];

	for (int i = 0; i < count; i++)
		ids[i] = program_id(programs[i]);
	attachable__destroy(skel);
	skel = NULL;
	for (int i = 0; i < count; i++)
		check_gone(ids[i]);
}

/* Destroys the skeleton, and sees the programs go. */
#define destroy_and_check(...)                                         \
	destroy_and_check((const struct bpf_program *[]){__VA_ARGS__}, \
			  (int)(sizeof((const void *[]){__VA_ARGS__}) / sizeof(void *)))

#endif
