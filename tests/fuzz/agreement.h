/* SPDX-License-Identifier: BSD-2-Clause */
/* Does a header say of an object what libbpf makes of it? */
#ifndef TESTS_FUZZ_AGREEMENT_H
#define TESTS_FUZZ_AGREEMENT_H

#include "object.h"

/* Compares the maps and programs of our model with libbpf's. True when there was something to
 * compare: not where libbpf refuses the object, or it has the other byte order. *lie gets what
 * differs, in words, or NULL. */
bool agreement_check(struct arena *, struct bytes object, const char **lie);

#endif
