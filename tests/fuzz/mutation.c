/* SPDX-License-Identifier: BSD-2-Clause */
#include "mutation.h"

#include <elf.h>
#include <linux/btf.h>
#include <stddef.h>
#include <string.h>

#include "bug.h"
#include "strbuf.h"

struct mutation {
	const struct object *object;
	unsigned char *data;
	size_t size; /* what is left of it */
	uint64_t state;
	struct strbuf *said;
};

static uint64_t next(struct mutation *mutation)
{
	uint64_t z = mutation->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static size_t pick(struct mutation *mutation, size_t n)
{
	return n ? (size_t)(next(mutation) % n) : 0;
}

/* Numbers that break things: near zero, near powers of two, or anything. */
static uint32_t number(struct mutation *mutation)
{
	static const uint32_t edges[] = {0,          1,          2,         7,      8,
					 0x7f,       0xff,       0xffff,    0x8000, 0x7fffffff,
					 0x80000000, 0xfffffffe, 0xffffffff};
	size_t kind = pick(mutation, 3);

	if (kind == 0)
		return edges[pick(mutation, ARRAY_SIZE(edges))];
	return kind == 1 ? (uint32_t)pick(mutation, 64) : (uint32_t)next(mutation);
}

static bool is_big(const struct mutation *mutation)
{
	return mutation->object->byte_order == BYTE_ORDER_BIG;
}

static uint32_t get(const struct mutation *mutation, size_t offset)
{
	const unsigned char *at = mutation->data + offset;

	if (offset + 4 > mutation->size)
		return 0;
	if (is_big(mutation))
		return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	return (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
}

static void put(struct mutation *mutation, size_t offset, uint32_t value)
{
	if (offset + 4 > mutation->size)
		return;
	for (int i = 0; i < 4; i++)
		mutation->data[offset + (size_t)i] =
			(unsigned char)(value >> 8 * (is_big(mutation) ? 3 - i : i));
}

/* Where a section's bytes are; NULL data: it has none, or lies behind the end. */
static struct bytes section(struct mutation *mutation, const char *name)
{
	const struct object_section *section = object_find_section(mutation->object, name);
	size_t offset;

	if (!section || !section->data || !section->size)
		return (struct bytes){0};
	offset = (size_t)(section->data - mutation->object->bytes.data);
	if (offset > mutation->size || section->size > mutation->size - offset)
		return (struct bytes){0};
	return (struct bytes){mutation->data + offset, (size_t)section->size};
}

static size_t offset_of(const struct mutation *mutation, const struct bytes *part)
{
	return (size_t)(part->data - mutation->data);
}

static void flip_bits(struct mutation *mutation)
{
	for (size_t n = 1 + pick(mutation, 8); n && mutation->size; n--)
		mutation->data[pick(mutation, mutation->size)] ^=
			(unsigned char)(1U << pick(mutation, 8));
}

static void truncate_file(struct mutation *mutation)
{
	mutation->size = pick(mutation, mutation->size);
}

/* The offset in the file of a random type of .BTF; 0: there is none. */
static size_t find_type(struct mutation *mutation)
{
	/* Bytes behind struct btf_type, for each kind. */
	static const struct {
		unsigned fixed, each;
	} sizes[] = {
		[BTF_KIND_INT] = {4, 0},      [BTF_KIND_ARRAY] = {12, 0},
		[BTF_KIND_STRUCT] = {0, 12},  [BTF_KIND_UNION] = {0, 12},
		[BTF_KIND_ENUM] = {0, 8},     [BTF_KIND_FUNC_PROTO] = {0, 8},
		[BTF_KIND_VAR] = {4, 0},      [BTF_KIND_DATASEC] = {0, 12},
		[BTF_KIND_DECL_TAG] = {4, 0}, [19 /* ENUM64 */] = {0, 12},
	};
	struct bytes btf = section(mutation, ".BTF");
	size_t start = offset_of(mutation, &btf), at, end;
	size_t found = 0, seen = 0;

	if (!btf.data || btf.size < sizeof(struct btf_header))
		return 0;
	at = start + get(mutation, start + 4) + get(mutation, start + 8);
	end = at + get(mutation, start + 12);
	while (at >= start && at + sizeof(struct btf_type) <= end && end <= start + btf.size) {
		uint32_t info = get(mutation, at + 4);
		unsigned kind = BTF_INFO_KIND(info);

		if (!pick(mutation, ++seen))
			found = at;
		at += sizeof(struct btf_type);
		if (kind < ARRAY_SIZE(sizes))
			at += sizes[kind].fixed + (size_t)sizes[kind].each * BTF_INFO_VLEN(info);
	}
	return found;
}

/* A word of a type, or of what follows it: ids, counts, sizes, offsets. */
static void change_type(struct mutation *mutation)
{
	size_t type = find_type(mutation);

	if (type)
		put(mutation, type + 4 * pick(mutation, 12), number(mutation));
}

/* A count of members that is too large, or too small. */
static void change_count(struct mutation *mutation)
{
	size_t type = find_type(mutation);

	if (type)
		put(mutation, type + 4,
		    (get(mutation, type + 4) & ~0xffffU) | (number(mutation) & 0xffff));
}

/* A type that is another's place: cycles come of it. */
static void swap_types(struct mutation *mutation)
{
	size_t one = find_type(mutation), other = find_type(mutation);
	uint32_t word;

	if (!one || !other)
		return;
	word = get(mutation, one + 8);
	put(mutation, one + 8, get(mutation, other + 8));
	put(mutation, other + 8, word);
}

static void change_header(struct mutation *mutation)
{
	struct bytes btf = section(mutation, pick(mutation, 4) ? ".BTF" : ".BTF.ext");

	if (btf.data)
		put(mutation, offset_of(mutation, &btf) + 4 * pick(mutation, 8), number(mutation));
}

/* A word of the table of sections, or of the file's header. */
static void change_elf(struct mutation *mutation)
{
	size_t offset = pick(mutation, 2) ? pick(mutation, sizeof(Elf64_Ehdr)) : 0;

	if (!offset) {
		size_t table =
			get(mutation, offsetof(Elf64_Ehdr, e_shoff) + (is_big(mutation) ? 4 : 0));

		offset = table + sizeof(Elf64_Shdr) * pick(mutation, mutation->object->n_sections) +
			 pick(mutation, sizeof(Elf64_Shdr));
	}
	put(mutation, offset / 4 * 4, number(mutation));
}

/* A word of a table: symbols, relocations, definitions of maps, lines. */
static void change_table(struct mutation *mutation)
{
	static const char *const names[] = {
		".symtab",  ".rel.BTF",    ".rel.BTF.ext", ".maps",   ".rel.maps",
		".BTF.ext", ".struct_ops", ".rodata",      "license", ".rel.struct_ops"};
	struct bytes part = section(mutation, names[pick(mutation, ARRAY_SIZE(names))]);

	if (part.data)
		put(mutation, offset_of(mutation, &part) + pick(mutation, part.size) / 4 * 4,
		    number(mutation));
}

/* A name that would be C if it were not looked at. */
static void change_name(struct mutation *mutation)
{
	static const char *const names[] = {
		"*/" MUTATION_INJECTED,
		"\"" MUTATION_INJECTED,
		"\n" MUTATION_INJECTED " ",
		"\n#" MUTATION_INJECTED,
		"\\\n" MUTATION_INJECTED,
		"a;" MUTATION_INJECTED,
		"a"
		"?"
		"?/"
		"\n" MUTATION_INJECTED,
		"a){" MUTATION_INJECTED,
		"%s"
		"%n;" MUTATION_INJECTED,
		"\x80\xff ;" MUTATION_INJECTED,
	};
	const char *name = names[pick(mutation, ARRAY_SIZE(names))];
	struct bytes part = section(mutation, pick(mutation, 3) ? ".BTF" : ".strtab");
	size_t start = offset_of(mutation, &part), from = start, end, at;

	if (pick(mutation, 8) == 0)
		part = section(mutation, "license");
	if (!part.data)
		return;
	start = from = offset_of(mutation, &part);
	end = start + part.size;
	if (part.size > sizeof(struct btf_header) && get(mutation, start) >> 16 != 0 &&
	    get(mutation, start + 4) == sizeof(struct btf_header))
		from = start + sizeof(struct btf_header) + get(mutation, start + 16);
	if (from < start || from >= end)
		return;
	at = from + pick(mutation, end - from);
	/* From the start of a name on. */
	while (at > from && mutation->data[at - 1])
		at--;
	for (size_t i = 0; i < strlen(name) && at + i + 1 < end; i++)
		mutation->data[at + i] = (unsigned char)name[i];
}

void mutate(struct strbuf *said, struct bytes *copy, const struct object *object, uint64_t number)
{
	static const struct {
		const char *name;
		void (*apply)(struct mutation *);
	} ways[] = {
		{"bits", flip_bits},     {"type", change_type},  {"count", change_count},
		{"swap", swap_types},    {"btf", change_header}, {"elf", change_elf},
		{"table", change_table}, {"name", change_name},  {"name", change_name},
		{"end", truncate_file},
	};
	struct mutation mutation = {
		.object = object,
		.data = (unsigned char *)copy->data,
		.size = copy->size,
		.state = number * 0x2545f4914f6cdd1d,
		.said = said,
	};

	for (size_t n = 1 + pick(&mutation, 4); n; n--) {
		size_t way = pick(&mutation, ARRAY_SIZE(ways));

		strbuf_add_format(said, " %s", ways[way].name);
		ways[way].apply(&mutation);
	}
	copy->size = mutation.size;
}
