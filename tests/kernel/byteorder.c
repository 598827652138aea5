/* SPDX-License-Identifier: BSD-2-Clause */
/* Types and variables that differ between the byte orders: the kernel's and ours must be the same
 * ones. */
#include "byteorder.skel.h"
#include "kernel.h"

static struct byteorder *skel;

static void run(const struct bpf_program *program)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &options));
}

static void values_both_ways(void)
{
	struct byteorder__header header = {.version = 4, .length = 5, .total = 0xabcd};

	CHECK(!byteorder__headers__update(skel, 0, &header, BPF_ANY));
	run(skel->progs.count);
	EQUAL(skel->bss->version, 4);
	EQUAL(skel->bss->length, 5);
	EQUAL(skel->bss->total, 0xabcd);
	CHECK(!byteorder__headers__lookup(skel, 1, &header));
	EQUAL(header.version, 6);
	EQUAL(header.length, 9);
	EQUAL(header.total, 0x1234);
}

/* As RFC 791 has it, and as the type was declared for each byte order. */
static void bytes(void)
{
	unsigned char raw[sizeof(struct byteorder__header)];

	CHECK(!bpf_map_lookup_elem(bpf_map__fd(skel->maps.headers), &(__u32){1}, raw));
	EQUAL(raw[0], 0x69);
}

static void variables_of_one_byte_order(void)
{
	EQUAL(skel->bss->both, 1);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	EQUAL(skel->bss->only_little, 1);
#endif
}

/* The header gives libbpf the object of this byte order, of the two that it has. */
static void object_of_this_byte_order(void)
{
	size_t size;
	const unsigned char *object = byteorder__elf_bytes(&size);

	CHECK(size > 64);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	EQUAL(object[5], 1); /* ELFDATA2LSB */
#else
	EQUAL(object[5], 2); /* ELFDATA2MSB */
#endif
}

int main(void)
{
	need_bpf();
	skel = byteorder__open_and_load();
	CHECK(skel);
	RUN(values_both_ways);
	RUN(bytes);
	RUN(variables_of_one_byte_order);
	RUN(object_of_this_byte_order);
	byteorder__destroy(skel);
	return end_of_test();
}
