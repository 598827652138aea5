/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen min_core_btf: what programs need of a kernel's BTF, for objects of either byte order.
 */
#include <bpf/btf.h>

#include "bpftool.h"
#include "kernel_btf.h"
#include "min_core_btf.h"
#include "object_files.h"
#include "output.h"
#include "strbuf.h"

struct minimizing {
	struct session *session;
	struct object_files files;
	struct core_object *cores;
	const char *base; /* of a module's BTF, or NULL */
};

static int read_objects(struct minimizing *run, char *const *paths)
{
	struct session *session = run->session;

	if (object_files_read(&run->files, session, paths))
		return -1;
	run->cores = ARENA_ARRAY(&session->arena, struct core_object, run->files.paths.count);
	for (size_t i = 0; i < run->files.paths.count; i++) {
		if (core_object_read(&run->cores[i], &session->arena, &session->diag,
				     &run->files.items[i]))
			return -1;
	}
	return 0;
}

static int minimize(struct minimizing *run, const char *in, const char *out)
{
	struct session *session = run->session;
	struct min_core_btf input = {
		.kernel_path = in,
		.objects = run->cores,
		.n_objects = run->files.paths.count,
		.is_strict = true,
	};
	struct strbuf bytes = STRBUF_INIT;
	struct btf *btf = kernel_btf_read(&session->diag, in, run->base);
	int result = btf ? 0 : -1;

	input.kernel = btf;
	if (!result)
		result = min_core_btf_make(&bytes, &session->arena, &session->diag, &input);
	if (!result)
		result =
			output_put(&session->arena, &session->diag, out, &bytes, &run->files.paths);
	strbuf_release(&bytes);
	btf__free(btf);
	return result;
}

enum status gen_min_core_btf(struct session *session, const struct bpftool_options *options,
			     char *const *words)
{
	struct minimizing run = {.session = session, .base = options->base_btf};
	int result;

	if (!words[0] || !words[1] || !words[2])
		return STATUS_USAGE;
	result = read_objects(&run, words + 2);
	if (!result)
		result = minimize(&run, words[0], words[1]);
	object_files_release(&run.files);
	return result ? STATUS_FAILED : STATUS_DONE;
}
