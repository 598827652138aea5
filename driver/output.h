/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The files of a run: all of them appear, or none. They are written under temporary names in their
 * own directories, and renamed in the order in which they were added once all are complete.
 */
#ifndef DRIVER_OUTPUT_H
#define DRIVER_OUTPUT_H

#include "diag.h"
#include "file.h"
#include "strbuf.h"
#include "strvec.h"

enum output_kind {
	OUTPUT_OTHER,
	OUTPUT_OBJECT,
	OUTPUT_C, /* the header, or the file with its bytes */
	OUTPUT_DEPENDENCIES,
};

struct output {
	const char *path;
	struct bytes data;
	enum output_kind kind;
};

struct output_set {
	struct output *items;
	size_t count;
};

/* Neither path nor data are copied. The result, whose kind may be changed, is valid until the next
 * one is added. */
struct output *output_add(struct output_set *, struct arena *, const char *path, struct bytes data);

/*
 * Is one of the outputs also one of the `inputs`, or two of them the same file? 0, or -1 after an
 * error.
 */
int output_check(const struct output_set *, struct diag *, const struct strvec *inputs);

/* Signals must be held (base/interrupt.h). 0, or -1 after an error; then nothing has changed, and
 * no temporary file is left. */
int output_write(const struct output_set *, struct arena *, struct diag *);

/* To standard output, at once. 0, or -1 after an error. */
int output_print(struct diag *, const void *data, size_t size);

/* A text that is all there is to write: to a file as above, or where path is NULL, to standard
 * output. */
int output_put(struct arena *, struct diag *, const char *path, const struct strbuf *text,
	       const struct strvec *inputs);

#endif
