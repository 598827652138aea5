/* SPDX-License-Identifier: BSD-2-Clause */
/* Which texts are read as a vmlinux.h; test_vmlinux_layout.c has what they mean. */
#include "test.h"

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdlib.h>

#include "btf_check.h"
#include "btf_dumpable.h"
#include "bug.h"
#include "slice.h"
#include "strbuf.h"
#include "vmlinux_text.h"

static bool is_read(const char *text, size_t size)
{
	struct arena own = ARENA_INIT;
	/* To the byte, so that reading over the end is seen. */
	unsigned char *copy = malloc(size ? size : 1);
	struct btf *btf;

	assert_non_null(copy);
	memcpy(copy, text, size);
	btf = vmlinux_text_read(&own, (struct bytes){copy, size});
	if (btf)
		assert_true(btf_check(btf));
	btf__free(btf);
	arena_release(&own);
	free(copy);
	return btf != NULL;
}

static const char *const known[] = {
	"",
	"#pragma once\n",
	"typedef int a; // one\n",
	"#ifndef X_H\n#define X_H\nstruct a;\n#endif",
	"extern int a(struct b *, int) __weak __ksym;",
	"extern __bpf_fastcall struct a *b(void) __weak __ksym;",
	"struct a { int b; }; struct c { struct a; };",
	"typedef int a; struct a { a a; } __attribute__((preserve_access_index));",
	"struct a { int (*b)(int (*)(void), ...); };",
};
static const char *const unknown[] = {
	"#include <a.h>\n",
	"#define A 1\n",
	"#ifndef A\n#define B\n#endif",
	"#ifdef A\n#endif\n",
	"#ifndef A\nstruct a;\n#else\nstruct b;\n#endif\n",
	"#pragma pack(1)\nstruct a { char b; int c; };",
	"static inline int a(void) { return 0; }",
	"int a(void);",
	"int a;",
	"struct a { int b; } c;",
	"extern int a(void) { return 0; }",
	"extern int a;",
	"extern int a(void);",
	"extern int a(void) __ksym;",
	"extern int a(void) __weak __ksym",
	"extern int a(void) __weak __ksym __weak;",
	"extern __weak int a(void) __ksym;",
	"struct c { struct a { int b; }; };",
	"struct c { enum a { B }; };",
	"struct a { b c; };",
	"struct a { struct b c; };",
	"struct a { struct a b; };",
	"struct a { struct a b[2]; } __attribute__((aligned(8)));",
	"struct a { struct a { int b; } c; };",
	"struct a { void b; };",
	"struct a { int b(void); };",
	"struct a { enum b c; };",
	"struct a { int b : 33; };",
	"struct a { int b : 0; };",
	"struct a { int *b : 2; };",
	"struct a { float b : 2; };",
	"struct a { int; };",
	"struct a { struct b; };",
	"struct a { int b[1 + 1]; };",
	"struct a { int b[99999999999]; };",
	"struct a { int b[4294967295][4294967295][4294967295]; };",
	"struct a { int b; }; struct a { int b; };",
	"struct a { int b; }; union a;",
	"typedef int a; typedef int a;",
	"typedef int a",
	"typedef int;",
	"typedef long long long a;",
	"typedef short char a;",
	"typedef signed unsigned a;",
	"typedef unsigned float a;",
	"typedef long double a;",
	"typedef int a __attribute__((aligned(8)));",
	"typedef int __attribute__((vector_size(16))) a;",
	"struct a { int b; } __attribute__((aligned(3)));",
	"struct a { int b; } __attribute__((unknown));",
	"enum a { };",
	"enum a { A = B };",
	"enum a { A = 1 << 2 };",
	"enum a { A = 18446744073709551616 };",
	"enum a { A = -1, B = 18446744073709551615 };",
	"enum a { A = 08 };",
	"enum a { A = 0x };",
	"enum a { A = 1 B };",
	"enum a { A } __attribute__((packed));",
	"enum a { A } __attribute__((mode(unknown)));",
	"/* typedef int a;",
	"\"",
	"_Static_assert(1, \"\");",
	"@",
};

static void what_is_not_known_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++) {
		if (!is_read(known[i], strlen(known[i])))
			fail_msg("refused: %s", known[i]);
	}
	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
		if (is_read(unknown[i], strlen(unknown[i])))
			fail_msg("read: %s", unknown[i]);
	}
	assert_false(is_read("int\0;", 5));
}

/* What btf_dump made, for which it is made again. */
static void declarations_come_back(void **state)
{
	static const char text[] = "struct a {\n"
				   "\tint (*b)(struct a *, const char *, ...);\n"
				   "\tchar (*c)[16];\n"
				   "\tvoid (* (*d)(int, void *))(long unsigned int);\n"
				   "\tconst char * const *e[3][4];\n"
				   "\tvolatile int f;\n"
				   "\tint __attribute__((btf_type_tag(\"user\"))) *g;\n"
				   "\tvoid * restrict h;\n"
				   "};\n";
	struct arena arena = ARENA_INIT;
	struct btf *btf =
		vmlinux_text_read(&arena, (struct bytes){(const void *)text, strlen(text)});
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_non_null(btf);
	assert_int_equal(slice_write_all(&out, btf), 0);
	assert_contains(out.text, text);
	strbuf_release(&out);
	btf__free(btf);
	arena_release(&arena);
}

