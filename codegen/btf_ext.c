/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_ext.h"

enum {
	HEADER_LENGTH = 4, /* offset of the header's length */
	PARTS = 8,         /* offset of the first part's offset */
};

/* The header with the part, and the words of a record that are known here. */
static const struct {
	uint32_t header, record;
} least[BTF_EXT_PART_COUNT] = {
	[BTF_EXT_FUNC_INFO] = {24, 8},
	[BTF_EXT_LINE_INFO] = {24, 16},
	[BTF_EXT_CORE_RELO] = {32, 16},
};

uint32_t btf_ext_load(const struct btf_ext_data *ext, size_t offset)
{
	const unsigned char *p = ext->bytes + offset;

	if (ext->is_big)
		return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

void btf_ext_store(struct btf_ext_data *ext, size_t offset, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		ext->bytes[offset + (size_t)i] =
			(unsigned char)(value >> (ext->is_big ? 24 - 8 * i : 8 * i));
}

static int visit_blocks(const struct btf_ext_data *ext, uint64_t at, uint64_t end, uint32_t size,
			const struct btf_ext_visitor *visitor)
{
	while (at + 8 <= end) {
		uint32_t count = btf_ext_load(ext, at + 4);

		if (visitor->block)
			visitor->block(visitor->context, at);
		at += 8;
		if (count > (end - at) / size)
			return -1;
		for (; count; count--, at += size) {
			if (visitor->record)
				visitor->record(visitor->context, at);
		}
	}
	return at == end ? 0 : -1;
}

int btf_ext_visit(const struct btf_ext_data *ext, enum btf_ext_part part,
		  const struct btf_ext_visitor *visitor)
{
	uint32_t header = ext->size < least[0].header ? 0 : btf_ext_load(ext, HEADER_LENGTH);
	uint32_t length, size;
	uint64_t at;

	if (header < least[0].header || header > ext->size)
		return -1;
	if (header < least[part].header)
		return 0;
	at = (uint64_t)header + btf_ext_load(ext, PARTS + part * 8);
	length = btf_ext_load(ext, PARTS + part * 8 + 4);
	if (!length)
		return 0;
	if (length < 4 || at + length > ext->size)
		return -1;
	size = btf_ext_load(ext, at);
	if (size < least[part].record || size % 4)
		return -1;
	return visit_blocks(ext, at + 4, at + length, size, visitor);
}
