/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs on USDT probes of this process: their arguments, cookies and semaphores. */
#include <stdint.h>
#include <unistd.h>

#include "kernel.h"
#include "usdt.h"
#include "usdt.skel.h"

static struct usdt *skel;

unsigned short listeners __attribute__((section(".probes")));

static void fire_plain(void)
{
	USDT("bpfbake", "plain", "0", "");
}

static void fire_named(void)
{
	USDT("bpfbake", "named", "0", "-4@" USDT_CONSTANT(-9));
}

static void fire_watched(void)
{
	USDT("bpfbake", "watched", "listeners", "8@" USDT_CONSTANT(77));
}

/* Size and place of an argument. */
#define IN_REGISTER(size, operand)       size "@" USDT_REGISTER(operand)
#define IN_MEMORY(size, offset, operand) size "@" USDT_MEMORY(offset, operand)

/* clang-format off */
#define REGISTERS                                                                  \
	IN_REGISTER("1", 0) IN_REGISTER(" -1", 0)                                  \
	IN_REGISTER(" 2", 1) IN_REGISTER(" -2", 1)                                 \
	IN_REGISTER(" 4", 2) IN_REGISTER(" -4", 2) IN_REGISTER(" -8", 3)
#define MEMORY                                                                     \
	IN_MEMORY("8", 0, 0) IN_MEMORY(" 4", 8, 0) IN_MEMORY(" -4", 8, 0)          \
	IN_MEMORY(" 2", 12, 0) IN_MEMORY(" -2", 12, 0)                             \
	IN_MEMORY(" 1", 14, 0) IN_MEMORY(" -1", 14, 0)
/* clang-format on */

/* Of all sizes, signed and not; what is beyond the size does not count. */
static void fire_registers(void)
{
	unsigned long byte = 0x1fe, half = 0x18001, word = 0x89abcdef, all = (unsigned long)-5;

	USDT("bpfbake", "registers", "0", REGISTERS, "r"(byte), "r"(half), "r"(word), "r"(all));
}

/* The program reads eight bytes, whatever the size. */
static const struct {
	uint64_t all;
	uint32_t word;
	uint16_t half;
	uint8_t byte;
	uint8_t behind[8];
} numbers = {0x1122334455667788, 0x89abcdef, 0x8001, 0xfe, {0}};

static void fire_memory(void)
{
	USDT("bpfbake", "memory", "0", MEMORY, "r"(&numbers));
}

/* One probe in two places, each with its argument elsewhere. */
static void fire_both(unsigned long number)
{
	const uint64_t pair[] = {0, number};

	if (number % 2)
		USDT("bpfbake", "both", "0", "8@" USDT_REGISTER(0), "r"(number));
	else
		USDT("bpfbake", "both", "0", "8@" USDT_MEMORY(8, 0), "r"(pair));
}

#define CHECK_HITS(what, times, fire)                          \
	do {                                                   \
		__u64 hits = skel->bss->what.hits;             \
                                                               \
		fire;                                          \
		CHECK(skel->bss->what.hits == hits + (times)); \
	} while (0)

/* What a part that failed has left is detached. */
static int attach(const char *name)
{
	usdt__detach(skel);
	return usdt__on_any__attach(skel, 0, "/proc/self/exe", "bpfbake", name);
}

static void targets(void)
{
	char path[64];

	CHECK_HITS(named, 0, fire_named());
	CHECK(!usdt__on_named__attach(skel));
	CHECK(usdt__on_named__attach(skel) == -EBUSY);
	CHECK_HITS(named, 1, fire_named());
	CHECK_HITS(named, 0, fire_plain());
	EQUAL(skel->bss->named.count, 1);
	EQUAL(skel->bss->named.arguments[0], -9);
	CHECK(!usdt__on_named__detach(skel));
	CHECK_HITS(named, 0, fire_named());

	snprintf(path, sizeof(path), "/proc/%d/exe", getpid());
	CHECK(!usdt__on_any__attach(skel, getpid(), path, "bpfbake", "plain"));
	CHECK_HITS(any, 1, fire_plain());
	EQUAL(skel->bss->any.count, 0);
	usdt__detach(skel);
	CHECK_HITS(any, 0, fire_plain());
	CHECK(!usdt__on_any__attach(skel, -1, path, "bpfbake", "plain"));
	CHECK_HITS(any, 1, fire_plain());
	CHECK(!usdt__on_any__detach(skel));
	CHECK(attach("none") == -ENOENT);
	CHECK(usdt__on_any__attach(skel, 0, path, "none", "plain") == -ENOENT);
	CHECK(usdt__on_any__attach(skel, 0, "/none", "bpfbake", "plain") < 0);
	CHECK(!skel->links.on_any);
}

