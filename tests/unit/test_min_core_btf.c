/* SPDX-License-Identifier: BSD-2-Clause */
/* What is kept where the kernel has several types of a name, and of types that no compiler makes.
 * Whether libbpf agrees is tests/kernel/min_core_btf.sh's. */
#include "min_core_btf.h"

#include <bpf/btf.h>

#include "test.h"

/* A program with `struct s { int a; int b; }`, and relocations of its members. */
struct program {
	struct arena arena;
	struct test_messages messages;
	struct diag diag;
	struct object object;
	struct object_section section;
	struct core_object core;
	struct btf *kernel;
	struct strbuf out;
	int integer; /* in the kernel's BTF */
	int result;
};

static void start(struct program *program)
{
	struct btf *btf = btf__new_empty();
	int integer = btf__add_int(btf, "int", 4, BTF_INT_SIGNED);

	*program = (struct program){.out = STRBUF_INIT};
	program->diag = test_diag(&program->messages);
	assert_int_equal(btf__add_struct(btf, "s", 8), 2);
	assert_int_equal(btf__add_field(btf, "a", integer, 0, 0), 0);
	assert_int_equal(btf__add_field(btf, "b", integer, 32, 0), 0);
	program->section = (struct object_section){.name = "test"};
	program->object = (struct object){.path = "x.o", .btf = btf};
	program->core.object = &program->object;
	program->kernel = btf__new_empty();
	program->integer = btf__add_int(program->kernel, "int", 4, BTF_INT_SIGNED);
}

static void end(struct program *program)
{
	btf__free(program->object.btf);
	btf__free(program->kernel);
	strbuf_release(&program->out);
	arena_release(&program->arena);
}

static void relocate(struct program *program, enum core_kind kind, uint32_t type,
		     const char *access)
{
	struct core_relocations *all = &program->core.relocations;

	*ARENA_PUSH(&program->arena, all->items, all->count) = (struct core_relocation){
		.section = &program->section,
		.text = "test",
		.kind = kind,
		.type = type,
		.access = access,
	};
}

/* struct s (or a flavour) of the kernel's, each member an int in a place of its own. */
static void add_kernel_struct(struct program *program, const char *name, const char *members,
			      unsigned first_bit)
{
	assert_true(btf__add_struct(program->kernel, name, 64) > 0);
	for (unsigned i = 0; members[i]; i++) {
		const char member[] = {members[i], '\0'};

		assert_int_equal(btf__add_field(program->kernel, member, program->integer,
						first_bit + i * 32, 0),
				 0);
	}
}

/* The result, to be freed; NULL after an error. */
static struct btf *make(struct program *program, bool is_strict)
{
	const struct min_core_btf input = {
		.kernel = program->kernel,
		.kernel_path = "vmlinux",
		.objects = &program->core,
		.n_objects = 1,
		.is_strict = is_strict,
	};
	struct btf *btf;

	program->result = min_core_btf_make(&program->out, &program->arena, &program->diag, &input);
	if (program->result)
		return NULL;
	btf = btf__new(program->out.text, (__u32)program->out.length);
	assert_non_null(btf);
	return btf;
}

/* "s:ab s___x:" of all structs. */
static const char *structs(struct program *program, const struct btf *btf)
{
	const char *text = "";

	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_struct(type))
			continue;
		text = arena_printf(&program->arena, "%s%s%s:", text, *text ? " " : "",
				    btf__name_by_offset(btf, type->name_off));
		for (__u32 i = 0; i < btf_vlen(type); i++)
			text = arena_printf(
				&program->arena, "%s%s", text,
				btf__name_by_offset(btf, btf_members(type)[i].name_off));
	}
	return text;
}

static void one_that_fits_all_is_enough(void **state)
{
	struct program program;
	struct btf *btf;

	(void)state;
	start(&program);
	add_kernel_struct(&program, "s", "axyz", 0);
	add_kernel_struct(&program, "s___2", "abc", 0);
	add_kernel_struct(&program, "s___3", "abd", 0);
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:0");
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:1");
	btf = make(&program, true);
	assert_string_equal(structs(&program, btf), "s___2:ab");
	btf__free(btf);
	end(&program);
}

static void where_none_fits_all_all_are_kept(void **state)
{
	struct program program;
	struct btf *btf;

	(void)state;
	start(&program);
	add_kernel_struct(&program, "s", "ax", 0);
	add_kernel_struct(&program, "s___2", "yb", 0);
	add_kernel_struct(&program, "s___3", "xy", 0);
	add_kernel_struct(&program, "other", "ab", 0);
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:0");
	relocate(&program, CORE_FIELD_EXISTS, 2, "0:1");
	btf = make(&program, true);
	assert_string_equal(structs(&program, btf), "s:a s___2:b");
	btf__free(btf);
	end(&program);
}

static void what_is_ambiguous_is_an_error_or_stays_so(void **state)
{
	struct program program;
	struct btf *btf;

	(void)state;
	start(&program);
	add_kernel_struct(&program, "s", "a", 0);
	add_kernel_struct(&program, "s___2", "a", 64);
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:0");
	assert_null(make(&program, true));
	assert_contains(program.messages.text,
			"error x.o: section test, instruction 0 (test): with "
			"vmlinux it is ambiguous");
	btf = make(&program, false);
	assert_contains(program.messages.text, "warning x.o: section test");
	assert_string_equal(structs(&program, btf), "s:a s___2:a");
	btf__free(btf);
	end(&program);
}

