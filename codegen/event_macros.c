/* SPDX-License-Identifier: BSD-2-Clause */
#include "event_macros.h"

#include <ctype.h>
#include <string.h>

#include "btf_query.h"

#define PREFIX "__bpfbake_event_"

const char *event_macro_map(const char *variable)
{
	if (strncmp(variable, PREFIX, strlen(PREFIX)) != 0)
		return NULL;
	variable += strlen(PREFIX);
	while (isdigit((unsigned char)*variable))
		variable++;
	return *variable == '_' ? variable + 1 : NULL;
}

bool event_macros_name(const struct btf *btf, const char *map)
{
	uint32_t section = btf_query_datasec(btf, BTF_EXPORT_SECTION);
	const struct btf_type *datasec = btf__type_by_id(btf, section);

	for (uint32_t i = 0; section && i < btf_vlen(datasec); i++) {
		const char *name = event_macro_map(
			btf_query_type_name(btf, btf_var_secinfos(datasec)[i].type));

		if (name && !strcmp(name, map))
			return true;
	}
	return false;
}
