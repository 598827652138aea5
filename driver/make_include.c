/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpfbake --make-include: the makefile that stands with the running program. Installed, it has its
 * place by the program's; a build tree has a copy beside the program.
 */
#include "command.h"
#include "output.h"
#include "path.h"
#include "strbuf.h"

#define MAKEFILE "bpfbake.mk"

/* As make's include reads it: there a blank ends a name. */
static void add_quoted(struct strbuf *out, const char *path)
{
	for (; *path; path++) {
		if (*path == ' ' || *path == '\t')
			strbuf_add_char(out, '\\');
		strbuf_add_char(out, *path);
	}
}

static const char *find_makefile(struct session *session)
{
	struct arena *arena = &session->arena;
	const char *program = path_real(arena, "/proc/self/exe"), *directory, *installed, *beside;

	if (!program) {
		diag_error(&session->diag, "/proc/self/exe",
			   "cannot be read, so " MAKEFILE " is not found; mount /proc");
		return NULL;
	}
	directory = path_dirname(arena, program);
	installed = path_join(arena, directory, BPFBAKE_MAKEFILE_DIRECTORY "/" MAKEFILE);
	beside = path_join(arena, directory, MAKEFILE);
	if (path_exists(installed))
		return path_real(arena, installed);
	if (path_exists(beside))
		return beside;
	diag_error(&session->diag, installed,
		   "is missing, and there is no " MAKEFILE
		   " beside the program; install bpfbake with its files (cmake --install)");
	return NULL;
}

static enum status run(struct session *session, char *const *argv)
{
	struct strbuf text = STRBUF_INIT;
	const char *path;
	int result;

	if (argv[0]) {
		diag_error(&session->diag, NULL, "--make-include takes no further word");
		return STATUS_USAGE;
	}
	path = find_makefile(session);
	if (!path)
		return STATUS_FAILED;
	add_quoted(&text, path);
	strbuf_add_char(&text, '\n');
	result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

const struct command make_include_command = {
	.name = "--make-include",
	.run = run,
	.summary = "print where bpfbake.mk is, for make's include",
	.usage = "--make-include",
	.help = "Prints where bpfbake.mk is, for make's include.",
};
