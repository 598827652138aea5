/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_check.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of a name. The kernel takes up to 512; many may be one and the same, so that a small file
 * would have gigabytes of them. */
#define MAX_NAME 4096

struct checker {
	const struct btf *btf;
	uint32_t count;
	bool is_good, has_long_strings;
};

static void check_name(struct checker *checker, uint32_t offset)
{
	const char *name = btf__name_by_offset(checker->btf, offset);

	checker->is_good &= name && (!checker->has_long_strings || strlen(name) <= MAX_NAME);
}

/* May there be strings of more than MAX_NAME bytes? One of them has half as many behind one of
 * these places. */
static bool has_long_strings(const struct btf *btf)
{
	const char *text;

	for (uint32_t at = 0; (text = btf__name_by_offset(btf, at)); at += MAX_NAME / 2) {
		if (strlen(text) >= MAX_NAME / 2)
			return true;
	}
	return false;
}

static void check_type(struct checker *checker, uint32_t id)
{
	checker->is_good &= id < checker->count;
}

/* Members, enumerators, parameters, variables: `count` records of `size` bytes behind the type,
 * each with a name and a type at these places (-1: none). */
static void check_records(struct checker *checker, const struct btf_type *type, size_t size,
			  int name_at, int type_at)
{
	const char *record = (const char *)(type + 1);

	for (uint32_t i = 0; i < btf_vlen(type); i++, record += size) {
		if (name_at >= 0)
			check_name(checker, *(const uint32_t *)(const void *)(record + name_at));
		if (type_at >= 0)
			check_type(checker, *(const uint32_t *)(const void *)(record + type_at));
	}
}

#define RECORD(struct_name, name, type)                                      \
	sizeof(struct struct_name), (int)offsetof(struct struct_name, name), \
		(int)offsetof(struct struct_name, type)
#define NAMES_ONLY(struct_name, name) \
	sizeof(struct struct_name), (int)offsetof(struct struct_name, name), -1

static void check(struct checker *checker, const struct btf_type *type)
{
	check_name(checker, type->name_off);
	switch (btf_kind(type)) {
	case BTF_KIND_ARRAY:
		check_type(checker, btf_array(type)->type);
		check_type(checker, btf_array(type)->index_type);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		check_records(checker, type, RECORD(btf_member, name_off, type));
		break;
	case BTF_KIND_ENUM:
		check_records(checker, type, NAMES_ONLY(btf_enum, name_off));
		break;
	case BTF_KIND_ENUM64:
		check_records(checker, type, NAMES_ONLY(btf_enum64, name_off));
		break;
	case BTF_KIND_FUNC_PROTO:
		check_type(checker, type->type);
		check_records(checker, type, RECORD(btf_param, name_off, type));
		break;
	case BTF_KIND_DATASEC:
		check_records(checker, type, sizeof(struct btf_var_secinfo), -1,
			      (int)offsetof(struct btf_var_secinfo, type));
		break;
	case BTF_KIND_INT:
	case BTF_KIND_FLOAT:
		break;
	default: /* FWD too: it has no type, but libbpf follows what stands there */
		check_type(checker, type->type);
	}
}

bool btf_check(const struct btf *btf)
{
	struct checker checker = {
		.btf = btf,
		.count = btf__type_cnt(btf),
		.is_good = true,
		.has_long_strings = has_long_strings(btf),
	};

	for (uint32_t id = 1; id < checker.count && checker.is_good; id++)
		check(&checker, btf__type_by_id(btf, id));
	return checker.is_good;
}
