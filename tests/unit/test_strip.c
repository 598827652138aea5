/* SPDX-License-Identifier: BSD-2-Clause */
/* What stripping takes, what it leaves, and the line texts that it fills in. */
#include "test.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <elf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "strip.h"

static struct arena arena;
static struct test_messages messages;

static void read_object(struct object *object, const char *path, struct bytes bytes)
{
	struct diag diag = test_diag(&messages);

	if (object_read(object, &arena, &diag, path, bytes))
		fail_msg("%s", messages.text);
}

static void read_file(struct object *object, const char *path)
{
	struct bytes bytes;

	assert_int_equal(file_read(&arena, path, &bytes), 0);
	read_object(object, path, bytes);
}

static void strip(struct object *stripped, const struct object *object,
		  const struct strip_options *options)
{
	struct diag diag = test_diag(&messages);
	struct bytes bytes;

	assert_int_equal(object_strip(object, &arena, &diag, options, &bytes), 0);
	read_object(stripped, "stripped", bytes);
}

static void assert_same_section(const struct object_section *a, const struct object_section *b)
{
	assert_string_equal(a->name, b->name);
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->flags, b->flags);
	assert_int_equal(a->alignment, b->alignment);
	if (a->type != SHT_PROGBITS)
		return;
	assert_int_equal(a->size, b->size);
	assert_memory_equal(a->data, b->data, a->size);
}

/* llvm-strip leaves .llvm_addrsig in the object, and adds nothing. */
static void assert_same_sections(const struct object *ours, const struct object *theirs)
{
	size_t i = 1;

	for (size_t j = 1; j < theirs->n_sections; j++) {
		if (!strcmp(theirs->sections[j].name, ".llvm_addrsig"))
			continue;
		assert_true(i < ours->n_sections);
		assert_same_section(&ours->sections[i++], &theirs->sections[j]);
	}
	assert_int_equal(i, ours->n_sections);
}

static void assert_same_symbols(const struct object *ours, const struct object *theirs)
{
	assert_int_equal(ours->n_symbols, theirs->n_symbols);
	for (size_t i = 1; i < ours->n_symbols; i++) {
		const struct object_symbol *a = &ours->symbols[i], *b = &theirs->symbols[i];

		assert_string_equal(a->name, b->name);
		assert_int_equal(a->value, b->value);
		assert_int_equal(a->size, b->size);
		assert_int_equal(a->type, b->type);
		assert_int_equal(a->binding, b->binding);
		assert_int_equal(a->visibility, b->visibility);
		assert_string_equal(ours->sections[a->section].name,
				    theirs->sections[b->section].name);
	}
}

static void assert_same_relocations(const struct object *ours, const struct object *theirs)
{
	for (size_t i = 1; i < ours->n_sections; i++) {
		const struct object_section *a = &ours->sections[i];
		const struct object_section *b = object_find_section(theirs, a->name);

		assert_int_equal(a->n_relocations, b->n_relocations);
		for (size_t j = 0; j < a->n_relocations; j++) {
			assert_int_equal(a->relocations[j].offset, b->relocations[j].offset);
			assert_int_equal(a->relocations[j].type, b->relocations[j].type);
			assert_int_equal(a->relocations[j].symbol, b->relocations[j].symbol);
		}
	}
}

static void strips_what_llvm_strip_strips(void **state)
{
	static const char *const targets[] = {"bpfel", "bpfeb"};
	char path[] = "/tmp/bpfbake-test-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	for (size_t i = 0; i < 2; i++) {
		const char *file = arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s_%s.clang.o",
						(const char *)*state, targets[i]);
		struct object object, ours, theirs;

		read_file(&object, file);
		strip(&ours, &object, &(struct strip_options){0});
		if (system(arena_printf(&arena, "llvm-strip -g -o %s %s", path, file)))
			fail_msg("llvm-strip fails");
		read_file(&theirs, path);
		assert_same_sections(&ours, &theirs);
		assert_same_symbols(&ours, &theirs);
		assert_same_relocations(&ours, &theirs);
		object_release(&object);
		object_release(&ours);
		object_release(&theirs);
	}
	close(fd);
	unlink(path);
	arena_release(&arena);
}

