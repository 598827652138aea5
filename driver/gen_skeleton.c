/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpfbake gen skeleton and gen subskeleton: bpftool's, for objects of either byte order.
 */
#include <string.h>

#include "bpftool.h"
#include "object_view.h"
#include "output.h"
#include "strbuf.h"

/* bpftool cuts longer ones. */
#define MAX_NAME 63

static int render(struct session *session, const char *path, const struct header_options *options,
		  struct strbuf *out)
{
	struct object_view view = {0};
	int result = object_view_read(&view, session, path, options);

	/* A library need not be complete. */
	if (!result && !options->is_subskeleton)
		result = model_check_externs(&session->diag, &view.object,
					     "link the two first, with gen object");
	if (!result)
		result = options->is_subskeleton
				 ? header_render_subskeleton(out, &session->arena, &session->diag,
							     view.value)
				 : header_render(out, &session->arena, &session->diag, view.value);
	object_view_release(&view);
	return result;
}

static enum status generate(struct session *session, const struct bpftool_options *options,
			    char *const *words, bool is_subskeleton)
{
	struct header_options header = {
		.face = HEADER_BPFTOOL,
		.is_light = options->light,
		.is_subskeleton = is_subskeleton,
		.tool = session_tool,
	};
	struct strbuf text = STRBUF_INIT;
	int result;

	if (!words[0] ||
	    (words[1] && (!bpftool_is_word(words[1], "name") || !words[2] || words[3])))
		return STATUS_USAGE;
	header.name =
		words[1] ? arena_strndup(&session->arena, words[2], strnlen(words[2], MAX_NAME))
			 : header_name_from_path(&session->arena, words[0]);
	if (header_check_name(&session->diag, header.name))
		return STATUS_USAGE;
	bpftool_debug_object(options, words[0]);
	result = render(session, words[0], &header, &text);
	if (!result)
		result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

enum status gen_skeleton(struct session *session, const struct bpftool_options *options,
			 char *const *words)
{
	return generate(session, options, words, false);
}

enum status gen_subskeleton(struct session *session, const struct bpftool_options *options,
			    char *const *words)
{
	return generate(session, options, words, true);
}
