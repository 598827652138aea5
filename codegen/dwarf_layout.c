/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * DWARF is a forest of entries (DIEs), by libdw's leave. What is local to a function stands below
 * its DW_TAG_subprogram, or a DW_TAG_lexical_block in it:
 *
 *	DW_TAG_compile_unit
 *	  DW_TAG_subprogram "watch"
 *	    DW_TAG_structure_type "event", DW_AT_byte_size 16
 *	      DW_TAG_member "port", DW_AT_type, DW_AT_data_member_location 8
 *
 * It is read without its relocations: all that clang writes for BPF are against the start of a
 * section, which is 0, and what they add to it stands in the place that they are for.
 */
#include "dwarf_layout.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <string.h>

/* The longest chain of typedefs and qualifiers, and the deepest tree, that is followed. */
#define MAX_CHAIN 64
#define MAX_DEPTH 128

const char *flat_path(struct arena *arena, const char *parent, const char *name)
{
	if (!name || !*name)
		name = "(anonymous)";
	return *parent ? arena_printf(arena, "%s.%s", parent, name) : arena_strdup(arena, name);
}

static bool read_number(Dwarf_Die *die, unsigned attribute, uint64_t *value)
{
	Dwarf_Attribute found;
	Dwarf_Word word;

	if (!dwarf_attr(die, attribute, &found) || dwarf_formudata(&found, &word))
		return false;
	*value = word;
	return true;
}

static const char *read_name(Dwarf_Die *die)
{
	Dwarf_Attribute found;

	return dwarf_formstring(dwarf_attr(die, DW_AT_name, &found));
}

/* `type` may be `die`. */
static bool read_type(Dwarf_Die *die, Dwarf_Die *type)
{
	Dwarf_Attribute found;

	return dwarf_attr(die, DW_AT_type, &found) && dwarf_formref_die(&found, type);
}

static bool first_child(struct dwarf_reader *reader, Dwarf_Die *die, Dwarf_Die *child)
{
	return reader->n_left && dwarf_child(die, child) == 0;
}

static bool next_sibling(struct dwarf_reader *reader, Dwarf_Die *die)
{
	return reader->n_left && reader->n_left-- && dwarf_siblingof(die, die) == 0;
}

/* Behind typedefs and qualifiers. libdw's own function follows a circle for ever. */
static bool resolve(Dwarf_Die *type)
{
	for (int i = 0; i < MAX_CHAIN; i++) {
		switch (dwarf_tag(type)) {
		case DW_TAG_typedef:
		case DW_TAG_const_type:
		case DW_TAG_volatile_type:
		case DW_TAG_restrict_type:
		case DW_TAG_atomic_type:
			if (!read_type(type, type))
				return false;
			break;
		default:
			return true;
		}
	}
	return false;
}

/* Of all dimensions; 0: a flexible array, or a vector, which may be larger than its elements. */
static uint64_t count_elements(struct dwarf_reader *reader, Dwarf_Die *array)
{
	uint64_t count = 1, value;
	Dwarf_Die dimension;

	if (dwarf_hasattr(array, DW_AT_GNU_vector) || !first_child(reader, array, &dimension))
		return 0;
	do {
		if (dwarf_tag(&dimension) != DW_TAG_subrange_type)
			continue;
		if (read_number(&dimension, DW_AT_count, &value))
			count *= value;
		else if (read_number(&dimension, DW_AT_upper_bound, &value))
			count *= value + 1;
		else
			count = 0;
	} while (next_sibling(reader, &dimension));
	return count;
}

/* The type of the elements of an array of arrays, or what is none itself; and its bytes. */
static bool resolve_element(struct dwarf_reader *reader, Dwarf_Die *type, uint64_t *size)
{
	uint64_t count = 1;

	for (int i = 0; i < MAX_CHAIN; i++) {
		if (!resolve(type))
			return false;
		if (dwarf_tag(type) != DW_TAG_array_type) {
			if (!read_number(type, DW_AT_byte_size, size))
				*size = dwarf_tag(type) == DW_TAG_pointer_type ? 8 : 0;
			*size *= count;
			return true;
		}
		count *= count_elements(reader, type);
		if (!read_type(type, type))
			return false;
	}
	return false;
}

/*
 * From the start of what it is a member of. A bitfield may have its place by DWARF 4's
 * DW_AT_data_bit_offset; clang writes DW_AT_bit_offset for BPF, also in DWARF 5, which counts from
 * the highest bit of a unit of storage.
 */
static bool read_bit_offset(const struct dwarf_reader *reader, Dwarf_Die *member, uint64_t storage,
			    struct flat_member *flat)
{
	uint64_t bytes = 0, from_top;

	if (read_number(member, DW_AT_data_bit_offset, &flat->bit_offset))
		return true;
	/* An expression, as DWARF 2 has it, is none of what is understood here. */
	if (dwarf_hasattr(member, DW_AT_data_member_location) &&
	    !read_number(member, DW_AT_data_member_location, &bytes))
		return false;
	flat->bit_offset = bytes * 8;
	if (!read_number(member, DW_AT_bit_offset, &from_top))
		return true;
	read_number(member, DW_AT_byte_size, &storage);
	flat->bit_offset += reader->object->byte_order == BYTE_ORDER_BIG
				    ? from_top
				    : storage * 8 - from_top - flat->width;
	return true;
}

