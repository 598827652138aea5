/* SPDX-License-Identifier: BSD-2-Clause */
/* The pure parts of the driver: words, targets, tags, prefix maps, clang's command, depfiles. */
#include "test.h"

#include <stdlib.h>

#include "compile.h"
#include "depfile.h"
#include "help.h"
#include "options.h"
#include "prefix_map.h"
#include "search.h"
#include "tags.h"
#include "targets.h"
#include "words.h"

static struct arena arena;
static struct test_messages messages;
static struct diag diag;

static int set_up(void **state)
{
	(void)state;
	messages.text[0] = '\0';
	diag = test_diag(&messages);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

/* The words with a '|' behind each. */
static const char *show(const struct strvec *words)
{
	const char *text = "";

	for (size_t i = 0; i < words->count; i++)
		text = arena_printf(&arena, "%s%s|", text, words->items[i]);
	return text;
}

static struct strvec list(const char *text)
{
	struct strvec words = {0};

	words_split_blanks(&words, &arena, text);
	return words;
}

static void words_are_split_as_a_shell_does(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"  -a\t-b \n", "-a|-b|"},
		{"foo 'b ar' \"b az\"", "foo|b ar|b az|"},
		{"'' \"\"", "||"},
		{"a\\ b \\' \\\\", "a b|'|\\|"},
		{"'a\\b' \"a\\b\" \"\\\"\\\\\"", "a\\b|a\\b|\"\\|"},
		{"-DX='\"y z\"'", "-DX=\"y z\"|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strvec words = {0};

		assert_int_equal(words_split(&words, &arena, &diag, "-cflags", cases[i][0]), 0);
		assert_string_equal(show(&words), cases[i][1]);
	}
}

static void words_that_do_not_end_are_errors(void **state)
{
	static const char *const cases[] = {"'a", "\"a", "a\\", "\"a\\"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct strvec words = {0};

		assert_int_equal(words_split(&words, &arena, &diag, "-cflags", cases[i]), -1);
	}
	assert_int_equal(diag.n_errors, 4);
}

static void joined_words_split_into_themselves(void **state)
{
	const char *words[] = {"a b", "", "it's", "$x`y`\\", "-DX=\"1\"", "\xc3\xa9\n", NULL};
	struct strvec back = {0};
	struct strbuf text = STRBUF_INIT;

	(void)state;
	words_join(&text, (char *const *)words);
	assert_int_equal(words_split(&back, &arena, &diag, "x", text.text), 0);
	for (size_t i = 0; words[i]; i++)
		assert_string_equal(back.items[i], words[i]);
	strbuf_release(&text);
}

static void targets_for_an_architecture_come_first(void **state)
{
	struct target_list targets = {0};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "bpfel,bpfeb,arm64,bpfel"), 0);
	assert_int_equal(targets.count, 3);
	assert_string_equal(targets.items[0].suffix, "arm64_bpfel");
	assert_string_equal(targets.items[0].architecture, "arm64");
	assert_string_equal(targets.items[1].suffix, "bpfel");
	assert_string_equal(targets.items[2].suffix, "bpfeb");
}

static void names_of_one_compilation_become_one_target(void **state)
{
	struct target_list targets = {0};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "386,amd64,386"), 0);
	assert_int_equal(targets.count, 1);
	assert_string_equal(targets.items[0].condition, "defined(__i386__) || defined(__x86_64__)");
}

static void unknown_targets_are_named_with_the_known_ones(void **state)
{
	struct target_list targets = {0};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "bpfel,sparc"), -1);
	assert_string_equal(
		messages.text,
		"error : unknown target 'sparc'; known: bpf bpfel bpfeb native 386 amd64 "
		"arm arm64 loong64 mips ppc64 ppc64le riscv64 s390x\n");
	assert_int_equal(targets_parse(&targets, &arena, &diag, "bpfel,"), -1);
	assert_int_equal(targets_parse(&targets, &arena, &diag, ""), -1);
}

static void tags_become_a_condition(void **state)
{
	(void)state;
	assert_string_equal(tags_condition(&arena, &diag, "linux,!amd64,FAST"),
			    "defined(__linux__) && !(defined(__x86_64__)) && defined(FAST)");
	assert_null(tags_condition(&arena, &diag, "a b"));
	assert_null(tags_condition(&arena, &diag, "a,"));
	assert_null(tags_condition(&arena, &diag, "a\n#error"));
	assert_int_equal(diag.n_errors, 3);
}

