/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Headers that the tool brings along, for clang to find behind all others. They stand in the cache
 * where it works: ccache looks at the names of directories, so these must be the same in each run.
 */
#ifndef DRIVER_OWN_HEADERS_H
#define DRIVER_OWN_HEADERS_H

#include "arena.h"
#include "diag.h"

/* Where they will be, `fallback` being a directory of this run alone. */
const char *own_headers_directory(struct arena *, const char *fallback);

/*
 * Puts what is missing there and returns the directory: own_headers_directory(…), or one in
 * `fallback` where the cache cannot be written. NULL after an error. Signals must be held.
 */
const char *own_headers_write(struct arena *, struct diag *, const char *fallback);

#endif
