/* SPDX-License-Identifier: BSD-2-Clause */
/* Layouts of types by DWARF, and what becomes of a type that libclang lays out otherwise. */
#include "test.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>

#include "btf_query.h"
#include "bug.h"
#include "dwarf_layout.h"
#include "object_types.h"
#include "strbuf.h"
#include "strip.h"

static struct arena arena;
static struct test_messages messages;

static void read_object(struct object *object, const char *name)
{
	struct diag diag = test_diag(&messages);
	struct bytes bytes;

	messages.text[0] = '\0';
	assert_int_equal(
		file_read(&arena, arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s", name), &bytes),
		0);
	if (object_read(object, &arena, &diag, "x.bpf.c", bytes))
		fail_msg("%s", messages.text);
}

/* "8: a 0+32, b 32+8" */
static const char *describe(const struct flat_layout *layout)
{
	struct strbuf out = STRBUF_INIT;
	const char *text;

	strbuf_add_format(&out, "%d:", (int)layout->size);
	for (size_t i = 0; i < layout->n_members; i++) {
		const struct flat_member *member = &layout->members[i];

		strbuf_add_format(&out, "%s %s %d+%d", i ? "," : "", member->path,
				  (int)member->bit_offset, (int)member->width);
	}
	text = arena_strdup(&arena, out.text);
	strbuf_release(&out);
	return text;
}

/* All of that name, one a line. */
static const char *find(const struct object *object, const char *name)
{
	struct dwarf_reader reader = {.arena = &arena, .object = object};
	struct dwarf_layouts found = dwarf_layout_find(&reader, name);
	const char *text = "";

	for (size_t i = 0; i < found.count; i++)
		text = arena_printf(&arena, "%s%s\n", text, describe(&found.items[i]));
	dwarf_reader_release(&reader);
	return text;
}

static void layouts_are_those_of_the_source(void **state)
{
	static const char *const cases[][2] = {
		{"inner", "16: x 0+16, y 64+64\n"},
		{"nested",
		 "136: c 0+8, one 64+128, one.x 64+16, one.y 128+64, (anonymous) 192+32, i 192+32, "
		 "(anonymous) 192+16, low 192+8, high 200+8, grid 256+768, grid.x 256+16, "
		 "grid.y 320+64, pointer 1024+64\n"},
		{"either", "16: c 0+96, l 0+64\n"},
		{"pair_t", "8: c 0+8, i 32+32\n"},
		{"pairs_t", "32:\n"},
		{"small", "1:\n"},
		{"bits", "24: a 0+3, b 5+9, c 16+8, d 24+1, e 64+40, f 128+32\n"},
		{"packed", "14: c 0+8, a 8+30, b 38+10, l 48+64\n"},
		{"twice", "16: a 0+32, b 64+64\n8: b 0+64, rest 64+0\n"},
		{"twic", ""},
	};
	struct object object;

	read_object(&object, *state);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(btf_query_find(object.btf, cases[i][0]), 0);
		assert_string_equal(find(&object, cases[i][0]), cases[i][1]);
	}
	object_release(&object);
	arena_release(&arena);
}

/* Of the members of the type itself. */
static const char *describe_btf(const struct btf *btf, const struct btf_type *type)
{
	struct flat_layout layout = {.size = type->size};

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(btf, type, i);
		int64_t size = btf_query_size(btf, member.type);

		*ARENA_PUSH(&arena, layout.members, layout.n_members) = (struct flat_member){
			.path = flat_path(&arena, "", member.name),
			.bit_offset = member.bit_offset,
			.width = member.width ? member.width
				 : size > 0   ? (uint64_t)size * 8
					      : 0,
		};
	}
	return describe(&layout);
}

static bool has_definition(struct dwarf_reader *reader, const struct btf_type *type)
{
	const struct btf *btf = reader->object->btf;
	struct dwarf_layouts found = dwarf_layout_find(reader, btf_query_name(btf, type->name_off));

	for (size_t i = 0; i < found.count; i++) {
		struct flat_layout *layout = &found.items[i];
		size_t n_members = 0;

		/* Members of members come after their own. */
		for (size_t j = 0; j < layout->n_members && n_members < btf_vlen(type); j++) {
			struct btf_query_member member = btf_query_member(btf, type, n_members);

			if (!strcmp(layout->members[j].path, flat_path(&arena, "", member.name)))
				layout->members[n_members++] = layout->members[j];
		}
		layout->n_members = n_members;
		if (!strcmp(describe(layout), describe_btf(btf, type)))
			return true;
	}
	return false;
}

