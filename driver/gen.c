/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen: bpftool's commands that make files. */
#include "bpftool.h"
#include "bug.h"

static const struct bpftool_command commands[] = {
	{"skeleton", "FILE [name NAME]",
	 "Prints the skeleton of an object as bpftool gen skeleton does. NAME is the name of its "
	 "struct; without it, the file's base name without \".o\", with '_' for what cannot stand "
	 "in an identifier. The object may have either byte order. Structs and unions of variables "
	 "are the includer's, or the header's with #define NAME__DEFINE_TYPES before it.",
	 gen_skeleton},
	{"subskeleton", "FILE [name NAME]",
	 "Prints the subskeleton of an object that is linked into others, as a library: its maps, "
	 "its programs and pointers to its variables, in whatever object they have become a part "
	 "of. "
	 "NAME as for gen skeleton.",
	 gen_subskeleton},
};

const struct bpftool_group bpftool_gen = {"gen", commands, ARRAY_SIZE(commands)};

enum status command_gen(struct session *session, char *const *argv)
{
	return bpftool_run(session, &bpftool_gen, argv);
}

void command_gen_help(struct strbuf *out)
{
	bpftool_help(out, &bpftool_gen);
}
