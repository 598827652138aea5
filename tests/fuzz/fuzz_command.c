/* SPDX-License-Identifier: BSD-2-Clause */
/* A command line: each line of the input is a word. */
#include <stdlib.h>
#include <string.h>

#include "build_options.h"
#include "fuzz.h"
#include "words.h"

static void read_words(struct arena *arena, char *text)
{
	struct build_options options = {0};
	struct strvec words = {0}, again = {0};
	struct strbuf joined = STRBUF_INIT;
	struct diag diag = {0};

	for (char *word = strtok(text, "\n"); word; word = strtok(NULL, "\n"))
		strvec_push(&words, arena, word);
	if (!words.count)
		return;
	/* Joined for a shell and split again they are the same. */
	words_join(&joined, words.items);
	if (words_split(&again, arena, &diag, "test", joined.text) || again.count != words.count)
		abort();
	for (size_t i = 0; i < words.count; i++) {
		if (strcmp(words.items[i], again.items[i]) != 0)
			abort();
	}
	strbuf_release(&joined);
	if (build_options_read(&options, arena, &diag, words.items) && !diag.n_errors)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct arena arena = ARENA_INIT;

	read_words(&arena, (char *)bytes.data);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
