/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an object needs of others. libbpf opens it when that is a setting (.kconfig) or something of
 * the kernel's (.ksyms); anything else is for a linker.
 *
 * Source: libbpf's bpf_object__collect_externs.
 */
#include <elf.h>
#include <string.h>

#include "btf_query.h"
#include "model.h"

static bool is_in_section(const struct btf *btf, const char *section, const char *name)
{
	uint32_t id = btf_query_datasec(btf, section);
	const struct btf_type *type = id ? btf__type_by_id(btf, id) : NULL;

	for (uint32_t i = 0; type && i < btf_vlen(type); i++) {
		if (!strcmp(btf_query_type_name(btf, btf_var_secinfos(type)[i].type), name))
			return true;
	}
	return false;
}

int model_check_externs(struct diag *diag, const struct object *object, const char *advice)
{
	int result = 0;

	for (size_t i = 1; i < object->n_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];

		if (symbol->section != SHN_UNDEF || symbol->type != STT_NOTYPE ||
		    symbol->binding == STB_LOCAL || !*symbol->name ||
		    is_in_section(object->btf, ".kconfig", symbol->name) ||
		    is_in_section(object->btf, ".ksyms", symbol->name))
			continue;
		result = diag_error(diag, object->path,
				    "needs '%s', which another object defines; %s", symbol->name,
				    advice);
	}
	return result;
}