static void command_for_a_generic_target(void **state)
{
	struct strvec argv = {0}, compiler = list("ccache clang"), cflags = list("-DA");
	struct strvec rest = list("-O1 -DB"), dirs = list("/usr/include/x"), maps = list("./=");
	struct target_list targets = {0};
	struct compile compile = {
		.compiler = &compiler,
		.cflags = &cflags,
		.rest = &rest,
		.search = &dirs,
		.maps = &maps,
		.source = "./a.bpf.c",
		.object = "T/bpfel.o",
		.depfile = "T/bpfel.d",
		.has_colour = true,
	};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "bpfel"), 0);
	compile.target = &targets.items[0];
	compile_make_command(&argv, &arena, &compile);
	assert_string_equal(
		show(&argv),
		"ccache|clang|-O2|-mcpu=v1|-DA|-O1|-DB|-MD|-MP|-MF|T/bpfel.d|"
		"-D__BPF_TARGET_MISSING=\"GCC error \\\"PT_REGS_* and BPF_KPROBE need an "
		"architecture: give one with -target, for example -target amd64,arm64\\\"\"|"
		"-Wunused-command-line-argument|-target|bpfel|-c|./a.bpf.c|-o|T/"
		"bpfel.o|-g|-gno-column-info|-fno-ident|"
		"-fdebug-compilation-dir=.|-ffile-prefix-map=./=|-idirafter|/usr/include/x|"
		"-fcolor-diagnostics|");
}

static void command_for_sccache(void **state)
{
	struct strvec argv = {0}, compiler = list("/opt/sccache clang -x"), none = {0};
	struct strvec maps = list("../s/=");
	struct target_list targets = {0};
	struct compile compile = {
		.compiler = &compiler,
		.cflags = &none,
		.rest = &none,
		.search = &none,
		.maps = &maps,
		.source = "../s/a.c",
		.object = "o",
	};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "s390x"), 0);
	compile.target = &targets.items[0];
	compile_make_command(&argv, &arena, &compile);
	assert_contains(show(&argv), "-ffile-prefix-map=../s/=|-frewrite-includes|"
				     "-ffile-prefix-map=../s/a.c=a.c|");
	argv.count = 0;
	compiler = list("clang sccache");
	compile_make_command(&argv, &arena, &compile);
	assert_null(strstr(show(&argv), "-frewrite-includes"));
}

static void command_for_an_architecture(void **state)
{
	struct strvec argv = {0}, compiler = list("clang"), none = {0};
	struct target_list targets = {0};
	struct compile compile = {
		.compiler = &compiler,
		.cflags = &none,
		.rest = &none,
		.search = &none,
		.maps = &none,
		.source = "../s/a.c",
		.object = "o",
	};

	(void)state;
	assert_int_equal(targets_parse(&targets, &arena, &diag, "s390x"), 0);
	compile.target = &targets.items[0];
	compile_make_command(&argv, &arena, &compile);
	assert_string_equal(
		show(&argv),
		"clang|-O2|-mcpu=v1|-D__TARGET_ARCH_s390|-Wunused-command-line-argument|"
		"-target|bpfeb|-c|../s/"
		"a.c|-o|o|-g|-gno-column-info|-fno-ident|-fdebug-compilation-dir=.|");
}

static void search_command_keeps_what_matters(void **state)
{
	struct strvec argv = {0}, compiler = list("clang");
	struct strvec flags = list("-O2 --sysroot=/s -I x --sysroot /t --target=arm-linux -DX");

	(void)state;
	search_make_command(&argv, &arena, &compiler, &flags);
	assert_string_equal(show(&argv),
			    "clang|--sysroot=/s|--sysroot|/t|--target=arm-linux|-E|-v|-x|"
			    "c|/dev/null|");
}

