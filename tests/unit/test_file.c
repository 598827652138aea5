/* SPDX-License-Identifier: BSD-2-Clause */
/* Files: reading, and outputs that appear whole or not at all. */
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "path.h"
#include "tempfile.h"

struct directory {
	struct arena arena;
	char path[64];
};

static int set_up(void **state)
{
	struct directory *directory = calloc(1, sizeof(*directory));

	strcpy(directory->path, "/tmp/bpfbake-test-XXXXXX");
	*state = directory;
	return mkdtemp(directory->path) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct directory *directory = *state;
	char command[128];
	int result;

	snprintf(command, sizeof(command), "rm -rf %s", directory->path);
	result = system(command);
	arena_release(&directory->arena);
	free(directory);
	return result;
}

static const char *in(struct directory *directory, const char *name)
{
	return path_join(&directory->arena, directory->path, name);
}

static size_t count_files(struct directory *directory)
{
	DIR *dir = opendir(directory->path);
	size_t count = 0;

	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void assert_content(struct directory *directory, const char *name, const char *text)
{
	struct bytes bytes;

	assert_int_equal(file_read(&directory->arena, in(directory, name), &bytes), 0);
	assert_int_equal(bytes.size, strlen(text));
	assert_memory_equal(bytes.data, text, bytes.size);
	assert_int_equal(bytes.data[bytes.size], 0);
}

static void write_file(struct directory *directory, const char *name, const char *text)
{
	struct tempfile file = {0};

	assert_int_equal(
		tempfile_write(&file, &directory->arena, in(directory, name), text, strlen(text)),
		0);
	assert_int_equal(tempfile_commit(&file), 0);
}

static void a_file_appears_when_it_is_committed(void **state)
{
	struct directory *directory = *state;
	struct tempfile file = {0};

	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "out"), "new", 3),
			 0);
	assert_false(path_exists(in(directory, "out")));
	assert_int_equal(tempfile_commit(&file), 0);
	assert_content(directory, "out", "new");
	assert_int_equal(count_files(directory), 1);
}

static void a_dropped_file_leaves_the_old_one(void **state)
{
	struct directory *directory = *state;
	struct tempfile file = {0};

	write_file(directory, "out", "old");
	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "out"), "new", 3),
			 0);
	tempfile_drop(&file);
	assert_content(directory, "out", "old");
	assert_int_equal(count_files(directory), 1);
}

static void the_target_of_a_link_is_replaced(void **state)
{
	struct directory *directory = *state;
	struct stat status;

	write_file(directory, "real", "old");
	assert_int_equal(chmod(in(directory, "real"), 0640), 0);
	assert_int_equal(symlink("real", in(directory, "link")), 0);
	assert_int_equal(symlink("missing", in(directory, "dangling")), 0);
	write_file(directory, "link", "new");
	write_file(directory, "dangling", "born");
	assert_content(directory, "real", "new");
	assert_content(directory, "missing", "born");
	assert_int_equal(lstat(in(directory, "link"), &status), 0);
	assert_true(S_ISLNK(status.st_mode));
	assert_int_equal(stat(in(directory, "real"), &status), 0);
	assert_int_equal(status.st_mode & 07777, 0640);
}

static void what_is_no_file_is_refused(void **state)
{
	struct directory *directory = *state;
	struct tempfile file = {0};

	assert_int_equal(mkdir(in(directory, "d"), 0777), 0);
	assert_int_equal(mkfifo(in(directory, "fifo"), 0666), 0);
	assert_int_equal(symlink("loop", in(directory, "loop")), 0);
	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "d"), "x", 1),
			 -EISDIR);
	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "fifo"), "x", 1),
			 -EINVAL);
	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "loop"), "x", 1),
			 -ELOOP);
	assert_int_equal(tempfile_write(&file, &directory->arena, in(directory, "none/x"), "x", 1),
			 -ENOENT);
	assert_int_equal(count_files(directory), 3);
}

static void what_cannot_be_read_says_why(void **state)
{
	struct directory *directory = *state;
	struct bytes bytes;

	assert_int_equal(file_read(&directory->arena, in(directory, "none"), &bytes), -ENOENT);
	assert_int_equal(file_read(&directory->arena, directory->path, &bytes), -EISDIR);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_appears_when_it_is_committed), TEST(a_dropped_file_leaves_the_old_one),
		TEST(the_target_of_a_link_is_replaced),    TEST(what_is_no_file_is_refused),
		TEST(what_cannot_be_read_says_why),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
