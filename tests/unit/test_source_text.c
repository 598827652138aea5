/* SPDX-License-Identifier: BSD-2-Clause */
#include "test.h"

#include <stdlib.h>
#include <unistd.h>

#include "source_text.h"

struct fixture {
	struct arena arena;
	struct source_text text;
	char directory[32];
	struct source_includes includes;
	const char *macros, *maps; /* with a blank behind each */
};

static void write_file(const char *directory, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static const char *join(struct arena *arena, const struct strvec *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->count; i++)
		text = arena_printf(arena, "%s%s ", text, list->items[i]);
	return text;
}

static void read_source(struct fixture *f, const char *source)
{
	write_file(f->directory, "a.bpf.c", source);
	assert_true(source_text_read(&f->text, &f->arena,
				     arena_printf(&f->arena, "%s/a.bpf.c", f->directory),
				     &f->includes));
	f->macros = join(&f->arena, &f->text.macros);
	f->maps = join(&f->arena, &f->text.event_maps);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	strcpy(f->directory, "/tmp/source-text-XXXXXX");
	assert_non_null(mkdtemp(f->directory));
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	static const char *const names[] = {"a.bpf.c", "own.h", "vmlinux_510.h", "bpf_helpers.h"};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[128];

		snprintf(path, sizeof(path), "%s/%s", f->directory, names[i]);
		(void)unlink(path);
	}
	assert_int_equal(rmdir(f->directory), 0);
	arena_release(&f->arena);
	free(f);
	return 0;
}

static void macros_with_a_body_are_found(void **state)
{
	struct fixture *f = *state;

	read_source(f, "#define ONE 1\n"
		       "  #  define TWO (ONE + 1) // two\n"
		       "#define EMPTY\n"
		       "#define CALL(x) x\n"
		       "#define CONTINUED 1 + \\\n 2\n"
		       "#define TYPE struct conn\n"
		       "#define URL \"http://x\" /* y */\n"
		       "#define QUOTE '\"'\n"
		       "#define ONE 1\n"
		       "int x; /* #define NOT_AT_THE_START 1 */\n"
		       "#define LAST 'x'");
	assert_string_equal(f->macros, "ONE TWO CONTINUED URL QUOTE LAST ");
}

static void what_would_take_in_the_rest_is_left_out(void **state)
{
	struct fixture *f = *state;

	read_source(f, "#define OPEN (\n"
		       "#define BRACE {\n"
		       "#define BLOCK { 1 }\n"
		       "#define STRING \"unfinished\n"
		       "#define FAR NEAR + 1\n"
		       "#define NEAR BRACE\n"
		       "#define IN_A_STRING \"BRACE {\"\n"
		       "#define INTEGER unsigned int\n"
		       "#define CAST ((INTEGER)1)\n");
	assert_string_equal(f->macros, "IN_A_STRING CAST ");
}

static void own_headers_are_read_and_no_others(void **state)
{
	struct fixture *f = *state;

	write_file(f->directory, "own.h", "#define OWN 1\n#include \"own.h\"\n");
	write_file(f->directory, "vmlinux_510.h",
		   "#ifndef __VMLINUX_H__\n#define __VMLINUX_H__\n#define KERNEL 1\n#endif\n");
	write_file(f->directory, "bpf_helpers.h", "#define LIBBPF 1\n");
	strvec_push(&f->includes.directories, &f->arena, f->directory);
	read_source(f, "#include <own.h>\n#include \"vmlinux_510.h\"\n#include \"none.h\"\n"
		       "#include \"bpf_helpers.h\"\n#include <stdio.h>\n#define HERE 1\n");
	assert_string_equal(f->macros, "OWN HERE ");
}

static void headers_are_told_by_more_than_their_names(void **state)
{
	struct fixture *f = *state;

	write_file(f->directory, "own.h", "#define FORCED 1\n");
	write_file(f->directory, "vmlinux_510.h", "#define EVENTS 1\n");
	strvec_push_format(&f->includes.files, &f->arena, "%s/own.h", f->directory);
	read_source(f, "#include \"vmlinux_510.h\"\n");
	assert_string_equal(f->macros, "FORCED EVENTS ");
	assert_true(source_text_is_foreign("x/bpf/btf.h", (struct bytes){0}));
	assert_false(source_text_is_foreign("x/btf.h", (struct bytes){0}));
	assert_true(source_text_is_foreign("bpf_helpers.h", (struct bytes){0}));
}

