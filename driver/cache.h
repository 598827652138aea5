/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Answers that are slow to get, kept between runs: in $BPFBAKE_CACHE, else
 * $XDG_CACHE_HOME/bpfbake, else ~/.cache/bpfbake; an empty BPFBAKE_CACHE turns it off. Each entry
 * is a file named after a hash of its key and beginning with the key, so a collision or a damaged
 * file is a miss.
 */
#ifndef DRIVER_CACHE_H
#define DRIVER_CACHE_H

#include <stdbool.h>

#include "arena.h"
#include "file.h"

/* The text kept under `key`, or NULL. */
char *cache_load(struct arena *, const char *key);

/* Keeps it, if that is possible. */
void cache_store(struct arena *, const char *key, const char *text);

/* Keeps a file of these bytes, under a name that follows from them. Its path, or NULL when that is
 * not possible. */
const char *cache_keep(struct arena *, const char *text, size_t size);

/* The path of a file that was kept under that name, if it is there as it was. */
const char *cache_kept(struct arena *, const char *name);

/* The name in the cache of what belongs to `key`, or NULL where the cache is off. Creates nothing.
 */
const char *cache_place(struct arena *, const char *prefix, const char *key);

/* A key for what follows from these bytes alone. */
const char *cache_name(struct arena *, struct bytes);

/* Writes a file at such a name, if that is possible. */
void cache_write(struct arena *, const char *path, const void *data, size_t size);

/* The directories above `path` that do not exist, if that is possible. */
void cache_make_parents(struct arena *, const char *path);

#endif