static void prefix_maps_lead_to_the_source(void **state)
{
	struct strvec maps = {0}, includes = {0}, flags;
	struct prefix_map_input input = {
		.working_directory = "/proc/self",
		.source_directory = "../../dev",
		.source_directory_real = "/dev",
		.includes = &includes,
	};

	(void)state;
	flags = list("-I/proc/ -DX -isystem /usr/include -I /none -iquote/dev");
	prefix_map_find_includes(&includes, &arena, &flags);
	assert_string_equal(show(&includes), "/proc/|/usr/include|/none|/dev|");
	prefix_map_make(&maps, &arena, &input);
	/* The longest first; nothing for /usr and for what is not there. */
	assert_string_equal(show(&maps),
			    "/proc/self/=../proc/self/|../../dev/=|/proc/=../proc/|/dev/=|");
}

static void the_working_directory_gets_no_map_above_the_source(void **state)
{
	struct strvec maps = {0}, includes = {0};
	struct prefix_map_input input = {
		.working_directory = "/a",
		.source_directory = "b",
		.source_directory_real = "/a/b",
		.includes = &includes,
	};

	(void)state;
	prefix_map_make(&maps, &arena, &input);
	assert_string_equal(show(&maps), "/a/b/=|b/=|");
}

static const char *read_depfile(const char *text)
{
	const struct strvec ignored = {(char *[]){(char *)"/tmp/x", NULL}, 1};
	struct strvec files = {0};

	depfile_read(&files, &arena, (struct bytes){(const unsigned char *)text, strlen(text)},
		     &ignored);
	return show(&files);
}

static void depfiles_of_clang_are_read(void **state)
{
	(void)state;
	assert_string_equal(read_depfile("T/a.o: ./a.bpf.c \\\n  /usr/x.h ././y.h\n\n/usr/x.h:\n"),
			    "a.bpf.c|/usr/x.h|y.h|");
	assert_string_equal(read_depfile("a.o: b\\ c.h d\\#e.h f$$g.h h\\i.h a:b\n"),
			    "b c.h|d#e.h|f$g.h|h\\i.h|a:b|");
	assert_string_equal(read_depfile("a.o: x\\\\\\ y.h z\\\\ w\n"), "x\\ y.h|z\\|w|");
	assert_string_equal(read_depfile("a.o: b \\\r\n c\r\n"), "b|c|");
	assert_string_equal(read_depfile("a.o: /tmp/x/y.h /tmp/xy/z.h b"), "/tmp/xy/z.h|b|");
	assert_string_equal(read_depfile("a.o:"), "");
	assert_string_equal(read_depfile(""), "");
	assert_string_equal(read_depfile("a.o: b\\"), "b\\|");
}

static void depfiles_come_back_as_they_went_in(void **state)
{
	struct strvec targets = list("x.skel.h"), files = {0}, back = {0};
	struct strbuf text = STRBUF_INIT;

	(void)state;
	strvec_push(&files, &arena, "a b/\xc3\xa9.c");
	strvec_push(&files, &arena, "$(x)#y.h");
	strvec_push(&files, &arena, "w\\ z.h");
	depfile_write(&text, &targets, &files);
	assert_contains(text.text, "x.skel.h: \\\n  a\\ b/");
	assert_contains(text.text, "\n$$(x)\\#y.h:\n");
	depfile_read(&back, &arena, (struct bytes){(const unsigned char *)text.text, text.length},
		     &(const struct strvec){0});
	assert_string_equal(show(&back), show(&files));
	strbuf_release(&text);
}

struct values {
	bool flag;
	const char *text;
	struct strvec list;
	unsigned count;
};

/* clang-format off */
static const struct option_spec specs[] = {
	{"flag", OPTION_FLAG, offsetof(struct values, flag), NULL, {"TEST_FLAG", NULL}, "A flag."},
	{"text", OPTION_STRING, offsetof(struct values, text), "TEXT", {"TEST_TEXT", "TEST_OTHER"},
	 "A text that is described at such length that it has to be wrapped, behind eighty columns "
	 "at the latest."},
	{"list", OPTION_LIST, offsetof(struct values, list), "NAME", {NULL, NULL}, "A list."},
	{"j", OPTION_COUNT, offsetof(struct values, count), "N", {NULL, NULL}, "A count."},
};
/* clang-format on */

static const struct option_table table = {specs, 4};

