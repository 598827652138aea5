/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen: bpftool's commands that make files. */
#include "bpftool.h"
#include "bug.h"
#include "command.h"

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
	{"object", "OUTPUT INPUT...",
	 "Links objects to one, with libbpf's rules, for either byte order; of one alone it drops "
	 "DWARF "
	 "and what BTF has twice. Conflicts name both files.",
	 gen_object},
	{"min_core_btf", "INPUT OUTPUT OBJECT...",
	 "Writes to OUTPUT that part of a kernel's BTF which the CO-RE relocations of the objects "
	 "need, "
	 "as raw BTF, for btf_custom_path. INPUT is BTF, or an ELF file that has it. BTF and "
	 "objects may "
	 "have either byte order.",
	 gen_min_core_btf},
};

const struct bpftool_group bpftool_gen = {"gen", commands, ARRAY_SIZE(commands)};

static enum status run(struct session *session, char *const *argv)
{
	return bpftool_run(session, &bpftool_gen, argv);
}

const struct command gen_command = {
	.name = "gen",
	.run = run,
	.summary = "bpftool's commands that make files",
	.words = "FILE",
	.options = &bpftool_option_table,
	.group = &bpftool_gen,
};
