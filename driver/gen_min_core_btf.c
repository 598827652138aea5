/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen min_core_btf: what programs need of a kernel's BTF, for objects of either byte order.
 */
#include <bpf/btf.h>
#include <string.h>

#include "bpftool.h"
#include "kernel_btf.h"
#include "min_core_btf.h"
#include "output.h"
#include "strbuf.h"

struct minimizing {
	struct session *session;
	struct object *objects;
	struct core_object *cores;
	struct strvec paths; /* of the objects */
	const char *base;    /* of a module's BTF, or NULL */
};

static int read_objects(struct minimizing *run)
{
	struct session *session = run->session;

	run->objects = ARENA_ARRAY(&session->arena, struct object, run->paths.count);
	run->cores = ARENA_ARRAY(&session->arena, struct core_object, run->paths.count);
	for (size_t i = 0; i < run->paths.count; i++) {
		const char *path = run->paths.items[i];
		struct bytes bytes;
		int error = file_read(&session->arena, path, &bytes);

		if (error)
			return diag_error(&session->diag, path, "cannot be read: %s",
					  strerror(-error));
		if (object_read(&run->objects[i], &session->arena, &session->diag, path, bytes) ||
		    core_object_read(&run->cores[i], &session->arena, &session->diag,
				     &run->objects[i]))
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
		.n_objects = run->paths.count,
		.is_strict = true,
	};
	struct strbuf bytes = STRBUF_INIT;
	struct btf *btf = kernel_btf_read(&session->diag, in, run->base);
	int result = btf ? 0 : -1;

	input.kernel = btf;
	if (!result)
		result = min_core_btf_make(&bytes, &session->arena, &session->diag, &input);
	if (!result)
		result = output_put(&session->arena, &session->diag, out, &bytes, &run->paths);
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
	for (char *const *word = words + 2; *word; word++)
		strvec_push(&run.paths, &session->arena, *word);
	result = read_objects(&run);
	if (!result)
		result = minimize(&run, words[0], words[1]);
	for (size_t i = 0; i < run.paths.count; i++)
		object_release(&run.objects[i]);
	return result ? STATUS_FAILED : STATUS_DONE;
}
