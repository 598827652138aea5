/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake btf dump */
#include <bpf/btf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpftool.h"
#include "btf_c.h"
#include "btf_raw.h"
#include "kernel_btf.h"
#include "output.h"

struct request {
	const char *path;
	bool is_c, is_unsorted;
	uint32_t *roots;
	size_t n_roots;
};

static bool is_number(const char *text)
{
	char *end;

	if (!text || *text < '0' || *text > '9')
		return false;
	errno = 0;
	return strtoul(text, &end, 0) <= UINT32_MAX && !*end && !errno;
}

static int read_format(struct session *session, struct request *request, const char *format)
{
	if (!format || (strcmp(format, "c") != 0 && strcmp(format, "raw") != 0))
		return diag_error(&session->diag, NULL, "there is no format '%s'; there is: raw, c",
				  format ? format : "");
	request->is_c = !strcmp(format, "c");
	return 2;
}

static int read_roots(struct session *session, struct request *request, char *const *words)
{
	int taken = 1;

	if (!is_number(words[1]))
		return diag_error(
			&session->diag, NULL,
			"root_id needs the number of a type; btf dump without format c shows them");
	for (; is_number(words[taken]); taken++)
		*ARENA_PUSH(&session->arena, request->roots, request->n_roots) =
			(uint32_t)strtoul(words[taken], NULL, 0);
	return taken;
}

static int read_source(struct session *session, struct request *request, char *const *words)
{
	static const char *const kernels[] = {"id", "prog", "map"};

	if (bpftool_is_word(words[0], "file")) {
		request->path = words[1];
		return 2;
	}
	for (size_t i = 0; i < sizeof(kernels) / sizeof(kernels[0]); i++) {
		if (bpftool_is_word(words[0], kernels[i]))
			return diag_error(
				&session->diag, NULL,
				"btf dump %s is not here: bpfbake reads files, not what the "
				"kernel has loaded; call bpftool itself",
				kernels[i]);
	}
	return diag_error(&session->diag, NULL,
			  "'%s' is no source of BTF; write: btf dump file FILE", words[0]);
}

/* Each reader gives the number of words that it takes, or -1 after an error. 0, or -1, with an
 * error or, where the words are not the command's, without. */
static int read_words(struct session *session, struct request *request, char *const *words)
{
	int taken = 0;

	if (!words[0] || !words[1])
		return -1;
	for (taken = read_source(session, request, words); taken > 0 && *(words += taken);) {
		if (bpftool_is_word(*words, "format"))
			taken = read_format(session, request, words[1]);
		else if (bpftool_is_word(*words, "unsorted"))
			taken = (int)(request->is_unsorted = true);
		else if (bpftool_is_word(*words, "root_id"))
			taken = read_roots(session, request, words);
		else
			taken = diag_error(&session->diag, NULL,
					   "'%s' is nothing that btf dump knows", *words);
	}
	return taken < 0 ? -1 : 0;
}

static int check_roots(struct session *session, const struct request *request, uint32_t count)
{
	for (size_t i = 0; i < request->n_roots; i++) {
		if (!request->roots[i] || request->roots[i] >= count)
			return diag_error(&session->diag, request->path,
					  "has no type %u; its types are 1 to %u",
					  request->roots[i], count - 1);
	}
	return 0;
}

static int write_types(struct session *session, const struct bpftool_options *options,
		       const struct request *request, struct strbuf *out)
{
	uint32_t first;
	struct btf *btf =
		kernel_btf_read_split(&session->diag, request->path, options->base_btf, &first);
	int error;

	if (!btf)
		return -1;
	error = check_roots(session, request, btf__type_cnt(btf));
	if (!error && request->is_c) {
		error = btf_write_c(out, &session->arena, btf,
				    &(struct btf_c_options){
					    .is_unsorted = request->is_unsorted,
					    .roots = request->roots,
					    .n_roots = request->n_roots,
				    });
		if (error)
			diag_error(&session->diag, request->path,
				   "its types cannot be written as C: %s",
				   error == -EINVAL ? "they are damaged" : strerror(-error));
	} else if (!error) {
		btf_write_raw(out, btf,
			      &(struct btf_raw_options){
				      .is_json = options->json,
				      .is_pretty = options->pretty,
				      .first = first,
				      .roots = request->roots,
				      .n_roots = request->n_roots,
			      });
	}
	btf__free(btf);
	return error;
}

enum status btf_dump(struct session *session, const struct bpftool_options *options,
		     char *const *words)
{
	struct request request = {0};
	struct strbuf text = STRBUF_INIT;
	int result;

	if (read_words(session, &request, words))
		return STATUS_USAGE;
	if (request.is_c && options->json) {
		diag_error(&session->diag, NULL, "a header is no JSON; leave out -j, or format c");
		return STATUS_USAGE;
	}
	result = write_types(session, options, &request, &text);
	if (!result)
		result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}
