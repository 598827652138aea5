/* SPDX-License-Identifier: BSD-2-Clause */
#include "test.h"

#include "value_json.h"

static void json_comes_back_as_it_went_in(void **state)
{
	static const char json[] = "{\n"
				   "  \"z\": 1,\n"
				   "  \"a\": [\n"
				   "    true,\n"
				   "    null,\n"
				   "    \"q\\\"\\\\\\n\",\n"
				   "    -3\n"
				   "  ],\n"
				   "  \"o\": {}\n"
				   "}\n";
	struct test_messages messages = {0};
	struct diag diag = test_diag(&messages);
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	struct value *value = value_from_json(&arena, &diag, "x", json, strlen(json));

	(void)state;
	assert_non_null(value);
	value_to_json(value, &out);
	assert_string_equal(out.text, json);
	strbuf_release(&out);
	arena_release(&arena);
}

static void truth_is_mustaches(void **state)
{
	struct arena arena = ARENA_INIT;
	struct value *list = value_list(&arena);

	(void)state;
	assert_false(value_is_true(NULL));
	assert_false(value_is_true(value_null()));
	assert_false(value_is_true(value_boolean(false)));
	assert_false(value_is_true(value_string(&arena, "")));
	assert_false(value_is_true(list));
	assert_true(value_is_true(value_integer(&arena, 0)));
	assert_true(value_is_true(value_object(&arena)));
	value_append(list, &arena, value_null());
	assert_true(value_is_true(list));
	arena_release(&arena);
}

static void bytes_that_are_no_utf8_are_replaced(void **state)
{
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;

	(void)state;
	value_to_json(value_string(&arena, "a\xff\xc3\xa9"), &out);
	assert_string_equal(out.text, "\"a\xef\xbf\xbd\xc3\xa9\"\n");
	strbuf_release(&out);
	arena_release(&arena);
}

static void broken_json_is_an_error_with_its_line(void **state)
{
	struct test_messages messages = {0};
	struct diag diag = test_diag(&messages);
	struct arena arena = ARENA_INIT;

	(void)state;
	assert_null(value_from_json(&arena, &diag, "file.json", "{\n\"a\": }", 8));
	assert_contains(messages.text, "error file.json:2");
	arena_release(&arena);
}

static void members_are_found_among_many(void **state)
{
	struct arena arena = ARENA_INIT;
	struct value *object = value_object(&arena);

	(void)state;
	for (int i = 0; i < 40000; i++) {
		value_set_integer(object, &arena, arena_printf(&arena, "key%d", i), i);
		if (i > 100 && i != 39999)
			continue;
		for (int j = 0; j <= i; j += 1 + i / 100)
			assert_int_equal(
				value_get(object, arena_printf(&arena, "key%d", j))->integer, j);
		assert_null(value_get(object, arena_printf(&arena, "key%d", i + 1)));
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_comes_back_as_it_went_in),
		cmocka_unit_test(truth_is_mustaches),
		cmocka_unit_test(bytes_that_are_no_utf8_are_replaced),
		cmocka_unit_test(members_are_found_among_many),
		cmocka_unit_test(broken_json_is_an_error_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
