/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clang gets the source by a relative name that begins with its directory ("./a.bpf.c",
 * "../t/src/a.bpf.c"), so that one prefix map covers it and all that it includes by "…".
 */
#include "compilation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bug.h"
#include "compile.h"
#include "core_relocations.h"
#include "facts.h"
#include "lean.h"
#include "meaning.h"
#include "own_headers.h"
#include "path.h"
#include "prefix_map.h"
#include "process.h"
#include "progress.h"
#include "scratch.h"
#include "search.h"
#include "terminal.h"
#include "words.h"

/* One run while it is prepared. */
struct plan {
	struct session *session;
	struct arena *arena;
	const struct build_options *options;
	struct scratch scratch;
	const char *directory; /* its path */
	const char *own_headers;
	const char *source; /* as clang gets it */
	const char *source_directory_real;
	struct strvec maps;
	struct search search;
	struct process *processes; /* one a target */
	bool *is_left_out;         /* by target: an optional one that does not compile */
	struct facts_search facts;
	struct lean lean;
	const char *types; /* the header in place of vmlinux.h, or NULL */
};

static int name_source(struct plan *plan)
{
	const char *path = plan->options->sources.items[0];
	const char *directory = path_dirname(plan->arena, path);
	const char *here = path_real(plan->arena, ".");
	struct diag *diag = &plan->session->diag;
	struct strvec includes = {0};
	struct prefix_map_input input;

	if (access(path, R_OK))
		return diag_error(diag, path, "%s; give the C file to compile", strerror(errno));
	plan->source_directory_real = path_real(plan->arena, directory);
	if (!here || !plan->source_directory_real)
		return diag_error(diag, path, "its directory: %s", strerror(errno));
	directory = path_relative(plan->arena, here, plan->source_directory_real);
	plan->source = arena_printf(plan->arena, "%s/%s", directory, path_basename(path));
	prefix_map_find_includes(&includes, plan->arena, &plan->options->cflag_words);
	prefix_map_find_includes(&includes, plan->arena, &plan->options->rest);
	input = (struct prefix_map_input){
		.working_directory = here,
		.source_directory = directory,
		.source_directory_real = plan->source_directory_real,
		.includes = &includes,
	};
	prefix_map_make(&plan->maps, plan->arena, &input);
	return 0;
}

/* Behind the system's own, where these were found. */
static void add_own_headers(struct plan *plan, const char *directory)
{
	plan->own_headers = directory;
	strvec_push(&plan->search.directories, plan->arena, directory);
	strvec_push_format(&plan->maps, plan->arena, "%s/=bpfbake/", directory);
}

static struct strvec search_command(struct plan *plan)
{
	struct strvec flags = {0}, command = {0};

	strvec_push_all(&flags, plan->arena, &plan->options->cflag_words);
	strvec_push_all(&flags, plan->arena, &plan->options->rest);
	search_make_command(&command, plan->arena, &plan->options->compiler, &flags);
	return command;
}

static const char *private_file(struct plan *plan, size_t index, const char *extension)
{
	return arena_printf(plan->arena, "%s/%s%s", plan->directory,
			    plan->options->targets.items[index].suffix, extension);
}

static void make_commands(struct plan *plan)
{
	const struct build_options *options = plan->options;
	bool has_depfile = options->depfile || options->makebase;

	plan->processes = ARENA_ARRAY(plan->arena, struct process, options->targets.count);
	plan->is_left_out = ARENA_ARRAY(plan->arena, bool, options->targets.count);
	for (size_t i = 0; i < options->targets.count; i++) {
		struct strvec argv = {0};
		struct compile compile = {
			.compiler = &options->compiler,
			.cflags = &options->cflag_words,
			.rest = &options->rest,
			.search = &plan->search.directories,
			.maps = &plan->maps,
			.target = &options->targets.items[i],
			.types = plan->types,
			.source = plan->source,
			.object = private_file(plan, i, ".o"),
			.depfile = has_depfile ? private_file(plan, i, ".d") : NULL,
			.has_colour = terminal_has_colour(STDERR_FILENO),
		};

		compile_make_command(&argv, plan->arena, &compile);
		plan->processes[i] = (struct process)PROCESS_INIT;
		plan->processes[i].argv = argv.items;
	}
}