/* Where members are added to, and where they stand in it. */
struct frame {
	struct flat_layout *layout;
	const char *parent;
	uint64_t bit_offset;
	int depth;
};

static bool add_members(struct dwarf_reader *, const struct frame *, Dwarf_Die *type);

static bool add_member(struct dwarf_reader *reader, const struct frame *frame, Dwarf_Die *member)
{
	const char *name = read_name(member);
	struct frame inner = *frame;
	struct flat_member flat = {0};
	uint64_t size;
	bool is_bitfield;
	Dwarf_Die type;

	if (!read_type(member, &type) || !resolve_element(reader, &type, &size))
		return false;
	is_bitfield = read_number(member, DW_AT_bit_size, &flat.width);
	if (is_bitfield && (!name || !*name))
		return true;
	if (!is_bitfield)
		flat.width = size * 8;
	if (!read_bit_offset(reader, member, size, &flat) ||
	    frame->layout->n_members >= FLAT_MAX_MEMBERS)
		return false;
	flat.path = flat_path(reader->arena, frame->parent, name);
	flat.bit_offset += frame->bit_offset;
	*ARENA_PUSH(reader->arena, frame->layout->members, frame->layout->n_members) = flat;
	inner.parent = name && *name ? flat.path : frame->parent;
	inner.bit_offset = flat.bit_offset;
	inner.depth++;
	return add_members(reader, &inner, &type);
}

/* None for what is no struct and no union. False: it cannot be understood. */
static bool add_members(struct dwarf_reader *reader, const struct frame *frame, Dwarf_Die *type)
{
	int tag = dwarf_tag(type);
	Dwarf_Die child;

	if (tag != DW_TAG_structure_type && tag != DW_TAG_union_type)
		return true;
	if (frame->depth >= FLAT_MAX_DEPTH)
		return false;
	if (!first_child(reader, type, &child))
		return true;
	do {
		if (dwarf_tag(&child) == DW_TAG_member && !add_member(reader, frame, &child))
			return false;
	} while (next_sibling(reader, &child));
	return true;
}

struct search {
	struct dwarf_reader *reader;
	const char *name;
	struct dwarf_layouts found;
};

static void try_definition(struct search *search, Dwarf_Die *die)
{
	struct arena *arena = search->reader->arena;
	struct flat_layout layout = {0};
	struct frame frame = {.layout = &layout, .parent = ""};
	int tag = dwarf_tag(die);
	Dwarf_Die type = *die;
	const char *name;

	if (tag != DW_TAG_structure_type && tag != DW_TAG_union_type &&
	    tag != DW_TAG_enumeration_type && tag != DW_TAG_typedef)
		return;
	name = read_name(die);
	if (!name || strcmp(name, search->name) != 0 || !resolve(&type) ||
	    dwarf_hasattr(&type, DW_AT_declaration))
		return;
	if (add_members(search->reader, &frame, &type) &&
	    resolve_element(search->reader, &type, &layout.size))
		*ARENA_PUSH(arena, search->found.items, search->found.count) = layout;
}

/* `die`, what follows it, and what is below them. */
static void search_from(struct search *search, Dwarf_Die die, int depth)
{
	Dwarf_Die child;

	do {
		try_definition(search, &die);
		if (depth < MAX_DEPTH && first_child(search->reader, &die, &child))
			search_from(search, child, depth + 1);
	} while (next_sibling(search->reader, &die));
}

/* On a copy: libelf writes the headers of compressed sections anew, where they stand. */
static void open_dwarf(struct dwarf_reader *reader)
{
	struct bytes bytes = reader->object->bytes;

	reader->is_open = true;
	if (!object_find_section(reader->object, ".debug_info"))
		return;
	reader->elf = elf_memory(arena_memdup(reader->arena, bytes.data, bytes.size), bytes.size);
	if (reader->elf)
		reader->dwarf = dwarf_begin_elf(reader->elf, DWARF_C_READ, NULL);
}

struct dwarf_layouts dwarf_layout_find(struct dwarf_reader *reader, const char *name)
{
	struct search search = {.reader = reader, .name = name};
	Dwarf_CU *unit = NULL;
	Dwarf_Die root;

	if (!reader->is_open)
		open_dwarf(reader);
	/* An entry has a byte at least: who meets more of them goes round in circles. */
	reader->n_left = reader->object->bytes.size;
	while (reader->dwarf &&
	       dwarf_get_units(reader->dwarf, unit, &unit, NULL, NULL, &root, NULL) == 0)
		search_from(&search, root, 0);
	if (!reader->n_left)
		return (struct dwarf_layouts){0};
	return search.found;
}

void dwarf_reader_release(struct dwarf_reader *reader)
{
	dwarf_end(reader->dwarf);
	elf_end(reader->elf);
	*reader = (struct dwarf_reader){0};
}