static void cookies(void)
{
	LIBBPF_OPTS(bpf_usdt_opts, opts, .usdt_cookie = 0x1234567890);
	struct bpf_link *link;

	CHECK(!usdt__on_named__attach_opts(skel, &opts));
	CHECK_HITS(named, 1, fire_named());
	EQUAL(skel->bss->named.cookie, 0x1234567890);
	CHECK(!usdt__on_named__detach(skel));
	opts.usdt_cookie = 3;
	link = usdt__on_any__attach_link_opts(skel, 0, "/proc/self/exe", "bpfbake", "plain", &opts);
	CHECK(link);
	opts.usdt_cookie = 4;
	CHECK(!usdt__on_any__attach_opts(skel, 0, "/proc/self/exe", "bpfbake", "named", &opts));
	CHECK_HITS(any, 1, fire_plain());
	EQUAL(skel->bss->any.cookie, 3);
	CHECK_HITS(any, 1, fire_named());
	EQUAL(skel->bss->any.cookie, 4);
	CHECK(!bpf_link__destroy(link) && !usdt__on_any__detach(skel));
}

static void check_arguments(const __s64 *expected, int count)
{
	EQUAL(skel->bss->any.count, count);
	for (int i = 0; i < count; i++)
		EQUAL(skel->bss->any.arguments[i], expected[i]);
}

static void registers(void)
{
	const __s64 expected[] = {0xfe, -2, 0x8001, -0x7fff, 0x89abcdef, (__s32)0x89abcdef, -5};

	CHECK(!attach("registers"));
	CHECK_HITS(any, 1, fire_registers());
	check_arguments(expected, 7);
	CHECK(!usdt__on_any__detach(skel));
}

static void memory(void)
{
	const __s64 expected[] = {
		0x1122334455667788, 0x89abcdef, (__s32)0x89abcdef, 0x8001, -0x7fff, 0xfe, -2};

	CHECK(!attach("memory"));
	CHECK_HITS(any, 1, fire_memory());
	check_arguments(expected, 7);
	CHECK(!usdt__on_any__detach(skel));
}

static void several_places(void)
{
	CHECK(!attach("both"));
	CHECK_HITS(any, 2, (fire_both(5), fire_both(7)));
	EQUAL(skel->bss->any.arguments[0], 7);
	CHECK_HITS(any, 1, fire_both(6));
	EQUAL(skel->bss->any.arguments[0], 6);
	CHECK(!usdt__on_any__detach(skel));
	CHECK_HITS(any, 0, (fire_both(5), fire_both(6)));
}

/* It counts as long as somebody listens. */
static void semaphore(void)
{
	volatile unsigned short *count = &listeners;

	EQUAL(*count, 0);
	CHECK(!attach("watched"));
	EQUAL(*count, 1);
	CHECK_HITS(any, 1, fire_watched());
	EQUAL(skel->bss->any.arguments[0], 77);
	CHECK(!usdt__on_any__detach(skel));
	EQUAL(*count, 0);
}

int main(void)
{
	need_bpf();
	skel = usdt__open();
	CHECK(skel);
	skel->rodata->only_pid = (__u32)getpid();
	CHECK(!usdt__load(skel));
	RUN(targets);
	RUN(cookies);
	RUN(registers);
	RUN(memory);
	RUN(several_places);
	RUN(semaphore);
	usdt__destroy(skel);
	return end_of_test();
}