/* For who reads the source later on: with the object's real name, and no file that is gone then. */
static void make_lasting_command(struct plan *plan, struct strvec *argv)
{
	const struct build_options *options = plan->options;
	const struct target *target = &options->targets.items[0];
	struct strvec search = {0};
	struct compile compile = {
		.compiler = &options->compiler,
		.cflags = &options->cflag_words,
		.rest = &options->rest,
		.search = &search,
		.maps = &(const struct strvec){0},
		.target = target,
		.types = plan->types,
		.source = plan->source,
		.object = build_output_path(options, plan->arena, target->suffix, ".o"),
	};

	for (size_t i = 0; i < plan->search.directories.count; i++) {
		const char *directory = plan->search.directories.items[i];

		if (strncmp(directory, plan->directory, strlen(plan->directory)) != 0)
			strvec_push(&search, plan->arena, directory);
	}
	compile_make_command(argv, plan->arena, &compile);
}

static void release_processes(struct plan *plan)
{
	for (size_t i = 0; i < plan->options->targets.count; i++) {
		strbuf_release(&plan->processes[i].output);
		strbuf_release(&plan->processes[i].messages);
	}
}

static void print_command(struct strbuf *out, char *const *argv)
{
	words_join(out, argv);
	strbuf_add_char(out, '\n');
}

/* What the compilers said, untouched; what two of them said alike only once. */
static void show_messages(const struct process *processes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct strbuf *text = &processes[i].messages;
		bool is_new = true;

		for (size_t j = 0; j < i; j++)
			is_new &= strcmp(processes[j].messages.text, text->text) != 0;
		if (is_new)
			fwrite(text->text, 1, text->length, stderr);
	}
}

/* The names of the targets that did (or did not) compile, with ',' between. */
static const char *name_targets(struct plan *plan, bool compiled)
{
	const char *names = "";

	for (size_t i = 0; i < plan->options->targets.count; i++) {
		struct strbuf reason = STRBUF_INIT;

		if (!plan->is_left_out[i] &&
		    !process_failure(&plan->processes[i], &reason) == compiled)
			names = arena_printf(plan->arena, "%s%s%s", names, *names ? "," : "",
					     plan->options->targets.items[i].name);
		strbuf_release(&reason);
	}
	return names;
}

/* A compiler that did not end by itself, which says nothing of the source. */
static int check_started(struct plan *plan)
{
	struct diag *diag = &plan->session->diag;
	int result = 0;

	for (size_t i = 0; i < plan->options->targets.count && !result; i++) {
		const struct process *process = &plan->processes[i];
		struct strbuf reason = STRBUF_INIT;
		const char *failure = process_failure(process, &reason);

		if (failure && process->error)
			result = diag_error(
				diag, NULL,
				"'%s' %s; install clang (Debian: apt-get install clang) or "
				"name a compiler with -cc",
				process->argv[0], failure);
		else if (failure && !WIFEXITED(process->wait_status))
			result = diag_error(diag, plan->options->sources.items[0], "'%s' %s",
					    process->argv[0], failure);
		strbuf_release(&reason);
	}
	return result;
}

/* As libbpf's bpf_tracing.h says it, with our macro (compile.c) and by itself. */
static bool lacks_architecture(const struct process *process)
{
	return WIFEXITED(process->wait_status) &&
	       (strstr(process->messages.text, "need an architecture") ||
		strstr(process->messages.text, "__TARGET_ARCH_"));
}

static void leave_out(struct plan *plan)
{
	bool has_good = *name_targets(plan, true) != '\0';

	for (size_t i = 0; i < plan->options->targets.count && has_good; i++) {
		const struct target *target = &plan->options->targets.items[i];
		struct process *process = &plan->processes[i];

		if (!target->is_optional || process->error || !process->wait_status ||
		    !lacks_architecture(process))
			continue;
		plan->is_left_out[i] = true;
		strbuf_truncate(&process->messages, 0);
		if (plan->session->is_verbose)
			diag_note(&plan->session->diag, plan->options->sources.items[0],
				  "%s is left out: the source needs an architecture", target->name);
	}
}

