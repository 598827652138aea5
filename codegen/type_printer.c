/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A struct is written member by member with a cursor that says where C stands by now, in bits. A
 * member that C would put elsewhere gets unnamed bitfields before it:
 *
 *	__u32 pid;
 *	__u32 : 32;      C on i386 would put the next member at 4
 *	__u64 start;
 *
 * Where that leads nowhere (members that overlap, sizes that make no sense: such objects do not
 * come from a compiler) the whole becomes an array of bytes.
 */
#include "type_printer.h"

#include <string.h>

#include "comments.h"
#include "names.h"
#include "strbuf.h"
#include "type_layout.h"

struct printer {
	struct types *types;
	struct strbuf text, assertions;
	const char *subject; /* for assertions: "struct conns__event" */
	const char *owner;   /* for comments: "struct event"; NULL: none */
	struct name_scope members;
	int indent;
	int n_paddings;
	bool has_failed;   /* C cannot say it */
	bool has_clash;    /* an error was reported */
	bool is_unaligned; /* a packed struct holds a type that says how it is aligned */
};

/* Where the members being printed stand, as offsetof sees them. */
struct place {
	const char *path; /* "", or "inner." */
	uint32_t bits;    /* of the struct that holds them */
};

static bool print_members(struct printer *, uint32_t id, struct place);

static void indent(struct printer *printer)
{
	for (int i = 0; i < printer->indent; i++)
		strbuf_add_char(&printer->text, '\t');
}

/* Fills the bits from `from` to `to`. */
static void pad(struct printer *printer, uint32_t from, uint32_t to, uint32_t alignment)
{
	while (from < to) {
		uint32_t left = to - from, step = left < 8 ? left : 8;

		indent(printer);
		if (from % 8) {
			step = 8 - from % 8 < left ? 8 - from % 8 : left;
			strbuf_add_format(&printer->text, "__u8 : %u;\n", step);
		} else if (left >= 128) {
			step = left / 8 * 8;
			strbuf_add_format(&printer->text, "__u8 __pad%d[%u];\n",
					  printer->n_paddings++, step / 8);
		} else if (alignment >= 4 && from % 32 == 0 && left >= 32) {
			step = 32;
			strbuf_add_string(&printer->text, "__u32 : 32;\n");
		} else {
			strbuf_add_format(&printer->text, "__u8 : %u;\n", step);
		}
		from += step;
	}
}

/* As pad, before a bitfield of `unit` bits: in units of its own type, so that C goes on there. */
static void pad_bitfield(struct printer *printer, uint32_t from, uint32_t to, uint32_t unit)
{
	while (from < to) {
		uint32_t border = (from / unit + 1) * unit, end = border < to ? border : to;

		indent(printer);
		strbuf_add_format(&printer->text, "__u%u : %u;\n", unit, end - from);
		from = end;
	}
}

/* A struct or union that stands in place: it has neither a tag nor a typedef. Of an array of them,
 * *dimensions gets what stands behind the name: "[4][2]". */
static bool is_anonymous_composite(struct types *types, uint32_t member_type, uint32_t *id,
				   const char **dimensions)
{
	const char *alias;

	*dimensions = "";
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type;

		*id = btf_query_resolve(types->btf, member_type, &alias);
		type = btf__type_by_id(types->btf, *id);
		if (!*id || alias)
			return false;
		if (!btf_is_array(type))
			return btf_is_composite(type) && !*btf_query_type_name(types->btf, *id);
		*dimensions =
			arena_printf(types->arena, "%s[%u]", *dimensions, btf_array(type)->nelems);
		member_type = btf_array(type)->type;
	}
	return false;
}

static const char *member_name(struct printer *printer, const char *name)
{
	struct arena *arena = printer->types->arena;
	struct name_owner owner = {.what = arena_printf(arena, "member '%s'", name)};
	const char *taken;

	if (!name_is_identifier(name)) {
		printer->has_failed = true;
		return name;
	}
	if (printer->owner)
		owner.declared = arena_printf(arena, "%s.%s", printer->owner, name);
	taken = name_take(&printer->members, name, owner);
	printer->has_clash |= !taken;
	return taken ? taken : name;
}

