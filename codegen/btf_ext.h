/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The records of .BTF.ext, in the object's byte order:
 *
 *	header      magic, version, flags, header length; offset and length of three parts
 *	each part   size of a record, then blocks: section name, number of records, records
 *	func_info   instruction, type
 *	line_info   instruction, file name, line text, line << 10 | column
 *	core_relo   instruction, type, access string, kind
 *
 * Source: the kernel's Documentation/bpf/btf.rst.
 */
#ifndef CODEGEN_BTF_EXT_H
#define CODEGEN_BTF_EXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct btf_ext_data {
	unsigned char *bytes;
	size_t size;
	bool is_big;
};

enum btf_ext_part {
	BTF_EXT_FUNC_INFO,
	BTF_EXT_LINE_INFO,
	BTF_EXT_CORE_RELO,
	BTF_EXT_PART_COUNT,
};

/* A word of it; the offset must lie inside. */
uint32_t btf_ext_load(const struct btf_ext_data *, size_t offset);
void btf_ext_store(struct btf_ext_data *, size_t offset, uint32_t value);

struct btf_ext_visitor {
	/* At the start of a block: where the offset of the section's name stands. NULL: nothing. */
	void (*block)(void *context, size_t name);
	/* For each record of a block, where it stands. NULL: nothing. */
	void (*record)(void *context, size_t record);
	void *context;
};

/* Calls them for all records of a part, which may be empty. 0, or -1 when the section is damaged:
 * then some may have been called. */
int btf_ext_visit(const struct btf_ext_data *, enum btf_ext_part, const struct btf_ext_visitor *);

#endif
