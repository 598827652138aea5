/* SPDX-License-Identifier: BSD-2-Clause */
/* What every unit test includes: cmocka, and messages caught in memory. */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "diag.h"

/* "error WHERE: TEXT", "warning …", "note …", one a line; cut off at the end of the buffer. */
struct test_messages {
	char text[8192];
};

static inline void test_emit(void *context, enum diag_level level, const char *where,
			     const char *text)
{
	static const char *const names[] = {"error", "warning", "note"};
	struct test_messages *messages = context;
	size_t used = strlen(messages->text);

	snprintf(messages->text + used, sizeof(messages->text) - used, "%s %s: %s\n", names[level],
		 where ? where : "", text);
}

static inline struct diag test_diag(struct test_messages *messages)
{
	return (struct diag){.emit = test_emit, .context = messages};
}

#define assert_contains(text, part)                                      \
	do {                                                             \
		if (!strstr((text), (part)))                             \
			fail_msg("'%s' is not in '%s'", (part), (text)); \
	} while (0)

#endif
