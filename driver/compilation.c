/* SPDX-License-Identifier: BSD-2-Clause */
#include "compilation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bug.h"
#include "own_headers.h"
#include "path.h"
#include "process.h"
#include "progress.h"
#include "scratch.h"
#include "search.h"
#include "source_merge.h"
#include "strip_command.h"
#include "strmap.h"
#include "unit.h"
#include "words.h"

/* One run while it is prepared. */
struct plan {
	struct session *session;
	struct arena *arena;
	const struct build_options *options;
	struct scratch scratch;
	const char *directory; /* its path */
	const char *own_headers;
	struct search search; /* what all units begin with */
	struct unit *units;   /* one a source */
	size_t n_units;
	bool differ;       /* what libclang sees, from target to target */
	bool *is_left_out; /* by target: an optional one that does not compile */
};

/* Several sources have private directories of their own: files in them are named by targets. */
static void name_directories(struct plan *plan, const char *directory)
{
	plan->directory = directory;
	for (size_t i = 0; i < plan->n_units; i++) {
		struct unit *unit = &plan->units[i];

		unit->run = directory;
		unit->directory = plan->n_units > 1
					  ? arena_printf(plan->arena, "%s/%zu", directory, i + 1)
					  : directory;
	}
}

static int make_units(struct plan *plan)
{
	const struct strvec *sources = &plan->options->sources;

	plan->units = ARENA_ARRAY(plan->arena, struct unit, sources->count);
	plan->is_left_out = ARENA_ARRAY(plan->arena, bool, plan->options->targets.count);
	for (size_t i = 0; i < sources->count; i++) {
		struct unit *unit = &plan->units[plan->n_units++];

		*unit = (struct unit){
			.session = plan->session,
			.arena = plan->arena,
			.options = plan->options,
			.path = sources->items[i],
			.is_left_out = plan->is_left_out,
		};
		if (unit_name(unit))
			return -1;
	}
	return 0;
}

/* Our own headers are behind the system's, where these were found. */
static void set_search(struct plan *plan, const char *own_headers)
{
	plan->own_headers = own_headers;
	for (size_t i = 0; i < plan->n_units; i++)
		unit_set_search(&plan->units[i], &plan->search, own_headers);
}

static struct strvec search_command(struct plan *plan)
{
	struct strvec flags = {0}, command = {0};

	strvec_push_all(&flags, plan->arena, &plan->options->cflag_words);
	strvec_push_all(&flags, plan->arena, &plan->options->rest);
	search_make_command(&command, plan->arena, &plan->options->compiler, &flags);
	return command;
}

static void print_command(struct strbuf *out, char *const *argv)
{
	words_join(out, argv);
	strbuf_add_char(out, '\n');
}

/* Those for targets that are not left out. */
static struct process **list_processes(struct plan *plan, size_t *count)
{
	size_t n_targets = plan->options->targets.count;
	struct process **list =
		ARENA_ARRAY(plan->arena, struct process *, plan->n_units * n_targets);

	*count = 0;
	for (size_t i = 0; i < plan->n_units; i++) {
		for (size_t j = 0; j < n_targets; j++) {
			if (!plan->is_left_out[j])
				list[(*count)++] = &plan->units[i].processes[j];
		}
	}
	return list;
}

/* A compiler that did not end by itself, which says nothing of the source. */
static int check_started(struct unit *unit)
{
	struct diag *diag = &unit->session->diag;
	int result = 0;

	for (size_t i = 0; i < unit->options->targets.count && !result; i++) {
		const struct process *process = &unit->processes[i];
		struct strbuf reason = STRBUF_INIT;
		const char *failure = process_failure(process, &reason);

		if (failure && process->error)
			result = diag_error(
				diag, NULL,
				"'%s' %s; install clang (Debian: apt-get install clang) or "
				"name a compiler with -cc",
				process->argv[0], failure);
		else if (failure && !WIFEXITED(process->wait_status))
			result = diag_error(diag, unit->path, "'%s' %s", process->argv[0], failure);
		strbuf_release(&reason);
	}
	return result;
}

