/* SPDX-License-Identifier: BSD-2-Clause */
#include "test.h"

#include <string.h>

#include "arena.h"
#include "diag.h"
#include "json_text.h"
#include "nearest.h"
#include "path.h"
#include "strbuf.h"
#include "strmap.h"
#include "strvec.h"

static void arena_memory_is_zeroed_and_aligned(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t size = 0; size < 3000; size = size * 3 + 1) {
		unsigned char *piece = arena_alloc(&arena, size);

		assert_int_equal((uintptr_t)piece % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(piece[i], 0);
		memset(piece, 0xff, size);
	}
	arena_release(&arena);
}

static void arena_keeps_pieces_apart(void **state)
{
	struct arena arena = ARENA_INIT;
	char *pieces[500];

	(void)state;
	for (size_t i = 0; i < 500; i++) {
		pieces[i] = arena_alloc(&arena, 1 + i * 17 % 70000);
		memset(pieces[i], (int)(i % 251), 1 + i * 17 % 70000);
	}
	for (size_t i = 0; i < 500; i++) {
		for (size_t j = 0; j < 1 + i * 17 % 70000; j++)
			assert_int_equal((unsigned char)pieces[i][j], i % 251);
	}
	arena_release(&arena);
}

static void arena_formats_texts_of_any_length(void **state)
{
	struct arena arena = ARENA_INIT;

	(void)state;
	for (int width = 0; width < 2000; width += 255) {
		const char *text = arena_printf(&arena, "%*d|", width, 7);

		assert_int_equal(strlen(text), (width ? width : 1) + 1);
		assert_int_equal(text[strlen(text) - 1], '|');
	}
	arena_release(&arena);
}

static void arena_joins_strings(void **state)
{
	struct arena arena = ARENA_INIT;
	char many[5000];

	(void)state;
	memset(many, 'x', sizeof(many) - 1);
	many[sizeof(many) - 1] = '\0';
	assert_string_equal(arena_printf(&arena, "plain"), "plain");
	assert_string_equal(arena_printf(&arena, "%s__%s", "conns", "m"), "conns__m");
	assert_string_equal(arena_printf(&arena, "<%s%s>", "", "a"), "<a>");
	assert_string_equal(arena_printf(&arena, "%s%%", "100"), "100%");
	assert_string_equal(arena_printf(&arena, "%s %5s|%u", "a", "b", 3u), "a     b|3");
	assert_int_equal(strlen(arena_printf(&arena, "%s.%s", many, many)), 2 * 4999 + 1);
	arena_release(&arena);
}

static void json_is_written_as_it_comes(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct json_text json = {.out = &text};

	(void)state;
	for (int i = 0; i < 2; i++) {
		json.is_pretty = i;
		json_text_open(&json, '{');
		json_text_key(&json, "list");
		json_text_open(&json, '[');
		json_text_integer(&json, -1);
		json_text_unsigned(&json, 18446744073709551615ull);
		json_text_open(&json, '{');
		json_text_key(&json, "a\"\\\n\t\x01");
		json_text_literal(&json, "null");
		json_text_close(&json, '}');
		json_text_close(&json, ']');
		json_text_key(&json, "none");
		json_text_open(&json, '[');
		json_text_close(&json, ']');
		json_text_close(&json, '}');
		json.needs_comma = false;
		strbuf_add_char(&text, '\n');
	}
	assert_string_equal(text.text, "{\"list\":[-1,18446744073709551615,{"
				       "\"a\\\"\\\\\\n\\t\\u0001\":null}],\"none\":[]}\n"
				       "{\n    \"list\": [-1,18446744073709551615,{\n            "
				       "\"a\\\"\\\\\\n\\t\\u0001\": null\n"
				       "        }\n    ],\n    \"none\": []\n}\n");
	strbuf_release(&text);
}

