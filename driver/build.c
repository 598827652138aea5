/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake [build]: from a source, or from objects, to the header. */
#include <elf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "btfs.h"
#include "bug.h"
#include "build_options.h"
#include "check.h"
#include "command.h"
#include "compilation.h"
#include "compile.h"
#include "compile_commands.h"
#include "depfile.h"
#include "header.h"
#include "interrupt.h"
#include "light.h"
#include "link.h"
#include "object_types.h"
#include "output.h"
#include "path.h"
#include "strip.h"
#include "words.h"

struct build {
	struct session *session;
	struct arena *arena;
	struct diag *diag;
	const struct build_options *options;
	char *const *argv;              /* the command line */
	struct compilation compilation; /* of a C file */
	struct object *objects;         /* one a variant */
	struct model *models;
	struct model_set set;
	struct btfs btfs;
	struct value *view;
	struct output_set outputs;
	struct strvec object_paths; /* of the outputs */
	struct strvec inputs;       /* what is known of them: all when there is a depfile */
	const char *sources;        /* those of the first variant, for the header */
	const char *header_path, *bytes_path;
	struct strbuf *texts; /* that the outputs point into */
	size_t n_texts;
};

/* Where an object comes from. */
struct variant_input {
	const char *path;
	const char *file;      /* that has these bytes, or will have them */
	const char *directory; /* of its source, or NULL */
	struct bytes bytes;
	bool is_linked;                   /* the bytes are as the program will have them */
	const struct target *target;      /* NULL: the one of its byte order */
	const struct source_facts *facts; /* of its source, or NULL */
};

/* The object's file as the header's directory, where #embed and .incbin look, has it. */
static const char *file_beside_header(struct build *build, const char *path)
{
	const char *header_directory =
		path_real(build->arena, path_dirname(build->arena, build->header_path));
	const char *directory = path_real(build->arena, path_dirname(build->arena, path));

	if (!header_directory || !directory || !strcmp(header_directory, directory))
		return path_basename(path);
	return path_join(build->arena, path_relative(build->arena, header_directory, directory),
			 path_basename(path));
}

/* The object as the program will have it, and the model of it. */
static int add_variant(struct build *build, const struct variant_input *input)
{
	size_t index = build->set.n_variants++;
	struct object *object = &build->objects[index];
	struct model_variant *variant = &build->set.variants[index];
	struct strip_options strip = {
		.keep_debug = build->options->no_strip,
		.directory = input->directory,
		.working_directory = input->directory ? path_real(build->arena, ".") : NULL,
	};
	const struct target *target = input->target;

	if (object_read(object, build->arena, build->diag, input->path, input->bytes))
		return -1;
	variant->object = input->bytes;
	if (!input->is_linked &&
	    object_strip(object, build->arena, build->diag, &strip, &variant->object))
		return -1;
	object->facts = input->facts;
	object->knows_signs = build->compilation.compiler_major >= 15;
	object_add_types(object, build->arena, build->diag);
	if (!target)
		target = target_of(object->byte_order);
	if (build->options->embed_kind != HEADER_EMBED_LITERAL)
		variant->file = file_beside_header(build, input->file);
	variant->target = target->name;
	variant->condition = target->condition;
	variant->model = &build->models[index];
	if (model_read(&build->models[index], build->arena, build->diag, object) ||
	    model_check_content(build->diag, variant->model) ||
	    model_check_externs(build->diag, object, "give its source, too"))
		return -1;
	return build->options->light
		       ? light_make(build->session, variant, object, build->options->name)
		       : 0;
}

static void reserve_variants(struct build *build, size_t count)
{
	build->objects = ARENA_ARRAY(build->arena, struct object, count);
	build->models = ARENA_ARRAY(build->arena, struct model, count);
	build->set.variants = ARENA_ARRAY(build->arena, struct model_variant, count);
}

static const char *name_sources(const struct build *build, const struct link_inputs *inputs)
{
	const char *names = path_basename(inputs->items[0].path);

	for (size_t i = 1; i < inputs->count; i++)
		names = arena_printf(build->arena, "%s, %s", names,
				     path_basename(inputs->items[i].path));
	return names;
}

/* The variant of a target, of one object or of several. */
static int add_inputs(struct build *build, const struct link_inputs *inputs,
		      struct variant_input *variant)
{
	const struct link_input *first = &inputs->items[0];

	if (!build->sources)
		build->sources = name_sources(build, inputs);
	variant->path = first->path;
	variant->directory = first->directory;
	variant->bytes = first->bytes;
	if (inputs->count > 1) {
		variant->path = link_names(inputs, build->arena);
		variant->is_linked = true;
		if (build->options->no_strip)
			return diag_error(build->diag, variant->path,
					  "DWARF is lost when objects are linked; leave -no-strip "
					  "out");
		if (link_objects(inputs, build->arena, build->diag, &variant->bytes))
			return -1;
	}
	return add_variant(build, variant);
}

