/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables of every section, set before load, changed by the program, read after. */
#include <sys/utsname.h>

#include "kernel.h"
#include "variables.skel.h"

static void run(const struct bpf_program *program)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &options));
}

static int kernel_version(void)
{
	struct utsname name;
	int major, minor, patch = 0;

	CHECK(!uname(&name));
	CHECK(sscanf(name.release, "%d.%d.%d", &major, &minor, &patch) >= 2);
	return (major << 16) + (minor << 8) + (patch > 255 ? 255 : patch);
}

int main(void)
{
	struct variables *skel;

	need_bpf();
	skel = variables__open();
	CHECK(skel);
	/* As the source has them. */
	CHECK(skel->rodata->filter == 4 && skel->rodata->limits.bytes == 3);
	CHECK(!strcmp(skel->rodata->name, "none"));
	CHECK(skel->data->byte == 1 && skel->data->total == 2 && skel->data->words[2] == 3);
	CHECK(skel->data->mode == variables__MODE_ON && skel->data->present.high == 5);
	CHECK(skel->data_special->special == 9 && skel->rodata_constant->constant == 10);
	CHECK(skel->data_a_b->dashed == 11);
	CHECK(skel->bss->seen == 0 && skel->bss->pointer == 0);

	skel->rodata->filter = 100;
	skel->rodata->limits.low = 20;
	skel->bss->matrix[1][2] = 1000;
	CHECK(!variables__load(skel));
	run(skel->progs.count);

	/* seen += filter + limits.low + name[0] + is_on */
	CHECK(skel->bss->seen == 100 + 20 + 'n' + 1);
	/* total += words[1] + matrix[1][2] + special + constant + dashed */
	CHECK(skel->data->total == 2 + 2 + 1000 + 9 + 10 + 11);
	CHECK(skel->bss->weak_global == 1 && skel->bss->word == -1);
	run(skel->progs.count);
	CHECK(skel->bss->weak_global == 2);
	CHECK(skel->kconfig->LINUX_KERNEL_VERSION == kernel_version());
	CHECK(skel->kconfig->CONFIG_BPF_SYSCALL);
	variables__destroy(skel);
	return 0;
}
