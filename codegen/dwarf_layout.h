/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the compiler laid a type out, by the DWARF of its object: for what BTF lacks. DWARF that is
 * damaged, cut off or not there says nothing of any type; nothing here fails.
 */
#ifndef CODEGEN_DWARF_LAYOUT_H
#define CODEGEN_DWARF_LAYOUT_H

#include "object.h"

/* Members of members of members: how deep a flat layout goes, and how many it has. */
#define FLAT_MAX_DEPTH   32
#define FLAT_MAX_MEMBERS 65536

/* A member, or a member of one, also of the elements of an array. */
struct flat_member {
	const char *path;    /* "peer.port"; what is in an anonymous member goes without it */
	uint64_t bit_offset; /* from the start of the whole type; as BTF counts, by byte order */
	uint64_t width;      /* bits; 0: none (a flexible array), or not known */
};

/* A type as a list: each member, then its own members. No bitfields that only fill. */
struct flat_layout {
	uint64_t size; /* bytes; 0: none, or not known */
	struct flat_member *members;
	size_t n_members; /* 0 for what is no struct and no union */
};

/* The path of `name` (NULL or "": it is anonymous) in the member `parent` ("": in the type).
 * Members of an anonymous one have its parent for theirs. */
const char *flat_path(struct arena *, const char *parent, const char *name);

struct dwarf_reader {
	struct arena *arena;
	const struct object *object;
	bool is_open;
	struct Elf *elf;     /* NULL: there is no DWARF */
	struct Dwarf *dwarf; /* NULL: there is none that can be read */
	size_t n_left;       /* of the steps that a search may take */
};

struct dwarf_layouts {
	struct flat_layout *items;
	size_t count;
};

/*
 * The definitions of that name wherever they stand, also inside functions: structs, unions, enums,
 * and typedefs of anything. Several, when two functions have one each. The first call opens the
 * DWARF of `reader->object`, which takes time; reader is {arena, object} before it.
 */
struct dwarf_layouts dwarf_layout_find(struct dwarf_reader *, const char *name);

/* Also fine when nothing was ever looked for. */
void dwarf_reader_release(struct dwarf_reader *);

#endif
