/* SPDX-License-Identifier: BSD-2-Clause */
#include "vmlinux_text.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <string.h>

#include "vmlinux_types.h"

/* Of the target, not of this machine. */
#define POINTER_SIZE 8

static int add_record(struct btf *btf, const struct vmlinux_type *type)
{
	bool is_union = type->kind == BTF_KIND_UNION;
	int id;

	if (!type->is_defined)
		return btf__add_fwd(btf, type->name, is_union ? BTF_FWD_UNION : BTF_FWD_STRUCT);
	id = is_union ? btf__add_union(btf, type->name, (__u32)type->size)
		      : btf__add_struct(btf, type->name, (__u32)type->size);
	for (size_t i = 0; i < type->n_members && id > 0; i++) {
		const struct vmlinux_member *member = &type->members[i];

		if (member->is_bitfield && !member->name)
			continue;
		if (btf__add_field(btf, member->name, (int)member->type->id,
				   (__u32)member->bit_offset, (__u32)member->width))
			return -1;
	}
	return id;
}

static int add_enum(struct btf *btf, const struct vmlinux_type *type)
{
	bool is_wide = type->size == 8;
	int id;

	if (!type->is_defined)
		return btf__add_fwd(btf, type->name, BTF_FWD_ENUM);
	id = is_wide ? btf__add_enum64(btf, type->name, 8, type->is_signed)
		     : btf__add_enum(btf, type->name, (__u32)type->size);
	for (size_t i = 0; i < type->n_enumerators && id > 0; i++) {
		const struct vmlinux_enumerator *enumerator = &type->enumerators[i];
		int error =
			is_wide ? btf__add_enum64_value(btf, enumerator->name, enumerator->value)
				: btf__add_enum_value(btf, enumerator->name,
						      (__s64)enumerator->value);

		if (error)
			return -1;
	}
	return id;
}

static int add_function(struct btf *btf, const struct vmlinux_type *type)
{
	int id = btf__add_func_proto(btf, (int)type->target->id);

	for (size_t i = 0; i < type->n_members && id > 0; i++) {
		const struct vmlinux_member *member = &type->members[i];

		if (btf__add_func_param(btf, member->name,
					member->type ? (int)member->type->id : 0))
			return -1;
	}
	return id;
}

/* BTF says by a flag that a tag is another attribute. */
static int add_tag(struct btf *btf, const struct vmlinux_parser *parser,
		   const struct vmlinux_type *type, int target)
{
	int id = btf__add_type_tag(btf, type->name, target);
	size_t length = strlen(VMLINUX_ADDRESS_SPACE);

	if (id > 0 && parser->has_address_spaces &&
	    !strncmp(type->name, VMLINUX_ADDRESS_SPACE, length))
		((struct btf_type *)btf__type_by_id(btf, (__u32)id))->info |= UINT32_C(1) << 31;
	return id;
}

/* Its id; below 0 after an error. */
static int add_type(struct btf *btf, const struct vmlinux_parser *parser,
		    const struct vmlinux_type *type, int index_type)
{
	int target = type->target ? (int)type->target->id : 0;

	switch (type->kind) {
	case BTF_KIND_INT:
		return btf__add_int(btf, type->name, type->size, type->encoding);
	case BTF_KIND_FLOAT:
		return btf__add_float(btf, type->name, type->size);
	case BTF_KIND_PTR:
		return btf__add_ptr(btf, target);
	case BTF_KIND_ARRAY:
		return btf__add_array(btf, index_type, target, (__u32)type->count);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return add_record(btf, type);
	case BTF_KIND_ENUM:
		return add_enum(btf, type);
	case BTF_KIND_TYPEDEF:
		return btf__add_typedef(btf, type->name, target);
	case BTF_KIND_CONST:
		return btf__add_const(btf, target);
	case BTF_KIND_VOLATILE:
		return btf__add_volatile(btf, target);
	case BTF_KIND_RESTRICT:
		return btf__add_restrict(btf, target);
	case BTF_KIND_TYPE_TAG:
		return add_tag(btf, parser, type, target);
	case BTF_KIND_FUNC:
		return btf__add_func(btf, type->name, BTF_FUNC_STATIC, target);
	case BTF_KIND_DECL_TAG:
		return btf__add_decl_tag(btf, type->name, target, -1);
	default:
		return add_function(btf, type);
	}
}

struct btf *vmlinux_text_read(struct arena *arena, struct bytes text)
{
	struct vmlinux_parser parser = {.arena = arena};
	int index_type = (int)vmlinux_base_find(&parser, WORD_INT)->id;
	struct btf *btf;

	if (!vmlinux_parse(&parser, text))
		return NULL;
	btf = btf__new_empty();
	if (libbpf_get_error(btf))
		return NULL;
	btf__set_pointer_size(btf, POINTER_SIZE);
	for (size_t i = 0; i < parser.n_types; i++) {
		if (add_type(btf, &parser, parser.types[i], index_type) !=
		    (int)parser.types[i]->id) {
			btf__free(btf);
			return NULL;
		}
	}
	return btf;
}
