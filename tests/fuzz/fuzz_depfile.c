/* SPDX-License-Identifier: BSD-2-Clause */
/* A dependency file. What is read of it and written again reads the same; but names with
 * backslashes, which clang and make quote each in their own way. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "depfile.h"
#include "fuzz.h"

static void compare(const struct strvec *before, const struct strvec *after)
{
	bool is_same = before->count == after->count;

	for (size_t i = 0; i < before->count; i++) {
		if (strpbrk(before->items[i], "\\\r"))
			return;
	}
	for (size_t i = 0; i < before->count && is_same; i++)
		is_same = !strcmp(before->items[i], after->items[i]);
	if (is_same)
		return;
	fprintf(stderr, "another list after a round\n");
	for (size_t i = 0; i < before->count || i < after->count; i++)
		fprintf(stderr, "'%s' '%s'\n", i < before->count ? before->items[i] : "",
			i < after->count ? after->items[i] : "");
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct strvec files = {0}, again = {0}, targets = {0}, ignored = {0};
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;

	depfile_read(&files, &arena, bytes, &ignored);
	strvec_push(&targets, &arena, "a target");
	depfile_write(&out, &targets, &files);
	depfile_read(&again, &arena, (struct bytes){(const unsigned char *)out.text, out.length},
		     &ignored);
	compare(&files, &again);
	strbuf_release(&out);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
