/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program needs of a kernel's BTF. The input is the object, and behind it, beginning as an
 * ELF file does, what has the kernel's; without that, the object's own types are the kernel's, too.
 * What comes out can be read.
 */
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "btf_check.h"
#include "fuzz.h"
#include "kernel_btf.h"
#include "min_core_btf.h"

/* Where the second ELF file begins; the size where there is none. */
static size_t find_kernel(const uint8_t *data, size_t size)
{
	const uint8_t *at = size > SELFMAG ? memmem(data + 1, size - 1, ELFMAG, SELFMAG) : NULL;

	return at ? (size_t)(at - data) : size;
}

static void check_written(const struct strbuf *out)
{
	struct btf *btf = btf__new(out->text, (__u32)out->length);

	fuzz_check(!libbpf_get_error(btf) && btf_check(btf), "what was written is no BTF");
	btf__free(btf);
}

static void make(struct arena *arena, const struct core_object *core, const struct btf *kernel,
		 bool is_strict)
{
	struct min_core_btf input = {kernel, "kernel", core, 1, is_strict};
	struct strbuf out = STRBUF_INIT;
	struct diag diag = {0};
	int result = min_core_btf_make(&out, arena, &diag, &input);

	fuzz_check(!result == !diag.n_errors,
		   result ? "a failure without a message" : "an error, and BTF all the same");
	if (!result)
		check_written(&out);
	strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t end = find_kernel(data, size), at = end < size ? end : 0;
	struct bytes bytes = fuzz_copy(data, end);
	struct arena arena = ARENA_INIT;
	struct core_object core;
	struct object object = {0};
	struct diag diag = {0};
	struct btf *kernel = NULL;

	if (!object_read(&object, &arena, &diag, "a.o", bytes) &&
	    !core_object_read(&core, &arena, &diag, &object))
		kernel = kernel_btf_read(&diag, fuzz_file(data + at, size - at), NULL);
	if (kernel) {
		make(&arena, &core, kernel, true);
		make(&arena, &core, kernel, false);
	}
	btf__free(kernel);
	object_release(&object);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
