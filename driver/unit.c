/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clang gets the source by a relative name that begins with its directory ("./a.bpf.c",
 * "../t/src/a.bpf.c"), so that one prefix map covers it and all that it includes by "…".
 */
#include "unit.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bug.h"
#include "compile.h"
#include "core_relocations.h"
#include "meaning.h"
#include "path.h"
#include "prefix_map.h"
#include "terminal.h"

int unit_name(struct unit *unit)
{
	const char *directory = path_dirname(unit->arena, unit->path);
	const char *here = path_real(unit->arena, ".");
	struct diag *diag = &unit->session->diag;
	struct strvec includes = {0};
	struct prefix_map_input input;

	if (access(unit->path, R_OK))
		return diag_error(diag, unit->path, "%s; give the C file to compile",
				  strerror(errno));
	unit->source_directory_real = path_real(unit->arena, directory);
	if (!here || !unit->source_directory_real)
		return diag_error(diag, unit->path, "its directory: %s", strerror(errno));
	directory = path_relative(unit->arena, here, unit->source_directory_real);
	unit->source = arena_printf(unit->arena, "%s/%s", directory, path_basename(unit->path));
	prefix_map_find_includes(&includes, unit->arena, &unit->options->cflag_words);
	prefix_map_find_includes(&includes, unit->arena, &unit->options->rest);
	input = (struct prefix_map_input){
		.working_directory = here,
		.source_directory = directory,
		.source_directory_real = unit->source_directory_real,
		.includes = &includes,
	};
	prefix_map_make(&unit->maps, unit->arena, &input);
	return 0;
}

void unit_set_search(struct unit *unit, const struct search *search, const char *own_headers)
{
	unit->search.version = search->version;
	strvec_push_all(&unit->search.directories, unit->arena, &search->directories);
	strvec_push(&unit->search.directories, unit->arena, own_headers);
	strvec_push_format(&unit->maps, unit->arena, "%s/=bpfbake/", own_headers);
}

int unit_prepare_types(struct unit *unit, const char *directory)
{
	unit->lean = (struct lean){
		.arena = unit->arena,
		.diag = &unit->session->diag,
		.options = unit->options,
		.search = &unit->search,
		.source = unit->source,
		.directory = directory,
		.is_verbose = unit->session->is_verbose,
		.lacks_search = unit->lean.lacks_search,
	};
	if (lean_prepare(&unit->lean))
		return -1;
	unit->types = unit->lean.slice ? unit->lean.slice : unit->lean.whole;
	if (unit->lean.stub_directory)
		strvec_push(&unit->search.directories, unit->arena, unit->lean.stub_directory);
	if (unit->lean.slice)
		strvec_push_format(&unit->maps, unit->arena, "%s=vmlinux.h", unit->lean.slice);
	return 0;
}

const char *unit_file(struct unit *unit, size_t target, const char *extension)
{
	return arena_printf(unit->arena, "%s/%s%s", unit->directory,
			    unit->options->targets.items[target].suffix, extension);
}

void unit_make_commands(struct unit *unit, struct process *processes)
{
	const struct build_options *options = unit->options;
	bool has_depfile = options->depfile || options->makebase;

	unit->processes = processes;
	for (size_t i = 0; i < options->targets.count; i++) {
		struct strvec argv = {0};
		struct compile compile = {
			.compiler = &options->compiler,
			.cflags = &options->cflag_words,
			.rest = &options->rest,
			.search = &unit->search.directories,
			.maps = &unit->maps,
			.target = &options->targets.items[i],
			.types = unit->types,
			.source = unit->source,
			.object = unit_file(unit, i, ".o"),
			.depfile = has_depfile ? unit_file(unit, i, ".d") : NULL,
			.has_colour = terminal_has_colour(STDERR_FILENO),
		};

		compile_make_command(&argv, unit->arena, &compile);
		processes[i] = (struct process)PROCESS_INIT;
		processes[i].argv = argv.items;
	}
}

/* Of several sources each has an object of its own, as if it were kept. */
static const char *lasting_object(struct unit *unit)
{
	const struct build_options *options = unit->options;
	const char *suffix = options->targets.items[0].suffix;

	if (options->sources.count > 1)
		suffix = arena_printf(unit->arena, "%s_%s", path_basename(unit->path), suffix);
	return build_output_path(options, unit->arena, suffix, ".o");
}

