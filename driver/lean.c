/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A slice is kept in the cache by its content, so that its name, which ccache looks at, is the same
 * in each run.
 */
#include "lean.h"

#include <bpf/btf.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bug.h"
#include "cache.h"
#include "hash.h"
#include "kernel_btf.h"
#include "names.h"
#include "path.h"
#include "prefix_map.h"
#include "slice.h"
#include "tempfile.h"

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
	lean->is_nowhere = !lean->directory;
	if (lean->is_nowhere)
		return NULL;
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

/* Around a header, since the macros that the source defines for it come too late. */
static void add_macros(struct strbuf *text, const struct slice_words *words, bool is_end)
{
	for (size_t i = 0; i < words->macros.count; i++)
		strbuf_add_format(
			text,
			is_end ? "#pragma pop_macro(\"%s\")\n"
			       : "#pragma push_macro(\"%1$s\")\n#undef %1$s\n#define %1$s\n",
			words->macros.items[i]);
}

/* Other types, words, macros or another version of the tool have another one. NULL: not known. */
static const char *slice_key(const struct lean *lean)
{
	const char *key;
	struct stat own;

	if (!lean->kernel.identity || stat("/proc/self/exe", &own))
		return NULL;
	key = arena_printf(lean->arena, "slice by %lld %lld.%09ld of %s for %016llx",
			   (long long)own.st_size, (long long)own.st_mtim.tv_sec,
			   own.st_mtim.tv_nsec, lean->kernel.identity,
			   (unsigned long long)lean->words.digest);
	for (size_t i = 0; i < lean->words.macros.count; i++)
		key = arena_printf(lean->arena, "%s %s", key, lean->words.macros.items[i]);
	return key;
}

/* SLICE_IS_CHANGED, or -1: it cannot be made. */
static int write_slice(struct lean *lean, struct strbuf *text)
{
	struct btf *btf = kernel_types_read(&lean->kernel, lean->arena, lean->diag);
	int result = -1;

	add_macros(text, &lean->words, false);
	if (btf)
		result = slice_write(text, lean->arena, btf, &lean->words);
	add_macros(text, &lean->words, true);
	btf__free(btf);
	return result;
}

/* From the cache, or anew. 0; else as write_slice. */
static int make_slice(struct lean *lean)
{
	const char *key = slice_key(lean), *name = key ? cache_load(lean->arena, key) : NULL;
	struct strbuf text = STRBUF_INIT;
	int result = 0;

	lean->slice = name ? cache_kept(lean->arena, name) : NULL;
	if (lean->slice)
		return 0;
	result = write_slice(lean, &text);
	if (!result)
		lean->slice = keep_header(lean, &text, "slice.h");
	if (lean->slice && key)
		cache_store(lean->arena, key, path_basename(lean->slice));
	strbuf_release(&text);
	return result;
}

/* Of all that decides whether it compiles: the slice, what was read, and the command. */
static const char *failure_key(const struct lean *lean)
{
	const struct build_options *options = lean->options;
	const struct strvec *words[] = {&options->compiler, &options->cflag_words, &options->rest};
	struct strbuf command = STRBUF_INIT;
	const char *key;

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		for (size_t j = 0; j < words[i]->count; j++)
			strbuf_add(&command, words[i]->items[j], strlen(words[i]->items[j]) + 1);
	}
	for (size_t i = 0; i < options->targets.count; i++)
		strbuf_add_string(&command, options->targets.items[i].name);
	if (lean->search->version)
		strbuf_add_string(&command, lean->search->version);
	key = arena_printf(lean->arena, "does not compile: %s with %016llx by %016llx", lean->slice,
			   (unsigned long long)lean->words.text_digest,
			   (unsigned long long)hash_bytes(command.text, command.length));
	strbuf_release(&command);
	return key;
}