/* The variant is an output, too. */
static void add_object(struct build *build, const char *path)
{
	const struct model_variant *variant = &build->set.variants[build->set.n_variants - 1];

	strvec_push(&build->object_paths, build->arena, path);
	output_add(&build->outputs, build->arena, path, variant->object)->kind = OUTPUT_OBJECT;
}

static int add_result(struct build *build, const struct compilation_result *result)
{
	const struct compilation *compilation = &build->compilation;
	struct variant_input variant = {
		.file = build_output_path(build->options, build->arena, result->target->suffix,
					  ".o"),
		.target = result->target,
		.facts = result->facts,
	};
	struct link_inputs inputs = {
		.items = ARENA_ARRAY(build->arena, struct link_input, compilation->n_sources),
		.count = compilation->n_sources,
	};

	for (size_t i = 0; i < inputs.count; i++)
		inputs.items[i] = (struct link_input){
			.path = compilation->sources[i].path,
			.directory = compilation->sources[i].directory,
			.bytes = result->objects[i].bytes,
		};
	if (add_inputs(build, &inputs, &variant))
		return -1;
	add_object(build, variant.file);
	return 0;
}

static int read_compiled(struct build *build)
{
	if (compilation_run(&build->compilation, build->session, build->options))
		return -1;
	reserve_variants(build, build->compilation.n_results);
	for (size_t i = 0; i < build->compilation.n_results; i++) {
		if (add_result(build, &build->compilation.results[i]))
			return -1;
	}
	return 0;
}

/* What is no object at all has any: who reads it says so. */
static enum byte_order order_of(struct bytes bytes)
{
	return bytes.size > EI_DATA && bytes.data[EI_DATA] == ELFDATA2MSB ? BYTE_ORDER_BIG
									  : BYTE_ORDER_LITTLE;
}

/* One object of its byte order is what the program gets; several are linked to an output. */
static int add_prebuilt(struct build *build, const struct link_inputs *inputs,
			enum byte_order byte_order)
{
	const struct target *target = target_of(byte_order);
	struct variant_input variant = {.file = inputs->items[0].path};
	bool is_output = inputs->count > 1;

	if (is_output)
		variant.file =
			build_output_path(build->options, build->arena, target->suffix, ".o");
	if (add_inputs(build, inputs, &variant))
		return -1;
	if (is_output)
		add_object(build, variant.file);
	return 0;
}

/* Objects that someone else compiled: they are only read. */
static int read_prebuilt(struct build *build)
{
	const struct strvec *sources = &build->options->sources;
	struct link_inputs groups[2] = {{0}};
	enum byte_order first = BYTE_ORDER_LITTLE;

	for (size_t i = 0; i < sources->count; i++) {
		struct link_input input = {.path = sources->items[i]};
		int error = file_read(build->arena, input.path, &input.bytes);
		enum byte_order byte_order = order_of(input.bytes);
		struct link_inputs *group = &groups[byte_order];

		if (error)
			return diag_error(build->diag, input.path, "cannot be read: %s",
					  strerror(-error));
		first = i ? first : byte_order;
		*ARENA_PUSH(build->arena, group->items, group->count) = input;
	}
	reserve_variants(build, ARRAY_SIZE(groups));
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		enum byte_order byte_order = i ? !first : first;

		if (groups[byte_order].count &&
		    add_prebuilt(build, &groups[byte_order], byte_order))
			return -1;
	}
	return 0;
}

static int make_view(struct build *build)
{
	const struct build_options *options = build->options;
	struct header_options header = {
		.face = HEADER_BPFBAKE,
		.embed = options->embed_kind,
		.is_light = options->light,
		.is_split = options->split,
		.is_compressed = options->compress,
		.name = options->name,
		.type_prefix = options->type_prefix,
		.types = options->types,
		.events = options->events,
		.omit_global_types = options->no_global_types,
		.omit_accessors = options->no_accessors,
		.has_graph = options->template_file != NULL,
		.condition = options->condition,
		.source = build->sources,
		.compiler = build->compilation.compiler,
		.flags = options->is_prebuilt
				 ? NULL
				 : compile_name_flags(build->arena, &options->cflag_words,
						      &options->rest),
		.tool = session_tool,
		.btfs = &build->btfs.archives,
	};

	if (options->light && light_require(build->session, &build->set))
		return -1;
	build->view = header_view(build->arena, build->diag, &header, &build->set);
	return build->view ? 0 : -1;
}