/* Parses a command line that is split at blanks; a comma list of what came out. */
static const char *parse(const char *line)
{
	struct values values = {0};
	struct strvec argv = list(line), words = {0}, rest = {0};
	static char *const empty[] = {NULL};

	messages.text[0] = '\0';
	if (options_parse(&table, &arena, &diag, argv.count ? argv.items : empty, &values, &words,
			  &rest))
		return "error";
	return arena_printf(&arena, "%d,%s,%s,%u,%s,%s", values.flag,
			    values.text ? values.text : "-", show(&values.list), values.count,
			    show(&words), show(&rest));
}

static void options_follow_gos_rules(void **state)
{
	static const char *const cases[][2] = {
		{"", "0,-,,0,,"},
		{"-flag --text x a b", "1,x,,0,a|b|,"},
		{"-text=x=y --list=p -list q", "0,x=y,p|q|,0,,"},
		{"-text= a", "0,,,0,a|,"},
		{"-flag false", "1,-,,0,false|,"},
		{"-flag=false -flag=T", "1,-,,0,,"},
		{"a -flag b -j 3", "1,-,,3,a|b|,"},
		{"-text -flag", "0,-flag,,0,,"},
		{"a b -- -flag -I x", "0,-,,0,a|b|,-flag|-I|x|"},
		{"-- -flag b -- -c", "0,-,,0,-flag|b|,-c|"},
		{"a - b", "0,-,,0,a|-|b|,"},
		{"a b -- c -- d", "0,-,,0,a|b|,c|--|d|"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(parse(cases[i][0]), cases[i][1]);
}

static void wrong_options_are_errors(void **state)
{
	static const char *const cases[][2] = {
		{"-fla", "did you mean '-flag'"},
		{"-Wall", "flags for clang stand behind '--'"},
		{"-text", "-text needs a value: -text TEXT"},
		{"-flag=maybe", "neither true nor false"},
		{"-j 0", "no number of at least 1"},
		{"-j x", "no number"},
		{"-j -1", "no number"},
		{"-qqqqqq", "see bpfbake --help"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_string_equal(parse(cases[i][0]), "error");
		assert_contains(messages.text, cases[i][1]);
	}
}

static void the_command_line_beats_the_environment(void **state)
{
	(void)state;
	setenv("TEST_OTHER", "second", 1);
	assert_string_equal(parse(""), "0,second,,0,,");
	setenv("TEST_TEXT", "first", 1);
	assert_string_equal(parse(""), "0,first,,0,,");
	assert_string_equal(parse("-text own"), "0,own,,0,,");
	setenv("TEST_TEXT", "", 1);
	assert_string_equal(parse(""), "0,-,,0,,");
	unsetenv("TEST_TEXT");
	setenv("TEST_FLAG", "true", 1);
	assert_string_equal(parse("-flag=false"), "0,second,,0,,");
	assert_string_equal(parse(""), "1,second,,0,,");
	setenv("TEST_FLAG", "2", 1);
	assert_string_equal(parse(""), "0,second,,0,,");
}

static void help_fits_in_eighty_columns(void **state)
{
	struct strbuf text = STRBUF_INIT;

	(void)state;
	help_add_options(&text, &table);
	assert_contains(text.text, "  -text TEXT  (environment: TEST_TEXT, else TEST_OTHER)\n");
	for (const char *line = text.text; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= 80);
	strbuf_release(&text);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_are_split_as_a_shell_does),
		TEST(words_that_do_not_end_are_errors),
		TEST(joined_words_split_into_themselves),
		TEST(targets_for_an_architecture_come_first),
		TEST(names_of_one_compilation_become_one_target),
		TEST(unknown_targets_are_named_with_the_known_ones),
		TEST(tags_become_a_condition),
		TEST(command_for_a_generic_target),
		TEST(command_for_an_architecture),
		TEST(command_for_sccache),
		TEST(search_command_keeps_what_matters),
		TEST(prefix_maps_lead_to_the_source),
		TEST(the_working_directory_gets_no_map_above_the_source),
		TEST(depfiles_of_clang_are_read),
		TEST(depfiles_come_back_as_they_went_in),
		TEST(options_follow_gos_rules),
		TEST(wrong_options_are_errors),
		TEST(the_command_line_beats_the_environment),
		TEST(help_fits_in_eighty_columns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