static void what_is_not_the_same_everywhere_is_left_out(void **state)
{
	struct fixture *f = *state;

	read_source(f, "#define WHEN __TIME__\n#define TODAY \"on \" __DATE__\n"
		       "#define HERE(x) (__LINE__ + x)\n#define LINE HERE(1)\n"
		       "#define LIST 1, 2\n#define CALL f(1, 2)\n#define NAMED \"__TIME__\"\n"
		       "#define ENDS(x) (x\n#define USES ENDS(1)\n"
		       "#define DOS 1 + \\\r\n 2\n#define BLANK 3 + \\ \n 4\n");
	assert_string_equal(f->macros, "CALL NAMED DOS BLANK ");
}

static void only_directives_speak_of_targets(void **state)
{
	struct fixture *f = *state;

	read_source(f, "int x = bpf_htons(80);\n#include <bpf/bpf_endian.h>\n");
	assert_false(f->text.speaks_of_byte_order);
	assert_false(f->text.speaks_of_architecture);
	read_source(f, "#define PORT bpf_htons(80)\n");
	assert_true(f->text.speaks_of_byte_order);
	read_source(f, "#define PORT htons(80)\n#include <bpf/bpf_endian.h>\n");
	assert_true(f->text.speaks_of_byte_order);
	read_source(f, "#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__\n#endif\n"
		       "#include <bpf/bpf_endian.h>\n");
	assert_true(f->text.speaks_of_byte_order);
	read_source(f, "#if defined(__TARGET_ARCH_x86)\n#endif\n");
	assert_false(f->text.speaks_of_byte_order);
	assert_true(f->text.speaks_of_architecture);
}

static void what_turns_around_with_the_byte_order_is_known(void **state)
{
	struct fixture *f = *state;

	read_source(f, "#include <bpf/bpf_endian.h>\n#define PORT WIRE(80)\n#define ONE 1\n"
		       "#define WIRE(x) bpf_htons(x)\n#define BOTH (PORT + ONE)\n"
		       "#define IS_BIG (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)\n");
	assert_false(f->text.speaks_of_byte_order);
	assert_string_equal(f->macros, "PORT ONE BOTH IS_BIG ");
	assert_string_equal(join(&f->arena, &f->text.swapped_macros), "PORT BOTH IS_BIG ");
	assert_string_equal(f->text.endian_include, "#include <bpf/bpf_endian.h>");
}

static void maps_with_events_are_named(void **state)
{
	struct fixture *f = *state;

	read_source(f, "struct { __uint(type, BPF_MAP_TYPE_RINGBUF); } first SEC(\".maps\");\n"
		       "struct {\n\t__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);\n} second\n"
		       "SEC(\".maps\");\n"
		       "struct { __uint(type, BPF_MAP_TYPE_USER_RINGBUF); } third SEC(\".maps\");\n"
		       "struct { __uint(type, BPF_MAP_TYPE_HASH); } other SEC(\".maps\");\n"
		       "BPFBAKE_EVENT( second , struct event);\n");
	assert_string_equal(f->maps, "first third ");
	assert_false(f->text.has_hidden_event_maps);
	read_source(f, "#define RING(name) struct { \\\n"
		       "\t__uint(type, BPF_MAP_TYPE_RINGBUF); } name SEC(\".maps\")\n");
	assert_string_equal(f->maps, "");
	assert_true(f->text.has_hidden_event_maps);
}

static void a_file_that_is_not_there_is_told(void **state)
{
	struct fixture *f = *state;

	assert_false(source_text_read(&f->text, &f->arena, "/none/a.bpf.c", &f->includes));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(macros_with_a_body_are_found),
		TEST(what_would_take_in_the_rest_is_left_out),
		TEST(own_headers_are_read_and_no_others),
		TEST(headers_are_told_by_more_than_their_names),
		TEST(what_is_not_the_same_everywhere_is_left_out),
		TEST(only_directives_speak_of_targets),
		TEST(what_turns_around_with_the_byte_order_is_known),
		TEST(maps_with_events_are_named),
		TEST(a_file_that_is_not_there_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