static const char *attributes(struct types *types, uint32_t id)
{
	const struct type_layout *layout = type_layout(types, id);

	if (layout->is_packed && layout->alignment > 1)
		return arena_printf(types->arena, " __attribute__((packed, aligned(%u)))",
				    layout->alignment);
	if (layout->is_packed)
		return " __attribute__((packed))";
	/* Up to 4 bytes every host aligns as the members want it. */
	if (layout->alignment <= 4)
		return "";
	return arena_printf(types->arena, " __attribute__((aligned(%u)))", layout->alignment);
}

static void end_line(struct printer *printer, const char *comment)
{
	if (comment)
		strbuf_add_format(&printer->text, "; /* %s */\n", comment);
	else
		strbuf_add_string(&printer->text, ";\n");
}

static void print_anonymous(struct printer *printer, uint32_t id, const char *name,
			    const char *suffix, struct place place)
{
	const struct btf_type *type = btf__type_by_id(printer->types->btf, id);
	struct name_scope outer = printer->members;

	strbuf_add_format(&printer->text, "%s%s {\n", *name ? "" : "__extension__ ",
			  btf_is_union(type) ? "union" : "struct");
	if (*name)
		printer->members = (struct name_scope){outer.context, outer.where, {0}};
	printer->indent++;
	if (!print_members(printer, id, place))
		printer->has_failed = true;
	printer->indent--;
	if (*name)
		printer->members = outer;
	indent(printer);
	strbuf_add_format(&printer->text, "}%s%s%s%s", attributes(printer->types, id),
			  *name ? " " : "", name, suffix);
	end_line(printer, NULL);
}

static void print_bitfield(struct printer *printer, const struct btf_query_member *member,
			   const char *name)
{
	struct type_declaration declared = types_declare(printer->types, member->type);
	uint32_t id = btf_query_resolve(printer->types->btf, member->type, NULL);
	const struct btf_type *type = btf__type_by_id(printer->types->btf, id);

	/* An enum of few bits makes C++ compilers doubt that its values fit. */
	if (btf_is_any_enum(type)) {
		declared.comment = declared.type;
		declared.type = arena_printf(printer->types->arena, "__%c%u",
					     types_enum_is_signed(printer->types, id) ? 's' : 'u',
					     type->size * 8);
	}
	strbuf_add_format(&printer->text, "%s%s%s : %u", declared.type, *name ? " " : "", name,
			  member->width);
	end_line(printer, declared.comment);
}

/* "[4][2]" → "[0][0]" */
static const char *first_element(struct arena *arena, const char *dimensions)
{
	const char *text = "";

	for (const char *c = dimensions; *c; c++) {
		if (*c == '[')
			text = arena_printf(arena, "%s[0]", text);
	}
	return text;
}

static void print_plain(struct printer *printer, const struct btf_query_member *member,
			const char *name, struct place place)
{
	struct arena *arena = printer->types->arena;
	const char *dimensions;
	struct type_declaration declared;
	uint32_t anonymous;

	if (is_anonymous_composite(printer->types, member->type, &anonymous, &dimensions)) {
		if (*name)
			place.path = arena_printf(arena, "%s%s%s.", place.path, name,
						  first_element(arena, dimensions));
		print_anonymous(printer, anonymous, name, dimensions, place);
		return;
	}
	declared = types_declare(printer->types, member->type);
	strbuf_add_format(&printer->text, "%s%s%s%s", declared.type, *name ? " " : "", name,
			  declared.suffix);
	end_line(printer, declared.comment);
}

/* The bits between where C stands and the member. False when C is past it already. */
static bool print_gap(struct printer *printer, const struct type_layout *layout,
		      const struct btf_query_member *member, uint32_t cursor)
{
	struct types *types = printer->types;
	struct type_place next = type_layout_next(types, layout, member, cursor);
	uint32_t offset = member->bit_offset;

	if (offset < cursor)
		return false;
	if (next.bits == offset && next.least == offset)
		return true;
	if (member->width && !layout->is_packed)
		pad_bitfield(printer, cursor, offset,
			     (uint32_t)btf_query_size(types->btf, member->type) * 8);
	else
		pad(printer, cursor, offset, layout->alignment);
	return true;
}

