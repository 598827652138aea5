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

/* The functions for variables, where the sections are mapped and where they are not. */
static void functions(struct variables *skel)
{
	struct variables__limits limits = {7, 8, 9};
	const __u16 words[3] = {10, 11, 12};
	__u64 matrix[2][3] = {{0}, {0, 0, 5}};

	CHECK(!variables__byte__set(skel, 200) && variables__byte__get(skel) == 200);
	CHECK(!variables__word__set(skel, -5) && variables__word__get(skel) == -5);
	CHECK(!variables__mode__set(skel, variables__MODE_ON));
	CHECK(variables__mode__get(skel) == variables__MODE_ON);
	CHECK(!variables__present__set(skel, &limits) && variables__present__get(skel)->bytes == 9);
	CHECK(!variables__words__set(skel, words) && variables__words__get(skel)[2] == 12);
	CHECK(variables__words__COUNT == 3 && variables__matrix__COUNT == 2);
	CHECK(!variables__matrix__set(skel, matrix) && variables__matrix__get(skel)[1][2] == 5);
	CHECK(variables__filter__get(skel) == 100);
	CHECK(variables__filter__set(skel, 1) == -EBUSY);
	CHECK(variables__limits__set(skel, &limits) == -EBUSY);
	CHECK(variables__LINUX_KERNEL_VERSION__get(skel) == kernel_version());
	CHECK(variables__LINUX_KERNEL_VERSION__set(skel, 1) == -EBUSY);
	CHECK(!strcmp(variables__name__get(skel), "none") && variables__is_on__get(skel));
}

/* As libbpf leaves it on kernels that cannot map arrays. */
static void functions_without_mappings(struct variables *skel)
{
	struct variables kept = *skel;

	kept.data->byte = 0;
	skel->bss = NULL;
	skel->data = NULL;
	skel->rodata = NULL;
	skel->kconfig = NULL;
	functions(skel);
	CHECK(kept.data->byte == 200 && kept.bss->matrix[1][2] == 5 && kept.data->words[0] == 10);
	skel->bss = kept.bss;
	skel->data = kept.data;
	skel->rodata = kept.rodata;
	skel->kconfig = kept.kconfig;
}

static void names(const struct variables *skel)
{
	CHECK(bpf_object__find_program_by_name(skel->obj, variables__PROG_count));
	CHECK(!strcmp(variables__VAR_seen, "seen"));
}

/* As the source has them. */
static void as_in_the_source(const struct variables *skel)
{
	CHECK(skel->rodata->filter == 4 && skel->rodata->limits.bytes == 3);
	CHECK(!strcmp(skel->rodata->name, "none"));
	CHECK(skel->data->byte == 1 && skel->data->total == 2 && skel->data->words[2] == 3);
	CHECK(skel->data->mode == variables__MODE_ON && skel->data->present.high == 5);
	CHECK(skel->data_special->special == 9 && skel->rodata_constant->constant == 10);
	CHECK(skel->data_a_b->dashed == 11);
	CHECK(skel->bss->seen == 0 && skel->bss->pointer == 0);
}

/* Set before load, changed by the program. */
static void across_load(struct variables *skel)
{
	CHECK(!variables__filter__set(skel, 100) && skel->rodata->filter == 100);
	skel->rodata->limits.low = 20;
	skel->bss->matrix[1][2] = 1000;
	CHECK(!variables__load(skel));
	run(skel->progs.count);

	/* seen += filter + limits.low + name[0] + is_on */
	EQUAL(skel->bss->seen, 100 + 20 + 'n' + 1);
	/* total += words[1] + matrix[1][2] + special + constant + dashed */
	EQUAL(skel->data->total, 2 + 2 + 1000 + 9 + 10 + 11);
	EQUAL(skel->bss->weak_global, 1);
	EQUAL(skel->bss->word, -1);
	run(skel->progs.count);
	CHECK(skel->bss->weak_global == 2);
	EQUAL(skel->kconfig->LINUX_KERNEL_VERSION, kernel_version());
	CHECK(skel->kconfig->CONFIG_BPF_SYSCALL);
}

int main(void)
{
	struct variables *skel;

	need_bpf();
	skel = variables__open();
	CHECK(skel);
	RUN(as_in_the_source, skel);
	RUN(across_load, skel);
	RUN(functions, skel);
	RUN(functions_without_mappings, skel);
	RUN(names, skel);
	variables__destroy(skel);
	return end_of_test();
}
