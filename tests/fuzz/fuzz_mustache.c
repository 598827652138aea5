/* SPDX-License-Identifier: BSD-2-Clause */
/* A template, which may have itself as a partial, with values of each kind. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "mustache.h"

static bool load(void *context, const char *name, const char **text, size_t *length)
{
	const struct bytes *self = context;

	if (strcmp(name, "self") != 0)
		return false;
	*text = (const char *)self->data;
	*length = self->size;
	return true;
}

static struct value *values(struct arena *arena)
{
	struct value *object = value_object(arena);
	struct value *list = value_set(object, arena, "maps", value_list(arena));

	value_set_string(object, arena, "name", "<x> & \"y\"");
	value_set_integer(object, arena, "n", -7);
	value_set_boolean(object, arena, "is", true);
	value_set(object, arena, "r", value_real(arena, 0.5));
	value_set(object, arena, "none", value_null());
	for (int i = 0; i < 3; i++)
		value_set_integer(value_append(list, arena, value_object(arena)), arena, "n", i);
	value_set_string(value_set(object, arena, "a", value_object(arena)), arena, "b", "a.b");
	return object;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = fuzz_copy(data, size);
	struct mustache_loader loader = {load, &bytes};
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct diag diag = {0};

	mustache_render(&out, &arena, &diag, "t", (const char *)bytes.data, bytes.size,
			values(&arena), &loader);
	strbuf_release(&out);
	arena_release(&arena);
	free((void *)bytes.data);
	return 0;
}