/* In a directory of its own, which the compiler looks into last. */
static int write_stub(struct lean *lean)
{
	static const char text[] = "/* What it would have has been included already. */\n";
	const char *directory = cache_place(lean->arena, "stub", text), *path;
	struct tempfile file = {0};
	int error;

	lean->stub_directory = directory ? directory : lean->directory;
	if (!lean->stub_directory)
		return 0;
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
	struct strbuf text = STRBUF_INIT;
	struct btf *btf = NULL;
	int result = 0;

	/* The source finds its own. */
	if (!lean->options->vmlinux)
		return 0;
	if (lean->kernel.is_text && !lean->words.macros.count) {
		lean->whole = lean->types;
		return 0;
	}
	add_macros(&text, &lean->words, false);
	if (lean->kernel.is_text) {
		strbuf_add(&text, lean->kernel.text.data, lean->kernel.text.size);
		strbuf_add_char(&text, '\n');
	} else {
		btf = kernel_types_read(&lean->kernel, lean->arena, lean->diag);
		result = btf ? slice_write_all(&text, btf) : -1;
	}
	add_macros(&text, &lean->words, true);
	lean->whole = result ? NULL : keep_header(lean, &text, "whole.h");
	btf__free(btf);
	strbuf_release(&text);
	return lean->whole || lean->is_nowhere ? 0 : -1;
}

static int take_whole(struct lean *lean, const char *why)
{
	if (lean->is_verbose)
		diag_note(lean->diag, lean->source, "all of vmlinux.h is taken: %s", why);
	return lean_prepare_whole(lean);
}

/* What the source does with vmlinux.h is known to be too much for a slice. */
static int do_without_slice(struct lean *lean)
{
	const char *why = lean->words.needs_whole;

	if (lean->options->lean_mode == LEAN_ONLY)
		return diag_error(
			lean->diag, lean->source,
			"cannot be compiled with a slice of vmlinux.h: %s; leave -lean out", why);
	return take_whole(lean, why);
}

static int prepare_slice(struct lean *lean)
{
	size_t errors = lean->diag->n_errors;
	int result = make_slice(lean);

	if (lean->slice || lean->is_nowhere)
		return 0;
	if (lean->diag->n_errors > errors)
		return -1;
	if (result == SLICE_IS_CHANGED)
		return do_without_slice(lean);
	if (lean->options->lean_mode == LEAN_AUTO)
		return take_whole(lean, arena_printf(lean->arena,
						     "%s has more than types of the kernel, "
						     "as bpftool or bpfbake vmlinux write them",
						     lean->types));
	return diag_error(
		lean->diag, lean->types,
		"has more than types of the kernel, as bpftool or bpfbake vmlinux write them: "
		"it cannot be sliced; leave -lean out, or give BTF with -vmlinux");
}

/* The types that options name. What a glob means, only all types tell. */
static void add_wanted_types(struct lean *lean)
{
	struct slice_words *words = &lean->words;
	const struct build_options *options = lean->options;

	for (size_t i = 0; i < options->types.count; i++) {
		if (strpbrk(options->types.items[i], "*?["))
			slice_words_need_whole(words, arena_printf(lean->arena,
								   "-type %s may mean any type",
								   options->types.items[i]));
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
	struct slice_words *words = &lean->words;

	words->is_first = true;
	find_includes(lean, &includes);
	if (slice_words_read(words, lean->arena, lean->source, &includes))
		return 0; /* the compiler will say why */
	if (!words->has_no_vmlinux && !words->vmlinux.count)
		return 0;
	lean->lacks_vmlinux = !options->vmlinux && !words->vmlinux.count;
	if (lean->lacks_vmlinux)
		return 0;
	add_wanted_types(lean);
	lean->types = options->vmlinux ? options->vmlinux : words->vmlinux.items[0];
	kernel_types_open(&lean->kernel, lean->arena,
			  is_running(lean) ? KERNEL_BTF_RUNNING : lean->types);
	lean->is_nowhere = lean->lacks_search;
	if (lean->is_nowhere)
		return 0;
	if (options->vmlinux && words->has_no_vmlinux && write_stub(lean))
		return -1;
	/* /sys changes with each boot: nobody wants to build anew for that. */
	if (options->vmlinux && !is_running(lean) && strncmp(lean->types, "/sys/", strlen("/sys/")))
		strvec_push(&lean->files, lean->arena, lean->types);
	if (options->lean_mode == LEAN_OFF)
		return lean_prepare_whole(lean);
	if (words->needs_whole)
		return do_without_slice(lean);
	if (prepare_slice(lean))
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
