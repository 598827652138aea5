/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The cases of the Mustache specification's modules that are not optional, one JSON file each, from
 * the folder that MUSTACHE_SPEC_DIR names, else ../shared/mustache-spec beside the project.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mustache.h"
#include "path.h"
#include "value_json.h"

#define EXPECTED_CASES 136

static const char *const modules[] = {"comments", "delimiters", "interpolation",
				      "inverted", "partials",   "sections"};

static bool load_partial(void *context, const char *name, const char **text, size_t *length)
{
	const struct value *partial = value_get(context, name);

	if (!partial)
		return false;
	*text = partial->string;
	*length = partial->count;
	return true;
}

static bool passes(struct arena *arena, const char *module, const struct value *test)
{
	const struct value *template = value_get(test, "template");
	const struct value *expected = value_get(test, "expected");
	struct mustache_loader loader = {load_partial, (void *)value_get(test, "partials")};
	struct strbuf out = STRBUF_INIT;
	struct diag diag = {0};
	bool is_same;

	if (mustache_render(&out, arena, &diag, "case", template->string, template->count,
			    value_get(test, "data"), &loader))
		strbuf_add_string(&out, "(an error)");
	is_same = out.length == expected->count && !memcmp(out.text, expected->string, out.length);
	if (!is_same)
		printf("FAIL %s: %s\n  expected: %s\n  got:      %s\n", module,
		       value_get(test, "name")->string, expected->string, out.text);
	strbuf_release(&out);
	return is_same;
}

int main(void)
{
	const char *directory = getenv("MUSTACHE_SPEC_DIR");
	struct arena arena = ARENA_INIT;
	struct diag diag = {0};
	int count = 0, failed = 0;

	if (!directory)
		directory = BPFBAKE_SOURCE_DIR "/../shared/mustache-spec";
	if (!path_exists(directory)) {
		printf("SKIP unit.mustache_spec: %s is not there\n", directory);
		return 77;
	}
	for (size_t i = 0; i < sizeof(modules) / sizeof(modules[0]); i++) {
		char *path = arena_printf(&arena, "%s/%s.json", directory, modules[i]);
		struct bytes text;
		const struct value *tests = NULL;

		if (!file_read(&arena, path, &text))
			tests = value_get(value_from_json(&arena, &diag, path,
							  (const char *)text.data, text.size),
					  "tests");
		for (size_t j = 0; tests && j < tests->count; j++, count++)
			failed += !passes(&arena, modules[i], tests->items[j]);
	}
	printf("%d of %d cases pass; %d are expected\n", count - failed, count, EXPECTED_CASES);
	arena_release(&arena);
	return failed || count != EXPECTED_CASES;
}
