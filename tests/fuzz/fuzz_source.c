/* SPDX-License-Identifier: BSD-2-Clause */
/* A BPF source, as it is read before any compiler is: for the slice, and for libclang. */
#include <bpf/btf.h>

#include "fuzz.h"
#include "slice_words.h"
#include "source_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *path = fuzz_file(data, size);
	struct slice_words words = {0};
	struct slice_includes includes = {0};
	struct source_text text = {0};
	struct source_includes own = {0};
	struct arena arena = ARENA_INIT;

	slice_words_read(&words, &arena, path, &includes);
	source_text_read(&text, &arena, path, &own);
	arena_release(&arena);
	return 0;
}
