/* SPDX-License-Identifier: BSD-2-Clause */
#include "doctor.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "command.h"
#include "file.h"
#include "interrupt.h"
#include "output.h"
#include "terminal.h"
#include "value_json.h"
#include "words.h"

struct doctor_options {
	const char *cc, *strip;
	bool json, help;
};

#define AT(member) offsetof(struct doctor_options, member)

/* clang-format off */
static const struct option_spec specs[] = {
	{"cc", OPTION_STRING, AT(cc), "COMMAND", {"BPFBAKE_CC", "BPF2GO_CC"},
	 "The compiler that is looked at. Default: clang."},
	{"strip", OPTION_STRING, AT(strip), "COMMAND", {"BPFBAKE_STRIP", "BPF2GO_STRIP"},
	 "Also look at this command, which build gets as -strip."},
	{"json", OPTION_FLAG, AT(json), NULL, {NULL, NULL}, "Print what was found as JSON."},
	{"help", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, "Print this text."},
	{"h", OPTION_FLAG, AT(help), NULL, {NULL, NULL}, NULL},
};
/* clang-format on */

static const struct option_table table = {specs, ARRAY_SIZE(specs)};

static const struct doctor_checks *const sections[] = {&doctor_build_checks, &doctor_load_checks};

static const struct {
	const char *name, *colour;
} states[] = {
	[DOCTOR_OK] = {"ok", "\033[32m"},
	[DOCTOR_WARNING] = {"warning", "\033[33m"},
	[DOCTOR_ERROR] = {"error", "\033[31m"},
};

void doctor_answer(struct doctor_answer *answer, enum doctor_state state, const char *prevents,
		   const char *mend)
{
	answer->state = state;
	answer->prevents = prevents;
	answer->mend = mend;
}

const char *doctor_read_line(struct doctor *doctor, const char *path)
{
	struct bytes bytes;
	int error = file_read(doctor->arena, path, &bytes);

	errno = -error;
	if (error)
		return NULL;
	return arena_strndup(doctor->arena, (const char *)bytes.data,
			     strcspn((const char *)bytes.data, "\n"));
}

/* Of each section, one answer a check. */
struct diagnosis {
	struct doctor_answer *answers[ARRAY_SIZE(sections)];
	bool is_free_of_errors[ARRAY_SIZE(sections)];
};

static void look(struct doctor *doctor, struct diagnosis *diagnosis)
{
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		const struct doctor_checks *checks = sections[i];

		diagnosis->answers[i] =
			ARENA_ARRAY(doctor->arena, struct doctor_answer, checks->count);
		diagnosis->is_free_of_errors[i] = true;
		for (size_t j = 0; j < checks->count && !interrupt_pending(); j++) {
			struct doctor_answer *answer = &diagnosis->answers[i][j];

			checks->items[j].look(doctor, answer);
			if (answer->state == DOCTOR_ERROR)
				diagnosis->is_free_of_errors[i] = false;
		}
	}
}

static struct value *answer_value(struct arena *arena, const struct doctor_checks *checks, size_t i,
				  const struct doctor_answer *answer)
{
	struct value *value = value_object(arena);

	value_set_string(value, arena, "section", checks->section);
	value_set_string(value, arena, "name", checks->items[i].name);
	value_set_string(value, arena, "state", states[answer->state].name);
	value_set_string(value, arena, "found", answer->found);
	value_set_string(value, arena, "prevents", answer->prevents);
	value_set_string(value, arena, "mend", answer->mend);
	return value;
}

static void write_json(struct strbuf *out, struct arena *arena, const struct diagnosis *diagnosis)
{
	struct value *value = value_object(arena), *list;

	value_set_string(value, arena, "tool", session_tool);
	value_set_boolean(value, arena, "builds", diagnosis->is_free_of_errors[0]);
	value_set_boolean(value, arena, "loads", diagnosis->is_free_of_errors[1]);
	list = value_set(value, arena, "checks", value_list(arena));
	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		for (size_t j = 0; j < sections[i]->count; j++)
			value_append(
				list, arena,
				answer_value(arena, sections[i], j, &diagnosis->answers[i][j]));
	}
	value_to_json(value, out);
}

static void write_answer(struct strbuf *out, const char *name, const struct doctor_answer *answer,
			 bool has_colour)
{
	const char *state = states[answer->state].name;

	strbuf_add_format(out, "  %s%-7s%s  %-16s  %s\n",
			  has_colour ? states[answer->state].colour : "", state,
			  has_colour ? "\033[0m" : "", name, answer->found);
	if (answer->prevents)
		strbuf_add_format(out, "%*s%s\n", 29, "", answer->prevents);
	if (answer->mend)
		strbuf_add_format(out, "%*s-> %s\n", 29, "", answer->mend);
}

static void write_text(struct strbuf *out, const struct diagnosis *diagnosis)
{
	bool has_colour = terminal_has_colour(STDOUT_FILENO);

	for (size_t i = 0; i < ARRAY_SIZE(sections); i++) {
		strbuf_add_format(out, "%s%s\n", i ? "\n" : "", sections[i]->title);
		for (size_t j = 0; j < sections[i]->count; j++)
			write_answer(out, sections[i]->items[j].name, &diagnosis->answers[i][j],
				     has_colour);
	}
}

static enum status diagnose(struct session *session, const struct doctor_options *options)
{
	struct doctor doctor = {
		.session = session,
		.arena = &session->arena,
		.strip = options->strip,
	};
	struct diagnosis diagnosis = {0};
	struct strbuf text = STRBUF_INIT;
	int result;

	words_split_blanks(&doctor.compiler, doctor.arena, options->cc ? options->cc : "clang");
	if (!doctor.compiler.count) {
		diag_error(&session->diag, NULL, "-cc is empty; name a compiler");
		return STATUS_USAGE;
	}
	libbpf_set_print(NULL);
	interrupt_hold();
	look(&doctor, &diagnosis);
	interrupt_release();
	if (options->json)
		write_json(&text, doctor.arena, &diagnosis);
	else
		write_text(&text, &diagnosis);
	result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result || !diagnosis.is_free_of_errors[0] ? STATUS_FAILED : STATUS_DONE;
}

static enum status run(struct session *session, char *const *argv)
{
	struct doctor_options options = {0};
	struct strbuf text = STRBUF_INIT;
	struct strvec words = {0};
	int result;

	if (options_parse(&table, &session->arena, &session->diag, argv, &options, &words, NULL))
		return STATUS_USAGE;
	if (words.count) {
		diag_error(&session->diag, NULL, "doctor takes options alone, not '%s'",
			   words.items[0]);
		return STATUS_USAGE;
	}
	if (!options.help)
		return diagnose(session, &options);
	command_help(&text, &doctor_command);
	result = output_print(&session->diag, text.text, text.length);
	strbuf_release(&text);
	return result ? STATUS_FAILED : STATUS_DONE;
}

const struct command doctor_command = {
	.name = "doctor",
	.run = run,
	.summary = "look at what this machine lacks",
	.usage = "doctor [-json] [-cc COMMAND] [-strip COMMAND]",
	.help = "Looks at what building needs (the compiler, its BPF targets, headers, libclang, "
		"libbpf) and at what loading needs (the kernel, capabilities, file systems, a few "
		"programs that do nothing), and says for each whether it is fine, or what it "
		"prevents and the command that mends it. Ends with 1 when a build does not work "
		"here; what only prevents loading is told, and does not count, since programs are "
		"often built on other machines than those that load them.",
	.options = &table,
};
