/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Both forms have the same fields in the same order; only what stands around them differs:
 *
 *	[3] STRUCT 'limits' size=4 vlen=1
 *		'low' type_id=1 bits_offset=0
 *	{"id":3,"kind":"STRUCT","name":"limits","size":4,"vlen":1,
 *	 "members":[{"name":"low","type_id":1,"bits_offset":0}]}
 */
#include "btf_raw.h"

#include "btf_query.h"
#include "bug.h"
#include "json_text.h"
#include "utf8.h"

struct writer {
	struct json_text json;
	struct strbuf *out;
	const struct btf *btf;
	bool is_json;
};

static const char *const kinds[] = {
	[BTF_KIND_UNKN] = "UNKNOWN",      [BTF_KIND_INT] = "INT",
	[BTF_KIND_PTR] = "PTR",           [BTF_KIND_ARRAY] = "ARRAY",
	[BTF_KIND_STRUCT] = "STRUCT",     [BTF_KIND_UNION] = "UNION",
	[BTF_KIND_ENUM] = "ENUM",         [BTF_KIND_FWD] = "FWD",
	[BTF_KIND_TYPEDEF] = "TYPEDEF",   [BTF_KIND_VOLATILE] = "VOLATILE",
	[BTF_KIND_CONST] = "CONST",       [BTF_KIND_RESTRICT] = "RESTRICT",
	[BTF_KIND_FUNC] = "FUNC",         [BTF_KIND_FUNC_PROTO] = "FUNC_PROTO",
	[BTF_KIND_VAR] = "VAR",           [BTF_KIND_DATASEC] = "DATASEC",
	[BTF_KIND_FLOAT] = "FLOAT",       [BTF_KIND_DECL_TAG] = "DECL_TAG",
	[BTF_KIND_TYPE_TAG] = "TYPE_TAG", [BTF_KIND_ENUM64] = "ENUM64",
};

static const char *kind_of(const struct btf_type *type)
{
	return btf_kind(type) < ARRAY_SIZE(kinds) ? kinds[btf_kind(type)] : "UNKNOWN";
}

static const char *name_at(const struct writer *w, uint32_t offset)
{
	return offset ? btf_query_name(w->btf, offset) : "(anon)";
}

static void add_name(struct writer *w, uint32_t offset)
{
	strbuf_add_char(w->out, '\'');
	utf8_add_visible(w->out, name_at(w, offset));
	strbuf_add_char(w->out, '\'');
}

static void add_number(struct writer *w, const char *key, long long value)
{
	if (w->is_json) {
		json_text_key(&w->json, key);
		json_text_integer(&w->json, value);
	} else {
		strbuf_add_format(w->out, " %s=%lld", key, value);
	}
}

static void add_word(struct writer *w, const char *key, const char *value)
{
	if (w->is_json) {
		json_text_key(&w->json, key);
		json_text_string(&w->json, value);
	} else {
		strbuf_add_format(w->out, " %s=%s", key, value);
	}
}

/* The number of members and, in JSON, the list that begins with them. */
static void open_list(struct writer *w, const struct btf_type *type, const char *key)
{
	add_number(w, "vlen", btf_vlen(type));
	if (w->is_json) {
		json_text_key(&w->json, key);
		json_text_open(&w->json, '[');
	}
}

static void close_list(struct writer *w)
{
	if (w->is_json)
		json_text_close(&w->json, ']');
}

/* name_offset: of what has no name at all, NULL. */
static void open_item(struct writer *w, const uint32_t *name_offset)
{
	if (w->is_json) {
		json_text_open(&w->json, '{');
		if (name_offset) {
			json_text_key(&w->json, "name");
			json_text_string(&w->json, name_at(w, *name_offset));
		}
	} else {
		strbuf_add_char(w->out, '\n');
		if (name_offset) {
			strbuf_add_char(w->out, '\t');
			add_name(w, *name_offset);
		}
	}
}