/* libbpf has functions that would go round for ever. */
static void what_holds_itself_is_found(void **state)
{
	struct arena arena = ARENA_INIT;
	struct btf *good = btf__new_empty(), *chain = btf__new_empty(), *record = btf__new_empty();
	int id;

	(void)state;
	btf__add_int(good, "int", 4, BTF_INT_SIGNED);
	btf__add_struct(good, "list", 8);
	btf__add_field(good, "next", 3, 0, 0);
	btf__add_ptr(good, 2);
	btf__add_const(good, 0);
	assert_true(btf_check(good) && btf_is_dumpable(&arena, good));
	id = btf__add_const(chain, 2);
	btf__add_typedef(chain, "again", id);
	assert_true(btf_check(chain));
	assert_false(btf_is_dumpable(&arena, chain));
	btf__add_struct(record, "itself", 8);
	btf__add_field(record, "member", 2, 0, 0);
	btf__add_array(record, 2, 1, 1);
	assert_true(btf_check(record));
	assert_false(btf_is_dumpable(&arena, record));
	btf__free(good);
	btf__free(chain);
	btf__free(record);
	arena_release(&arena);
}

/* `count` times `open`, then `close`. */
static bool is_nesting_read(const char *before, const char *open, const char *middle,
			    const char *close, int count)
{
	struct strbuf text = STRBUF_INIT;
	bool result;

	strbuf_add_string(&text, before);
	for (int i = 0; i < count; i++)
		strbuf_add_string(&text, open);
	strbuf_add_string(&text, middle);
	for (int i = 0; i < count; i++)
		strbuf_add_string(&text, close);
	strbuf_add_string(&text, ";");
	result = is_read(text.text, text.length);
	strbuf_release(&text);
	return result;
}

/* kfuncs, in the order of their names. */
static void kfuncs_come_back(void **state)
{
	static const char text[] =
		"/* BPF kfuncs */\n"
		"#ifndef BPF_NO_KFUNC_PROTOTYPES\n"
		"extern __bpf_fastcall void *a_fast(const void *obj, int number) __weak __ksym;\n"
		"extern void b_empty(void) __weak __ksym;\n"
		"extern void __attribute__((address_space(1))) *c_pages(void "
		"__attribute__((address_space(1))) *, int count) __weak __ksym;\n"
		"extern int d_call(int (*callback)(struct user *), struct user **user) __weak "
		"__ksym;\n"
		"#endif\n";
	struct arena arena = ARENA_INIT;
	struct btf *btf =
		vmlinux_text_read(&arena, (struct bytes){(const void *)text, strlen(text)});
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_non_null(btf);
	assert_true(btf_check(btf));
	assert_int_equal(slice_write_all(&out, btf), 0);
	assert_contains(out.text, text);
	strbuf_release(&out);
	btf__free(btf);
	arena_release(&arena);
}

static struct bytes words_of(const char *text)
{
	return (struct bytes){(const void *)text, strlen(text)};
}

/* Of the kfuncs those that are named; their structs have bodies, since libbpf compares kinds. */
static void slices_have_the_kfuncs_that_are_named(void **state)
{
	struct arena arena = ARENA_INIT;
	struct btf *btf = vmlinux_text_read(
		&arena, words_of("struct user { long size; int number; };"
				 "struct other { int number; };"
				 "extern struct user *first(struct other **other) __weak __ksym;"
				 "extern struct user *second(void) __weak __ksym;"));
	struct slice_words words = {0};
	struct strbuf out = STRBUF_INIT;

	(void)state;
	assert_non_null(btf);
	slice_words_add_type(&words, &arena, "first");
	assert_int_equal(slice_write(&out, &arena, btf, &words), 0);
	assert_contains(out.text, "extern struct user *first(struct other **other) __weak __ksym;");
	assert_contains(out.text, "struct user {\n\tlong int size;");
	assert_contains(out.text, "struct other {\n");
	assert_null(strstr(out.text, "second"));
	strbuf_release(&out);
	btf__free(btf);
	arena_release(&arena);
}

static void nesting_has_an_end(void **state)
{
	static const char *const cases[][4] = {
		{"struct a", "{ struct ", "{ int b; }", "b; }"},
		{"typedef int ", "(", "a", ")"},
		{"typedef int ", "(*", "a", ")"},
		{"typedef void a", "(void (*)", "(void)", ")"},
		{"typedef int ", "*", "a", ""},
		{"typedef int a", "[2]", "", ""},
		{"typedef int a", "", ";", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *const *c = cases[i];

		if (i + 1 < ARRAY_SIZE(cases))
			assert_false(is_nesting_read(c[0], c[1], c[2], c[3], 1000000));
		if (c[1][0])
			assert_true(is_nesting_read(c[0], c[1], c[2], c[3], 10));
	}
}

static void cut_text_is_read_or_refused(void **state)
{
	struct arena arena = ARENA_INIT;
	struct bytes text;
	char *copy;
	uint32_t random = 1;

	(void)state;
	assert_int_equal(
		file_read(&arena, BPFBAKE_SOURCE_DIR "/tests/objects/vmlinux_text.h", &text), 0);
	copy = arena_memdup(&arena, text.data, text.size);
	assert_true(is_read(copy, text.size));
	for (size_t size = 0; size < text.size; size++)
		is_read(copy, size);
	for (int i = 0; i < 20000; i++) {
		size_t at, from;
		char before;

		random = random * 1664525 + 1013904223;
		at = (random >> 8) % text.size;
		from = (random >> 4) % text.size;
		before = copy[at];
		copy[at] = i % 4 ? copy[from] : (char)(random >> 24);
		is_read(copy, text.size);
		if (i % 3)
			copy[at] = before;
		if (i % 50 == 49)
			memcpy(copy, text.data, text.size);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_known_is_refused),
		cmocka_unit_test(declarations_come_back),
		cmocka_unit_test(kfuncs_come_back),
		cmocka_unit_test(slices_have_the_kfuncs_that_are_named),
		cmocka_unit_test(nesting_has_an_end),
		cmocka_unit_test(what_holds_itself_is_found),
		cmocka_unit_test(cut_text_is_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
