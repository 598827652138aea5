/* SPDX-License-Identifier: BSD-2-Clause */
#include "strip_command.h"

#include "process.h"
#include "progress.h"

void strip_command_make(struct strvec *argv, struct arena *arena,
			const struct build_options *options, const char *object)
{
	strvec_push(argv, arena, options->strip);
	strvec_push(argv, arena, "-g");
	strvec_push(argv, arena, object);
}

/* What came of one. */
static int finish(struct session *session, const char *command, struct process *process)
{
	struct strbuf reason = STRBUF_INIT;
	const char *failure = process_failure(process, &reason);
	int result = 0;

	if (failure)
		result = diag_error(&session->diag, NULL,
				    "'%s' %s; leave -strip out, or keep DWARF with -no-strip",
				    command, failure);
	strbuf_release(&reason);
	return result;
}

int strip_command_run(struct session *session, const struct build_options *options,
		      const struct strvec *objects)
{
	struct arena *arena = &session->arena;
	struct process *processes = ARENA_ARRAY(arena, struct process, objects->count);
	struct process **list = ARENA_ARRAY(arena, struct process *, objects->count);
	int result;

	for (size_t i = 0; i < objects->count; i++) {
		struct strvec argv = {0};

		strip_command_make(&argv, arena, options, objects->items[i]);
		processes[i] = (struct process)PROCESS_INIT;
		processes[i].argv = argv.items;
		list[i] = &processes[i];
	}
	result = progress_run(session, "stripping", processes, objects->count, options->jobs) ? -1
											      : 0;
	if (!result)
		progress_show_messages(list, objects->count);
	for (size_t i = 0; i < objects->count; i++) {
		if (!result)
			result = finish(session, options->strip, &processes[i]);
		strbuf_release(&processes[i].output);
		strbuf_release(&processes[i].messages);
	}
	return result;
}