/* As libbpf's bpf_tracing.h says it, with our macro (compile.c) and by itself. */
static bool lacks_architecture(const struct process *process)
{
	return !process->error && process->wait_status && WIFEXITED(process->wait_status) &&
	       (strstr(process->messages.text, "need an architecture") ||
		strstr(process->messages.text, "__TARGET_ARCH_"));
}

/* The first source that does not compile for a target, since it needs an architecture; or NULL. */
static const struct unit *find_lacking_unit(const struct plan *plan, size_t target)
{
	for (size_t i = 0; i < plan->n_units; i++) {
		if (lacks_architecture(&plan->units[i].processes[target]))
			return &plan->units[i];
	}
	return NULL;
}

static bool all_compile(const struct plan *plan, size_t target)
{
	bool compile = true;

	for (size_t i = 0; i < plan->n_units; i++)
		compile &= unit_compiles(&plan->units[i], target);
	return compile;
}

static void leave_out(struct plan *plan)
{
	const struct target_list *targets = &plan->options->targets;
	bool has_good = false;

	for (size_t i = 0; i < targets->count; i++)
		has_good |= all_compile(plan, i);
	for (size_t i = 0; i < targets->count; i++) {
		const struct unit *unit = find_lacking_unit(plan, i);

		plan->is_left_out[i] = has_good && targets->items[i].is_optional && unit;
		if (plan->is_left_out[i] && plan->session->is_verbose)
			diag_note(&plan->session->diag, unit->path,
				  "%s is left out: the source needs an architecture",
				  targets->items[i].name);
	}
}

static int check_compiled(struct plan *plan)
{
	size_t count;
	struct process **processes = list_processes(plan, &count);
	int result = 0;

	progress_show_messages(processes, count);
	for (size_t i = 0; i < plan->n_units; i++) {
		if (check_started(&plan->units[i]))
			return -1;
	}
	/* All that do not compile are named. */
	for (size_t i = 0; i < plan->n_units; i++) {
		if (unit_check(&plan->units[i]))
			result = -1;
	}
	return result;
}

static void release_processes(struct plan *plan)
{
	for (size_t i = 0; i < plan->n_units; i++)
		unit_release_processes(&plan->units[i]);
}

/* Private files: one for each source and target. */
static struct strvec list_objects(struct plan *plan)
{
	struct strvec objects = {0};

	for (size_t i = 0; i < plan->n_units; i++) {
		for (size_t j = 0; j < plan->options->targets.count; j++) {
			if (!plan->is_left_out[j])
				strvec_push(&objects, plan->arena,
					    unit_file(&plan->units[i], j, ".o"));
		}
	}
	return objects;
}

/* Of each source. */
static int read_objects(struct plan *plan, size_t target, struct compiled_object *objects)
{
	for (size_t i = 0; i < plan->n_units; i++) {
		struct unit *unit = &plan->units[i];
		int error =
			file_read(plan->arena, unit_file(unit, target, ".o"), &objects[i].bytes);

		if (error)
			return diag_error(
				&plan->session->diag, unit->path, "'%s' made no object for %s: %s",
				plan->options->compiler.items[0],
				plan->options->targets.items[target].name, strerror(-error));
		/* A compiler that writes none: there are no dependencies to tell. */
		if (file_read(plan->arena, unit_file(unit, target, ".d"), &objects[i].depfile))
			objects[i].depfile = (struct bytes){0};
	}
	return 0;
}

/* Of all sources. What two targets have alike is the same for both, as with one source. */
static const struct source_facts *merge_facts(struct plan *plan, struct source_merge *merge,
					      size_t target, const struct compiled_object *objects)
{
	const struct source_facts **facts =
		ARENA_ARRAY(plan->arena, const struct source_facts *, plan->n_units);

	for (size_t i = 0; i < plan->n_units; i++)
		facts[i] = facts_of(&plan->units[i].facts, target, objects[i].bytes);
	return source_merge(merge, plan->arena, facts, plan->n_units);
}

