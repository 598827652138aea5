/* SPDX-License-Identifier: BSD-2-Clause */
#include "output.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interrupt.h"
#include "tempfile.h"

struct output *output_add(struct output_set *set, struct arena *arena, const char *path,
			  struct bytes data)
{
	struct output *output = ARENA_PUSH(arena, set->items, set->count);

	*output = (struct output){path, data, OUTPUT_OTHER};
	return output;
}

/* A path, and whether a regular file stands there. */
struct place {
	const char *path;
	bool is_file;
	struct stat stat;
};

static struct place find_place(const char *path)
{
	struct place place = {.path = path};

	place.is_file = !stat(path, &place.stat) && S_ISREG(place.stat.st_mode);
	return place;
}

static bool is_same_file(const struct place *a, const char *b)
{
	struct stat other;

	if (!strcmp(a->path, b))
		return true;
	return a->is_file && !stat(b, &other) && a->stat.st_dev == other.st_dev &&
	       a->stat.st_ino == other.st_ino;
}

int output_check(const struct output_set *set, struct diag *diag, const struct strvec *inputs)
{
	for (size_t i = 0; i < set->count; i++) {
		const char *path = set->items[i].path;
		struct place place = find_place(path);

		for (size_t j = 0; j < inputs->count; j++) {
			if (is_same_file(&place, inputs->items[j]))
				return diag_error(
					diag, path,
					"is an output and an input ('%s'); choose another name "
					"with -output-stem or -output-dir",
					inputs->items[j]);
		}
		for (size_t j = 0; j < i; j++) {
			if (is_same_file(&place, set->items[j].path))
				return diag_error(
					diag, path,
					"would be written twice; give the outputs different "
					"names");
		}
	}
	return 0;
}

static int cannot_write(struct diag *diag, const char *path, int error)
{
	const char *advice = "";

	if (error == -ENOENT)
		advice = "; create its directory first";
	else if (error == -EACCES || error == -EROFS || error == -EPERM)
		advice = "; choose another directory with -output-dir";
	return diag_error(diag, path, "cannot be written: %s%s", strerror(-error), advice);
}

int output_write(const struct output_set *set, struct arena *arena, struct diag *diag)
{
	struct tempfile *files = ARENA_ARRAY(arena, struct tempfile, set->count);
	int result = 0;

	for (size_t i = 0; i < set->count && !result; i++) {
		const struct output *output = &set->items[i];
		int error = tempfile_write(&files[i], arena, output->path, output->data.data,
					   output->data.size);

		if (error)
			result = cannot_write(diag, output->path, error);
		else if (interrupt_pending())
			result = -1;
	}
	for (size_t i = 0; i < set->count && !result; i++) {
		int error = tempfile_commit(&files[i]);

		if (error)
			result = cannot_write(diag, set->items[i].path, error);
	}
	for (size_t i = 0; i < set->count; i++)
		tempfile_drop(&files[i]);
	return result;
}

int output_print(struct diag *diag, const void *data, size_t size)
{
	int error = file_write(STDOUT_FILENO, data, size);

	return error ? diag_error(diag, "standard output", "cannot be written: %s",
				  strerror(-error))
		     : 0;
}

int output_put(struct arena *arena, struct diag *diag, const char *path, const struct strbuf *text,
	       const struct strvec *inputs)
{
	struct bytes bytes = {(const unsigned char *)text->text, text->length};
	struct output_set outputs = {0};
	int result;

	if (!path)
		return output_print(diag, text->text, text->length);
	output_add(&outputs, arena, path, bytes);
	interrupt_hold();
	result = output_check(&outputs, diag, inputs);
	if (!result)
		result = output_write(&outputs, arena, diag);
	interrupt_release();
	return result;
}
