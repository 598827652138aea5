/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is tried with input that nobody vouches for. A target is a file fuzz_NAME.c with
 * LLVMFuzzerTestOneInput: linked with libFuzzer (preset fuzz) it looks for input that harms it,
 * with replay.c it reads the seeds alone.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"
#include "header.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Ends the process with this message when it is not so. */
void fuzz_check(bool is_true, const char *what);

/*
 * The object from reading to the header, in `face`, appended to `out`: 0 when there is one. Ends
 * the process when it failed without a message, or succeeded with an error.
 */
int fuzz_object(struct strbuf *out, struct bytes object, enum header_face face);

/* A copy of the input as file_read gives it: aligned, with a NUL behind. Freed by free. */
struct bytes fuzz_copy(const uint8_t *data, size_t size);

/* The input as a file, which is private to the process and replaced at the next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

#endif