static void note_facts(struct plan *plan, const struct source_merge *merge)
{
	bool has_library = true;

	for (size_t i = 0; i < plan->n_units && has_library; i++)
		has_library = facts_report(&plan->units[i].facts, &plan->session->diag);
	for (size_t i = 0; i < merge->disputed.count && plan->session->is_verbose; i++)
		diag_note(&plan->session->diag, NULL,
			  "the macro %s has another value in another source; the header has none",
			  merge->disputed.items[i]);
}

static int read_results(struct plan *plan, struct compilation *compilation)
{
	const struct target_list *targets = &plan->options->targets;
	struct source_merge merge = {0};

	compilation->results = ARENA_ARRAY(plan->arena, struct compilation_result, targets->count);
	for (size_t i = 0; i < targets->count; i++) {
		struct compilation_result *result = &compilation->results[compilation->n_results];

		if (plan->is_left_out[i])
			continue;
		compilation->n_results++;
		result->target = &targets->items[i];
		result->objects = ARENA_ARRAY(plan->arena, struct compiled_object, plan->n_units);
		if (read_objects(plan, i, result->objects))
			return -1;
		result->facts = merge_facts(plan, &merge, i, result->objects);
	}
	note_facts(plan, &merge);
	return 0;
}

/* When one source is not the same for all targets, none is taken to be: their facts are merged. */
static void start_facts(struct plan *plan, struct unit *const *units, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		unit_make_facts(units[i]);
		plan->differ |= units[i]->facts.differ;
	}
	for (size_t i = 0; i < count; i++) {
		units[i]->facts.differ = plan->differ;
		facts_start(&units[i]->facts);
	}
}

/* Of these units, with their types. 0, or -1 after an interruption. */
static int run_compilers(struct plan *plan, struct unit *const *units, size_t count)
{
	size_t n_targets = plan->options->targets.count;
	struct process *processes = ARENA_ARRAY(plan->arena, struct process, count * n_targets);
	const char *what =
		count > 1 ? arena_printf(plan->arena, "%zu sources", count) : units[0]->path;
	int result;

	for (size_t i = 0; i < count; i++)
		unit_make_commands(units[i], &processes[i * n_targets]);
	start_facts(plan, units, count);
	result = progress_run(plan->session, arena_printf(plan->arena, "compiling %s", what),
			      processes, count * n_targets, plan->options->jobs)
			 ? -1
			 : 0;
	for (size_t i = 0; i < count; i++)
		facts_finish(&units[i]->facts);
	if (!result)
		leave_out(plan);
	return result;
}

static struct unit **list_units(struct plan *plan)
{
	struct unit **list = ARENA_ARRAY(plan->arena, struct unit *, plan->n_units);

	for (size_t i = 0; i < plan->n_units; i++)
		list[i] = &plan->units[i];
	return list;
}

/* Whether the types that the source seemed to need may not be all. */
static bool needs_whole(struct unit *unit)
{
	if (!unit->lean.slice || unit->options->lean_mode != LEAN_AUTO)
		return false;
	for (size_t i = 0; i < unit->options->targets.count; i++) {
		if (unit->processes[i].error || !WIFEXITED(unit->processes[i].wait_status))
			return false;
	}
	return *unit_name_targets(unit, false) || unit_find_lacking(unit);
}

/* Again with all types, where a slice is not enough. */
static int run_with_whole(struct plan *plan)
{
	struct unit **units = ARENA_ARRAY(plan->arena, struct unit *, plan->n_units);
	size_t count = 0;

	for (size_t i = 0; i < plan->n_units; i++) {
		struct unit *unit = &plan->units[i];

		if (!needs_whole(unit))
			continue;
		lean_remember(&unit->lean);
		if (lean_prepare_whole(&unit->lean))
			return -1;
		unit->types = unit->lean.whole;
		if (plan->session->is_verbose)
			diag_note(&plan->session->diag, unit->path,
				  "needs more than a slice of vmlinux.h; all of it is taken");
		units[count++] = unit;
	}
	for (size_t i = 0; i < count; i++)
		unit_release_processes(units[i]);
	return count ? run_compilers(plan, units, count) : 0;
}

