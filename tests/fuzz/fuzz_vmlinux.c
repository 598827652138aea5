/* SPDX-License-Identifier: BSD-2-Clause */
/* The text of a vmlinux.h, to its types and a slice of them. */
#include <bpf/btf.h>
#include <stdlib.h>

#include "fuzz.h"
#include "slice.h"
#include "vmlinux_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct slice_words words = {0};
	struct slice_includes includes = {0};
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct btf *btf = vmlinux_text_read(&arena, bytes);

	if (btf) {
		/* Its own words: all that can be reached. */
		slice_words_read(&words, &arena, fuzz_file(data, size), &includes);
		slice_write(&out, &arena, btf, &words);
		slice_write_all(&out, btf);
	}
	btf__free(btf);
	strbuf_release(&out);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
