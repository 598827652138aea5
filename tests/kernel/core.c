/* SPDX-License-Identifier: BSD-2-Clause */
/* CO-RE: fields that are elsewhere, are called otherwise or are missing, values of enums, types. */
#define _GNU_SOURCE
#include <bpf/btf.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core.skel.h"
#include "kernel.h"

/* What `struct sample` of core.bpf.c is in the BTF that it is relocated to. */
struct target {
	__u64 padding;
	__u32 narrow, before;
	__u64 total __attribute__((aligned(8)));
	struct {
		__u32 padding;
		__u16 low, high;
	} nested;
	__u32 first_bits : 5, bits : 3, other_bits : 24;
	__u32 new_name;
	__u32 number, last;
};

static void run(const struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &options));
	EQUAL(options.retval, 0);
}

static void add_field(struct btf *btf, const char *name, int type, size_t offset)
{
	CHECK(!btf__add_field(btf, name, type, (__u32)offset * 8, 0));
}

#define ADD_FIELD(btf, field, type) add_field(btf, #field, type, offsetof(struct target, field))

static void describe_target(struct btf *btf)
{
	int wide = btf__add_int(btf, "unsigned long long", 8, 0);
	int word = btf__add_int(btf, "unsigned int", 4, 0);
	int half = btf__add_int(btf, "unsigned short", 2, 0);
	int nested = btf__add_struct(btf, "nested", sizeof(((struct target *)0)->nested));
	size_t bits = offsetof(struct target, new_name) - sizeof(__u32);

	CHECK(wide > 0 && word > 0 && half > 0 && nested > 0);
	add_field(btf, "low", half,
		  offsetof(struct target, nested.low) - offsetof(struct target, nested));
	CHECK(btf__add_struct(btf, "sample", sizeof(struct target)) > 0);
	ADD_FIELD(btf, padding, wide);
	ADD_FIELD(btf, narrow, word);
	ADD_FIELD(btf, total, wide);
	ADD_FIELD(btf, nested, nested);
	/* Counted from the highest bit where the first byte is the highest. */
	CHECK(!btf__add_field(btf, "first_bits", word, (__u32)bits * 8, 5));
	CHECK(!btf__add_field(btf, "bits", word, (__u32)bits * 8 + 5, 3));
	ADD_FIELD(btf, new_name, word);
	ADD_FIELD(btf, number, word);
	CHECK(btf__add_enum(btf, "kind", 4) > 0);
	CHECK(!btf__add_enum_value(btf, "KIND_FIRST", 1));
	CHECK(!btf__add_enum_value(btf, "KIND_SECOND", 77));
}

/* Its name, which the caller removes. */
static void write_target_btf(char *path)
{
	struct btf *btf = btf__new_empty();
	int fd = mkstemp(path);
	const void *data;
	__u32 size;

	CHECK(btf && fd >= 0);
	describe_target(btf);
	data = btf__raw_data(btf, &size);
	CHECK(data && write(fd, data, size) == (ssize_t)size);
	close(fd);
	btf__free(btf);
}

static struct core *load_for_sample(void)
{
	char path[] = "/tmp/bpfbake-core-XXXXXX";
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = path);
	struct core *skel;
	int err;

	write_target_btf(path);
	skel = core__open_opts(&options);
	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.read_task, false));
	err = core__load(skel);
	unlink(path);
	EQUAL(err, 0);
	return skel;
}

static void check_sample(const struct core *skel)
{
	/* Moved, narrower, nested, a bit field. */
	EQUAL(skel->bss->number_offset, offsetof(struct target, number));
	EQUAL(skel->bss->number, 0x81828384);
	EQUAL(skel->bss->total, 0x1122334455667788);
	EQUAL(skel->bss->narrow, 0xfedcba98);
	EQUAL(skel->bss->low, 0xabcd);
	EQUAL(skel->bss->bits, 5);
	/* Renamed, missing. */
	EQUAL(skel->bss->has_old_name, 0);
	EQUAL(skel->bss->renamed, 31);
	EQUAL(skel->bss->has_gone, 0);
	EQUAL(skel->bss->gone_or_99, 99);
	/* Types and values of enums. */
	EQUAL(skel->bss->sample_size, sizeof(struct target));
	EQUAL(skel->bss->has_sample, 1);
	EQUAL(skel->bss->has_never, 0);
	EQUAL(skel->bss->has_second, 1);
	EQUAL(skel->bss->second_value, 77);
	EQUAL(skel->bss->has_kind_gone, 0);
}

static void fields_of_custom_btf(void)
{
	const struct target target = {
		.narrow = 0xfedcba98,
		.total = 0x1122334455667788,
		.nested = {.low = 0xabcd},
		.bits = 5,
		.new_name = 31,
		.number = 0x81828384,
	};
	struct core *skel = load_for_sample();

	CHECK(sizeof(target) <= sizeof(skel->bss->bytes));
	memcpy(skel->bss->bytes, &target, sizeof(target));
	run(skel->progs.read_sample);
	check_sample(skel);
	core__destroy(skel);
}

/* A thread, so that its number is another one than the process's. */
struct reader {
	int program, err;
	pid_t thread;
};

static void *read_task(void *argument)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);
	struct reader *reader = argument;

	reader->thread = gettid();
	reader->err = prctl(PR_SET_NAME, "bpfbake-core");
	if (!reader->err)
		reader->err = bpf_prog_test_run_opts(reader->program, &options);
	return NULL;
}

/* By the kernel's own BTF, or that which a guest has been given where the kernel has none. */
static void fields_of_the_kernel(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	struct reader reader;
	pthread_t thread;
	struct core *skel;
	int err;

	if (!access("/boot/btf", R_OK))
		options.btf_custom_path = "/boot/btf";
	skel = core__open_opts(&options);
	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.read_sample, false));
	err = core__load(skel);
	EQUAL(err, 0);
	reader.program = bpf_program__fd(skel->progs.read_task);
	CHECK(!pthread_create(&thread, NULL, read_task, &reader));
	CHECK(!pthread_join(thread, NULL));
	EQUAL(reader.err, 0);
	EQUAL(skel->bss->pid, reader.thread);
	EQUAL(skel->bss->tgid, getpid());
	EQUAL(skel->bss->parent_tgid, getppid());
	CHECK(!strcmp(skel->bss->comm, "bpfbake-core"));
	CHECK(skel->bss->task_size > 1000 && skel->bss->task_size < 100000);
	EQUAL(skel->bss->has_state + skel->bss->has_new_state, 1);
	/* It runs. */
	EQUAL(skel->data->state, 0);
	EQUAL(skel->bss->has_never_field, 0);
	core__destroy(skel);
}

/* The kernel's BTF has no `struct sample`. */
static void a_type_that_is_missing(void)
{
	struct core *skel = core__open();
	libbpf_print_fn_t print;
	int err;

	CHECK(skel);
	CHECK(!bpf_program__set_autoload(skel->progs.read_task, false));
	print = libbpf_set_print(NULL);
	err = core__load(skel);
	libbpf_set_print(print);
	CHECK(err == -EINVAL || err == -ESRCH);
	core__destroy(skel);
}

int main(void)
{
	need_bpf();
	RUN(fields_of_custom_btf);
	RUN(fields_of_the_kernel);
	RUN(a_type_that_is_missing);
	return end_of_test();
}