/* -lean verify: compiles with all types too. */
static int verify(struct plan *plan, const struct compilation *compilation)
{
	int result = 0;

	for (size_t i = 0; i < plan->n_units && !result; i++) {
		if (!plan->units[i].lean.slice)
			continue;
		result = lean_prepare_whole(&plan->units[i].lean);
		plan->units[i].types = plan->units[i].lean.whole;
	}
	if (result)
		return -1;
	result = run_compilers(plan, list_units(plan), plan->n_units);
	if (!result)
		result = check_compiled(plan);
	release_processes(plan);
	for (size_t i = 0; i < compilation->n_results * plan->n_units && !result; i++) {
		const struct compilation_result *found = &compilation->results[i / plan->n_units];
		size_t index = i % plan->n_units;

		result = unit_compare(&plan->units[index], found->target,
				      found->objects[index].bytes);
	}
	return result;
}

static bool has_slice(const struct plan *plan)
{
	bool has = false;

	for (size_t i = 0; i < plan->n_units; i++)
		has |= plan->units[i].lean.slice != NULL;
	return has;
}

static int check_lacking(struct plan *plan)
{
	int result = 0;

	for (size_t i = 0; i < plan->n_units && !result; i++)
		result = unit_check_lacking(&plan->units[i]);
	return result;
}

static void describe_sources(struct plan *plan, struct compilation *compilation)
{
	compilation->sources = ARENA_ARRAY(plan->arena, struct compiled_source, plan->n_units);
	compilation->n_sources = plan->n_units;
	for (size_t i = 0; i < plan->n_units; i++) {
		struct compiled_source *source = &compilation->sources[i];

		source->path = plan->units[i].path;
		source->directory = plan->units[i].source_directory_real;
		unit_make_lasting_command(&plan->units[i], &source->command);
	}
}

/* What the sources depend on, and their compilers do not name. */
static void list_files(struct plan *plan, struct strvec *files)
{
	struct strmap known = {0};

	for (size_t i = 0; i < plan->n_units; i++) {
		const struct strvec *more = &plan->units[i].lean.files;

		for (size_t j = 0; j < more->count; j++) {
			void **place = strmap_at(&known, plan->arena, more->items[j]);

			if (!*place)
				strvec_push(files, plan->arena, more->items[j]);
			*place = more->items[j];
		}
	}
}

static int prepare_all(struct plan *plan)
{
	const char *own_headers =
		own_headers_write(plan->arena, &plan->session->diag, plan->directory);

	if (!own_headers)
		return -1;
	set_search(plan, own_headers);
	/* ccache need not tell one working directory from another: the prefix maps do. */
	setenv("CCACHE_NOHASHDIR", "1", 0);
	for (size_t i = 0; i < plan->n_units; i++) {
		if (unit_prepare_types(&plan->units[i], plan->units[i].directory))
			return -1;
	}
	return 0;
}

static int compile_all(struct plan *plan, struct compilation *compilation)
{
	const struct build_options *options = plan->options;
	int result;

	if (prepare_all(plan))
		return -1;
	result = run_compilers(plan, list_units(plan), plan->n_units);
	if (!result)
		result = run_with_whole(plan);
	describe_sources(plan, compilation);
	if (!result)
		result = check_compiled(plan);
	if (!result && options->lean_mode == LEAN_ONLY)
		result = check_lacking(plan);
	release_processes(plan);
	if (!result && options->strip && !options->no_strip) {
		struct strvec objects = list_objects(plan);

		result = strip_command_run(plan->session, options, &objects);
	}
	if (!result)
		result = read_results(plan, compilation);
	list_files(plan, &compilation->files);
	if (!result && has_slice(plan) && options->lean_mode == LEAN_VERIFY)
		result = verify(plan, compilation);
	return result;
}