static void close_item(struct writer *w)
{
	if (w->is_json)
		json_text_close(&w->json, '}');
}

static void write_int(struct writer *w, const struct btf_type *type)
{
	static const char *const encodings[] = {
		[0] = "(none)",
		[BTF_INT_SIGNED] = "SIGNED",
		[BTF_INT_CHAR] = "CHAR",
		[BTF_INT_BOOL] = "BOOL",
	};
	uint8_t encoding = btf_int_encoding(type);

	add_number(w, "size", type->size);
	add_number(w, "bits_offset", btf_int_offset(type));
	add_number(w, "nr_bits", btf_int_bits(type));
	add_word(w, "encoding",
		 encoding < ARRAY_SIZE(encodings) && encodings[encoding] ? encodings[encoding]
									 : "UNKN");
}

static void write_array(struct writer *w, const struct btf_type *type)
{
	add_number(w, "type_id", btf_array(type)->type);
	add_number(w, "index_type_id", btf_array(type)->index_type);
	add_number(w, "nr_elems", btf_array(type)->nelems);
}

static void write_composite(struct writer *w, const struct btf_type *type)
{
	add_number(w, "size", type->size);
	open_list(w, type, "members");
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_member *member = &btf_members(type)[i];

		open_item(w, &member->name_off);
		add_number(w, "type_id", member->type);
		add_number(w, "bits_offset", btf_member_bit_offset(type, i));
		if (btf_member_bitfield_size(type, i))
			add_number(w, "bitfield_size", btf_member_bitfield_size(type, i));
		close_item(w);
	}
	close_list(w);
}

static void write_value(struct writer *w, const struct btf_type *type, uint64_t value)
{
	const char *suffix = !btf_is_enum64(type) || w->is_json ? ""
			     : btf_kflag(type)                  ? "LL"
								: "ULL";

	if (w->is_json)
		json_text_key(&w->json, "val");
	if (w->is_json && btf_kflag(type))
		json_text_integer(&w->json, (long long)value);
	else if (w->is_json)
		json_text_unsigned(&w->json, value);
	else if (btf_kflag(type))
		strbuf_add_format(w->out, " val=%lld%s", (long long)value, suffix);
	else
		strbuf_add_format(w->out, " val=%llu%s", (unsigned long long)value, suffix);
}

static void write_enum(struct writer *w, const struct btf_type *type)
{
	add_word(w, "encoding", btf_kflag(type) ? "SIGNED" : "UNSIGNED");
	add_number(w, "size", type->size);
	open_list(w, type, "values");
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint64_t value;

		if (btf_is_enum64(type)) {
			open_item(w, &btf_enum64(type)[i].name_off);
			value = btf_enum64_value(&btf_enum64(type)[i]);
		} else {
			int32_t number = btf_enum(type)[i].val;

			open_item(w, &btf_enum(type)[i].name_off);
			value = btf_kflag(type) ? (uint64_t)number : (uint32_t)number;
		}
		write_value(w, type, value);
		close_item(w);
	}
	close_list(w);
}

static void write_function(struct writer *w, const struct btf_type *type)
{
	static const char *const linkages[] = {
		[BTF_FUNC_STATIC] = "static",
		[BTF_FUNC_GLOBAL] = "global",
		[BTF_FUNC_EXTERN] = "extern",
	};

	add_number(w, "type_id", type->type);
	add_word(w, "linkage",
		 btf_vlen(type) < ARRAY_SIZE(linkages) ? linkages[btf_vlen(type)] : "(unknown)");
}

static void write_prototype(struct writer *w, const struct btf_type *type)
{
	add_number(w, "ret_type_id", type->type);
	open_list(w, type, "params");
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		open_item(w, &btf_params(type)[i].name_off);
		add_number(w, "type_id", btf_params(type)[i].type);
		close_item(w);
	}
	close_list(w);
}

