/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs that were compiled against a slice of the kernel's types, and against all of them: both
 * load, and the kernel answers them alike. */
#include <bpf/btf.h>

#include "kernel.h"
#if defined(__x86_64__) || defined(__i386__)
#include "lean_fields_slice.skel.h"
#include "lean_fields_whole.skel.h"
#include "lean_macros_slice.skel.h"
#include "lean_macros_whole.skel.h"
#endif
#include "lean_flavors_slice.skel.h"
#include "lean_flavors_whole.skel.h"
#include "lean_kfuncs_slice.skel.h"
#include "lean_kfuncs_whole.skel.h"
#include "lean_pasted_slice.skel.h"
#include "lean_pasted_whole.skel.h"
#include "lean_plain_slice.skel.h"
#include "lean_plain_whole.skel.h"
#include "lean_questions_slice.skel.h"
#include "lean_questions_whole.skel.h"
#include "lean_shapes_slice.skel.h"
#include "lean_shapes_whole.skel.h"
#include "lean_user_space_slice.skel.h"
#include "lean_user_space_whole.skel.h"

/* A function answers_of_NAME: runs `program` of both, in this process, and compares; `answers` are
 * those of the whole. */
#define ANSWERS_OF(name, program)                                                               \
	static void answers_of_##name(__u64 *answers)                                           \
	{                                                                                       \
		LIBBPF_OPTS(bpf_test_run_opts, options);                                        \
		struct lean_##name##_slice *slice = lean_##name##_slice__open_and_load();       \
		struct lean_##name##_whole *whole = lean_##name##_whole__open_and_load();       \
		const __u64 *ours, *theirs;                                                     \
                                                                                                \
		CHECK(slice &&whole);                                                           \
		CHECK(!lean_##name##_slice__##program##__test_run(slice, &options));            \
		CHECK(!lean_##name##_whole__##program##__test_run(whole, &options));            \
		ours = lean_##name##_slice__answers__get(slice);                                \
		theirs = lean_##name##_whole__answers__get(whole);                              \
		for (size_t i = 0; i < lean_##name##_slice__answers__COUNT; i++)                \
			EQUAL(ours[i], theirs[i]);                                              \
		memcpy(answers, theirs, lean_##name##_slice__answers__COUNT * sizeof(*theirs)); \
		lean_##name##_slice__destroy(slice);                                            \
		lean_##name##_whole__destroy(whole);                                            \
	}

ANSWERS_OF(questions, ask)
ANSWERS_OF(shapes, measure)
ANSWERS_OF(flavors, compare)
ANSWERS_OF(plain, add)
ANSWERS_OF(pasted, paste)

static __u64 answers[64];

static void questions(void)
{
	answers_of_questions(answers);
	EQUAL(answers[5], 16); /* comm */
	CHECK(answers[4] > 1000 && answers[6] == 1 && answers[1] == 0);
}

static void shapes(void)
{
	answers_of_shapes(answers);
	EQUAL(answers[28], getuid());
	EQUAL(answers[29], getpid());
	CHECK(answers[26] && answers[27]);
	/* Of the wire, on every kernel. */
	EQUAL(answers[3], 9ULL << 32 | 9);
	EQUAL(answers[5], 14ULL << 32 | 14);
	EQUAL(answers[6], 12ULL << 32 | 12);
}

static void flavors(void)
{
	answers_of_flavors(answers);
	EQUAL(answers[0], 1);
	EQUAL(answers[1], 0);
	EQUAL(answers[2], 1);
	EQUAL(answers[6], 1);
	EQUAL(answers[7], 1);
}

static void plain(void)
{
	answers_of_plain(answers);
	CHECK(answers[1] > 100);
}

static void pasted(void)
{
	answers_of_pasted(answers);
	EQUAL(answers[0], 1);
	EQUAL(answers[1], BPF_MAP_TYPE_LRU_HASH);
	EQUAL(answers[2], BPF_MAP_TYPE_QUEUE);
}

static int kernel_has(const char *function)
{
	struct btf *btf = btf__load_vmlinux_btf();
	int has = btf && btf__find_by_name_kind(btf, function, BTF_KIND_FUNC) > 0;

	btf__free(btf);
	return has ? 0 : -EOPNOTSUPP;
}

/* A function kfuncs_of_MODE: what the programs found for our own process. */
#define KFUNCS_OF(mode)                                                                  \
	static void kfuncs_of_##mode(int *found)                                         \
	{                                                                                \
		struct lean_kfuncs_##mode *skel = lean_kfuncs_##mode##__open_and_load(); \
		struct lean_kfuncs_##mode##__question question = {.pid = getpid()};      \
                                                                                         \
		CHECK(skel);                                                             \
		CHECK(!lean_kfuncs_##mode##__find_task__test_run(skel, &question));      \
		found[0] = question.answer;                                              \
		CHECK(!lean_kfuncs_##mode##__count_bits__test_run(skel, &question));     \
		found[1] = question.answer;                                              \
		CHECK(!lean_kfuncs_##mode##__find_cgroup__test_run(skel, &question));    \
		found[2] = question.answer;                                              \
		lean_kfuncs_##mode##__destroy(skel);                                     \
	}

KFUNCS_OF(slice)
KFUNCS_OF(whole)

static void kfuncs(void)
{
	int ours[3], theirs[3];

	MAY_BE_REFUSED(kernel_has("bpf_cgroup_from_id"));
	kfuncs_of_slice(ours);
	kfuncs_of_whole(theirs);
	for (int i = 0; i < 3; i++)
		EQUAL(ours[i], theirs[i]);
	EQUAL(ours[0], getpid());
	EQUAL(ours[1], 1);
}

/* The number that is put in at load, or the descriptor of a map: not the program's own. */
static int is_descriptor(const struct bpf_insn *instruction)
{
	return instruction->code == (BPF_LD | BPF_IMM | BPF_DW) && instruction->src_reg;
}

static void compare_instructions(const struct bpf_program *ours, const struct bpf_program *theirs)
{
	const struct bpf_insn *a = bpf_program__insns(ours), *b = bpf_program__insns(theirs);
	size_t count = bpf_program__insn_cnt(ours);

	EQUAL(count, bpf_program__insn_cnt(theirs));
	for (size_t i = 0; i < count; i++) {
		struct bpf_insn x = a[i], y = b[i];

		if (is_descriptor(&x))
			x.imm = y.imm;
		if (memcmp(&x, &y, sizeof(x)) != 0)
			EQUAL(i, count);
	}
}

/* Loads one program alone: 0, or what the kernel says. */
static int load_only(struct bpf_object *object, const char *name)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, !strcmp(bpf_program__name(program), name));
	return bpf_object__load(object);
}

/* A function load_NAME: loads the programs of both one by one; with the numbers that this kernel's
 * types put in, they are the same instructions. The number of those that load. */
#define LOAD_OF(kind)                                                                    \
	static int load_##kind(void)                                                     \
	{                                                                                \
		int loaded = 0;                                                          \
		size_t count = 1;                                                        \
                                                                                         \
		for (size_t i = 0; i < count; i++) {                                     \
			struct lean_##kind##_slice *slice = lean_##kind##_slice__open(); \
			struct lean_##kind##_whole *whole = lean_##kind##_whole__open(); \
			const char *program;                                             \
			int error;                                                       \
                                                                                         \
			CHECK(slice &&whole);                                            \
			count = (size_t)slice->skeleton->prog_cnt;                       \
			program = slice->skeleton->progs[i].name;                        \
			error = load_only(slice->obj, program);                          \
			EQUAL(error, load_only(whole->obj, program));                    \
			if (!error)                                                      \
				compare_instructions(*slice->skeleton->progs[i].prog,    \
						     *whole->skeleton->progs[i].prog);   \
			loaded += !error;                                                \
			lean_##kind##_slice__destroy(slice);                             \
			lean_##kind##_whole__destroy(whole);                             \
		}                                                                        \
		return loaded;                                                           \
	}

LOAD_OF(user_space)
LOAD_OF(questions)
LOAD_OF(shapes)
LOAD_OF(flavors)
#if defined(__x86_64__) || defined(__i386__)
LOAD_OF(fields)
LOAD_OF(macros)
#endif

static void loaded(void)
{
	/* Older verifiers refuse both of its programs, whole and sliced. */
	CHECK(load_user_space() >= 0);
	CHECK(load_questions() > 0);
	CHECK(load_shapes() > 0);
	CHECK(load_flavors() > 0);
#if defined(__x86_64__) || defined(__i386__)
	/* What attaches to kprobes, fentry or LSM is refused by some kernels. */
	CHECK(load_fields() >= 2);
	CHECK(load_macros() >= 3);
#endif
}

int main(void)
{
	need_bpf();
	RUN(questions);
	RUN(shapes);
	RUN(flavors);
	RUN(plain);
	RUN(pasted);
	RUN(kfuncs);
	RUN(loaded);
	return end_of_test();
}
