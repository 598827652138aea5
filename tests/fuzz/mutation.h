/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects damaged on purpose: the same ones for the same number. */
#ifndef TESTS_FUZZ_MUTATION_H
#define TESTS_FUZZ_MUTATION_H

#include "object.h"

/* What stands in names that try to get out of where the header has them: never a name that is fine.
 */
#define MUTATION_INJECTED "0INJECTED"

/*
 * Damages `copy`, which has the bytes of `object` (as read from whole bytes), in one to four ways
 * that `number` chooses. Appends what was done to `said`.
 */
struct strbuf;
void mutate(struct strbuf *said, struct bytes *copy, const struct object *, uint64_t number);

#endif