static void write_variable(struct writer *w, const struct btf_type *type)
{
	static const char *const linkages[] = {
		[BTF_VAR_STATIC] = "static",
		[BTF_VAR_GLOBAL_ALLOCATED] = "global",
		[BTF_VAR_GLOBAL_EXTERN] = "extern",
	};
	uint32_t linkage = btf_var(type)->linkage;

	add_number(w, "type_id", type->type);
	if (!w->is_json)
		strbuf_add_char(w->out, ',');
	add_word(w, "linkage", linkage < ARRAY_SIZE(linkages) ? linkages[linkage] : "(unknown)");
}

static void write_section(struct writer *w, const struct btf_type *type)
{
	add_number(w, "size", type->size);
	open_list(w, type, "vars");
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		const struct btf_var_secinfo *entry = &btf_var_secinfos(type)[i];
		const struct btf_type *variable = btf__type_by_id(w->btf, entry->type);
		size_t start;

		open_item(w, NULL);
		start = w->out->length;
		add_number(w, "type_id", entry->type);
		add_number(w, "offset", entry->offset);
		add_number(w, "size", entry->size);
		close_item(w);
		if (w->is_json)
			continue;
		/* No name stands before it, so no blank. */
		w->out->text[start] = '\t';
		strbuf_add_format(w->out, " (%s ", kind_of(variable));
		add_name(w, variable->name_off);
		strbuf_add_char(w->out, ')');
	}
	close_list(w);
}

static void write_fields(struct writer *w, const struct btf_type *type)
{
	switch (btf_kind(type)) {
	case BTF_KIND_INT:
		write_int(w, type);
		break;
	case BTF_KIND_ARRAY:
		write_array(w, type);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		write_composite(w, type);
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		write_enum(w, type);
		break;
	case BTF_KIND_FWD:
		add_word(w, "fwd_kind", btf_kflag(type) ? "union" : "struct");
		break;
	case BTF_KIND_FUNC:
		write_function(w, type);
		break;
	case BTF_KIND_FUNC_PROTO:
		write_prototype(w, type);
		break;
	case BTF_KIND_VAR:
		write_variable(w, type);
		break;
	case BTF_KIND_DATASEC:
		write_section(w, type);
		break;
	case BTF_KIND_FLOAT:
		add_number(w, "size", type->size);
		break;
	case BTF_KIND_DECL_TAG:
		add_number(w, "type_id", type->type);
		add_number(w, "component_idx", btf_decl_tag(type)->component_idx);
		break;
	default: /* a modifier, a pointer, a typedef */
		add_number(w, "type_id", type->type);
	}
}

static void write_type(struct writer *w, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(w->btf, id);

	if (!w->is_json) {
		strbuf_add_format(w->out, "[%u] %s ", id, kind_of(type));
		add_name(w, type->name_off);
		write_fields(w, type);
		strbuf_add_char(w->out, '\n');
		return;
	}
	json_text_open(&w->json, '{');
	add_number(w, "id", id);
	add_word(w, "kind", kind_of(type));
	add_word(w, "name", name_at(w, type->name_off));
	write_fields(w, type);
	json_text_close(&w->json, '}');
}

void btf_write_raw(struct strbuf *out, const struct btf *btf, const struct btf_raw_options *options)
{
	struct writer w = {
		.json = {.out = out, .is_pretty = options->is_pretty},
		.out = out,
		.btf = btf,
		.is_json = options->is_json,
	};
	uint32_t count = btf__type_cnt(btf);

	if (w.is_json) {
		json_text_open(&w.json, '{');
		json_text_key(&w.json, "types");
		json_text_open(&w.json, '[');
	}
	for (size_t i = 0; i < options->n_roots; i++)
		write_type(&w, options->roots[i]);
	for (uint32_t id = options->first; id < count && !options->n_roots; id++)
		write_type(&w, id);
	if (w.is_json) {
		json_text_close(&w.json, ']');
		json_text_close(&w.json, '}');
		strbuf_add_char(out, '\n');
	}
}