static int check_compiled(struct plan *plan)
{
	struct diag *diag = &plan->session->diag;
	const char *failed, *good;

	show_messages(plan->processes, plan->options->targets.count);
	if (check_started(plan))
		return -1;
	failed = name_targets(plan, false);
	good = name_targets(plan, true);
	if (!*failed)
		return 0;
	if (plan->lean.lacks_vmlinux)
		return diag_error(
			diag, plan->options->sources.items[0],
			"includes vmlinux.h, which is nowhere; make one of the types that it needs "
			"(bpfbake vmlinux -for %s -o vmlinux.h), or name a kernel's with -vmlinux",
			plan->options->sources.items[0]);
	if (!*good)
		return diag_error(diag, plan->options->sources.items[0],
				  "does not compile; see the compiler's messages above");
	return diag_error(diag, plan->options->sources.items[0],
			  "does not compile for %s; leave it out with -target %s", failed, good);
}

static int strip_by_command(struct plan *plan)
{
	const struct build_options *options = plan->options;
	struct process *processes =
		ARENA_ARRAY(plan->arena, struct process, options->targets.count);
	size_t count = 0;
	int result = 0;

	for (size_t i = 0; i < options->targets.count; i++) {
		struct strvec argv = {0};

		if (plan->is_left_out[i])
			continue;
		strvec_push(&argv, plan->arena, options->strip);
		strvec_push(&argv, plan->arena, "-g");
		strvec_push(&argv, plan->arena, private_file(plan, i, ".o"));
		processes[count] = (struct process)PROCESS_INIT;
		processes[count++].argv = argv.items;
	}
	result = progress_run(plan->session, "stripping", processes, count, options->jobs) ? -1 : 0;
	if (!result)
		show_messages(processes, count);
	for (size_t i = 0; i < count; i++) {
		struct strbuf reason = STRBUF_INIT;
		const char *failure = result ? NULL : process_failure(&processes[i], &reason);

		if (failure)
			result = diag_error(
				&plan->session->diag, NULL,
				"'%s' %s; leave -strip out, or keep DWARF with -no-strip",
				options->strip, failure);
		strbuf_release(&reason);
		strbuf_release(&processes[i].output);
		strbuf_release(&processes[i].messages);
	}
	return result;
}

static int read_results(struct plan *plan, struct compilation *compilation)
{
	const struct target_list *targets = &plan->options->targets;

	compilation->results = ARENA_ARRAY(plan->arena, struct compilation_result, targets->count);
	for (size_t i = 0; i < targets->count; i++) {
		struct compilation_result *result = &compilation->results[compilation->n_results];
		const char *object = private_file(plan, i, ".o");
		int error;

		if (plan->is_left_out[i])
			continue;
		compilation->n_results++;
		error = file_read(plan->arena, object, &result->object);
		result->target = &targets->items[i];
		if (error)
			return diag_error(&plan->session->diag, plan->options->sources.items[0],
					  "'%s' made no object for %s: %s",
					  plan->options->compiler.items[0], result->target->name,
					  strerror(-error));
		/* A compiler that writes none: there are no dependencies to tell. */
		if (file_read(plan->arena, private_file(plan, i, ".d"), &result->depfile))
			result->depfile = (struct bytes){0};
		result->facts = facts_of(&plan->facts, i, result->object);
	}
	facts_report(&plan->facts, &plan->session->diag);
	return 0;
}

/* Once for each target, with `types` in place of vmlinux.h. 0, or -1 after an interruption. */
static int run_compilers(struct plan *plan, const char *types)
{
	const struct build_options *options = plan->options;
	int result;

	plan->types = types;
	make_commands(plan);
	plan->facts = (struct facts_search){
		.arena = plan->arena,
		.options = options,
		.search = &plan->search,
		.source = plan->source,
		.types = types,
	};
	facts_start(&plan->facts);
	result = progress_run(plan->session,
			      arena_printf(plan->arena, "compiling %s", options->sources.items[0]),
			      plan->processes, options->targets.count, options->jobs)
			 ? -1
			 : 0;
	facts_finish(&plan->facts);
	if (!result)
		leave_out(plan);
	return result;
}

