/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tests on a real kernel share. A test is one program, which can be linked statically and
 * be run in a guest that has nothing else. It has parts, each with a line at its end, and then one
 * for the program; where a part cannot go on, the next one is tried.
 *
 *   core.fields: pid = 71
 *   core.fields: ok, 12 checks
 *   events.user_ring: FAILED tests/kernel/events.c:225: 'buffer' does not hold (errno: …)
 *   events: 5 passed, 1 failed
 *   attachable_kernel.lsm: refused: load_alone(attachable__PROG_on_lsm): Permission denied
 *
 * A part ends so where the kernel refuses what it may lack. In a guest, whose kernel is known (its
 * environment has BPFBAKE_GUEST), that is a failure.
 *
 * A test that cannot start has one line, "events: FAILED …" or "SKIP: …". The exit status is 0, 1
 * where something failed, and 77 where it cannot be run here.
 */
#ifndef TESTS_KERNEL_KERNEL_H
#define TESTS_KERNEL_KERNEL_H

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LIBBPF_AT_LEAST(minor) \
	(LIBBPF_MAJOR_VERSION > 1 || (LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION >= (minor)))

/* How a part ends. */
enum { PART_PASSED, PART_FAILED, PART_REFUSED };

static struct {
	const char *part;
	int passed, failed, refused, checks;
	jmp_buf next;
} kernel_test;

/* Only the thread that runs the parts can go on with the next one. */
static __thread int kernel_runs_parts;

/* "events" of /…/tests/kernel/events.c. */
static inline void kernel_print_name(const char *part)
{
	const char *slash = strrchr(__BASE_FILE__, '/');
	const char *name = slash ? slash + 1 : __BASE_FILE__;

	printf("%.*s%s%s: ", (int)strcspn(name, "."), name, part ? "." : "", part ? part : "");
}

static inline void kernel_fail(const char *file, int line, const char *condition)
{
	int error = errno;

	kernel_print_name(kernel_test.part);
	printf("FAILED %s:%d: '%s' does not hold (errno: %s)\n", file, line, condition,
	       strerror(error));
	fflush(stdout);
	if (!kernel_runs_parts)
		exit(1);
	longjmp(kernel_test.next, PART_FAILED);
}

#define CHECK(condition)                                                      \
	do {                                                                  \
		__atomic_add_fetch(&kernel_test.checks, 1, __ATOMIC_RELAXED); \
		if (!(condition))                                             \
			kernel_fail(__FILE__, __LINE__, #condition);          \
	} while (0)

static inline void kernel_refuse(const char *file, int line, const char *call, int answer)
{
	errno = -answer;
	if (answer > 0 || getenv("BPFBAKE_GUEST"))
		kernel_fail(file, line, call);
	kernel_print_name(kernel_test.part);
	printf("refused: %s: %s\n", call, strerror(-answer));
	fflush(stdout);
	longjmp(kernel_test.next, PART_REFUSED);
}

/* 0, or a negative errno where the kernel does not have it. */
#define MAY_BE_REFUSED(call)                                                     \
	do {                                                                     \
		int kernel_answer = (call);                                      \
                                                                                 \
		__atomic_add_fetch(&kernel_test.checks, 1, __ATOMIC_RELAXED);    \
		if (kernel_answer)                                               \
			kernel_refuse(__FILE__, __LINE__, #call, kernel_answer); \
	} while (0)

static inline int libbpf_since(int minor)
{
	return LIBBPF_AT_LEAST(minor) ? 0 : -EOPNOTSUPP;
}

/* A number that the kernel gave us, printed, and what it must be. */
#define EQUAL(actual, expected)                                                    \
	do {                                                                       \
		long long kernel_value = (long long)(actual);                      \
		kernel_print_name(kernel_test.part);                               \
		printf("%s = %lld\n", #actual, kernel_value);                      \
		__atomic_add_fetch(&kernel_test.checks, 1, __ATOMIC_RELAXED);      \
		if (kernel_value != (long long)(expected))                         \
			kernel_fail(__FILE__, __LINE__, #actual " == " #expected); \
	} while (0)

static inline void kernel_part_begin(const char *part)
{
	kernel_test.part = part;
	__atomic_store_n(&kernel_test.checks, 0, __ATOMIC_RELAXED);
	kernel_runs_parts = 1;
}

static inline void kernel_part_end(int end)
{
	if (end == PART_PASSED) {
		kernel_test.passed++;
		kernel_print_name(kernel_test.part);
		printf("ok, %d checks\n", __atomic_load_n(&kernel_test.checks, __ATOMIC_RELAXED));
		fflush(stdout);
	} else if (end == PART_REFUSED) {
		kernel_test.refused++;
	} else {
		kernel_test.failed++;
	}
	kernel_test.part = NULL;
	kernel_runs_parts = 0;
}

/* One part of a test, a function, by the name of RUN_AS or by its own. */
#define RUN(function, ...) RUN_AS(#function, function, ##__VA_ARGS__)
#define RUN_AS(name, function, ...)                    \
	do {                                           \
		kernel_part_begin(name);               \
		switch (setjmp(kernel_test.next)) {    \
		case PART_PASSED:                      \
			function(__VA_ARGS__);         \
			kernel_part_end(PART_PASSED);  \
			break;                         \
		case PART_REFUSED:                     \
			kernel_part_end(PART_REFUSED); \
			break;                         \
		default:                               \
			kernel_part_end(PART_FAILED);  \
		}                                      \
	} while (0)

/* The last line; returns the exit status. */
static inline int end_of_test(void)
{
	kernel_print_name(NULL);
	printf("%d passed, %d failed", kernel_test.passed, kernel_test.failed);
	if (kernel_test.refused)
		printf(", %d refused", kernel_test.refused);
	puts("");
	return kernel_test.failed > 0;
}

/* Ends with 77 where BPF may not be loaded. */
static inline void need_bpf(void)
{
	int fd = bpf_map_create(BPF_MAP_TYPE_ARRAY, "probe", 4, 4, 1, NULL);

	if (fd < 0 && (errno == EPERM || errno == ENOSYS)) {
		printf("SKIP: BPF may not be loaded here (%s)\n", strerror(errno));
		exit(77);
	}
	CHECK(fd >= 0 && !close(fd));
}

#endif