static void an_access_out_of_range_is_an_error(void **state)
{
	static const char *const accesses[] = {"0:2",           "",  "x", "0:", "0:0:0",
					       "0:99999999999", ":0"};

	(void)state;
	for (size_t i = 0; i < sizeof(accesses) / sizeof(accesses[0]); i++) {
		struct program program;

		start(&program);
		relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, accesses[i]);
		assert_null(make(&program, false));
		assert_contains(program.messages.text, "is not in the object's own types");
		end(&program);
	}
}

static void types_and_kinds_that_are_not_there(void **state)
{
	struct program program;

	(void)state;
	start(&program);
	relocate(&program, CORE_TYPE_EXISTS, 1000, "0");
	assert_null(make(&program, true));
	assert_contains(program.messages.text, "its type has no name");
	end(&program);
	start(&program);
	relocate(&program, (enum core_kind)77, 2, "0");
	assert_null(make(&program, true));
	end(&program);
}

/* `bits` is a member of the old kind, whose width stands in its integer. */
static void bitfields_of_old_stay(void **state)
{
	struct program program;
	struct btf *btf;
	const struct btf_type *type;
	int bits;

	(void)state;
	start(&program);
	bits = btf__add_int(program.kernel, "int", 4, 0);
	assert_true(bits > 0);
	*(__u32 *)(btf__type_by_id(program.kernel, (__u32)bits) + 1) = 3; /* width */
	add_kernel_struct(&program, "s", "a", 0);
	/* No width, and no byte: libbpf does not add such a one. */
	assert_int_equal(btf__add_field(program.kernel, "b", bits, 32, 0), 0);
	type = btf__type_by_id(program.kernel, btf__type_cnt(program.kernel) - 1);
	btf_members(type)[1].offset = 37;
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:1");
	btf = make(&program, true);
	type = btf__type_by_id(btf, (__u32)btf__find_by_name_kind(btf, "s", BTF_KIND_STRUCT));
	assert_int_equal(btf_vlen(type), 1);
	assert_int_equal(btf_members(type)[0].offset, 37);
	type = btf__type_by_id(btf, btf_members(type)[0].type);
	assert_int_equal(btf_int_bits(type), 3);
	btf__free(btf);
	end(&program);
}

/* 2^60 ways through anonymous structs that do not have the member. */
static void the_search_ends(void **state)
{
	struct program program;
	int inner;

	(void)state;
	start(&program);
	inner = btf__add_struct(program.kernel, NULL, 64);
	for (int i = 0; i < 60; i++) {
		int outer = btf__add_struct(program.kernel, i == 59 ? "s" : NULL, 64);

		assert_int_equal(btf__add_field(program.kernel, NULL, inner, 0, 0), 0);
		assert_int_equal(btf__add_field(program.kernel, NULL, inner, 0, 0), 0);
		inner = outer;
	}
	relocate(&program, CORE_FIELD_BYTE_OFFSET, 2, "0:0");
	assert_null(make(&program, false));
	assert_contains(program.messages.text, "too deep");
	end(&program);
}

/* Structs that hold each other, and a typedef of itself. */
static void circles_end(void **state)
{
	struct program program;
	struct btf *btf;
	int typedef_id;

	(void)state;
	start(&program);
	assert_true(btf__add_struct(program.kernel, "s", 64) > 0);
	assert_int_equal(btf__add_field(program.kernel, "a", 2, 0, 0), 0);
	assert_int_equal(btf__add_field(program.kernel, "b", 3, 0, 0), 0);
	typedef_id = btf__add_typedef(program.kernel, "s", 3);
	assert_int_equal(typedef_id, 3);
	assert_true(btf__add_typedef(program.object.btf, "s", 2) > 0);
	relocate(&program, CORE_TYPE_MATCHES, 2, "0");
	relocate(&program, CORE_TYPE_EXISTS, 3, "0");
	relocate(&program, CORE_TYPE_SIZE, 3, "0");
	btf = make(&program, false);
	btf__free(btf);
	end(&program);
}

/* What is written can be read: no variable without what follows one. */
static void no_type_leads_to_a_variable(void **state)
{
	struct program program;
	struct btf *btf, *local;
	int variable, array;

	(void)state;
	start(&program);
	local = program.object.btf;
	array = btf__add_array(local, 1, 1, 2);
	relocate(&program, CORE_TYPE_EXISTS, (uint32_t)btf__add_typedef(local, "pair", array), "0");
	variable = btf__add_var(program.kernel, "v", BTF_VAR_STATIC, program.integer);
	array = btf__add_array(program.kernel, variable, program.integer, 2);
	assert_true(btf__add_typedef(program.kernel, "pair", array) > 0);
	btf = make(&program, true);
	assert_non_null(btf);
	assert_true(btf__find_by_name_kind(btf, "pair", BTF_KIND_TYPEDEF) > 0);
	assert_true(btf__find_by_name_kind(btf, "v", BTF_KIND_VAR) < 0);
	btf__free(btf);
	end(&program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_fits_all_is_enough),
		cmocka_unit_test(where_none_fits_all_all_are_kept),
		cmocka_unit_test(what_is_ambiguous_is_an_error_or_stays_so),
		cmocka_unit_test(an_access_out_of_range_is_an_error),
		cmocka_unit_test(types_and_kinds_that_are_not_there),
		cmocka_unit_test(bitfields_of_old_stay),
		cmocka_unit_test(the_search_ends),
		cmocka_unit_test(circles_end),
		cmocka_unit_test(no_type_leads_to_a_variable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
