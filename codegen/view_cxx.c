/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "cxx_members": the functions that are members of struct N in C++, as bpftool has them. One that
 * has N's own name is left out: it would be a constructor.
 */
#include <string.h>

#include "bug.h"
#include "view.h"

struct cxx_member {
	const char *name, *function;
	const char *result;   /* "%s": N */
	const char *declared; /* parameters in the struct */
	const char *parameters, *arguments;
	bool is_ours;  /* not in bpftool's, nor in the bare skeleton */
	bool is_light; /* of light skeletons alone */
	bool is_full;  /* not of those */
};

static const struct cxx_member of_skeleton[] = {
	{"open", "open_opts", "struct %s *", "const struct bpf_object_open_opts *opts = nullptr",
	 "const struct bpf_object_open_opts *opts", "opts", .is_full = true},
	{"open", "open", "struct %s *", "", "", "", .is_light = true},
	{"open_and_load", "open_and_load", "struct %s *", "", "", ""},
	{"load", "load", "int ", "struct %s *skel", "struct %s *skel", "skel"},
	{"attach", "attach", "int ", "struct %s *skel", "struct %s *skel", "skel"},
	{"detach", "detach", "void ", "struct %s *skel", "struct %s *skel", "skel"},
	{"destroy", "destroy", "void ", "struct %s *skel", "struct %s *skel", "skel"},
	{"elf_bytes", "elf_bytes", "const void *", "size_t *sz", "size_t *sz", "sz",
	 .is_full = true},
	{"report", "report", "void ", "const struct %s *skel, FILE *out",
	 "const struct %s *skel, FILE *out", "skel, out", true},
	{"open_file", "open_file", "struct %s *",
	 "const char *path, const struct bpf_object_open_opts *opts = nullptr",
	 "const char *path, const struct bpf_object_open_opts *opts", "path, opts", true,
	 .is_full = true},
	{"pin", "pin", "int ", "struct %s *skel, const char *dir",
	 "struct %s *skel, const char *dir", "skel, dir", true, .is_full = true},
	{"unpin", "unpin", "int ", "struct %s *skel, const char *dir",
	 "struct %s *skel, const char *dir", "skel, dir", true, .is_full = true},
};

static const struct cxx_member of_subskeleton[] = {
	{"open", "open", "struct %s *", "const struct bpf_object *src",
	 "const struct bpf_object *src", "src"},
	{"destroy", "destroy", "void ", "struct %s *skel", "struct %s *skel", "skel"},
};

static const char *with_name(struct view *view, const char *text)
{
	const char *place = strstr(text, "%s");

	if (!place)
		return text;
	return arena_printf(view->arena, "%.*s%s%s", (int)(place - text), text, view->name,
			    place + 2);
}

void view_add_cxx(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "cxx_members", value_list(arena));
	bool has_report = value_is_true(value_get(view->root, "has_report"));
	bool is_part = view->options->is_subskeleton;
	const struct cxx_member *members = is_part ? of_subskeleton : of_skeleton;
	size_t count = is_part ? ARRAY_SIZE(of_subskeleton) : ARRAY_SIZE(of_skeleton);

	for (size_t i = 0; i < count; i++) {
		const struct cxx_member *member = &members[i];
		struct value *item;

		if (view->options->is_light ? member->is_full : member->is_light)
			continue;
		if (!strcmp(member->name, view->name) || (member->is_ours && !has_report))
			continue;
		item = value_append(list, arena, value_object(arena));
		value_set_string(item, arena, "name", member->name);
		value_set_string(item, arena, "function", member->function);
		value_set_string(item, arena, "result", with_name(view, member->result));
		value_set_string(item, arena, "returns",
				 strcmp(member->result, "void ") != 0 ? "return " : "");
		value_set_string(item, arena, "declared", with_name(view, member->declared));
		value_set_string(item, arena, "parameters", with_name(view, member->parameters));
		value_set_string(item, arena, "arguments", member->arguments);
	}
}