static void what_btf_has_too_is_the_same(void **state)
{
	struct object object;
	struct dwarf_reader reader = {.arena = &arena, .object = &object};
	int n_types = 0;

	read_object(&object, *state);
	for (uint32_t id = 1; id < btf__type_cnt(object.btf); id++) {
		const struct btf_type *type = btf__type_by_id(object.btf, id);

		if (!btf_is_composite(type) || !type->name_off)
			continue;
		n_types++;
		if (!has_definition(&reader, type))
			fail_msg("%s: not %s but %s", btf_query_type_name(object.btf, id),
				 describe_btf(object.btf, type),
				 find(&object, btf_query_type_name(object.btf, id)));
	}
	assert_true(n_types);
	dwarf_reader_release(&reader);
	object_release(&object);
	arena_release(&arena);
}

static struct source_type pack(const struct btf *btf, const char *name)
{
	__u32 size;
	const void *data = btf__raw_data(btf, &size);

	return (struct source_type){name, {arena_memdup(&arena, data, size), size}};
}

/* What libclang is made to say of struct bits. */
struct claim {
	const char *name;
	__u32 size, b_offset, b_width, c_offset;
	const char *last; /* NULL: there is no such member */
};

static const struct claim truth = {"bits", 24, 5, 9, 16, "f"};

static struct source_type make_type(const struct claim *claim)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "unsigned int", 4, 0);
	int byte = btf__add_int(btf, "char", 1, BTF_INT_SIGNED);
	int wide = btf__add_int(btf, "long long", 8, BTF_INT_SIGNED);
	struct source_type type;

	btf__add_struct(btf, claim->name, claim->size);
	btf__add_field(btf, "a", number, 0, 3);
	btf__add_field(btf, "b", number, claim->b_offset, claim->b_width);
	btf__add_field(btf, "c", byte, claim->c_offset, 0);
	btf__add_field(btf, "d", byte, 24, 1);
	btf__add_field(btf, "e", wide, 64, 40);
	if (claim->last)
		btf__add_field(btf, claim->last, number, 128, 0);
	type = pack(btf, claim->name);
	btf__free(btf);
	return type;
}

/* True when the type is in the object's BTF then. */
static bool add(struct object *object, struct source_type type)
{
	struct diag diag = test_diag(&messages);
	struct source_place place = {.file = "./x.bpf.c", .line = 55};
	struct source_facts facts = {.types = &type, .n_types = 1};

	*strmap_at(&facts.places, &arena, "struct bits") = &place;
	object->facts = &facts;
	object_add_types(object, &arena, &diag);
	object->facts = NULL;
	return btf_query_find(object->btf, type.name) != 0;
}

static void assert_refused(const struct claim *claim, const char *warning)
{
	struct object object;

	read_object(&object, "layouts_bpfel.clang.o");
	assert_false(add(&object, make_type(claim)));
	assert_string_equal(messages.text, warning);
	object_release(&object);
	arena_release(&arena);
}

#define REFUSED(difference)                                                         \
	"warning x.bpf.c:55: libclang gives the type 'bits' " difference            \
	"; the type is left out, and callbacks that would get it are untyped; let " \
	"BPFBAKE_LIBCLANG name the compiler's own libclang\n"

static void another_size_is_refused(void **state)
{
	struct claim claim = truth;

	(void)state;
	claim.size = 32;
	assert_refused(&claim, REFUSED("32 bytes, the compiler 24"));
}

static void another_offset_is_refused(void **state)
{
	struct claim claim = truth;

	(void)state;
	claim.c_offset = 8;
	assert_refused(&claim, REFUSED("the member 'c' at byte 1, the compiler at byte 2"));
	claim.b_offset = 4;
	assert_refused(&claim, REFUSED("the member 'b' at bit 4, the compiler at bit 5"));
}

