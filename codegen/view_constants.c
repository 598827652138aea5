/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "constants": the source's macros with values, as N__NAME. One whose name something else of the
 * header has already is left out: most often it says the same (#define OK OK beside an enumerator).
 */
#include <inttypes.h>

#include "c_literal.h"
#include "view.h"

static const char *number_text(struct arena *arena, const struct source_constant *constant)
{
	const char *suffix = constant->bytes > 4 ? "LL" : "";

	if (constant->is_unsigned)
		return arena_printf(arena, "%lluU%s", constant->value, suffix);
	/* The smallest number cannot be written: its digits alone are too large. */
	if (constant->value == 1ULL << 63)
		return "(-9223372036854775807LL - 1)";
	if (constant->bytes <= 4 && (long long)constant->value == INT32_MIN)
		return "(-2147483647 - 1)";
	if ((long long)constant->value < 0)
		return arena_printf(arena, "(%lld%s)", (long long)constant->value, suffix);
	return arena_printf(arena, "%lld%s", (long long)constant->value, suffix);
}

void view_add_constants(struct view *view)
{
	const struct source_facts *facts = view->options->facts;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "constants", value_list(arena));

	for (size_t i = 0; facts && i < facts->n_constants; i++) {
		const struct source_constant *constant = &facts->constants[i];
		const char *name = arena_printf(arena, "%s__%s", view->name, constant->name);
		struct value *item;

		if (strmap_get(&view->variants[0].identifiers.names, name))
			continue;
		item = value_append(list, arena, value_object(arena));
		value_set_string(item, arena, "constant", name);
		value_set_string(item, arena, "literal",
				 constant->text ? c_literal_string(arena, constant->text)
						: number_text(arena, constant));
	}
	value_set_boolean(view->root, arena, "has_constants", list->count > 0);
}
