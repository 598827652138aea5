/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What `bpfbake inspect` prints: one table each for maps, programs, variables and types, as wide as
 * what stands in them. It reads the view alone.
 */
#include <string.h>

#include "header.h"
#include "utf8.h"

#define MAX_COLUMNS 6

struct table {
	struct arena *arena;
	const char *title;
	const char *headings[MAX_COLUMNS]; /* NULL ends them; a heading that begins with '>' is
					    * of a column of numbers */
	const char *(*rows)[MAX_COLUMNS];
	size_t n_rows;
};

static size_t column_count(const struct table *table)
{
	size_t count = 0;

	while (count < MAX_COLUMNS && table->headings[count])
		count++;
	return count;
}

static bool is_numeric(const struct table *table, size_t column)
{
	return table->headings[column][0] == '>';
}

static const char *heading(const struct table *table, size_t column)
{
	return table->headings[column] + is_numeric(table, column);
}

static size_t column_width(const struct table *table, size_t column)
{
	size_t width = strlen(heading(table, column));

	for (size_t i = 0; i < table->n_rows; i++) {
		size_t length = strlen(table->rows[i][column]);

		if (length > width)
			width = length;
	}
	return width;
}

static void print_line(struct strbuf *out, const struct table *table, const char *const *cells,
		       const size_t *widths)
{
	size_t count = column_count(table), end;

	strbuf_add_string(out, "  ");
	for (size_t i = 0; i < count; i++) {
		int width = is_numeric(table, i) ? (int)widths[i] : -(int)widths[i];

		strbuf_add_format(out, "%*s%s", width, cells[i], i + 1 < count ? "  " : "");
	}
	for (end = out->length; end && out->text[end - 1] == ' ';)
		end--;
	strbuf_truncate(out, end);
	strbuf_add_char(out, '\n');
}

/* As a terminal may have it. */
static const char *visible(struct arena *arena, const char *text)
{
	struct strbuf out = STRBUF_INIT;
	const char *copy;

	utf8_add_visible(&out, text);
	copy = arena_strdup(arena, out.text);
	strbuf_release(&out);
	return copy;
}

static void print_table(struct strbuf *out, const struct table *table)
{
	size_t count = column_count(table), widths[MAX_COLUMNS];
	const char *headings[MAX_COLUMNS];

	if (!table->n_rows)
		return;
	for (size_t i = 0; i < table->n_rows * count; i++) {
		const char **cell = &table->rows[i / count][i % count];

		*cell = visible(table->arena, *cell);
	}
	for (size_t i = 0; i < count; i++) {
		widths[i] = column_width(table, i);
		headings[i] = heading(table, i);
	}
	strbuf_add_format(out, "\n%s\n", table->title);
	print_line(out, table, headings, widths);
	for (size_t i = 0; i < table->n_rows; i++)
		print_line(out, table, table->rows[i], widths);
}

/* The cells of a new row, all empty. */
static const char **add_row(struct table *table)
{
	const char **row = *ARENA_PUSH(table->arena, table->rows, table->n_rows);

	for (size_t i = 0; i < MAX_COLUMNS; i++)
		row[i] = "";
	return row;
}

static const char *text(const struct value *object, const char *key)
{
	const struct value *value = value_get(object, key);

	return value && value->kind == VALUE_STRING ? value->string : "";
}

static long long number(const struct value *object, const char *key)
{
	const struct value *value = value_get(object, key);

	return value && value->kind == VALUE_INTEGER ? value->integer : 0;
}

static const char *format_number(struct table *table, long long value)
{
	return arena_printf(table->arena, "%lld", value);
}

/* "struct conns__peer" → "struct peer": the table shows the names of the source. */
static const char *source_type(struct arena *arena, const struct value *view, const char *type)
{
	const char *prefix = arena_printf(arena, "%s__", text(view, "N"));
	const char *place = strstr(type, prefix);

	if (!place)
		return type;
	return arena_printf(arena, "%.*s%s", (int)(place - type), type, place + strlen(prefix));
}

