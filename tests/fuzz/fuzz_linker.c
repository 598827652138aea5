/* SPDX-License-Identifier: BSD-2-Clause */
/* An object, linked alone, and twice with itself: whatever it is, what comes out can be read. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"
#include "linker.h"

static void link_objects(struct arena *arena, const struct object *objects, size_t count)
{
	struct linker_objects inputs = {objects, count};
	struct diag diag = {0};
	struct object linked = {0};
	struct bytes out;
	int result = linker_link(&inputs, arena, &diag, &out);

	if (!result != !diag.n_errors) {
		fprintf(stderr, "a failure without a message, or an error and an object\n");
		abort();
	}
	if (!result)
		result = object_read(&linked, arena, &diag, "linked.o", out);
	object_release(&linked);
	if (result && !diag.n_errors)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct arena arena = ARENA_INIT;
	struct object objects[2] = {0};
	struct diag diag = {0};

	if (!object_read(&objects[0], &arena, &diag, "a.o", bytes) &&
	    !object_read(&objects[1], &arena, &diag, "b.o", bytes)) {
		link_objects(&arena, objects, 1);
		link_objects(&arena, objects, 2);
	}
	object_release(&objects[0]);
	object_release(&objects[1]);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