static void arrays_grow_and_keep_their_items(void **state)
{
	struct arena arena = ARENA_INIT;
	size_t *items = NULL, count = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		*ARENA_PUSH(&arena, items, count) = i * i;
	assert_int_equal(count, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(items[i], i * i);
	arena_release(&arena);
}

static void strbuf_grows(void **state)
{
	struct strbuf buf = STRBUF_INIT;

	(void)state;
	assert_string_equal(buf.text, "");
	for (int i = 0; i < 1000; i++)
		strbuf_add_format(&buf, "%d,", i);
	assert_int_equal(buf.length, 3890);
	assert_int_equal(strlen(buf.text), 3890);
	strbuf_add_format(&buf, "%1000d", 1);
	assert_int_equal(buf.length, 4890);
	strbuf_truncate(&buf, 4);
	strbuf_add_char(&buf, 'x');
	assert_string_equal(buf.text, "0,1,x");
	strbuf_release(&buf);
	assert_string_equal(buf.text, "");
}

static void strmap_finds_what_was_put_in(void **state)
{
	struct arena arena = ARENA_INIT;
	struct strmap map = {0};

	(void)state;
	for (size_t i = 1; i <= 3000; i++)
		*strmap_at(&map, &arena, arena_printf(&arena, "key %zu", i)) = (void *)i;
	assert_int_equal(map.count, 3000);
	for (size_t i = 1; i <= 3000; i++)
		assert_ptr_equal(strmap_get(&map, arena_printf(&arena, "key %zu", i)), (void *)i);
	assert_null(strmap_get(&map, "key 0"));
	arena_release(&arena);
}

static void strvec_ends_in_null(void **state)
{
	struct arena arena = ARENA_INIT;
	struct strvec vec = {0};

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		strvec_push_format(&vec, &arena, "%zu", i);
		assert_int_equal(vec.count, i + 1);
		assert_null(vec.items[i + 1]);
	}
	assert_string_equal(vec.items[99], "99");
	arena_release(&arena);
}

static void nearest_knows_when_nothing_is_near(void **state)
{
	struct nearest near = nearest_init("konn"), far = nearest_init("konn");

	(void)state;
	nearest_offer(&near, "event");
	nearest_offer(&near, "conn");
	assert_string_equal(near.best, "conn");
	nearest_offer(&far, "event");
	assert_null(far.best);
}

static void relative_paths(void **state)
{
	static const char *const cases[][3] = {
		{"/a/b", "/a/b", "."},        {"/a/b", "/a/b/c", "c"},
		{"/a/b", "/a/c/d", "../c/d"}, {"/a/b", "/", "../.."},
		{"/", "/x y/z", "x y/z"},     {"/a/./b", "/a/x/../b/c", "c"},
		{"/ab", "/a/b", "../a/b"},    {"/a/b/", "/a//b/c", "c"},
	};
	struct arena arena = ARENA_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(path_relative(&arena, cases[i][0], cases[i][1]), cases[i][2]);
	assert_string_equal(path_dirname(&arena, "a.c"), ".");
	assert_string_equal(path_dirname(&arena, "/a.c"), "/");
	assert_string_equal(path_dirname(&arena, "x//a.c"), "x");
	assert_string_equal(path_join(&arena, "x", "/y"), "/y");
	assert_string_equal(path_join(&arena, ".", "y"), "y");
	assert_string_equal(path_join(&arena, "x/", "y"), "x/y");
	arena_release(&arena);
}

static void errors_are_counted_and_handed_on(void **state)
{
	struct test_messages messages = {0};
	struct diag diag = test_diag(&messages);

	(void)state;
	assert_int_equal(diag_error(&diag, "a.c", "%d things", 3), -1);
	diag_warning(&diag, NULL, "careful");
	diag_note(&diag, "b", "by the way");
	assert_int_equal(diag.n_errors, 1);
	assert_int_equal(diag.n_warnings, 1);
	assert_string_equal(messages.text,
			    "error a.c: 3 things\nwarning : careful\nnote b: by the way\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arena_memory_is_zeroed_and_aligned),
		cmocka_unit_test(arena_keeps_pieces_apart),
		cmocka_unit_test(arena_formats_texts_of_any_length),
		cmocka_unit_test(arena_joins_strings),
		cmocka_unit_test(json_is_written_as_it_comes),
		cmocka_unit_test(arrays_grow_and_keep_their_items),
		cmocka_unit_test(strbuf_grows),
		cmocka_unit_test(strmap_finds_what_was_put_in),
		cmocka_unit_test(strvec_ends_in_null),
		cmocka_unit_test(nearest_knows_when_nothing_is_near),
		cmocka_unit_test(relative_paths),
		cmocka_unit_test(errors_are_counted_and_handed_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
