/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What clang -v prints, on standard error:
 *
 *	Debian clang version 14.0.6
 *	…
 *	#include <...> search starts here:
 *	 /usr/lib/llvm-14/lib/clang/14.0.6/include
 *	 /usr/include/x86_64-linux-gnu
 *	End of search list.
 */
#include "search.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bug.h"
#include "cache.h"
#include "path.h"
#include "process.h"

/* Flags that decide where headers are; `takes_next` when the value may be the next word. */
static const struct {
	const char *name;
	bool takes_next;
} flags_that_matter[] = {
	{"--sysroot", true},     {"-isysroot", true},         {"--target=", false},
	{"-nostdinc", false},    {"--gcc-toolchain=", false}, {"-nostdlibinc", false},
	{"-resource-dir", true}, {"-nobuiltininc", false},
};

void search_make_command(struct strvec *argv, struct arena *arena, const struct strvec *compiler,
			 const struct strvec *flags)
{
	strvec_push_all(argv, arena, compiler);
	for (size_t i = 0; i < flags->count; i++) {
		const char *flag = flags->items[i];

		for (size_t j = 0; j < ARRAY_SIZE(flags_that_matter); j++) {
			size_t length = strlen(flags_that_matter[j].name);

			if (strncmp(flag, flags_that_matter[j].name, length) != 0)
				continue;
			strvec_push(argv, arena, flag);
			if (flags_that_matter[j].takes_next && !flag[length] &&
			    i + 1 < flags->count)
				strvec_push(argv, arena, flags->items[++i]);
			break;
		}
	}
	strvec_push(argv, arena, "-E");
	strvec_push(argv, arena, "-v");
	strvec_push(argv, arena, "-x");
	strvec_push(argv, arena, "c");
	strvec_push(argv, arena, "/dev/null");
}

/* The command with what tells one version of its programs from another. */
static const char *cache_key(struct arena *arena, const struct strvec *command)
{
	const char *key = "search 1";

	for (size_t i = 0; i < command->count; i++) {
		const char *word = command->items[i], *file = NULL;
		struct stat status;

		/* The first word, and the second of "ccache clang". */
		if (word[0] != '-' && i < 2)
			file = path_find_program(arena, word);
		if (!file || stat(file, &status) != 0)
			memset(&status, 0, sizeof(status));
		key = arena_printf(arena, "%s\n%s %s %lld %lld.%09ld", key, word, file ? file : "",
				   (long long)status.st_size, (long long)status.st_mtim.tv_sec,
				   status.st_mtim.tv_nsec);
	}
	return key;
}

/* clang's messages, or what of them was kept: the same form. */
static void parse(struct search *search, struct arena *arena, const char *text)
{
	static const char start[] = "#include <...> search starts here:";
	static const char end[] = "End of search list.";
	bool is_list = false;

	while (*text) {
		size_t length = strcspn(text, "\n");
		const char *line = arena_strndup(arena, text, length);

		if (!search->version && strstr(line, " version "))
			search->version = line;
		if (!strcmp(line, end))
			return;
		if (is_list && line[0] == ' ')
			strvec_push(&search->directories, arena, line + 1);
		is_list |= !strcmp(line, start);
		text += length + (text[length] == '\n');
	}
}

static void store(const struct search *search, struct arena *arena, const struct strvec *command)
{
	const char *text = arena_printf(arena, "%s\n#include <...> search starts here:\n",
					search->version ? search->version : "");

	for (size_t i = 0; i < search->directories.count; i++)
		text = arena_printf(arena, "%s %s\n", text, search->directories.items[i]);
	cache_store(arena, cache_key(arena, command), text);
}

bool search_load(struct search *search, struct arena *arena, const struct strvec *command)
{
	const char *text = cache_load(arena, cache_key(arena, command));

	if (text)
		parse(search, arena, text);
	return text;
}

int search_find(struct search *search, struct arena *arena, struct diag *diag,
		const struct strvec *command)
{
	struct process process = PROCESS_INIT;
	struct strbuf reason = STRBUF_INIT;
	const char *failure;
	int result;

	if (search_load(search, arena, command))
		return 0;
	process.argv = command->items;
	result = process_run_all(&process, 1, 1);
	failure = result ? NULL : process_failure(&process, &reason);
	if (failure && process.error)
		result = diag_error(
			diag, NULL,
			"'%s' %s; install clang (Debian: apt-get install clang) or name a "
			"compiler with -cc",
			command->items[0], failure);
	else if (failure)
		result = diag_error(diag, NULL, "'%s -v' %s: %s", command->items[0], failure,
				    process.messages.text);
	else if (!result)
		parse(search, arena, process.messages.text);
	if (!result)
		store(search, arena, command);
	strbuf_release(&process.output);
	strbuf_release(&process.messages);
	strbuf_release(&reason);
	return result;
}

int search_major(const struct search *search)
{
	const char *version = search->version ? strstr(search->version, " version ") : NULL;

	return version ? atoi(version + strlen(" version ")) : 0;
}
