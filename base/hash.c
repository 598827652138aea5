/* SPDX-License-Identifier: BSD-2-Clause */
/* Eight bytes at a time: each is mixed in by a product of which the upper half comes back down. */
#include "hash.h"

#include <string.h>

static uint64_t mix(uint64_t value)
{
	value *= UINT64_C(0x9e3779b97f4a7c15); /* 2^64 / the golden ratio */
	return value ^ value >> 32;
}

uint64_t hash_bytes(const void *data, size_t size)
{
	const unsigned char *at = data;
	uint64_t value = mix(size), word;
	size_t left = size;

	for (; left >= sizeof(word); left -= sizeof(word), at += sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		value = mix(value ^ word);
	}
	word = 0;
	memcpy(&word, at, left);
	return mix(mix(value ^ word));
}
