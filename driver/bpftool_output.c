/* SPDX-License-Identifier: BSD-2-Clause */
#include <bpf/libbpf.h>

#include "bpftool.h"
#include "json_text.h"
#include "output.h"

/*
 * The bpftool whose commands these are. Build files compare it, and look for a feature: "skeletons"
 * is for those who ask whether gen skeleton can be had, "bootstrap" is what bpftool calls a build
 * of itself that has no more than the commands for builds.
 */
#define VERSION "7.5.0"

static void add_feature(struct json_text *json, const char *name, bool is_there)
{
	json_text_key(json, name);
	json_text_literal(json, is_there ? "true" : "false");
}

void bpftool_version(struct strbuf *out, const struct bpftool_options *options)
{
	struct json_text json = {.out = out, .is_pretty = options->pretty};
	const char *library = libbpf_version_string();

	if (!options->json) {
		strbuf_add_format(out,
				  "bpftool v" VERSION "\n"
				  "using libbpf %s\n"
				  "features: skeletons, bootstrap\n"
				  "made by %s\n",
				  library, session_tool);
		return;
	}
	json_text_open(&json, '{');
	json_text_key(&json, "version");
	json_text_string(&json, VERSION);
	json_text_key(&json, "libbpf_version");
	json_text_string(&json, library + (library[0] == 'v'));
	json_text_key(&json, "features");
	json_text_open(&json, '{');
	add_feature(&json, "libbfd", false);
	add_feature(&json, "llvm", false);
	add_feature(&json, "skeletons", true);
	add_feature(&json, "bootstrap", true);
	json_text_close(&json, '}');
	json_text_close(&json, '}');
	strbuf_add_char(out, '\n');
}

void bpftool_print_error(enum error_format format, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	struct json_text json = {.out = &out, .is_pretty = format == ERRORS_PRETTY_JSON};
	struct diag silent = {.emit = NULL};

	json_text_open(&json, '{');
	json_text_key(&json, "error");
	json_text_string(&json, text);
	json_text_close(&json, '}');
	strbuf_add_char(&out, '\n');
	output_print(&silent, out.text, out.length);
	strbuf_release(&out);
}