/* The types and the line table of an object as one text, in the way of libbpf. */
static const char *dump_lines(const struct object *object)
{
	const struct object_section *ext = object_find_section(object, BTF_EXT_ELF_SEC);
	const char *text = "";

	/* From the first line record on: its part starts at offset 24 + its own. */
	const uint32_t *words = (const uint32_t *)ext->data;
	uint32_t at = (words[1] + words[4]) / 4 + 1, end = (words[1] + words[4] + words[5]) / 4;

	while (at < end) {
		uint32_t count = words[at + 1];

		text = arena_printf(&arena, "%s[%s]\n", text,
				    btf__name_by_offset(object->btf, words[at]));
		for (at += 2; count; count--, at += 4)
			text = arena_printf(&arena, "%s%u %s:%u %s\n", text, words[at],
					    btf__name_by_offset(object->btf, words[at + 1]),
					    words[at + 3] >> 10,
					    btf__name_by_offset(object->btf, words[at + 2]));
	}
	return text;
}

/* clang finds the source and puts its lines in: ours must be the same, got from the same file. */
static void line_texts_are_clangs(void **state)
{
	struct object object, ours;

	(void)state;
	read_file(&object, TEST_OBJECT_DIRECTORY "/programs_bpfel.clang.o");
	strip(&ours, &object, &(struct strip_options){.directory = "/"});
	assert_string_equal(dump_lines(&ours), dump_lines(&object));
	assert_contains(dump_lines(&ours), "return x * 3 + calls;");
	object_release(&object);
	object_release(&ours);
	arena_release(&arena);
}

/* icecc makes names of the working directory and what is relative to the source. */
static void names_lose_the_working_directory(void **state)
{
	static const char objects[] = BPFBAKE_SOURCE_DIR "/tests/objects";
	struct strip_options options = {.directory = objects, .working_directory = objects};
	struct object object, ours;

	(void)state;
	read_file(&object, TEST_OBJECT_DIRECTORY "/programs_bpfel.clang.o");
	assert_contains(dump_lines(&object), BPFBAKE_SOURCE_DIR "/tests/objects/programs.bpf.c:");
	strip(&ours, &object, &options);
	assert_null(strstr(dump_lines(&ours), BPFBAKE_SOURCE_DIR "/tests/objects/"));
	assert_contains(dump_lines(&ours), " programs.bpf.c:");
	assert_contains(dump_lines(&ours), "return x * 3 + calls;");
	object_release(&object);
	object_release(&ours);
	arena_release(&arena);
}

/* Types keep their ids, and a second pass finds nothing to do. */
static void stripping_twice_is_stripping_once(void **state)
{
	struct strip_options options = {.directory = "/"};
	struct object object, once, twice;

	read_file(&object, arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s_bpfeb.clang.o",
					(const char *)*state));
	strip(&once, &object, &options);
	strip(&twice, &once, &options);
	assert_int_equal(once.bytes.size, twice.bytes.size);
	assert_memory_equal(once.bytes.data, twice.bytes.data, once.bytes.size);
	assert_int_equal(btf__type_cnt(once.btf), btf__type_cnt(object.btf));
	for (uint32_t id = 1; id < btf__type_cnt(object.btf); id++) {
		const struct btf_type *a = btf__type_by_id(once.btf, id);
		const struct btf_type *b = btf__type_by_id(object.btf, id);

		assert_int_equal(a->info, b->info);
		assert_int_equal(a->size, b->size);
		assert_string_equal(btf__name_by_offset(once.btf, a->name_off),
				    btf__name_by_offset(object.btf, b->name_off));
	}
	object_release(&object);
	object_release(&once);
	object_release(&twice);
	arena_release(&arena);
}

static void debug_information_can_stay(void **state)
{
	struct object object, kept;

	(void)state;
	read_file(&object, TEST_OBJECT_DIRECTORY "/maps_bpfel.clang.o");
	strip(&kept, &object, &(struct strip_options){.directory = "/", .keep_debug = true});
	assert_non_null(object_find_section(&kept, ".debug_info"));
	assert_int_equal(object_find_section(&kept, ".debug_info")->n_relocations,
			 object_find_section(&object, ".debug_info")->n_relocations);
	object_release(&object);
	object_release(&kept);
	arena_release(&arena);
}

#define STRIP(name)                                                                      \
	{                                                                                \
		"strip " name, strips_what_llvm_strip_strips, NULL, NULL, (void *)(name) \
	}
#define TWICE(name)                                                                          \
	{                                                                                    \
		"twice " name, stripping_twice_is_stripping_once, NULL, NULL, (void *)(name) \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STRIP("maps"),
		STRIP("programs"),
		STRIP("variables"),
		STRIP("struct_ops"),
		TWICE("maps"),
		TWICE("types"),
		TWICE("programs"),
		cmocka_unit_test(line_texts_are_clangs),
		cmocka_unit_test(names_lose_the_working_directory),
		cmocka_unit_test(debug_information_can_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
