/* SPDX-License-Identifier: BSD-2-Clause */
#include "value_json.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "json_text.h"

/* Deeper JSON is refused by jansson when it parses; what we print is built by us and flat. */

static struct value *from_json(struct arena *arena, json_t *json)
{
	struct value *value;
	const char *key;
	json_t *item;
	size_t index;

	switch (json_typeof(json)) {
	case JSON_OBJECT:
		value = value_object(arena);
		json_object_foreach(json, key, item)
			value_set(value, arena, arena_strdup(arena, key), from_json(arena, item));
		return value;
	case JSON_ARRAY:
		value = value_list(arena);
		json_array_foreach(json, index, item)
			value_append(value, arena, from_json(arena, item));
		return value;
	case JSON_STRING:
		index = json_string_length(json);
		return value_string_of_length(
			arena, arena_strndup(arena, json_string_value(json), index), index);
	case JSON_INTEGER:
		return value_integer(arena, json_integer_value(json));
	case JSON_REAL:
		return value_real(arena, json_real_value(json));
	case JSON_TRUE:
	case JSON_FALSE:
		return value_boolean(json_is_true(json));
	default:
		return value_null();
	}
}

struct value *value_from_json(struct arena *arena, struct diag *diag, const char *where,
			      const char *text, size_t length)
{
	json_error_t error;
	json_t *json = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	struct value *value;

	if (!json) {
		diag_error(diag, arena_printf(arena, "%s:%d", where, error.line), "%s", error.text);
		return NULL;
	}
	value = from_json(arena, json);
	json_decref(json);
	return value;
}

/* jansson takes UTF-8 only: a byte that is none becomes U+FFFD. */
static json_t *string_to_json(const char *text, size_t length)
{
	json_t *json = json_stringn(text, length);
	struct strbuf mended = STRBUF_INIT;

	if (json)
		return json;
	for (size_t i = 0; i < length;) {
		size_t size = length - i < 4 ? length - i : 4;
		json_t *one = NULL;

		while (size && !(one = json_stringn(text + i, size)))
			size--;
		json_decref(one);
		if (size)
			strbuf_add(&mended, text + i, size);
		else
			strbuf_add_string(&mended, "\xef\xbf\xbd");
		i += size ? size : 1;
	}
	json = json_stringn(mended.text, mended.length);
	strbuf_release(&mended);
	return json;
}

static json_t *to_json(const struct value *value)
{
	json_t *json;

	switch (value->kind) {
	case VALUE_NULL:
		return json_null();
	case VALUE_BOOLEAN:
		return json_boolean(value->boolean);
	case VALUE_INTEGER:
		return json_integer(value->integer);
	case VALUE_REAL:
		return json_real(value->real);
	case VALUE_STRING:
		return string_to_json(value->string, value->count);
	case VALUE_LIST:
		json = json_array();
		for (size_t i = 0; i < value->count; i++)
			json_array_append_new(json, to_json(value->items[i]));
		return json;
	case VALUE_OBJECT:
		json = json_object();
		for (size_t i = 0; i < value->count; i++)
			json_object_set_new_nocheck(json, value->members[i].key,
						    to_json(value->members[i].value));
		return json;
	}
	BUG("value of kind %d", value->kind);
}

static int add_text(const char *text, size_t size, void *out)
{
	json_text_escape(out, text, size);
	return 0;
}

void value_to_json(const struct value *value, struct strbuf *out)
{
	json_t *json = to_json(value);

	if (!json || json_dump_callback(json, add_text, out, JSON_INDENT(2) | JSON_ENCODE_ANY))
		bug_out_of_memory();
	json_decref(json);
	strbuf_add_char(out, '\n');
}
