/* SPDX-License-Identifier: BSD-2-Clause */
/* Mustache where the specification's cases do not reach: errors, depth, our own partials. */
#include "test.h"

#include <stdbool.h>

#include "mustache.h"
#include "value_json.h"

struct fixture {
	struct test_messages messages;
	struct arena arena;
	struct strbuf out;
};

static bool load(void *context, const char *name, const char **text, size_t *length)
{
	(void)context;
	if (!strcmp(name, "self"))
		*text = "{{>self}}";
	else if (!strcmp(name, "line"))
		*text = "a\nb\n";
	else
		return false;
	*length = strlen(*text);
	return true;
}

static int render_bytes(struct fixture *f, const char *template, size_t size, const char *json)
{
	static const struct mustache_loader loader = {.load = load};
	struct diag diag = test_diag(&f->messages);
	struct value *data = value_from_json(&f->arena, &diag, "data", json, strlen(json));

	assert_non_null(data);
	strbuf_truncate(&f->out, 0);
	return mustache_render(&f->out, &f->arena, &diag, "t", template, size, data, &loader);
}

static int render(struct fixture *f, const char *template, const char *json)
{
	return render_bytes(f, template, strlen(template), json);
}

static int set_up(void **state)
{
	static struct fixture fixture;

	fixture = (struct fixture){.out = STRBUF_INIT};
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	strbuf_release(&f->out);
	arena_release(&f->arena);
	return 0;
}

static void renders_lists_of_objects(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(
		render(f, "{{#maps}}\n{{{name}}}: {{size}}\n{{/maps}}\n{{^maps}}none{{/maps}}",
		       "{\"maps\": [{\"name\": \"<a>\", \"size\": 3}, {\"name\": \"b\", "
		       "\"size\": 4}]}"),
		0);
	assert_string_equal(f->out.text, "<a>: 3\nb: 4\n");
}

static void indents_partials_that_stand_alone(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(render(f, "x\n\t{{>line}}\ny", "{}"), 0);
	assert_string_equal(f->out.text, "x\n\ta\n\tb\ny");
}

static void errors_name_the_line(void **state)
{
	static const char *const cases[][2] = {
		{"a\n{{#x}}", "t:2"},       {"\n\n{{/x}}", "t:3"}, {"{{#x}}\n{{/y}}", "t:2"},
		{"a\nb {{unclosed", "t:2"}, {"{{=|=}}", "t:1"},    {"{{{x}}", "t:1"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f->messages.text[0] = '\0';
		assert_int_equal(render(f, cases[i][0], "{}"), -1);
		assert_contains(f->messages.text, cases[i][1]);
	}
}

static void delimiters_may_have_any_byte(void **state)
{
	static const char template[] = "{{=<\0 \0>=}}<\0x\0> <\0{x}\0><\0=[ ]=\0>[x]";
	struct fixture *f = *state;

	assert_int_equal(render_bytes(f, template, sizeof(template) - 1, "{\"x\": \"<\"}"), 0);
	assert_string_equal(f->out.text, "&lt; <&lt;");
}

static void a_partial_of_itself_ends_with_an_error(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(render(f, "{{>self}}", "{}"), -1);
	assert_contains(f->messages.text, "deep");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(renders_lists_of_objects),
		TEST(indents_partials_that_stand_alone),
		TEST(errors_name_the_line),
		TEST(delimiters_may_have_any_byte),
		TEST(a_partial_of_itself_ends_with_an_error),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
