/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen object: objects linked to one, for either byte order. */
#include "bpftool.h"
#include "linker.h"
#include "object_files.h"
#include "output.h"
#include "strbuf.h"

static int link_to(struct session *session, const char *output, const struct object_files *files)
{
	struct linker_objects inputs = {files->items, files->paths.count};
	struct strbuf text = STRBUF_INIT;
	struct bytes linked;
	int result;

	if (linker_link(&inputs, &session->arena, &session->diag, &linked))
		return -1;
	strbuf_add(&text, linked.data, linked.size);
	result = output_put(&session->arena, &session->diag, output, &text, &files->paths);
	strbuf_release(&text);
	return result;
}

enum status gen_object(struct session *session, const struct bpftool_options *options,
		       char *const *words)
{
	struct object_files files;
	int result;

	(void)options;
	if (!words[0] || !words[1])
		return STATUS_USAGE;
	result = object_files_read(&files, session, words + 1);
	if (!result)
		result = link_to(session, words[0], &files);
	object_files_release(&files);
	return result ? STATUS_FAILED : STATUS_DONE;
}
