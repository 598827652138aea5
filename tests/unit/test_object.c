/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects that are none, or damaged: a message each, and never a crash. */
#include "test.h"

#include <elf.h>
#include <stdlib.h>

#include "header.h"
#include "model.h"
#include "strip.h"

static struct arena arena;
static struct test_messages messages;

static struct bytes read_object(const char *name)
{
	struct bytes bytes;

	assert_int_equal(
		file_read(&arena, arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s", name), &bytes),
		0);
	return bytes;
}

/* Through everything that is done with an object: 0 when a header came out. */
static int process(struct bytes bytes)
{
	struct diag diag = test_diag(&messages);
	struct object object = {0};
	struct model model;
	struct model_variant variant = {.model = &model, .target = "bpfel", .condition = "1"};
	struct model_set set = {&variant, 1};
	struct header_options options = {.name = "x", .tool = "test"};
	struct strip_options strip = {.directory = "/nowhere"};
	struct strbuf out = STRBUF_INIT;
	const struct value *view;
	int result = -1;

	messages.text[0] = '\0';
	if (!object_read(&object, &arena, &diag, "x.o", bytes) &&
	    !object_strip(&object, &arena, &diag, &strip, &variant.object) &&
	    !model_read(&model, &arena, &diag, &object)) {
		view = header_view(&arena, &diag, &options, &set);
		result = view ? header_render(&out, &arena, &diag, view) : -1;
	}
	object_release(&object);
	strbuf_release(&out);
	assert_int_equal(result != 0, diag.n_errors != 0);
	return result;
}

static void what_is_no_object_is_refused(void **state)
{
	static const unsigned char text[16] = "not an object";
	struct bytes self;

	(void)state;
	assert_int_equal(process((struct bytes){text, 0}), -1);
	assert_contains(messages.text, "is empty");
	assert_int_equal(process((struct bytes){text, sizeof(text)}), -1);
	assert_contains(messages.text, "is not an ELF file");
	assert_int_equal(file_read(&arena, "/proc/self/exe", &self), 0);
	assert_int_equal(process(self), -1);
	assert_contains(messages.text, "is an object for another machine");
	arena_release(&arena);
}

static void each_truncation_is_refused_or_harmless(void **state)
{
	struct bytes whole = read_object("variables_bpfel.clang.o");
	struct arena kept = arena;

	(void)state;
	arena = (struct arena)ARENA_INIT;
	for (size_t size = 0; size < whole.size; size += size < 200 ? 1 : 37) {
		unsigned char *copy = malloc(size ? size : 1);

		memcpy(copy, whole.data, size);
		process((struct bytes){copy, size});
		free(copy);
		arena_release(&arena);
	}
	arena_release(&kept);
}

/* Bytes changed at random, the same ones in every run. */
static void damage(unsigned char *data, size_t size, unsigned *seed)
{
	for (int i = rand_r(seed) % 8 + 1; i; i--) {
		size_t at = (size_t)rand_r(seed) % size;

		switch (rand_r(seed) % 3) {
		case 0:
			data[at] ^= (unsigned char)(1 << rand_r(seed) % 8);
			break;
		case 1:
			data[at] = (unsigned char)rand_r(seed);
			break;
		default:
			data[at] = 0xff;
		}
	}
}

static void damaged_objects_never_crash(void **state)
{
	const char *name = *state;
	struct bytes whole = read_object(arena_printf(&arena, "%s_bpfeb.clang.o", name));
	struct arena kept = arena;
	const char *asked = getenv("BPFBAKE_TEST_MUTATIONS");
	int count = asked ? atoi(asked) : 400, good = 0;
	unsigned seed = 1;

	arena = (struct arena)ARENA_INIT;
	for (int i = 0; i < count; i++) {
		unsigned char *copy = malloc(whole.size);

		memcpy(copy, whole.data, whole.size);
		damage(copy, whole.size, &seed);
		good += process((struct bytes){copy, whole.size}) == 0;
		free(copy);
		arena_release(&arena);
	}
	/* Damage to DWARF, say, is no reason to refuse; damage to BTF is. */
	assert_in_range(good, 1, count - 1);
	arena_release(&kept);
}

/* Every name of an object is a word of the header, or it is refused. */
static void names_that_are_no_identifiers_are_refused(void **state)
{
	static const char *const names[][2] = {
		{"filter", "fil;er"}, {"filter", "*/lter"}, {"filter", "\nilter"},
		{"count", "c(){}"},   {"limits", "li mit"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct bytes bytes = read_object("variables_bpfel.clang.o");
		unsigned char *at = (unsigned char *)bytes.data, *end = at + bytes.size;
		size_t length = strlen(names[i][0]) + 1;

		while ((at = memmem(at, (size_t)(end - at), names[i][0], length)))
			memcpy(at, names[i][1], length);
		assert_int_equal(process(bytes), -1);
		assert_contains(messages.text, "identifier");
		arena_release(&arena);
	}
}

static void an_absurd_alignment_is_refused(void **state)
{
	struct bytes bytes = read_object("variables_bpfel.clang.o");
	Elf64_Ehdr *header = (Elf64_Ehdr *)(void *)bytes.data;
	Elf64_Shdr *sections = (Elf64_Shdr *)(void *)(bytes.data + header->e_shoff);

	(void)state;
	sections[header->e_shnum - 1].sh_addralign = 1U << 30;
	assert_int_equal(process(bytes), -1);
	assert_contains(messages.text, "the alignment of a section");
	arena_release(&arena);
}

#define DAMAGE(name)                                                                     \
	{                                                                                \
		"damaged " name, damaged_objects_never_crash, NULL, NULL, (void *)(name) \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_object_is_refused),
		cmocka_unit_test(each_truncation_is_refused_or_harmless),
		cmocka_unit_test(names_that_are_no_identifiers_are_refused),
		cmocka_unit_test(an_absurd_alignment_is_refused),
		DAMAGE("maps"),
		DAMAGE("variables"),
		DAMAGE("types"),
		DAMAGE("struct_ops"),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