void unit_make_lasting_command(struct unit *unit, struct strvec *argv)
{
	const struct build_options *options = unit->options;
	struct strvec search = {0};
	struct compile compile = {
		.compiler = &options->compiler,
		.cflags = &options->cflag_words,
		.rest = &options->rest,
		.search = &search,
		.maps = &(const struct strvec){0},
		.target = &options->targets.items[0],
		.types = unit->types,
		.source = unit->source,
		.object = lasting_object(unit),
	};

	for (size_t i = 0; i < unit->search.directories.count; i++) {
		const char *directory = unit->search.directories.items[i];

		if (strncmp(directory, unit->run, strlen(unit->run)) != 0)
			strvec_push(&search, unit->arena, directory);
	}
	compile_make_command(argv, unit->arena, &compile);
}

void unit_make_facts(struct unit *unit)
{
	unit->facts = (struct facts_search){
		.arena = unit->arena,
		.options = unit->options,
		.search = &unit->search,
		.path = unit->path,
		.source = unit->source,
		.types = unit->types,
	};
	facts_look(&unit->facts);
}

void unit_release_processes(struct unit *unit)
{
	for (size_t i = 0; i < unit->options->targets.count; i++) {
		strbuf_release(&unit->processes[i].output);
		strbuf_release(&unit->processes[i].messages);
	}
}

bool unit_compiles(const struct unit *unit, size_t target)
{
	struct strbuf reason = STRBUF_INIT;
	bool compiles = !process_failure(&unit->processes[target], &reason);

	strbuf_release(&reason);
	return compiles;
}

const char *unit_name_targets(struct unit *unit, bool compiled)
{
	const char *names = "";

	for (size_t i = 0; i < unit->options->targets.count; i++) {
		if (!unit->is_left_out[i] && unit_compiles(unit, i) == compiled)
			names = arena_printf(unit->arena, "%s%s%s", names, *names ? "," : "",
					     unit->options->targets.items[i].name);
	}
	return names;
}

/* A type that the program asks for, and the slice does not have: the answer would be that there is
 * none. */
const char *unit_find_lacking(struct unit *unit)
{
	const char *text = NULL;
	struct bytes bytes;

	for (size_t i = 0; i < unit->options->targets.count && !text; i++) {
		if (!unit->is_left_out[i] &&
		    !file_read(unit->arena, unit_file(unit, i, ".o"), &bytes))
			text = core_relocations_find_declared(unit->arena, bytes);
	}
	return text;
}

/* The compiler says nothing of them, but that it does not find a header. */
static void note_missing_directories(struct unit *unit)
{
	static const char *const names[] = {"-I", "-iquote", "-isystem", "-idirafter", NULL};
	const struct build_options *options = unit->options;
	const struct strvec *words[] = {&options->compiler, &options->cflag_words, &options->rest};
	struct strvec directories = {0};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		prefix_map_find_values(&directories, unit->arena, words[i], names);
	for (size_t i = 0; i < directories.count; i++) {
		if (access(directories.items[i], F_OK))
			diag_note(&unit->session->diag, unit->path,
				  "headers are looked for in '%s', which is not there",
				  directories.items[i]);
	}
}

int unit_check(struct unit *unit)
{
	struct diag *diag = &unit->session->diag;
	const char *failed = unit_name_targets(unit, false);
	const char *good = unit_name_targets(unit, true);

	if (!*failed)
		return 0;
	note_missing_directories(unit);
	if (unit->lean.lacks_vmlinux)
		return diag_error(
			diag, unit->path,
			"includes vmlinux.h, which is nowhere; make one of the types that it needs "
			"(bpfbake vmlinux -for %s -o vmlinux.h), or name a kernel's with -vmlinux",
			unit->path);
	if (!*good)
		return diag_error(diag, unit->path,
				  "does not compile; see the compiler's messages above");
	return diag_error(diag, unit->path, "does not compile for %s; leave it out with -target %s",
			  failed, good);
}

int unit_check_lacking(struct unit *unit)
{
	const char *text = unit->lean.slice ? unit_find_lacking(unit) : NULL;

	if (!text)
		return 0;
	return diag_error(&unit->session->diag, unit->path,
			  "asks for the %s in the slice of vmlinux.h; write its name in one word, "
			  "or leave -lean out",
			  text);
}

int unit_compare(struct unit *unit, const struct target *target, struct bytes before)
{
	struct meaning sliced = {0}, whole = {0};
	struct strvec differences = {0};
	struct bytes bytes;
	size_t index = (size_t)(target - unit->options->targets.items);

	if (file_read(unit->arena, unit_file(unit, index, ".o"), &bytes) ||
	    meaning_read_bytes(&sliced, unit->arena, before) ||
	    meaning_read_bytes(&whole, unit->arena, bytes))
		return 0; /* who reads the result says why */
	meaning_compare(&differences, unit->arena, &sliced, &whole);
	for (size_t i = 0; i < differences.count; i++)
		diag_error(&unit->session->diag, unit->path,
			   "with the slice of vmlinux.h, for %s: %s", target->name,
			   differences.items[i]);
	return differences.count ? -1 : 0;
}
