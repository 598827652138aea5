/* SPDX-License-Identifier: BSD-2-Clause */
#include "tags.h"

#include <stdbool.h>
#include <string.h>

#include "names.h"
#include "targets.h"

static const char *tag_condition(struct arena *arena, const char *tag)
{
	const char *condition = target_architecture_condition(tag);

	if (condition)
		return arena_printf(arena, "(%s)", condition);
	if (!strcmp(tag, "linux"))
		tag = "__linux__";
	return name_is_identifier(tag) ? arena_printf(arena, "defined(%s)", tag) : NULL;
}

const char *tags_condition(struct arena *arena, struct diag *diag, const char *text)
{
	const char *result = NULL;

	for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		bool is_not = *at == '!';
		const char *tag = arena_strndup(arena, at + is_not, strcspn(at + is_not, ","));
		const char *condition = tag_condition(arena, tag);

		if (!condition) {
			diag_error(
				diag, NULL,
				"-tags: '%s' is no tag; give identifiers with a ',' between, each "
				"with a '!' before it to negate it",
				tag);
			return NULL;
		}
		result = arena_printf(arena, "%s%s%s%s", result ? result : "", result ? " && " : "",
				      is_not ? "!" : "", condition);
	}
	return result;
}