/* Keeps the text until the run is over. */
static struct bytes keep_text(struct build *build, struct strbuf *text)
{
	*ARENA_PUSH(build->arena, build->texts, build->n_texts) = *text;
	return (struct bytes){(const unsigned char *)text->text, text->length};
}

static int add_template(struct build *build)
{
	const struct build_options *options = build->options;
	struct strbuf text = STRBUF_INIT;
	struct bytes template;
	int result = options->template_file
			     ? file_read(build->arena, options->template_file, &template)
			     : 0;

	if (result)
		return diag_error(build->diag, options->template_file, "cannot be read: %s",
				  strerror(-result));
	if (!options->template_file)
		return 0;
	result = header_render_template(&text, build->arena, build->diag, options->template_file,
					template, build->view);
	output_add(&build->outputs, build->arena, options->template_output,
		   keep_text(build, &text));
	return result;
}

/* The header's and clang's names of files, all relative to the directory of -makebase. */
static void relate_to_base(struct build *build, struct strvec *names, const char *base)
{
	const char *here = path_real(build->arena, ".");

	for (size_t i = 0; i < names->count; i++) {
		const char *path = path_join(build->arena, here, names->items[i]);

		names->items[i] = path_relative(build->arena, base, path);
	}
}

static int add_makebase(struct build *build, struct strvec *files)
{
	const struct build_options *options = build->options;
	const char *base = path_real(build->arena, options->makebase);
	struct strbuf text = STRBUF_INIT;
	struct strvec targets = {0};

	if (!base)
		return diag_error(build->diag, options->makebase,
				  "is no directory for -makebase; create it first");
	strvec_push(&targets, build->arena, build->header_path);
	if (options->split)
		strvec_push(&targets, build->arena, build->bytes_path);
	strvec_push_all(&targets, build->arena, &build->object_paths);
	relate_to_base(build, &targets, base);
	relate_to_base(build, files, base);
	depfile_write(&text, &targets, files);
	output_add(&build->outputs, build->arena,
		   arena_printf(build->arena, "%s.d", build->header_path), keep_text(build, &text))
		->kind = OUTPUT_DEPENDENCIES;
	return 0;
}

static void read_depfiles(struct build *build, struct strvec *files)
{
	const struct compilation *compilation = &build->compilation;

	for (size_t i = 0; i < compilation->n_results; i++) {
		for (size_t j = 0; j < compilation->n_sources; j++)
			depfile_read(files, build->arena,
				     compilation->results[i].objects[j].depfile,
				     &compilation->own_files);
	}
}

static int add_depfiles(struct build *build)
{
	const struct build_options *options = build->options;
	struct strvec files = {0}, targets = {0};
	struct strbuf text = STRBUF_INIT;

	if (options->is_prebuilt)
		strvec_push_all(&files, build->arena, &options->sources);
	strvec_push_all(&files, build->arena, &build->compilation.files);
	read_depfiles(build, &files);
	if (options->template_file)
		strvec_push(&files, build->arena, options->template_file);
	strvec_push_all(&files, build->arena, &build->btfs.files);
	strvec_push_all(&build->inputs, build->arena, &options->sources);
	strvec_push_all(&build->inputs, build->arena, &files);
	if (options->depfile) {
		strvec_push(&targets, build->arena, build->header_path);
		depfile_write(&text, &targets, &files);
		output_add(&build->outputs, build->arena, options->depfile, keep_text(build, &text))
			->kind = OUTPUT_DEPENDENCIES;
	}
	return options->makebase ? add_makebase(build, &files) : 0;
}

/* Most of the text are the bytes. */
static void reserve_text(struct build *build, struct strbuf *text)
{
	for (size_t i = 0; i < build->set.n_variants; i++)
		strbuf_reserve(text, (build->set.variants[i].object.size + 8192) * 3);
}

static int add_bytes(struct build *build)
{
	struct strbuf text = STRBUF_INIT;
	int result;

	if (!build->options->split)
		return 0;
	reserve_text(build, &text);
	result = header_render_bytes(&text, build->arena, build->diag, build->view);
	output_add(&build->outputs, build->arena, build->bytes_path, keep_text(build, &text))
		->kind = OUTPUT_C;
	return result;
}

static int add_header(struct build *build)
{
	struct strbuf text = STRBUF_INIT;
	int result;

	reserve_text(build, &text);
	result = header_render(&text, build->arena, build->diag, build->view);
	output_add(&build->outputs, build->arena, build->header_path, keep_text(build, &text))
		->kind = OUTPUT_C;
	return result;
}

