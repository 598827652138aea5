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
#include "bug.h"
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

/* Calls that clang makes of its own, or of what it takes for the C library's. */
static bool is_library_function(const char *name)
{
	static const char *const names[] = {
		"bcmp",   "memchr", "memcmp", "memcpy", "memmove", "memset",  "printf",  "snprintf",
		"strcat", "strchr", "strcmp", "strcpy", "strlen",  "strncmp", "strncpy", "strstr",
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(name, names[i]))
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
		result = is_library_function(symbol->name)
				 ? diag_error(diag, object->path,
					      "calls '%s' of the C library, which is not there for "
					      "BPF; write a loop in its place, or call a helper",
					      symbol->name)
				 : diag_error(diag, object->path,
					      "needs '%s', which another object defines; %s",
					      symbol->name, advice);
	}
	return result;
}