/* A type that the program asks for, and the slice does not have: the answer would be that there is
 * none. */
static const char *find_lacking(struct plan *plan)
{
	const char *text = NULL;
	struct bytes bytes;

	for (size_t i = 0; i < plan->options->targets.count && !text; i++) {
		if (!plan->is_left_out[i] &&
		    !file_read(plan->arena, private_file(plan, i, ".o"), &bytes))
			text = core_relocations_find_declared(plan->arena, bytes);
	}
	return text;
}

/* Again with all types, where those that the source seemed to need are not enough. */
static int run_with_whole(struct plan *plan)
{
	for (size_t i = 0; i < plan->options->targets.count; i++) {
		if (plan->processes[i].error || !WIFEXITED(plan->processes[i].wait_status))
			return 0;
	}
	release_processes(plan);
	lean_remember(&plan->lean);
	if (lean_prepare_whole(&plan->lean))
		return -1;
	if (plan->session->is_verbose)
		diag_note(&plan->session->diag, plan->options->sources.items[0],
			  "needs more than a slice of vmlinux.h; all of it is taken");
	return run_compilers(plan, plan->lean.whole);
}

/* Where nothing but the slice is wanted. */
static int check_lacking(struct plan *plan)
{
	const char *text = plan->lean.slice ? find_lacking(plan) : NULL;

	if (!text)
		return 0;
	return diag_error(&plan->session->diag, plan->options->sources.items[0],
			  "asks for the %s in the slice of vmlinux.h; write its name in one word, "
			  "or leave -lean out",
			  text);
}

/* The object that was made with a slice, and the one of now. */
static int compare_result(struct plan *plan, const struct compilation_result *result)
{
	struct meaning sliced = {0}, whole = {0};
	struct strvec differences = {0};
	struct bytes bytes;
	size_t index = (size_t)(result->target - plan->options->targets.items);

	if (file_read(plan->arena, private_file(plan, index, ".o"), &bytes) ||
	    meaning_read_bytes(&sliced, plan->arena, result->object) ||
	    meaning_read_bytes(&whole, plan->arena, bytes))
		return 0; /* who reads the result says why */
	meaning_compare(&differences, plan->arena, &sliced, &whole);
	for (size_t i = 0; i < differences.count; i++)
		diag_error(&plan->session->diag, plan->options->sources.items[0],
			   "with the slice of vmlinux.h, for %s: %s", result->target->name,
			   differences.items[i]);
	return differences.count ? -1 : 0;
}

/* -lean verify: compiles with all types too. */
static int verify(struct plan *plan, struct compilation *compilation)
{
	int result = lean_prepare_whole(&plan->lean);

	if (!result)
		result = run_compilers(plan, plan->lean.whole);
	if (!result)
		result = check_compiled(plan);
	release_processes(plan);
	for (size_t i = 0; i < compilation->n_results && !result; i++)
		result = compare_result(plan, &compilation->results[i]);
	return result;
}

/* `directory`: for what cannot be kept in the cache; NULL: nowhere. */
static int prepare_types(struct plan *plan, const char *directory)
{
	plan->lean = (struct lean){
		.arena = plan->arena,
		.diag = &plan->session->diag,
		.options = plan->options,
		.search = &plan->search,
		.source = plan->source,
		.directory = directory,
		.lacks_search = plan->lean.lacks_search,
	};
	if (lean_prepare(&plan->lean))
		return -1;
	plan->types = plan->lean.slice ? plan->lean.slice : plan->lean.whole;
	if (plan->lean.stub_directory)
		strvec_push(&plan->search.directories, plan->arena, plan->lean.stub_directory);
	if (plan->lean.slice)
		strvec_push_format(&plan->maps, plan->arena, "%s=vmlinux.h", plan->lean.slice);
	return 0;
}

