/* SPDX-License-Identifier: BSD-2-Clause */
/* The types of a vmlinux.h against those that clang makes of it, and against the kernel's own. */
#include "test.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "btf_check.h"
#include "btf_query.h"
#include "bug.h"
#include "compare_types.h"
#include "kernel_btf.h"
#include "slice.h"
#include "vmlinux_text.h"

static bool has_skipped;

static struct bytes string_bytes(const char *text)
{
	return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static struct bytes read_bytes(const char *path)
{
	struct bytes bytes;

	assert_int_equal(file_read(&arena, path, &bytes), 0);
	return bytes;
}

static struct btf *read_text(struct bytes text)
{
	struct btf *btf = vmlinux_text_read(&arena, text);

	assert_non_null(btf);
	assert_true(btf_check(btf));
	return btf;
}

/* That object is of the header alone, each type as a variable. */
static void layouts_are_clangs(void **state)
{
	struct btf *btf = read_text(read_bytes(BPFBAKE_SOURCE_DIR "/tests/objects/vmlinux_text.h"));
	struct btf *clang = btf__parse(
		arena_printf(&arena, TEST_OBJECT_DIRECTORY "/%s", (const char *)*state), NULL);

	assert_int_equal(libbpf_get_error(clang), 0);
	compare(clang, btf, true);
	assert_true(compared.n_types > 50);
	assert_int_equal(compared.n_wrong, 0);
	btf__free(clang);
	btf__free(btf);
	arena_release(&arena);
}

static void skip_because(const char *why)
{
	print_message("SKIP: %s\n", why);
	has_skipped = true;
	skip();
}

static struct btf *read_kernel(void)
{
	if (access(KERNEL_BTF_RUNNING, R_OK)) {
		skip_because("no " KERNEL_BTF_RUNNING);
	}
	return btf__parse(KERNEL_BTF_RUNNING, NULL);
}

static void a_kernel_comes_back(void **state)
{
	struct btf *kernel = read_kernel(), *btf;
	struct strbuf text = STRBUF_INIT;

	(void)state;
	assert_int_equal(slice_write_all(&text, kernel), 0);
	btf = read_text(string_bytes(text.text));
	compare(kernel, btf, false);
	assert_true(compared.n_types > 10000);
	assert_int_equal(compared.n_wrong, 0);
	strbuf_release(&text);
	btf__free(kernel);
	btf__free(btf);
	arena_release(&arena);
}

static void run_command(const char *command)
{
	if (system(command))
		fail_msg("%s", command);
}

/* A variable for each of the types makes them BTF. */
static void write_source(const char *path, const char *header, const struct btf *btf)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fprintf(file, "#include \"%s\"\n", strrchr(header, '/') + 1);
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		const char *keyword = btf_is_struct(type)  ? "struct"
				      : btf_is_union(type) ? "union"
				      : is_enum(type)      ? "enum"
							   : NULL;

		if (keyword && type->name_off && (btf_vlen(type) || !is_enum(type)))
			fprintf(file, "%s %s *a_%u;\n", keyword, btf_query_type_name(btf, id), id);
	}
	assert_int_equal(fclose(file), 0);
}

/* A header that bpftool wrote. */
static void compare_with_clang(const char *directory, const char *header)
{
	const char *source = arena_printf(&arena, "%s/all.bpf.c", directory);
	const char *object = arena_printf(&arena, "%s/all.bpf.o", directory);
	struct btf *btf = read_text(read_bytes(header)), *clang;

	write_source(source, header, btf);
	run_command(arena_printf(&arena, "clang -g -target bpf -c %s -o %s", source, object));
	clang = btf__parse(object, NULL);
	assert_int_equal(libbpf_get_error(clang), 0);
	compare(clang, btf, true);
	btf__free(clang);
	btf__free(btf);
}

static void bpftools_header_is_as_clang_reads_it(void **state)
{
	char directory[] = "/tmp/bpfbake-unit-XXXXXX";
	const char *header;

	(void)state;
	if (access(KERNEL_BTF_RUNNING, R_OK) || system("bpftool version >/dev/null 2>&1")) {
		skip_because("no bpftool, or no " KERNEL_BTF_RUNNING);
	}
	assert_non_null(mkdtemp(directory));
	header = arena_printf(&arena, "%s/vmlinux.h", directory);
	run_command(arena_printf(
		&arena, "bpftool btf dump file " KERNEL_BTF_RUNNING " format c >%s", header));
	compare_with_clang(directory, header);
	run_command(arena_printf(&arena, "rm -r %s", directory));
	assert_true(compared.n_types > 10000);
	assert_int_equal(compared.n_wrong, 0);
	arena_release(&arena);
}

/* Of bpftool's, in the present directory: older ones do not write each enum with its size. */
static void a_header_is_as_clang_reads_it(void **state)
{
	char **paths = *state;

	compare_with_clang(".", paths[2]);
	assert_true(compared.n_types > 100);
	assert_int_equal(compared.n_wrong, 0);
	arena_release(&arena);
}

#define LAYOUTS(name)                                                           \
	{                                                                       \
		"layouts " name, layouts_are_clangs, NULL, NULL, (void *)(name) \
	}

/* The types of BTF as those of the header that bpfbake wrote of it. */
static void headers_types_are_its_btfs(void **state)
{
	char **paths = *state;
	struct btf *btf = read_text(read_bytes(paths[1])), *wanted = btf__parse(paths[0], NULL);

	assert_int_equal(libbpf_get_error(wanted), 0);
	compare(wanted, btf, false);
	assert_true(compared.n_types > 100);
	assert_int_equal(compared.n_wrong, 0);
	btf__free(wanted);
	btf__free(btf);
	arena_release(&arena);
}

/* Of a kernel: its BTF, and its headers by bpfbake and by bpftool. */
static int test_kernel(char **paths)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_prestate(headers_types_are_its_btfs, paths),
		cmocka_unit_test_prestate(a_header_is_as_clang_reads_it, paths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		LAYOUTS("vmlinux_text_bpfel.clang.o"),
		LAYOUTS("vmlinux_text_bpfeb.clang.o"),
		cmocka_unit_test(a_kernel_comes_back),
		cmocka_unit_test(bpftools_header_is_as_clang_reads_it),
	};

	libbpf_set_print(NULL);
	if (argc == 4)
		return test_kernel(argv + 1);
	if (cmocka_run_group_tests(tests, NULL, NULL))
		return 1;
	return has_skipped ? 77 : 0;
}
