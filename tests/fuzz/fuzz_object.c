/* SPDX-License-Identifier: BSD-2-Clause */
/* An object, to the header of both faces. */
#include <stdlib.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct strbuf out = STRBUF_INIT;

	fuzz_object(&out, bytes, HEADER_BPFBAKE);
	strbuf_truncate(&out, 0);
	fuzz_object(&out, bytes, HEADER_BPFTOOL);
	strbuf_release(&out);
	free((void *)bytes.data);
	return 0;
}
