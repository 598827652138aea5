/* SPDX-License-Identifier: BSD-2-Clause */
/* A number for some bytes, by which to find them again on this machine; no defence against those
 * who look for another text with the same one. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t hash_bytes(const void *data, size_t size);

#endif
