/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A command line of bpftool's, or of a command of ours that runs no compiler: each line of the
 * input is a word. It is run, in a directory with some objects, a vmlinux.h and a template. A run
 * that fails says why, and leaves the directory as it was.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bpftool.h"
#include "bug.h"
#include "command.h"
#include "fuzz.h"

const char session_tool[] = "fuzzed";

/* What is there to read. Names are short, so that libFuzzer finds them. */
static struct {
	const char *name, *path;
	struct bytes bytes;
	ino_t inode;
} files[] = {
	{"a", FUZZ_OBJECTS "/parts_bpfel.o", {0}, 0},
	{"b", FUZZ_OBJECTS "/parts_other_bpfel.o", {0}, 0},
	{"c", FUZZ_OBJECTS "/core_bpfel.o", {0}, 0},
	{"d", FUZZ_OBJECTS "/names_bpfeb.o", {0}, 0},
	{"h", FUZZ_SOURCES "/tests/objects/vmlinux_text.h", {0}, 0},
	{"t", FUZZ_SOURCES "/templates/graph.mustache", {0}, 0},
};

static char directory[] = "/tmp/fuzz_bpftool.XXXXXX";

static bool is_input(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		if (!strcmp(files[i].name, name))
			return true;
	}
	return false;
}

static void write_input(size_t i)
{
	struct stat status;
	int fd = open(files[i].name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	fuzz_check(fd >= 0 && !file_write(fd, files[i].bytes.data, files[i].bytes.size) &&
			   !fstat(fd, &status),
		   "an input cannot be written");
	close(fd);
	files[i].inode = status.st_ino;
}

/* Makes the directory as it was; how much had changed. Outputs are renamed into place, so each has
 * an inode of its own. */
static size_t restore(void)
{
	DIR *stream = opendir(".");
	struct dirent *entry;
	struct stat status;
	size_t changes = 0;

	fuzz_check(stream != NULL, "no directory");
	while ((entry = readdir(stream))) {
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
		    !is_input(entry->d_name)) {
			fuzz_check(!unlink(entry->d_name), "an output cannot be removed");
			changes++;
		}
	}
	closedir(stream);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		if (!stat(files[i].name, &status) && status.st_ino == files[i].inode)
			continue;
		write_input(i);
		changes++;
	}
	return changes;
}

static void leave(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		unlink(files[i].name);
	rmdir(directory);
}

/* What is printed goes nowhere; libFuzzer has its own way to the standard error. */
static void start(void)
{
	static struct arena arena;
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fuzz_check(fd >= 0 && dup2(fd, STDOUT_FILENO) >= 0, "no /dev/null");
	stderr = fdopen(fd, "w");
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		fuzz_check(!file_read(&arena, files[i].path, &files[i].bytes), files[i].path);
	fuzz_check(mkdtemp(directory) && !chdir(directory), "no directory");
	atexit(leave);
	restore();
}

static enum status run(struct session *session, char *const *argv)
{
	static const struct command *const commands[] = {&gen_command, &btf_command,
							 &inspect_command};
	const struct command *command;

	if (bpftool_is_meant(session, argv))
		return bpftool_main(session, argv);
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(argv[0], commands[i]->name))
			return commands[i]->run(session, argv + 1);
	}
	command = command_find("help");
	return strcmp(argv[0], command->name) != 0 ? bpftool_main(session, argv)
						   : command->run(session, argv + 1);
}

/* Words, but for those that lead out of the directory. */
static bool read_words(struct strvec *words, struct arena *arena, char *text)
{
	for (char *word = strtok(text, "\n"); word; word = strtok(NULL, "\n")) {
		if (strchr(word, '/'))
			return false;
		strvec_push(words, arena, word);
	}
	return words->count > 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool is_started;
	struct bytes bytes = fuzz_copy(data, size);
	struct session session = {0};
	struct strvec words = {0};

	if (!is_started)
		start();
	is_started = true;
	if (read_words(&words, &session.arena, (char *)bytes.data)) {
		enum status status = run(&session, words.items);
		size_t changes = restore();

		fuzz_check(status == STATUS_DONE || status == STATUS_FAILED ||
				   status == STATUS_USAGE,
			   "a status that there is not");
		fuzz_check((status == STATUS_DONE) == !session.diag.n_errors,
			   status ? "a failure without a message" : "an error, and no failure");
		fuzz_check(status == STATUS_DONE || !changes, "a failure, and outputs");
		fuzz_check(changes <= 1, "more than one output");
	}
	arena_release(&session.arena);
	free((void *)bytes.data);
	return 0;
}
