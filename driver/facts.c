/* SPDX-License-Identifier: BSD-2-Clause */
#include "facts.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "compile.h"
#include "event_macros.h"
#include "map_kinds.h"
#include "model.h"
#include "names.h"
#include "object.h"
#include "prefix_map.h"

/* Expressions are walked over by functions that call themselves. Only what is used takes memory. */
#define STACK_SIZE (256UL << 20)

/* The source as one target sees it. */
struct facts_job {
	struct arena arena; /* of the thread alone; lives as long as the facts */
	struct clang_search search;
	struct clang_library library;
	struct strvec flags;
	struct source_query query;
	struct source_facts facts;
	pthread_t thread;
	bool is_running, has_library, has_facts;
};

/* For what libclang has for each thread. glibc ends the process, and nobody is told, where it gets
 * no memory for that. */
#define ROOM (64UL << 10)

static void make_room(void)
{
	struct strbuf room = STRBUF_INIT;

	strbuf_reserve(&room, ROOM);
	strbuf_release(&room);
}

static void *run(void *argument)
{
	struct facts_job *job = argument;

	job->has_library = clang_library_load(&job->library, &job->arena, &job->search);
	make_room();
	if (job->has_library)
		job->has_facts = source_facts_read(&job->facts, &job->arena, &job->query);
	return NULL;
}

static void start_job(struct facts_job *job)
{
	static const int mistakes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV};
	pthread_attr_t attributes;
	sigset_t all, before;

	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	/* A thread inherits what is blocked: signals are for the one that waits for compilers. Of
	 * its own mistakes libclang recovers by theirs. */
	sigfillset(&all);
	for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++)
		sigdelset(&all, mistakes[i]);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	/* Without it the header would lack what libclang knows. */
	if (pthread_create(&job->thread, &attributes, run, job))
		bug_out_of_memory();
	job->is_running = true;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
}

/* The index of the program itself among the words of "ccache clang -DX". */
static size_t find_program(const struct strvec *compiler)
{
	return compiler->count > 1 && compiler->items[1][0] != '-' ? 1 : 0;
}

static const char *const own_flags[] = {
	/* A sixth faster with a full vmlinux.h: CO-RE is nothing to look for here. */
	"-DBPF_NO_PRESERVE_ACCESS_INDEX",
	"-fparse-all-comments",
	"-ferror-limit=0",
	"-fbracket-depth=4096",
	/* Of the source only errors are of interest, of macros also what is no value. */
	"-Wno-everything",
	"-Wshift-count-overflow",
	"-Wshift-count-negative",
	"-Winteger-overflow",
	"-Wdivision-by-zero",
	"-Wno-error",
};

/* libclang does not know what only its driver does. */
static bool is_for_outputs(const char *flag)
{
	return !strncmp(flag, "-save-temps", strlen("-save-temps")) ||
	       !strncmp(flag, "--save-temps", strlen("--save-temps"));
}

/* As the compiler of a target sees the source, without what makes an object of it. */
static void make_flags(struct facts_search *search, struct facts_job *job,
		       const struct target *target)
{
	const struct strvec *compiler = &search->options->compiler;
	struct strvec none = {0}, words = {0}, argv = {0};
	struct compile compile = {
		.compiler = &words,
		.cflags = &search->options->cflag_words,
		.rest = &search->options->rest,
		.search = &search->search->directories,
		.maps = &none,
		.target = target,
		.types = search->types,
		.source = "",
		.object = "",
	};

	for (size_t i = find_program(compiler) + 1; i < compiler->count; i++)
		strvec_push(&words, search->arena, compiler->items[i]);
	compile_make_command(&argv, search->arena, &compile);
	for (size_t i = 0; i < argv.count; i++) {
		const char *word = argv.items[i];

		if (!strcmp(word, "-c") || !strcmp(word, "-o"))
			i++;
		else if (strcmp(word, "-g") != 0 && !is_for_outputs(word))
			strvec_push(&job->flags, search->arena, word);
	}
	for (size_t i = 0; i < ARRAY_SIZE(own_flags); i++)
		strvec_push(&job->flags, search->arena, own_flags[i]);
}

/* Whether two targets may not see the same. */
static bool differ(const struct source_text *text, const struct target *a, const struct target *b)
{
	return (text->speaks_of_byte_order && strcmp(a->clang, b->clang) != 0) ||
	       (text->speaks_of_architecture && a->architecture != b->architecture);
}

/* libclang parses in the thread that asks, which has more stack than its own would, and it aborts
 * where it gets none. Before there are threads, which may look at the environment. */
static void prepare_library(void)
{
	setenv("LIBCLANG_NOTHREADS", "1", 0);
	bug_take_aborts();
}

static void start_jobs(struct facts_search *search)
{
	const struct target_list *targets = &search->options->targets;
	const struct strvec *compiler = &search->options->compiler;

	prepare_library();
	search->n_jobs = search->differ ? targets->count : 1;
	/* They outlive the run: the view points into them. */
	search->jobs = ARENA_ARRAY(search->arena, struct facts_job, search->n_jobs);
	for (size_t i = 0; i < search->n_jobs; i++) {
		struct facts_job *job = &search->jobs[i];

		make_flags(search, job, &targets->items[i]);
		job->search.major = search_major(search->search);
		job->search.compiler = compiler->items[find_program(compiler)];
		job->query = (struct source_query){
			.library = &job->library,
			.path = search->source,
			.flags = &job->flags,
			.text = &search->text,
			.types = &search->wanted_types,
			.events_only = search->options->no_constants,
		};
		start_job(job);
	}
}

