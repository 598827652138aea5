/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen skeleton: bpftool's skeleton, for objects of either byte order. */
#include "bpftool.h"
#include "object_view.h"
#include "output.h"
#include "strbuf.h"

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

enum status gen_skeleton(struct session *session, const struct bpftool_options *options,
			 char *const *words)
{
	struct strbuf text = STRBUF_INIT;
	const char *name;
	int result;

	if (!words[0] ||
	    (words[1] && (!bpftool_is_word(words[1], "name") || !words[2] || words[3])))
		return STATUS_USAGE;
	name = words[1] ? words[2] : header_name_from_path(&session->arena, words[0]);
	if (header_check_name(&session->diag, name))
		return STATUS_USAGE;
	bpftool_debug_object(options, words[0]);
	result = render(session, words[0], name, &text);
	if (!result)
		result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}
