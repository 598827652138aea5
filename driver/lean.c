/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A slice is kept in the cache by its content, so that its name, which ccache looks at, is the same
 * in each run.
 */
#include "lean.h"

#include <bpf/btf.h>
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "cache.h"
#include "kernel_btf.h"
#include "names.h"
#include "path.h"
#include "prefix_map.h"
#include "slice.h"
#include "tempfile.h"
#include "vmlinux_text.h"

static void find_includes(struct lean *lean, struct slice_includes *includes)
{
	static const char *const own[] = {"-I", "-iquote", NULL};
	static const char *const system[] = {"-isystem", "-idirafter", NULL};
	static const char *const files[] = {"-include", "-imacros", NULL};
	const struct build_options *options = lean->options;
	const struct strvec *words[] = {&options->compiler, &options->cflag_words, &options->rest};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		prefix_map_find_values(&includes->directories, lean->arena, words[i], own);
		prefix_map_find_values(&includes->system, lean->arena, words[i], system);
		prefix_map_find_values(&includes->files, lean->arena, words[i], files);
	}
	strvec_push_all(&includes->system, lean->arena, &lean->search->directories);
}

/* In the cache by its content, else in the private directory. NULL after an error. */
static const char *keep_header(struct lean *lean, const struct strbuf *text, const char *name)
{
	struct tempfile file = {0};
	const char *path = cache_keep(lean->arena, text->text, text->length);
	int error;

	if (path)
		return path;
	path = path_join(lean->arena, lean->directory, name);
	error = tempfile_write(&file, lean->arena, path, text->text, text->length);
	error = error ? error : tempfile_commit(&file);
	tempfile_drop(&file);
	if (!error)
		return path;
	diag_error(lean->diag, path, "cannot be written: %s", strerror(-error));
	return NULL;
}

static bool is_running(const struct lean *lean)
{
	return lean->options->vmlinux && !strcmp(lean->options->vmlinux, "auto");
}

/* A vmlinux.h, and no BTF. */
static bool is_text(struct bytes bytes)
{
	return bytes.size && (bytes.data[0] == '#' || bytes.data[0] == '/');
}

/* What a header says is read once, and kept as BTF by its content. NULL where it cannot be read. */
static struct btf *read_text(struct lean *lean, struct bytes text)
{
	const char *path = cache_place(lean->arena, "types", cache_name(lean->arena, text));
	struct btf *btf = path ? kernel_btf_read(&(struct diag){0}, path, NULL) : NULL;
	const void *data;
	__u32 size;

	if (btf)
		return btf;
	btf = vmlinux_text_read(lean->arena, text);
	data = btf && path ? btf__raw_data(btf, &size) : NULL;
	if (data)
		cache_write(lean->arena, path, data, size);
	return btf;
}

/* NULL where there are none to be sliced, or after an error. */
static struct btf *read_types(struct lean *lean)
{
	struct bytes bytes;

	if (is_running(lean))
		return kernel_btf_read(lean->diag, KERNEL_BTF_RUNNING, NULL);
	if (!file_read(lean->arena, lean->types, &bytes) && is_text(bytes))
		return read_text(lean, bytes);
	return kernel_btf_read(lean->diag, lean->types, NULL);
}

/* By the words of the source, or all of it where they are NULL. */
static const char *write_types(struct lean *lean, const struct slice_words *words, const char *name)
{
	struct strbuf text = STRBUF_INIT;
	struct btf *btf = read_types(lean);
	const char *path = NULL;
	int result = -1;

	if (btf)
		result = words ? slice_write(&text, lean->arena, btf, words)
			       : slice_write_all(&text, btf);
	if (!result)
		path = keep_header(lean, &text, name);
	btf__free(btf);
	strbuf_release(&text);
	return path;
}

static const char *failure_key(const struct lean *lean)
{
	return arena_printf(lean->arena, "does not compile: %s", lean->slice);
}

