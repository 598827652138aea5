/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake btf: bpftool's commands that read BTF. */
#include "bpftool.h"
#include "bug.h"
#include "command.h"

static const struct bpftool_command commands[] = {
	{"dump", "file FILE [format raw|c] [unsorted] [root_id ID]...",
	 "Prints the types of raw BTF, of an ELF file that has some (an object, vmlinux, a "
	 "module), or of "
	 "a vmlinux.h: one by one, or with \"format c\" as a header. Of a header, the order is by "
	 "kind and "
	 "name, so that those of two kernels compare well; \"unsorted\" keeps the order of the "
	 "file. With "
	 "\"root_id\", only these types are printed and, in a header, what they need.",
	 btf_dump},
};

const struct bpftool_group bpftool_btf = {"btf", commands, ARRAY_SIZE(commands)};

static enum status run(struct session *session, char *const *argv)
{
	return bpftool_run(session, &bpftool_btf, argv);
}

const struct command btf_command = {
	.name = "btf",
	.run = run,
	.summary = "bpftool's commands that read BTF",
	.words = "FILE",
	.options = &bpftool_option_table,
	.group = &bpftool_btf,
};
