/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An arena: memory that is taken piece by piece and given back all at once. One arena lives as
 * long as a run of the tool, so that the model, the view and the messages need no free of their
 * own.
 *
 * A zeroed struct arena is valid and empty. No function here fails: without memory the program
 * ends (bug_out_of_memory). Memory is zeroed and aligned to 16 bytes.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *newest;
	size_t size; /* of its blocks that have more than one piece */
};

#define ARENA_INIT \
	{          \
		0  \
	}

void *arena_alloc(struct arena *, size_t size);

/* As arena_alloc for `count` items of `size` bytes; a product that overflows ends the program. */
void *arena_alloc_array(struct arena *, size_t count, size_t size);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc_array((arena), (count), sizeof(type)))

/* Copies of memory and of strings; the strings end in a NUL. */
void *arena_memdup(struct arena *, const void *data, size_t size);
char *arena_strdup(struct arena *, const char *text);
char *arena_strndup(struct arena *, const char *text, size_t length);
char *arena_printf(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *, const char *format, va_list)
	__attribute__((format(printf, 2, 0)));

/*
 * Room for one more item in an array that holds `count` of them: the array itself, or a larger
 * copy. Capacity is not stored: it is the power of two that `count` has reached, so an array must
 * only ever grow by this function, one item at a time, from {NULL, 0}.
 */
void *arena_grow(struct arena *, void *items, size_t count, size_t size);

/* Appends a zeroed item and evaluates to its address. `items` and `count` are lvalues. */
#define ARENA_PUSH(arena, items, count) \
	((items) = arena_grow((arena), (items), (count), sizeof(*(items))), &(items)[(count)++])

/* Gives everything back; the arena is empty and valid again. */
void arena_release(struct arena *);

#endif