/* In a directory of its own, which the compiler looks into last. */
static int write_stub(struct lean *lean)
{
	static const char text[] = "/* What it would have has been included already. */\n";
	const char *directory = cache_place(lean->arena, "stub", text), *path;
	struct tempfile file = {0};
	int error;

	lean->stub_directory = directory ? directory : lean->directory;
	path = path_join(lean->arena, lean->stub_directory, "vmlinux.h");
	if (!access(path, R_OK))
		return 0;
	cache_make_parents(lean->arena, path);
	error = tempfile_write(&file, lean->arena, path, text, strlen(text));
	error = error ? error : tempfile_commit(&file);
	tempfile_drop(&file);
	return error ? diag_error(lean->diag, path, "cannot be written: %s", strerror(-error)) : 0;
}

int lean_prepare_whole(struct lean *lean)
{
	struct bytes bytes;

	/* The source finds its own. */
	if (!lean->options->vmlinux)
		return 0;
	if (!is_running(lean) && !file_read(lean->arena, lean->types, &bytes) && is_text(bytes)) {
		lean->whole = lean->types;
		return 0;
	}
	lean->whole = write_types(lean, NULL, "whole.h");
	return lean->whole ? 0 : -1;
}

static int prepare_slice(struct lean *lean, const struct slice_words *words)
{
	size_t errors = lean->diag->n_errors;

	lean->slice = write_types(lean, words, "slice.h");
	if (lean->slice || lean->diag->n_errors > errors)
		return lean->slice ? 0 : -1;
	if (lean->options->lean_mode == LEAN_AUTO)
		return lean_prepare_whole(lean);
	return diag_error(
		lean->diag, lean->types,
		"has more than types of the kernel, as bpftool or bpfbake vmlinux write them: "
		"it cannot be sliced; leave -lean out, or give BTF with -vmlinux");
}

/* The types that options name. What a glob means, only all types tell. */
static void add_wanted_types(struct lean *lean, struct slice_words *words)
{
	const struct build_options *options = lean->options;

	for (size_t i = 0; i < options->types.count; i++) {
		words->changes_vmlinux |= strpbrk(options->types.items[i], "*?[") != NULL;
		slice_words_add_type(words, lean->arena, name_bare(options->types.items[i]));
	}
	for (size_t i = 0; i < options->events.count; i++)
		slice_words_add_type(words, lean->arena,
				     name_bare(strchr(options->events.items[i], '=') + 1));
}

int lean_prepare(struct lean *lean)
{
	const struct build_options *options = lean->options;
	struct slice_includes includes = {0};
	struct slice_words words = {0};

	find_includes(lean, &includes);
	if (slice_words_read(&words, lean->arena, lean->source, &includes))
		return 0; /* the compiler will say why */
	if (!words.has_no_vmlinux && !words.vmlinux.count)
		return 0;
	lean->lacks_vmlinux = !options->vmlinux && !words.vmlinux.count;
	if (lean->lacks_vmlinux)
		return 0;
	add_wanted_types(lean, &words);
	lean->types = options->vmlinux ? options->vmlinux : words.vmlinux.items[0];
	if (options->vmlinux && words.has_no_vmlinux && write_stub(lean))
		return -1;
	/* /sys changes with each boot: nobody wants to build anew for that. */
	if (options->vmlinux && !is_running(lean) && strncmp(lean->types, "/sys/", strlen("/sys/")))
		strvec_push(&lean->files, lean->arena, lean->types);
	if (options->lean_mode == LEAN_OFF || words.changes_vmlinux)
		return lean_prepare_whole(lean);
	if (prepare_slice(lean, &words))
		return -1;
	if (lean->slice && options->lean_mode == LEAN_AUTO &&
	    cache_load(lean->arena, failure_key(lean))) {
		lean->slice = NULL;
		return lean_prepare_whole(lean);
	}
	return 0;
}

void lean_remember(const struct lean *lean)
{
	cache_store(lean->arena, failure_key(lean), "so it is");
}
