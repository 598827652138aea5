/* SPDX-License-Identifier: BSD-2-Clause */
#include "check.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "header_text.h"
#include "meaning.h"
#include "strmap.h"

struct check {
	struct arena *arena;
	struct diag *diag;
	const struct output_set *outputs;
	struct strvec differences;
	struct strmap said;         /* differences of objects: both, and the header, have them */
	const char *path, *made_by; /* a file that only other tools have made, and what it says */
};

static void add(struct check *check, const char *path, const char *text)
{
	void **said = strmap_at(&check->said, check->arena, text);

	if (*said)
		return;
	*said = check;
	strvec_push_format(&check->differences, check->arena, "%s: %s", path, text);
}

static void compare_objects(struct check *check, const char *path, struct bytes theirs,
			    struct bytes ours)
{
	struct meaning old, new;
	struct strvec differences = {0};

	if (theirs.size == ours.size && !memcmp(theirs.data, ours.data, ours.size))
		return;
	if (ours.size < 4 || memcmp(ours.data, "\177ELF", 4) != 0) {
		add(check, path, "has other BTFs of kernels");
		return;
	}
	if (meaning_read_bytes(&new, check->arena, ours) ||
	    meaning_read_bytes(&old, check->arena, theirs)) {
		add(check, path, "is no object that can be read");
		return;
	}
	meaning_compare(&differences, check->arena, &old, &new);
	for (size_t i = 0; i < differences.count; i++)
		add(check, path, differences.items[i]);
}

static void compare_embedded(struct check *check, const char *path, struct bytes theirs,
			     struct bytes ours)
{
	struct bytes inflated = header_text_inflate(check->arena, ours);

	if (inflated.size) {
		ours = inflated;
		theirs = header_text_inflate(check->arena, theirs);
	}
	compare_objects(check, path, theirs, ours);
}

static void compare_texts(struct check *check, const char *path, struct bytes theirs,
			  struct bytes ours)
{
	struct header_text old, new;

	header_text_read(&old, check->arena, theirs);
	header_text_read(&new, check->arena, ours);
	for (size_t i = 0; i < old.n_objects && i < new.n_objects; i++)
		compare_embedded(check, path, old.objects[i], new.objects[i]);
	if (header_text_compare(&check->differences, check->arena, path, &old, &new,
				check->said.count ? 1 : 3))
		return;
	if (old.n_objects != new.n_objects)
		add(check, path, "has another number of objects inside");
	if (strcmp(old.made_by, new.made_by) != 0) {
		check->path = path;
		check->made_by = old.made_by;
	}
}

/* Nobody who keeps the objects keeps none of them. */
static bool keeps_objects(struct check *check)
{
	struct bytes bytes;

	for (size_t i = 0; i < check->outputs->count; i++) {
		const struct output *output = &check->outputs->items[i];

		if (output->kind == OUTPUT_OBJECT &&
		    file_read(check->arena, output->path, &bytes) != -ENOENT)
			return true;
	}
	return false;
}

static int compare_output(struct check *check, const struct output *output)
{
	struct bytes theirs;
	int error = file_read(check->arena, output->path, &theirs);

	if (error == -ENOENT) {
		strvec_push_format(&check->differences, check->arena, "%s: is missing",
				   output->path);
		return 0;
	}
	if (error)
		return diag_error(check->diag, output->path, "cannot be read: %s",
				  strerror(-error));
	if (output->kind == OUTPUT_OBJECT)
		compare_objects(check, output->path, theirs, output->data);
	else if (output->kind == OUTPUT_C)
		compare_texts(check, output->path, theirs, output->data);
	else if (theirs.size != output->data.size ||
		 memcmp(theirs.data, output->data.data, theirs.size) != 0)
		strvec_push_format(&check->differences, check->arena, "%s: differs", output->path);
	return 0;
}

static int report(struct check *check, const char *command)
{
	size_t count = check->differences.count;

	for (size_t i = 0; i < count; i++)
		diag_error(check->diag, NULL, "%s", check->differences.items[i]);
	if (count)
		diag_error(check->diag, NULL, "out of date; write the files anew with: %s",
			   command);
	else if (check->made_by)
		diag_note(check->diag, check->path,
			  "says '%s'; what the tools of now make of the source means the same",
			  check->made_by);
	return count > 0;
}

int check_outputs(struct arena *arena, struct diag *diag, const struct output_set *outputs,
		  bool embeds_files, const char *command)
{
	struct check check = {.arena = arena, .diag = diag, .outputs = outputs};
	bool keeps = embeds_files || keeps_objects(&check);

	for (size_t i = 0; i < outputs->count; i++) {
		const struct output *output = &outputs->items[i];

		if (output->kind == OUTPUT_DEPENDENCIES ||
		    (output->kind == OUTPUT_OBJECT && !keeps))
			continue;
		if (compare_output(&check, output))
			return -1;
	}
	return report(&check, command);
}
