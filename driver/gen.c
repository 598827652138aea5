/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen skeleton: bpftool's command, for objects of either byte order. */
#include <string.h>

#include "object_view.h"
#include "output.h"
#include "session.h"
#include "strbuf.h"

/* bpftool takes any beginning of a word. */
static bool is_word(const char *text, const char *word)
{
	return *text && !strncmp(word, text, strlen(text));
}

static int render(struct session *session, const char *path, const char *name, struct strbuf *out)
{
	struct header_options options = {
		.face = HEADER_BPFTOOL,
		.name = name,
		.tool = session_tool,
	};
	struct object_view view = {0};
	int result = object_view_read(&view, session, path, &options);

	if (!result)
		result = header_render(out, &session->arena, &session->diag, view.value);
	object_view_release(&view);
	return result;
}

static enum status usage(struct session *session)
{
	diag_error(&session->diag, NULL,
		   "the command line is: bpfbake gen skeleton FILE [name NAME]");
	return STATUS_USAGE;
}

enum status command_gen(struct session *session, char *const *argv)
{
	struct strbuf text = STRBUF_INIT;
	const char *name;
	int result;

	if (!argv[0])
		return usage(session);
	if (!is_word(argv[0], "skeleton")) {
		diag_error(&session->diag, NULL,
			   "this version has no 'gen %s'; it has: gen skeleton FILE [name NAME]",
			   argv[0]);
		return STATUS_USAGE;
	}
	if (!argv[1] || (argv[2] && (!is_word(argv[2], "name") || !argv[3] || argv[4])))
		return usage(session);
	name = argv[2] ? argv[3] : header_name_from_path(&session->arena, argv[1]);
	if (header_check_name(&session->diag, name))
		return STATUS_USAGE;
	result = render(session, argv[1], name, &text);
	if (!result)
		result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

void command_gen_help(struct strbuf *out)
{
	strbuf_add_string(
		out,
		"bpfbake gen skeleton FILE [name NAME]\n"
		"\n"
		"Prints the skeleton of an object as bpftool gen skeleton does. NAME is the name\n"
		"of its struct; without it, the file's base name without \".o\", with '_' for "
		"what\n"
		"cannot stand in an identifier. The object may have either byte order.\n");
}
