/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Blocks in a list, newest first; each piece is cut from the newest block. A piece that is larger
 * than a quarter of the smallest block gets a block of its own behind the newest, so that what is
 * left of the newest one is not wasted.
 */
#include "arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "large.h"

#define ARENA_ALIGNMENT 16

/* Of the first block, and the most that a block has for more than one piece; each is as large as
 * all those before it together. malloc maps as much: zeroed by the kernel, page by page. */
#define BLOCK_LEAST ((size_t)256 << 10)
#define BLOCK_MOST  ((size_t)8 << 20)

/* What most formatted texts fit in: they are then formatted once. */
#define PRINTF_START 256

struct arena_block {
	_Alignas(ARENA_ALIGNMENT) struct arena_block *older;
	size_t used, size; /* bytes of data[] */
	_Alignas(ARENA_ALIGNMENT) unsigned char data[];
};

/* Pieces of their own, whose bounds the sanitizer knows. */
#ifdef __SANITIZE_ADDRESS__
#define EACH_IN_ITS_OWN true
#elif defined(__has_feature)
#define EACH_IN_ITS_OWN __has_feature(address_sanitizer)
#else
#define EACH_IN_ITS_OWN false
#endif

static struct arena_block *block_new(size_t size)
{
	struct arena_block *block = NULL;

	if (size <= SIZE_MAX - sizeof(*block))
		block = calloc(1, sizeof(*block) + size);
	if (!block)
		bug_out_of_memory();
	block->size = size;
	if (size >= LARGE_FROM)
		large_pages(block, size);
	return block;
}

static void *block_take(struct arena_block *block, size_t size)
{
	void *piece = block->data + block->used;

	block->used += size;
	return piece;
}

static size_t next_size(const struct arena *arena, size_t wanted)
{
	size_t size = arena->size < BLOCK_MOST ? arena->size : BLOCK_MOST;

	size = size < BLOCK_LEAST ? BLOCK_LEAST : size;
	return size < wanted ? wanted : size;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	struct arena_block *block = arena->newest;

	if (size > SIZE_MAX - ARENA_ALIGNMENT)
		bug_out_of_memory();
	if (!EACH_IN_ITS_OWN)
		size = (size + ARENA_ALIGNMENT - 1) / ARENA_ALIGNMENT * ARENA_ALIGNMENT;
	if (!EACH_IN_ITS_OWN && block && block->size - block->used >= size)
		return block_take(block, size);
	if (block && (EACH_IN_ITS_OWN || size > BLOCK_LEAST / 4)) {
		struct arena_block *own = block_new(size);

		own->older = block->older;
		block->older = own;
		return block_take(own, size);
	}
	block = block_new(next_size(arena, size));
	block->older = arena->newest;
	arena->newest = block;
	arena->size += block->size;
	return block_take(block, size);
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		bug_out_of_memory();
	return arena_alloc(arena, count * size);
}

void *arena_memdup(struct arena *arena, const void *data, size_t size)
{
	void *copy = arena_alloc(arena, size);

	if (size)
		memcpy(copy, data, size);
	return copy;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = arena_alloc(arena, length + 1);

	if (length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

/*
 * Most formats put strings together, thousands of times a run, and printf is slow at that. Joins
 * the text of one that has no conversion but %s, into `out` or, when that is NULL, nowhere; its
 * length, or SIZE_MAX for another format.
 */
static size_t join(char *out, const char *format, va_list args)
{
	size_t length = 0;

	while (*format) {
		size_t plain = strcspn(format, "%"), size;
		const char *text;

		if (out)
			memcpy(out + length, format, plain);
		length += plain;
		format += plain;
		if (!*format)
			break;
		if (format[1] != 's')
			return SIZE_MAX;
		text = va_arg(args, const char *);
		text = text ? text : "(null)";
		size = strlen(text);
		if (out)
			memcpy(out + length, text, size);
		length += size;
		format += 2;
	}
	return length;
}

static char *join_in_arena(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	size_t length;
	char *text = NULL;

	va_copy(again, args);
	length = join(NULL, format, again);
	va_end(again);
	if (length != SIZE_MAX) {
		text = arena_alloc(arena, length + 1);
		va_copy(again, args);
		join(text, format, again);
		va_end(again);
	}
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
	char start[PRINTF_START], *text = join_in_arena(arena, format, args);
	va_list again;
	int length;

	if (text)
		return text;
	va_copy(again, args);
	length = vsnprintf(start, sizeof(start), format, args);
	if (length < 0)
		BUG("bad format '%s'", format);
	text = arena_alloc(arena, (size_t)length + 1);
	if ((size_t)length < sizeof(start))
		memcpy(text, start, (size_t)length + 1);
	else
		vsnprintf(text, (size_t)length + 1, format, again);
	va_end(again);
	return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	return text;
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t size)
{
	void *larger;

	if (count & (count - 1))
		return items;
	larger = arena_alloc_array(arena, count ? 2 * count : 1, size);
	if (count)
		memcpy(larger, items, count * size);
	return larger;
}

void arena_release(struct arena *arena)
{
	while (arena->newest) {
		struct arena_block *older = arena->newest->older;

		free(arena->newest);
		arena->newest = older;
	}
	arena->size = 0;
}
