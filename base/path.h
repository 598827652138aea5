/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of files. Nothing here reads the file system except path_real, path_exists
 * and path_find_program. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

#include "arena.h"

/* The part behind the last slash. Points into `path`. */
const char *path_basename(const char *path);

/* The part before the last slash: "." where there is none, "/" for a file in the root. */
char *path_dirname(struct arena *, const char *path);

/* `directory`/`name`; just `name` where that is absolute or `directory` is ".". */
char *path_join(struct arena *, const char *directory, const char *name);

/*
 * How to reach `to` from the directory `from`: "." for the same one, else "../x/y". Both must be
 * absolute; "." and ".." in them are resolved by name, so symbolic links need path_real first.
 */
char *path_relative(struct arena *, const char *from, const char *to);

/* The canonical absolute name (realpath(3)), or NULL with errno set. */
char *path_real(struct arena *, const char *path);

bool path_exists(const char *path);

/* A program's file, as execvp(3) would find it; NULL when there is none. */
const char *path_find_program(struct arena *, const char *name);

#endif