/* Where headers of the user's own may be, and which are included by command. */
static void find_includes(struct source_includes *includes, struct arena *arena,
			  const struct strvec *flags)
{
	static const char *const directories[] = {"-I", "-iquote", NULL};
	static const char *const files[] = {"-include", "-imacros", NULL};

	prefix_map_find_values(&includes->directories, arena, flags, directories);
	prefix_map_find_values(&includes->files, arena, flags, files);
}

static void find_wanted_types(struct facts_search *search)
{
	const struct build_options *options = search->options;

	for (size_t i = 0; i < options->types.count; i++)
		strvec_push(&search->wanted_types, search->arena,
			    name_bare(options->types.items[i]));
	for (size_t i = 0; i < options->events.count; i++) {
		const char *equals = strchr(options->events.items[i], '=');

		if (equals)
			strvec_push(&search->wanted_types, search->arena, name_bare(equals + 1));
	}
}

/* By -event. */
static bool is_named(const struct build_options *options, const char *map)
{
	for (size_t i = 0; i < options->events.count; i++) {
		const char *event = options->events.items[i];

		if (!strncmp(event, map, strlen(map)) && event[strlen(map)] == '=')
			return true;
	}
	return false;
}

/* Whether the type of an event may have to be found, by what the source looks like. */
static bool may_have_event(const struct build_options *options, const struct source_text *text)
{
	for (size_t i = 0; i < text->event_maps.count; i++) {
		if (!is_named(options, text->event_maps.items[i]))
			return true;
	}
	return text->has_hidden_event_maps;
}

void facts_look(struct facts_search *search)
{
	const struct build_options *options = search->options;
	const struct target_list *targets = &options->targets;
	struct source_includes includes = {0};

	find_includes(&includes, search->arena, &options->compiler);
	find_includes(&includes, search->arena, &options->cflag_words);
	find_includes(&includes, search->arena, &options->rest);
	find_wanted_types(search);
	search->is_wanted =
		source_text_read(&search->text, search->arena, search->source, &includes) &&
		(!options->no_constants || may_have_event(options, &search->text));
	for (size_t i = 1; i < targets->count; i++)
		search->differ |= differ(&search->text, &targets->items[0], &targets->items[i]);
}

void facts_start(struct facts_search *search)
{
	if (search->is_wanted)
		start_jobs(search);
}

void facts_finish(struct facts_search *search)
{
	for (size_t i = 0; i < search->n_jobs; i++) {
		struct facts_job *job = &search->jobs[i];

		if (job->is_running)
			pthread_join(job->thread, NULL);
		job->is_running = false;
	}
}

static bool lacks_wanted_type(const struct facts_search *search, const struct btf *btf)
{
	for (size_t i = 0; i < search->wanted_types.count; i++) {
		if (!btf_query_find(btf, search->wanted_types.items[i]))
			return true;
	}
	return false;
}

static bool has_unnamed_event(const struct facts_search *search, const struct model *model)
{
	for (size_t i = 0; i < model->n_maps; i++) {
		const struct map_kind *kind = map_kind_find(model->maps[i].type);
		const char *name = model->maps[i].name;

		if (kind && kind->features & MAP_EVENTS && !is_named(search->options, name) &&
		    !event_macros_name(model->btf, name))
			return true;
	}
	return false;
}

/* With -no-constants, only the object tells whether libclang is needed after all. */
static bool needs_source(const struct facts_search *search, struct bytes bytes)
{
	struct diag silent = {0};
	struct object object = {0};
	struct model model;
	bool needs = false;

	if (!object_read(&object, search->arena, &silent, search->source, bytes) &&
	    !model_read(&model, search->arena, &silent, &object))
		needs = lacks_wanted_type(search, object.btf) || has_unnamed_event(search, &model);
	object_release(&object);
	return needs;
}

const struct source_facts *facts_of(struct facts_search *search, size_t target, struct bytes object)
{
	const struct facts_job *job;

	if (!search->n_jobs && !target && needs_source(search, object)) {
		start_jobs(search);
		facts_finish(search);
	}
	if (!search->n_jobs)
		return NULL;
	job = &search->jobs[search->n_jobs > 1 ? target : 0];
	return job->has_facts ? &job->facts : NULL;
}

bool facts_report(const struct facts_search *search, struct diag *diag)
{
	const struct facts_job *job = search->jobs;
	const char *less = search->options->no_constants
				   ? "events have no type but those that -event names"
				   : "the header has no constants, no comments, and no types of "
				     "events but those that -event names";

	if (!search->n_jobs)
		return true;
	if (!job->has_library && job->library.error)
		diag_note(diag, NULL, "no libclang: %s; %s", less, job->library.error);
	else if (!job->has_library)
		diag_note(diag, NULL,
			  "no libclang: %s; install it (Debian: apt-get install libclang1-%d) or "
			  "name its file with BPFBAKE_LIBCLANG",
			  less, clang_library_version(&job->search));
	else if (!job->has_facts)
		diag_note(diag, search->path, "libclang cannot parse it: %s", less);
	else if (job->facts.error)
		diag_note(diag, job->facts.error_place,
			  "libclang does not understand it as the compiler did (%s); constants, "
			  "comments or types of events may be missing",
			  job->facts.error);
	return job->has_library;
}
