/* SPDX-License-Identifier: BSD-2-Clause */
/* The closing NULL is counted as an item while the array grows, so arena_grow's rule holds. */
#include "strvec.h"

static void push_owned(struct strvec *vec, struct arena *arena, char *text)
{
	size_t used = vec->items ? vec->count + 1 : 0;

	if (!vec->items)
		(void)ARENA_PUSH(arena, vec->items, used);
	(void)ARENA_PUSH(arena, vec->items, used);
	vec->items[vec->count++] = text;
	vec->items[vec->count] = NULL;
}

void strvec_push(struct strvec *vec, struct arena *arena, const char *text)
{
	push_owned(vec, arena, arena_strdup(arena, text));
}

void strvec_push_format(struct strvec *vec, struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	push_owned(vec, arena, arena_vprintf(arena, format, args));
	va_end(args);
}

void strvec_push_all(struct strvec *vec, struct arena *arena, const struct strvec *more)
{
	for (size_t i = 0; i < more->count; i++)
		strvec_push(vec, arena, more->items[i]);
}
