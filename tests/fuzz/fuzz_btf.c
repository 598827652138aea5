/* SPDX-License-Identifier: BSD-2-Clause */
/* BTF of a kernel, raw or in an ELF file: as text, as a header, and what an object needs of it. */
#include <bpf/btf.h>

#include "btf_c.h"
#include "btf_raw.h"
#include "fuzz.h"
#include "kernel_btf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct btf_raw_options raw = {.is_json = size % 2, .first = 1};
	struct btf_c_options c = {.is_unsorted = size % 2};
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct diag diag = {0};
	struct btf *btf = kernel_btf_read(&diag, fuzz_file(data, size), NULL);

	if (btf) {
		btf_write_raw(&out, btf, &raw);
		btf_write_c(&out, &arena, btf, &c);
	}
	btf__free(btf);
	strbuf_release(&out);
	arena_release(&arena);
	return 0;
}