static void another_width_is_refused(void **state)
{
	struct claim claim = truth;

	(void)state;
	claim.b_width = 8;
	assert_refused(&claim, REFUSED("a member 'b' of 8 bits, the compiler one of 9"));
}

static void other_members_are_refused(void **state)
{
	struct claim claim = truth;

	(void)state;
	claim.last = "g";
	assert_refused(&claim, REFUSED("the member 'g' where the compiler has 'f'"));
	claim.last = NULL;
	assert_refused(&claim, REFUSED("no member 'f', the compiler does"));
}

/* So is one that DWARF does not know. */
static void the_same_layout_is_added(void **state)
{
	struct claim unknown = truth;
	struct object object;

	read_object(&object, *state);
	unknown.name = "unknown";
	assert_true(add(&object, make_type(&truth)));
	assert_true(add(&object, make_type(&unknown)));
	assert_string_equal(messages.text, "");
	object_release(&object);
	arena_release(&arena);
}

/* struct twice as its first function has it, its second one, and none. */
static void one_definition_that_agrees_is_enough(void **state)
{
	static const struct {
		__u32 size, b_offset, rest_offset;
		bool is_added;
	} cases[] = {{16, 64, 0, true}, {8, 0, 64, true}, {8, 0, 32, false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct btf *btf = btf__new_empty();
		int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);
		int rest = btf__add_array(btf, number, number, 0);
		int pointer = btf__add_ptr(btf, 0);
		struct object object;

		btf__add_struct(btf, "twice", cases[i].size);
		if (cases[i].b_offset)
			btf__add_field(btf, "a", number, 0, 0);
		btf__add_field(btf, "b", pointer, cases[i].b_offset, 0);
		if (cases[i].rest_offset)
			btf__add_field(btf, "rest", rest, cases[i].rest_offset, 0);
		read_object(&object, "layouts_bpfeb.clang.o");
		assert_int_equal(add(&object, pack(btf, "twice")), cases[i].is_added);
		object_release(&object);
		btf__free(btf);
	}
	arena_release(&arena);
}

/* Of a type that is local to a function no place may be known but that of the call. */
static void the_warning_stands_at_the_call(void **state)
{
	struct claim claim = truth;
	struct diag diag = test_diag(&messages);
	struct source_event event = {.type = "struct bits", .file = "./y.h", .line = 7};
	struct source_facts facts = {.events = &event, .n_events = 1, .n_types = 1};
	struct object object;

	(void)state;
	claim.size = 32;
	facts.types = (struct source_type[]){make_type(&claim)};
	read_object(&object, "layouts_bpfel.clang.o");
	object.facts = &facts;
	object_add_types(&object, &arena, &diag);
	assert_contains(messages.text, "warning y.h:7: libclang gives the type 'bits' 32 bytes");
	object_release(&object);
	arena_release(&arena);
}

static void without_dwarf_anything_is_added(void **state)
{
	struct claim claim = truth;
	struct diag diag = test_diag(&messages);
	struct object object, stripped;
	struct bytes bytes;

	(void)state;
	read_object(&object, "layouts_bpfel.clang.o");
	assert_int_equal(object_strip(&object, &arena, &diag, &(struct strip_options){0}, &bytes),
			 0);
	assert_int_equal(object_read(&stripped, &arena, &diag, "x.bpf.c", bytes), 0);
	claim.size = 32;
	assert_true(add(&stripped, make_type(&claim)));
	assert_string_equal(messages.text, "");
	object_release(&stripped);
	object_release(&object);
	arena_release(&arena);
}

/* Where a section is in the copy `bytes` of its object. */
static unsigned char *section_in(const struct object *object, unsigned char *bytes,
				 const char *name)
{
	return bytes + (object_find_section(object, name)->data - object->bytes.data);
}

/* Finds something, or nothing, and comes to an end. */
static void search_damaged(const struct object *object, unsigned char *bytes)
{
	static const char *const names[] = {"nested", "pairs_t", "bits", "twice"};
	struct arena own = ARENA_INIT;
	struct object damaged = *object;
	struct dwarf_reader reader = {.arena = &own, .object = &damaged};

	damaged.bytes.data = bytes;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		dwarf_layout_find(&reader, names[i]);
	dwarf_reader_release(&reader);
	arena_release(&own);
}