static void print_comment(struct printer *printer, const char *member)
{
	struct arena *arena = printer->types->arena;

	strbuf_add_string(&printer->text,
			  comment_on(arena, printer->types->facts, printer->indent,
				     arena_printf(arena, "%s.%s", printer->owner, member)));
}

/* Behind arrays: a struct without members. C++ would give it a byte, and g++ refuses it as a
 * member. */
static bool is_empty_composite(struct types *types, uint32_t id)
{
	const struct btf_type *type = NULL;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(types->btf, id, NULL);
		type = btf__type_by_id(types->btf, id);
		if (!id || !btf_is_array(type))
			break;
		id = btf_array(type)->type;
	}
	return id && btf_is_composite(type) && !type->size;
}

static void print_member(struct printer *printer, const struct btf_query_member *member,
			 struct place place)
{
	const char *name = *member->name ? member_name(printer, member->name) : "";
	bool is_extension = !member->width && types_has_empty_array(printer->types, member->type) &&
			    !is_empty_composite(printer->types, member->type);

	if (*name && printer->owner)
		print_comment(printer, member->name);
	if (is_extension)
		strbuf_add_string(&printer->text, TYPES_EXTENSION_BEGIN);
	indent(printer);
	if (is_empty_composite(printer->types, member->type)) {
		strbuf_add_format(&printer->text, "/* %s: an empty struct */\n", name);
		return;
	}
	if (member->width) {
		print_bitfield(printer, member, name);
		return;
	}
	place.bits += member->bit_offset;
	if (*name)
		strbuf_add_format(&printer->assertions,
				  "BPFBAKE_ASSERT(offsetof(%s, %s%s) == %u, \"%s%s of %s\");\n",
				  printer->subject, place.path, name, place.bits / 8, place.path,
				  name, printer->subject);
	print_plain(printer, member, name, place);
	if (is_extension)
		strbuf_add_string(&printer->text, TYPES_EXTENSION_END);
}

/* What C leaves to the end: it rounds the size up to the alignment by itself. */
static void print_end(struct printer *printer, const struct btf_type *type,
		      const struct type_layout *layout, uint32_t end)
{
	uint32_t unit = layout->alignment * 8;

	if ((end + unit - 1) / unit * unit == type->size * 8 && type->size)
		return;
	if (!btf_is_union(type) && type->size) {
		pad(printer, end, type->size * 8, layout->alignment);
		return;
	}
	if (type->size) {
		indent(printer);
		strbuf_add_format(&printer->text, "__u8 __pad%d[%u];\n", printer->n_paddings++,
				  type->size);
		return;
	}
	/* An empty struct has one byte in C++. */
	strbuf_add_string(&printer->text, TYPES_EXTENSION_BEGIN);
	indent(printer);
	strbuf_add_format(&printer->text, "__u8 __pad%d[0];\n", printer->n_paddings++);
	strbuf_add_string(&printer->text, TYPES_EXTENSION_END);
}

/* A type that carries an alignment of its own in the header. */
static bool has_own_alignment(struct types *types, uint32_t id)
{
	const struct btf_type *type;
	uint32_t least, alignment = types_alignment(types, id, &least);

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(types->btf, id, NULL);
		type = btf__type_by_id(types->btf, id);
		if (!id || !btf_is_array(type))
			break;
		id = btf_array(type)->type;
	}
	return id && (btf_is_composite(type) ? alignment > 1 : alignment == 16);
}

/* False when C cannot say it. */
static bool print_members(struct printer *printer, uint32_t id, struct place place)
{
	struct types *types = printer->types;
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	const struct type_layout *layout = type_layout(types, id);
	uint32_t cursor = 0, last = 0;

	if (layout->is_bytes || type->size > UINT32_MAX / 8)
		return false;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(types->btf, type, i);
		uint64_t bits = (uint64_t)btf_query_size(types->btf, member.type) * 8;
		uint64_t end = member.bit_offset + (member.width ? member.width : bits);

		if (end > type->size * 8 || !print_gap(printer, layout, &member, cursor))
			return false;
		print_member(printer, &member, place);
		printer->is_unaligned |=
			layout->is_packed && !member.width && has_own_alignment(types, member.type);
		cursor = btf_is_union(type) ? 0 : (uint32_t)end;
		last = end > last ? (uint32_t)end : last;
	}
	print_end(printer, type, layout, last);
	return !printer->has_failed;
}

