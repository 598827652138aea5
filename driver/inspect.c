/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake inspect: what an object holds, as a table, as JSON, or through a user's own template. */
#include <stddef.h>
#include <string.h>

#include "bug.h"
#include "command.h"
#include "object_view.h"
#include "output.h"
#include "value_json.h"

struct inspect_options {
	bool json, dot, help;
	const char *template_file, *output;
	struct strvec events;
};

static const struct option_spec specs[] = {
	{"json",
	 OPTION_FLAG,
	 offsetof(struct inspect_options, json),
	 NULL,
	 {NULL, NULL},
	 "Print the model as JSON: the values that templates see."},
	{"dot",
	 OPTION_FLAG,
	 offsetof(struct inspect_options, dot),
	 NULL,
	 {NULL, NULL},
	 "Print a picture for Graphviz: the programs, the functions that they call, the maps that "
	 "these use, what stands in maps from the start, and types of events. Pipe it to dot "
	 "-Tsvg."},
	{"template",
	 OPTION_STRING,
	 offsetof(struct inspect_options, template_file),
	 "FILE",
	 {NULL, NULL},
	 "Render this Mustache template from the model."},
	{"event",
	 OPTION_LIST,
	 offsetof(struct inspect_options, events),
	 "MAP=TYPE",
	 {NULL, NULL},
	 "The records of this map are of this type, which an object does not tell once it is "
	 "built. "
	 "May be given several times."},
	{"o",
	 OPTION_STRING,
	 offsetof(struct inspect_options, output),
	 "FILE",
	 {NULL, NULL},
	 "Write to FILE. Default: standard output."},
	{"help",
	 OPTION_FLAG,
	 offsetof(struct inspect_options, help),
	 NULL,
	 {NULL, NULL},
	 "Print this text."},
	{"h", OPTION_FLAG, offsetof(struct inspect_options, help), NULL, {NULL, NULL}, NULL},
};

static const struct option_table table = {specs, ARRAY_SIZE(specs)};

static int render(struct session *session, const struct inspect_options *options,
		  const struct object_view *view, struct strbuf *out)
{
	struct arena *arena = &session->arena;
	struct bytes template;
	int error;

	if (options->json) {
		value_to_json(view->value, out);
		return 0;
	}
	if (options->dot)
		return header_render_graph(out, arena, &session->diag, view->value);
	if (!options->template_file)
		return header_render_summary(out, arena, &session->diag, view->value);
	error = file_read(arena, options->template_file, &template);
	if (error)
		return diag_error(&session->diag, options->template_file, "cannot be read: %s",
				  strerror(-error));
	return header_render_template(out, arena, &session->diag, options->template_file, template,
				      view->value);
}

static int inspect(struct session *session, const struct inspect_options *options, const char *path,
		   struct strbuf *out)
{
	struct header_options header = {
		.face = HEADER_BPFBAKE,
		.name = header_name_from_path(&session->arena, path),
		.tool = session_tool,
		.events = options->events,
		.has_graph = true,
	};
	struct object_view view = {0};
	int result = object_view_read(&view, session, path, &header);

	if (!result)
		result = render(session, options, &view, out);
	object_view_release(&view);
	return result;
}

static enum status run(struct session *session, char *const *argv)
{
	struct inspect_options options = {0};
	struct strbuf text = STRBUF_INIT;
	struct strvec words = {0};
	int result;

	if (options_parse(&table, &session->arena, &session->diag, argv, &options, &words, NULL))
		return STATUS_USAGE;
	if (options.help) {
		command_help(&text, &inspect_command);
		result = output_print(&session->diag, text.text, text.length);
		strbuf_release(&text);
		return result ? STATUS_FAILED : STATUS_DONE;
	}
	if (words.count != 1 || options.json + options.dot + (options.template_file != NULL) > 1) {
		diag_error(&session->diag, NULL,
			   "the command line is: bpfbake inspect FILE [-json | -dot | "
			   "-template FILE] [-o FILE]");
		return STATUS_USAGE;
	}
	if (header_check_events(&session->diag, &options.events))
		return STATUS_USAGE;
	result = inspect(session, &options, words.items[0], &text);
	if (!result)
		result = output_put(&session->arena, &session->diag, options.output, &text, &words);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

const struct command inspect_command = {
	.name = "inspect",
	.run = run,
	.summary = "show what an object holds",
	.usage = "inspect FILE [-json | -dot | -template FILE] [-o FILE]",
	.words = "OBJECT",
	.help = "Prints what an object holds: its maps, programs, variables and types.",
	.options = &table,
};
