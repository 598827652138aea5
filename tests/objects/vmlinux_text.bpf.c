/* SPDX-License-Identifier: BSD-2-Clause */
/* For its BTF alone: what clang makes of a vmlinux.h. */
#include "vmlinux_text.h"

struct words a_words;
struct pointers a_pointers;
struct typedefs a_typedefs;
struct later a_later;
struct uses_later a_uses_later;
struct empty a_empty;
struct with_empty a_with_empty;
struct flexible a_flexible;
struct zero a_zero;
struct anonymous a_anonymous;
union both a_both;
union some_bits a_some_bits;
union only_bits a_only_bits;
struct bits a_bits;
struct shares a_shares;
struct fills a_fills;
struct fills_no_alignment a_fills_no_alignment;
struct fills_first a_fills_first;
struct only_fills a_only_fills;
union fills_union a_fills_union;
struct wide_bits a_wide_bits;
struct enums_in_bits a_enums_in_bits;
struct big a_big;
struct packed a_packed;
struct packed_bits a_packed_bits;
union packed_union a_packed_union;
struct packed_in_front a_packed_in_front;
struct has_packed a_has_packed;
struct packs_others a_packs_others;
struct aligned a_aligned;
struct packed_aligned a_packed_aligned;
struct has_aligned a_has_aligned;
struct less_aligned a_less_aligned;
struct members_attributes a_members_attributes;
struct packs_aligned_members a_packs_aligned_members;
enum signs a_signs;
enum flags a_flags;
enum wide a_wide;
enum wide_signs a_wide_signs;
enum lowest a_lowest;
enum byte a_byte;
enum word a_word;
enum half a_half;
struct has_enums a_has_enums;