/* The type, or the size in bytes where there is none. */
static const char *key_or_value(struct table *table, const struct value *view,
				const struct value *map, const char *which)
{
	const struct value *described = value_get(map, which);

	if (*text(described, "type"))
		return source_type(table->arena, view, text(described, "type"));
	return number(described, "size")
		       ? arena_printf(table->arena, "%lld bytes", number(described, "size"))
		       : "-";
}

static void add_maps(struct strbuf *out, struct arena *arena, const struct value *view)
{
	const struct value *maps = value_get(view, "maps");
	struct table table = {
		.arena = arena,
		.title = "maps",
		.headings = {"name", "kind", "key", "value", ">entries", ">value size"},
	};

	for (size_t i = 0; i < maps->count; i++) {
		const struct value *map = maps->items[i];
		const char **row = add_row(&table);

		row[0] = text(map, "name");
		row[1] = text(map, "kind");
		row[2] = key_or_value(&table, view, map, "key");
		row[3] = key_or_value(&table, view, map, "value");
		row[4] = format_number(&table, number(map, "max_entries"));
		row[5] = format_number(&table, number(value_get(map, "value"), "size"));
	}
	print_table(out, &table);
}

static void add_programs(struct strbuf *out, struct arena *arena, const struct value *view)
{
	const struct value *programs = value_get(view, "programs");
	struct table table = {
		.arena = arena,
		.title = "programs",
		.headings = {"name", "section", "type", ">instructions"},
	};

	for (size_t i = 0; i < programs->count; i++) {
		const struct value *program = programs->items[i];
		const char **row = add_row(&table);

		row[0] = text(program, "name");
		row[1] = text(program, "section");
		row[2] = text(program, "type_name");
		row[3] = format_number(&table, number(program, "instructions"));
	}
	print_table(out, &table);
}

static void add_variables(struct strbuf *out, struct arena *arena, const struct value *view)
{
	const struct value *sections = value_get(view, "sections");
	struct table table = {
		.arena = arena,
		.title = "variables",
		.headings = {"name", "section", "type", ">offset", ">size"},
	};

	for (size_t i = 0; i < sections->count; i++) {
		const struct value *variables = value_get(sections->items[i], "variables");

		for (size_t j = 0; j < variables->count; j++) {
			const struct value *variable = variables->items[j];
			const char **row = add_row(&table);

			row[0] = text(variable, "name");
			row[1] = text(sections->items[i], "name");
			row[2] = source_type(arena, view, text(variable, "type"));
			row[3] = format_number(&table, number(variable, "offset"));
			row[4] = format_number(&table, number(variable, "size"));
		}
	}
	print_table(out, &table);
}

static void add_types(struct strbuf *out, struct arena *arena, const struct value *view)
{
	const struct value *types = value_get(view, "types");
	struct table table = {
		.arena = arena,
		.title = "types",
		.headings = {"name", ">size"},
	};

	for (size_t i = 0; i < types->count; i++) {
		const struct value *type = types->items[i];
		const char **row = add_row(&table);

		row[0] = arena_printf(arena, "%s %s", text(type, "keyword"),
				      text(type, "source_name"));
		row[1] = format_number(&table, number(type, "size"));
	}
	print_table(out, &table);
}

int header_render_summary(struct strbuf *out, struct arena *arena, struct diag *diag,
			  const struct value *view)
{
	const struct value *objects = value_get(view, "objects");

	(void)diag;
	strbuf_add_format(out, "%s: ", text(view, "N"));
	for (size_t i = 0; i < objects->count; i++)
		strbuf_add_format(out, "%s endian, %lld bytes, ",
				  text(objects->items[i], "byte_order"),
				  number(objects->items[i], "size"));
	strbuf_add_format(out, "license %s\n",
			  *text(view, "license") ? visible(arena, text(view, "license")) : "none");
	add_maps(out, arena, view);
	add_programs(out, arena, view);
	add_variables(out, arena, view);
	add_types(out, arena, view);
	return 0;
}