/* FNV-1a, 32 bits. */
uint32_t type_fingerprint(const char *text)
{
	uint32_t h = 0x811c9dc5;

	for (; *text; text++) {
		const char *end = text[0] == '/' && text[1] == '*' ? strstr(text + 2, "*/") : NULL;

		if (end)
			text = end + 1;
		else if (*text != ' ' && *text != '\t' && *text != '\n')
			h = (h ^ (unsigned char)*text) * 0x01000193;
	}
	return h;
}

static void finish(struct printer *printer, struct type_definition *definition)
{
	struct arena *arena = printer->types->arena;

	definition->text = arena_strndup(arena, printer->text.text, printer->text.length);
	/* gcc doubts that it is meant; C has no other way to say it. */
	if (printer->is_unaligned)
		definition->text =
			arena_printf(arena,
				     "#if defined(__GNUC__) && !defined(__clang__)\n"
				     "#pragma GCC diagnostic push\n"
				     "#pragma GCC diagnostic ignored \"-Wpacked-not-aligned\"\n"
				     "#endif\n"
				     "%s"
				     "#if defined(__GNUC__) && !defined(__clang__)\n"
				     "#pragma GCC diagnostic pop\n"
				     "#endif\n",
				     definition->text);
	definition->assertions =
		arena_strndup(arena, printer->assertions.text, printer->assertions.length);
	definition->fingerprint = type_fingerprint(definition->text);
	strbuf_release(&printer->text);
	strbuf_release(&printer->assertions);
}

static void print_body(struct printer *printer, const struct type_definition *definition)
{
	struct types *types = printer->types;

	if (print_members(printer, definition->id, (struct place){"", 0}))
		return;
	diag_warning(types->diag, types_where(types, definition->keyword, definition->source_name),
		     "%s %s has a layout that C cannot say; it is given as bytes",
		     definition->keyword, definition->source_name);
	strbuf_truncate(&printer->assertions, 0);
	strbuf_truncate(&printer->text, strcspn(printer->text.text, "{") + 2);
	strbuf_add_format(&printer->text, "\t__u8 bytes[%u]; /* a layout that C cannot say */\n",
			  definition->size);
}

int type_print_composite(struct types *types, struct type_definition *definition)
{
	const char *owner =
		arena_printf(types->arena, "%s %s", definition->keyword, definition->source_name);
	struct printer printer = {
		.types = types,
		.text = STRBUF_INIT,
		.assertions = STRBUF_INIT,
		.subject = definition->alias ? definition->alias
					     : arena_printf(types->arena, "%s %s",
							    definition->keyword, definition->name),
		.owner = owner,
		.members = {types->context, owner, {0}},
		.indent = 1,
	};

	if (definition->alias)
		strbuf_add_format(&printer.text, "typedef %s {\n", definition->keyword);
	else
		strbuf_add_format(&printer.text, "%s {\n", printer.subject);
	print_body(&printer, definition);
	strbuf_add_format(&printer.text, "}%s%s%s;\n", attributes(types, definition->id),
			  definition->alias ? " " : "", definition->alias ? definition->alias : "");
	strbuf_add_format(&printer.assertions,
			  "BPFBAKE_ASSERT(sizeof(%s) == %u, \"size of %s\");\n", printer.subject,
			  definition->size, printer.subject);
	finish(&printer, definition);
	return printer.has_clash ? -1 : 0;
}

struct enumerator {
	const char *name;
	long long value;
	bool is_unsigned; /* and too large for a long long's positive half or an int */
};