static int put_compile_commands(struct build *build)
{
	const struct build_options *options = build->options;
	int result = 0;

	if (!options->compile_commands)
		return 0;
	for (size_t i = 0; i < build->compilation.n_sources && !result; i++) {
		const struct compiled_source *source = &build->compilation.sources[i];
		struct compile_command command = {
			.directory = path_real(build->arena, "."),
			.file = path_join(build->arena, source->directory,
					  path_basename(source->path)),
			.arguments = source->command,
		};

		result = compile_commands_put(build->arena, build->diag, options->compile_commands,
					      &command);
	}
	return result;
}

/* "-check", "--check=true" */
static bool is_check(const char *word)
{
	const char *name = word + strspn(word, "-");

	return *word == '-' && (!strcmp(name, "check") || !strncmp(name, "check=", 6));
}

/* The command without -check. */
static int check(struct build *build)
{
	struct strbuf command = STRBUF_INIT;
	struct strvec words = {0};
	int result;

	strvec_push(&words, build->arena, "bpfbake");
	for (char *const *word = build->argv; *word; word++) {
		if (!is_check(*word))
			strvec_push(&words, build->arena, *word);
	}
	words_join(&command, words.items);
	result = check_outputs(build->arena, build->diag, &build->outputs,
			       build->options->embed_kind != HEADER_EMBED_LITERAL, command.text);
	strbuf_release(&command);
	return result;
}

/* 0, 1 when -check has found a difference, or -1 after an error. */
static int run(struct build *build)
{
	const struct build_options *options = build->options;

	build->header_path = build_output_path(options, build->arena, NULL, ".skel.h");
	build->bytes_path = build_output_path(options, build->arena, NULL, ".skel.c");
	if (options->vmlinux && strcmp(options->vmlinux, "auto") != 0 &&
	    access(options->vmlinux, R_OK))
		return diag_error(
			build->diag, options->vmlinux,
			"cannot be read: %s; give BTF, an ELF file that has it, or a vmlinux.h",
			strerror(errno));
	if (options->is_prebuilt ? read_prebuilt(build) : read_compiled(build))
		return -1;
	if (btfs_read(&build->btfs, build->session, options, build->objects, build->set.n_variants))
		return -1;
	/* Objects first, the header last: who finds it finds all. */
	if (make_view(build) || add_template(build) || add_depfiles(build) || add_bytes(build) ||
	    add_header(build))
		return -1;
	if (output_check(&build->outputs, build->diag, &build->inputs))
		return -1;
	if (options->check)
		return check(build);
	return output_write(&build->outputs, build->arena, build->diag) ||
			       put_compile_commands(build)
		       ? -1
		       : 0;
}

static enum status print_commands(struct session *session, const struct build_options *options)
{
	struct strbuf text = STRBUF_INIT;
	int result = 0;

	if (!options->is_prebuilt)
		result = compilation_print(&text, session, options);
	if (!result)
		result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

static enum status print_text(struct session *session, const struct build_options *options)
{
	struct strbuf text = STRBUF_INIT;
	int result;

	if (options->help)
		command_help(&text, &build_command);
	else
		strbuf_add_format(&text, "%s\n", session_tool);
	result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

static enum status run_build(struct session *session, char *const *argv)
{
	struct build_options options = {0};
	struct build build = {
		.session = session,
		.arena = &session->arena,
		.diag = &session->diag,
		.options = &options,
		.argv = argv,
	};
	int result;

	if (build_options_read(&options, &session->arena, &session->diag, argv))
		return STATUS_USAGE;
	if (options.help || options.version)
		return print_text(session, &options);
	session->is_verbose = options.verbose;
	if (!options.jobs)
		options.jobs = (unsigned)sysconf(_SC_NPROCESSORS_ONLN);
	if (options.dry_run)
		return print_commands(session, &options);
	interrupt_hold();
	result = run(&build);
	for (size_t i = 0; i < build.set.n_variants; i++)
		object_release(&build.objects[i]);
	for (size_t i = 0; i < build.n_texts; i++)
		strbuf_release(&build.texts[i]);
	interrupt_release();
	return result < 0 ? STATUS_FAILED : result ? STATUS_DIFFERS : STATUS_DONE;
}

const struct command build_command = {
	.name = "build",
	.run = run_build,
	.summary = "make the header of a BPF source",
	.usage = "[build] [options] IDENT SOURCE... [-- CFLAGS...]",
	.words = "SOURCE",
	.help = "Compiles SOURCE (C) for each target and writes STEM_TARGET.o for each, and the "
		"header STEM.skel.h with all of them inside. IDENT is the name of the header's "
		"struct and the first part of its functions' names. Several sources are linked to "
		"one program, for each target. SOURCE may also be objects that are compiled "
		"already: one, or one for each byte order, and only the header is written; "
		"several of one byte order are linked, and that object is written, too. Without "
		"-verbose a run that succeeds says nothing.",
	.options = &build_option_table,
};
