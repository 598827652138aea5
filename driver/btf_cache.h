/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What -btf has made of many kernels' BTFs, kept for the next run: reading them takes some 15 ms
 * each. It is asked for by the files' names, sizes and times and by all in the objects that CO-RE
 * looks at, so that most changes of a program's code find it again.
 */
#ifndef DRIVER_BTF_CACHE_H
#define DRIVER_BTF_CACHE_H

#include "btf_archive.h"
#include "min_core_btf.h"
#include "strbuf.h"

struct btf_cache {
	const char *path;  /* NULL: nothing is kept */
	struct strbuf key; /* with which the file begins */
};

/* Initialises it for btf_archives_make with these. */
void btf_cache_init(struct btf_cache *, struct arena *, const struct btf_archive_input *);

/* Whether it was there. */
bool btf_cache_load(const struct btf_cache *, struct arena *, struct btf_archives *);

/* Keeps them, if that is possible. */
void btf_cache_store(const struct btf_cache *, struct arena *, const struct btf_archives *);

void btf_cache_release(struct btf_cache *);

#endif
