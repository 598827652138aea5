/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program made with -btf: where the kernel has no BTF, as some guests' or one whose BTF is hidden
 * (without_btf.sh), its CO-RE relocations are those of the embedded BTF; where it has, of its own.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kernel.h"
#include "without_btf.skel.h"

enum { THREADS = 8, ROUNDS = 3 };

static int has_own_btf(void)
{
	return !access("/sys/kernel/btf/vmlinux", R_OK);
}

/* 0, or the line where something was wrong. */
static int open_load_and_run(void)
{
	LIBBPF_OPTS(bpf_test_run_opts, options);
	struct without_btf *skel = without_btf__open();
	int wrong = 0;

	if (!skel)
		return __LINE__;
	if (!skel->bpfbake_btf == !has_own_btf())
		wrong = __LINE__;
	/* Its types are in no kernel. */
	bpf_program__set_autoload(skel->progs.read_sample, false);
	if (!wrong && without_btf__load(skel))
		wrong = __LINE__;
	if (!wrong && skel->bpfbake_btf)
		wrong = __LINE__;
	if (!wrong && bpf_prog_test_run_opts(bpf_program__fd(skel->progs.read_task), &options))
		wrong = __LINE__;
	if (!wrong &&
	    (skel->bss->tgid != (unsigned)getpid() || skel->bss->pid != (unsigned)gettid() ||
	     skel->bss->parent_tgid != (unsigned)getppid()))
		wrong = __LINE__;
	if (!wrong && (strcmp(skel->bss->comm, "bpfbake-btf") || skel->bss->task_size < 1000 ||
		       skel->bss->has_state + skel->bss->has_new_state != 1 || skel->data->state ||
		       skel->bss->has_never_field))
		wrong = __LINE__;
	without_btf__destroy(skel);
	return wrong;
}

static int descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void the_fields_are_this_kernels(void)
{
	int before = descriptors();

	CHECK(!prctl(PR_SET_NAME, "bpfbake-btf"));
	EQUAL(open_load_and_run(), 0);
	EQUAL(descriptors(), before);
}

static void *run_thread(void *unused)
{
	int wrong = 0;

	(void)unused;
	if (prctl(PR_SET_NAME, "bpfbake-btf"))
		return (void *)(long)__LINE__;
	for (int i = 0; i < ROUNDS && !wrong; i++)
		wrong = open_load_and_run();
	return (void *)(long)wrong;
}

static void many_threads_open_it(void)
{
	pthread_t threads[THREADS];
	void *wrong;

	for (int i = 0; i < THREADS; i++)
		CHECK(!pthread_create(&threads[i], NULL, run_thread, NULL));
	for (int i = 0; i < THREADS; i++) {
		CHECK(!pthread_join(threads[i], &wrong));
		EQUAL((long)wrong, 0);
	}
}

/* Options of another libbpf, which has more of them: what it knows is passed on. */
static void the_users_own_options_stay(void)
{
	struct {
		struct bpf_object_open_opts known;
		char unknown[64];
	} options = {.known = {.sz = sizeof(options), .object_name = "named_so"}};
	struct without_btf *skel = without_btf__open_opts(&options.known);

	CHECK(skel);
	CHECK(!strcmp(bpf_object__name(skel->obj), "named_so"));
	EQUAL(!skel->bpfbake_btf, has_own_btf());
	without_btf__destroy(skel);
	options.known.sz = offsetof(struct bpf_object_open_opts, object_name) + sizeof(char *);
	skel = without_btf__open_opts(&options.known);
	CHECK(skel);
	CHECK(!strcmp(bpf_object__name(skel->obj), "named_so"));
	without_btf__destroy(skel);
}

static void the_users_own_btf_wins(void)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = "/there/is/none");
	struct without_btf *skel = without_btf__open_opts(&options);
	libbpf_print_fn_t print;
	int err;

	CHECK(skel);
	EQUAL(skel->bpfbake_btf, 0);
	print = libbpf_set_print(NULL);
	err = without_btf__load(skel);
	libbpf_set_print(print);
	CHECK(err < 0);
	without_btf__destroy(skel);
}

static void other_kernels_have_none(void)
{
	const struct bpfbake_kernel kernel = {.release = "0.0.1", .machine = "pdp11"};
	size_t size;

	CHECK(!without_btf__btf_for(&kernel, &size));
	EQUAL(errno, ENOENT);
}

static void a_file_of_the_object(void)
{
	char path[] = "/tmp/bpfbake-without-btf-XXXXXX";
	int fd = mkstemp(path), err;
	struct without_btf *skel;
	const void *bytes;
	size_t size;

	CHECK(fd >= 0);
	bytes = without_btf__elf_bytes(&size);
	CHECK(write(fd, bytes, size) == (ssize_t)size);
	close(fd);
	skel = without_btf__open_file(path, NULL);
	unlink(path);
	CHECK(skel);
	bpf_program__set_autoload(skel->progs.read_sample, false);
	err = without_btf__load(skel);
	EQUAL(err, 0);
	without_btf__destroy(skel);
}

int main(void)
{
	need_bpf();
	RUN(the_fields_are_this_kernels);
	RUN(many_threads_open_it);
	RUN(the_users_own_options_stay);
	RUN(the_users_own_btf_wins);
	RUN(other_kernels_have_none);
	RUN(a_file_of_the_object);
	return end_of_test();
}