static int compile_all(struct plan *plan, struct compilation *compilation)
{
	const struct build_options *options = plan->options;
	const char *own_headers =
		own_headers_write(plan->arena, &plan->session->diag, plan->directory);
	int result;

	if (!own_headers)
		return -1;
	add_own_headers(plan, own_headers);
	/* ccache need not tell one working directory from another: the prefix maps do. */
	setenv("CCACHE_NOHASHDIR", "1", 0);
	if (prepare_types(plan, plan->directory))
		return -1;
	result = run_compilers(plan, plan->types);
	if (!result && plan->lean.slice && options->lean_mode == LEAN_AUTO &&
	    (*name_targets(plan, false) || find_lacking(plan)))
		result = run_with_whole(plan);
	make_lasting_command(plan, &compilation->command);
	if (!result)
		result = check_compiled(plan);
	if (!result && options->lean_mode == LEAN_ONLY)
		result = check_lacking(plan);
	release_processes(plan);
	if (!result && options->strip && !options->no_strip)
		result = strip_by_command(plan);
	if (!result)
		result = read_results(plan, compilation);
	compilation->files = plan->lean.files;
	if (!result && plan->lean.slice && options->lean_mode == LEAN_VERIFY)
		result = verify(plan, compilation);
	return result;
}

/* What depfiles name of ours. */
static void ignore_own_files(struct plan *plan, struct compilation *compilation)
{
	const char *own[] = {plan->own_headers, plan->lean.stub_directory, plan->lean.slice,
			     plan->lean.whole, plan->directory};

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		if (own[i])
			strvec_push(&compilation->own_files, plan->arena, own[i]);
	}
}

static int make_directory(struct plan *plan)
{
	int error = scratch_make(&plan->scratch, plan->arena);

	if (error)
		return diag_error(&plan->session->diag, plan->scratch.parent,
				  "no temporary directory can be made there: %s; name another with "
				  "TMPDIR",
				  strerror(-error));
	plan->directory = plan->scratch.path;
	return 0;
}

int compilation_run(struct compilation *compilation, struct session *session,
		    const struct build_options *options)
{
	struct plan plan = {.session = session, .arena = &session->arena, .options = options};
	int result;

	if (name_source(&plan))
		return -1;
	if (!options->no_sys_include) {
		struct strvec command = search_command(&plan);

		if (search_find(&plan.search, plan.arena, &session->diag, &command))
			return -1;
	}
	if (make_directory(&plan))
		return -1;
	result = compile_all(&plan, compilation);
	/* With all in it: an interrupted clang leaves files under names of its own. */
	scratch_remove(&plan.scratch);
	compilation->source_directory = plan.source_directory_real;
	compilation->compiler = plan.search.version;
	compilation->compiler_major = search_major(&plan.search);
	ignore_own_files(&plan, compilation);
	return result;
}

/* The header that stands in place of vmlinux.h goes to the cache, as for a run. Where it cannot, or
 * where it is not known yet what it has, a comment tells of it. */
static int print_types(struct plan *plan, struct strbuf *out)
{
	if (prepare_types(plan, NULL))
		return -1;
	if (plan->lean.is_nowhere)
		strbuf_add_string(out, "# A slice of vmlinux.h goes before it, by -include: "
				       "bpfbake vmlinux -for SOURCE -o FILE writes it.\n");
	return 0;
}

int compilation_print(struct strbuf *out, struct session *session,
		      const struct build_options *options)
{
	struct plan plan = {
		.session = session,
		.arena = &session->arena,
		.options = options,
		.directory = "TMPDIR",
	};
	struct strvec command;

	if (name_source(&plan))
		return -1;
	command = search_command(&plan);
	/* Without an answer in the cache the directories are not known yet. */
	plan.lean.lacks_search =
		!options->no_sys_include && !search_load(&plan.search, plan.arena, &command);
	if (plan.lean.lacks_search)
		print_command(out, command.items);
	add_own_headers(&plan, own_headers_directory(plan.arena, plan.directory));
	if (print_types(&plan, out))
		return -1;
	make_commands(&plan);
	for (size_t i = 0; i < options->targets.count; i++)
		print_command(out, plan.processes[i].argv);
	for (size_t i = 0; i < options->targets.count && options->strip && !options->no_strip;
	     i++) {
		const char *argv[] = {options->strip, "-g", private_file(&plan, i, ".o"), NULL};

		print_command(out, (char *const *)argv);
	}
	return 0;
}
