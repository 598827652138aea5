/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * manual SOURCE-DIRECTORY OUTPUT-DIRECTORY: writes the manual and what shells complete, from the
 * templates of SOURCE-DIRECTORY and from the tables of the commands.
 */
#include <stdio.h>
#include <string.h>

#include "bug.h"
#include "cache.h"
#include "command.h"
#include "manual_page.h"
#include "manual_view.h"
#include "mustache.h"
#include "output.h"
#include "path.h"

/* Of the text that is not made from tables: whoever changes that changes it. */
#define DATE "2026-11-25"

const char session_tool[] = "bpfbake " BPFBAKE_VERSION;

static const struct {
	const char *template, *output;
	bool is_page; /* as a manual page */
} outputs[] = {
	{"command.md.mustache", "command.md", false},
	{"command.md.mustache", "bpfbake.1", true},
	{"bpfbake.bash.mustache", "completion/bpfbake.bash", false},
	{"bpfbake.zsh.mustache", "completion/_bpfbake", false},
	{"bpfbake.fish.mustache", "completion/bpfbake.fish", false},
};

static void emit(void *context, enum diag_level level, const char *where, const char *text)
{
	(void)context;
	(void)level;
	fprintf(stderr, "manual: %s%s%s\n", where ? where : "", where ? ": " : "", text);
}

static int write_one(struct arena *arena, struct diag *diag, char *const *directories, size_t i)
{
	const char *template = path_join(arena, directories[0], outputs[i].template);
	const char *path = path_join(arena, directories[1], outputs[i].output);
	struct strbuf text = STRBUF_INIT, page = STRBUF_INIT;
	struct strvec inputs = {0};
	struct bytes bytes;
	int result = file_read(arena, template, &bytes);

	if (result)
		return diag_error(diag, template, "cannot be read: %s", strerror(-result));
	result = mustache_render(&text, arena, diag, template, (const char *)bytes.data, bytes.size,
				 manual_view(arena, BPFBAKE_VERSION), NULL);
	if (outputs[i].is_page)
		manual_page(&page,
			    "BPFBAKE 1 " DATE " \"bpfbake " BPFBAKE_VERSION "\" \"User Commands\"",
			    text.text);
	strvec_push(&inputs, arena, template);
	cache_make_parents(arena, path);
	if (!result)
		result = output_put(arena, diag, path, outputs[i].is_page ? &page : &text, &inputs);
	strbuf_release(&text);
	strbuf_release(&page);
	return result;
}

int main(int argc, char **argv)
{
	struct diag diag = {.emit = emit};
	struct arena arena = ARENA_INIT;
	int result = 0;

	if (argc != 3) {
		fprintf(stderr, "usage: manual SOURCE-DIRECTORY OUTPUT-DIRECTORY\n");
		return 2;
	}
	for (size_t i = 0; i < ARRAY_SIZE(outputs) && !result; i++)
		result = write_one(&arena, &diag, argv + 1, i);
	arena_release(&arena);
	return result ? 1 : 0;
}