/* Whatever in .debug_info refers to an entry of its own: a typedef of itself is among it, and a
 * struct that has itself for a member. */
static void circles_end(void **state)
{
	struct object object;
	unsigned char *bytes, *info;
	size_t size;

	(void)state;
	read_object(&object, "layouts_bpfel.clang.o");
	bytes = arena_memdup(&arena, object.bytes.data, object.bytes.size);
	info = section_in(&object, bytes, ".debug_info");
	size = object_find_section(&object, ".debug_info")->size;
	for (uint32_t at = 12; at + 4 <= size; at++) {
		unsigned char before[4];

		memcpy(before, info + at, 4);
		for (uint32_t back = 1; back <= 12; back++) {
			uint32_t target = at - back;

			memcpy(info + at, &target, 4);
			search_damaged(&object, bytes);
		}
		memcpy(info + at, before, 4);
	}
	object_release(&object);
	arena_release(&arena);
}

static void damaged_sections_say_nothing_or_something(void **state)
{
	static const char *const sections[] = {".debug_info", ".debug_abbrev", ".debug_str",
					       ".debug_str_offsets"};
	struct object object;
	unsigned char *bytes;
	uint32_t random = 1;

	read_object(&object, *state);
	bytes = arena_memdup(&arena, object.bytes.data, object.bytes.size);
	for (int i = 0; i < 4000; i++) {
		const char *name = sections[i % 4];
		size_t size = object_find_section(&object, name)->size;
		unsigned char *section = section_in(&object, bytes, name);

		for (int j = 0; j <= i % 3; j++) {
			random = random * 1664525 + 1013904223;
			section[(random >> 8) % size] = (unsigned char)(random >> 24);
		}
		search_damaged(&object, bytes);
		memcpy(section, object_find_section(&object, name)->data, size);
	}
	object_release(&object);
	arena_release(&arena);
}

#define LAYOUTS(name)                                                                        \
	{                                                                                    \
		"layouts " name, layouts_are_those_of_the_source, NULL, NULL, (void *)(name) \
	}
#define SAME(name)                                                                     \
	{                                                                              \
		"same " name, what_btf_has_too_is_the_same, NULL, NULL, (void *)(name) \
	}
#define ADDED(name)                                                                 \
	{                                                                           \
		"added " name, the_same_layout_is_added, NULL, NULL, (void *)(name) \
	}
#define DAMAGED(name)                                                                   \
	{                                                                               \
		"damaged " name, damaged_sections_say_nothing_or_something, NULL, NULL, \
			(void *)(name)                                                  \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		LAYOUTS("layouts_bpfel.clang.o"),
		LAYOUTS("layouts_bpfeb.clang.o"),
		LAYOUTS("layouts_bpfel.dwarf4.o"),
		LAYOUTS("layouts_bpfeb.dwarf4.o"),
		LAYOUTS("layouts_bpfel.lldb.o"),
		LAYOUTS("layouts_bpfeb.lldb.o"),
		SAME("types_bpfel.clang.o"),
		SAME("types_bpfeb.clang.o"),
		SAME("names_bpfel.clang.o"),
		SAME("struct_ops_bpfeb.clang.o"),
		SAME("programs_bpfel.clang.o"),
		ADDED("layouts_bpfel.clang.o"),
		ADDED("layouts_bpfeb.lldb.o"),
		cmocka_unit_test(another_size_is_refused),
		cmocka_unit_test(another_offset_is_refused),
		cmocka_unit_test(another_width_is_refused),
		cmocka_unit_test(other_members_are_refused),
		cmocka_unit_test(one_definition_that_agrees_is_enough),
		cmocka_unit_test(the_warning_stands_at_the_call),
		cmocka_unit_test(without_dwarf_anything_is_added),
		cmocka_unit_test(circles_end),
		DAMAGED("layouts_bpfel.clang.o"),
		DAMAGED("layouts_bpfeb.lldb.o"),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