/* Whether it has a sign is found out once for an enum: that takes a look at all enumerators. */
static struct enumerator enumerator_at(const struct btf *btf, const struct btf_type *type,
				       uint32_t index, bool is_signed)
{
	struct enumerator e;

	if (btf_is_enum64(type)) {
		e.name = btf_query_name(btf, btf_enum64(type)[index].name_off);
		e.value = (long long)btf_enum64_value(&btf_enum64(type)[index]);
	} else {
		int32_t value = btf_enum(type)[index].val;

		e.name = btf_query_name(btf, btf_enum(type)[index].name_off);
		e.value = is_signed ? value : (long long)(uint32_t)value;
	}
	e.is_unsigned = !is_signed && (e.value < 0 || e.value > INT32_MAX);
	return e;
}

/* ISO C wants enumerators that fit an int. */
static bool has_long_enumerator(const struct types *types, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	bool is_signed = types_enum_is_signed(types, id);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct enumerator e = enumerator_at(types->btf, type, i, is_signed);

		if (e.is_unsigned || e.value > INT32_MAX || e.value < INT32_MIN)
			return true;
	}
	return false;
}

/* The name of an enumerator in the header; NULL after an error. */
static const char *take_enumerator(struct types *types, const struct type_definition *definition,
				   const char *name)
{
	const char *full = arena_printf(types->arena, "%s%s", types->prefix, name);

	if (!name_is_identifier(name)) {
		diag_error(types->diag, types->context->path,
			   "the enumerator '%s' is no identifier; the BTF is damaged", name);
		return NULL;
	}
	return name_take(types->identifiers, full,
			 (struct name_owner){
				 .what = arena_printf(types->arena, "enumerator '%s' of enum %s",
						      name, definition->source_name),
				 .declared = arena_printf(types->arena, "enumerator %s", name),
			 });
}

static int print_enumerators(struct printer *printer, const struct type_definition *definition,
			     bool is_repeated)
{
	struct types *types = printer->types;
	const struct btf_type *type = btf__type_by_id(types->btf, definition->id);
	bool is_signed = types_enum_is_signed(types, definition->id);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct enumerator e = enumerator_at(types->btf, type, i, is_signed);
		const char *name =
			is_repeated ? arena_printf(types->arena, "%s%s", types->prefix, e.name)
				    : take_enumerator(types, definition, e.name);

		if (!name)
			return -1;
		strbuf_add_string(&printer->text,
				  comment_on(types->arena, types->facts, 1,
					     arena_printf(types->arena, "enumerator %s", e.name)));
		strbuf_add_format(&printer->text,
				  e.is_unsigned ? "\t%s = %lluU,\n" : "\t%s = %lld,\n", name,
				  e.value);
	}
	return 0;
}

int type_print_enum(struct types *types, struct type_definition *definition, bool is_repeated)
{
	struct printer printer = {.types = types, .text = STRBUF_INIT, .assertions = STRBUF_INIT};
	int result;

	if (definition->alias)
		strbuf_add_string(&printer.text, "typedef enum {\n");
	else
		strbuf_add_format(&printer.text, "%senum %s {\n",
				  has_long_enumerator(types, definition->id) ? "__extension__ "
									     : "",
				  definition->name);
	result = print_enumerators(&printer, definition, is_repeated);
	strbuf_add_format(&printer.text, "}%s%s;\n", definition->alias ? " " : "",
			  definition->alias ? definition->alias : "");
	finish(&printer, definition);
	return result;
}

int type_print_inline(struct types *types, uint32_t id, int indent_by, const char **text)
{
	struct printer printer = {
		.types = types,
		.text = STRBUF_INIT,
		.assertions = STRBUF_INIT,
		.subject = "",
		.members = {types->context, "a struct", {0}},
		.indent = indent_by + 1,
	};
	const struct btf_type *type = btf__type_by_id(types->btf, id);

	*text = NULL;
	strbuf_add_format(&printer.text, "%s {\n", btf_is_union(type) ? "union" : "struct");
	if (print_members(&printer, id, (struct place){"", 0})) {
		printer.indent--;
		indent(&printer);
		strbuf_add_format(&printer.text, "}%s", attributes(types, id));
		*text = arena_strndup(types->arena, printer.text.text, printer.text.length);
	}
	strbuf_release(&printer.text);
	strbuf_release(&printer.assertions);
	return printer.has_clash ? -1 : 0;
}