/* What depfiles name of ours. */
static void ignore_own_files(struct plan *plan, struct compilation *compilation)
{
	const char *own[] = {plan->own_headers, plan->directory};

	for (size_t i = 0; i < ARRAY_SIZE(own); i++) {
		if (own[i])
			strvec_push(&compilation->own_files, plan->arena, own[i]);
	}
	for (size_t i = 0; i < plan->n_units; i++) {
		const struct lean *lean = &plan->units[i].lean;
		const char *files[] = {lean->stub_directory, lean->slice, lean->whole};

		for (size_t j = 0; j < ARRAY_SIZE(files); j++) {
			if (files[j])
				strvec_push(&compilation->own_files, plan->arena, files[j]);
		}
	}
}

static int make_directory(struct plan *plan)
{
	struct diag *diag = &plan->session->diag;
	int error = scratch_make(&plan->scratch, plan->arena);

	if (error)
		return diag_error(diag, plan->scratch.parent,
				  "no temporary directory can be made there: %s; name another with "
				  "TMPDIR",
				  strerror(-error));
	name_directories(plan, plan->scratch.path);
	for (size_t i = 0; i < plan->n_units && plan->n_units > 1; i++) {
		if (mkdir(plan->units[i].directory, 0700))
			return diag_error(diag, plan->units[i].directory, "cannot be made: %s",
					  strerror(errno));
	}
	return 0;
}

int compilation_run(struct compilation *compilation, struct session *session,
		    const struct build_options *options)
{
	struct plan plan = {.session = session, .arena = &session->arena, .options = options};
	int result;

	if (make_units(&plan))
		return -1;
	if (!options->no_sys_include) {
		struct strvec command = search_command(&plan);

		if (search_find(&plan.search, plan.arena, &session->diag, &command))
			return -1;
	}
	result = make_directory(&plan);
	if (!result)
		result = compile_all(&plan, compilation);
	/* With all in it: an interrupted clang leaves files under names of its own. */
	scratch_remove(&plan.scratch);
	compilation->compiler = plan.search.version;
	compilation->compiler_major = search_major(&plan.search);
	ignore_own_files(&plan, compilation);
	return result;
}

/* The header that stands in place of vmlinux.h goes to the cache, as for a run. Where it cannot, or
 * where it is not known yet what it has, a comment tells of it. */
static int print_unit(struct unit *unit, struct strbuf *out)
{
	size_t n_targets = unit->options->targets.count;

	if (unit_prepare_types(unit, NULL))
		return -1;
	if (unit->lean.is_nowhere)
		strbuf_add_string(out, "# A slice of vmlinux.h goes before it, by -include: "
				       "bpfbake vmlinux -for SOURCE -o FILE writes it.\n");
	unit_make_commands(unit, ARENA_ARRAY(unit->arena, struct process, n_targets));
	for (size_t i = 0; i < n_targets; i++)
		print_command(out, unit->processes[i].argv);
	return 0;
}

int compilation_print(struct strbuf *out, struct session *session,
		      const struct build_options *options)
{
	struct plan plan = {.session = session, .arena = &session->arena, .options = options};
	struct strvec command;
	struct strvec objects;
	bool lacks_search;

	if (make_units(&plan))
		return -1;
	name_directories(&plan, "TMPDIR");
	command = search_command(&plan);
	/* Without an answer in the cache the directories are not known yet. */
	lacks_search = !options->no_sys_include && !search_load(&plan.search, plan.arena, &command);
	if (lacks_search)
		print_command(out, command.items);
	set_search(&plan, own_headers_directory(plan.arena, plan.directory));
	for (size_t i = 0; i < plan.n_units; i++) {
		plan.units[i].lean.lacks_search = lacks_search;
		if (print_unit(&plan.units[i], out))
			return -1;
	}
	objects = list_objects(&plan);
	for (size_t i = 0; i < objects.count && options->strip && !options->no_strip; i++) {
		struct strvec argv = {0};

		strip_command_make(&argv, plan.arena, options, objects.items[i]);
		print_command(out, argv.items);
	}
	return 0;
}
