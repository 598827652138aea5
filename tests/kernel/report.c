/* SPDX-License-Identifier: BSD-2-Clause */
/* What N__report says of loads and attaches that fail, to whom, and what it leaves alone. */
#define _GNU_SOURCE
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kernel.h"
#include "refused.skel.h"
#include "refused_kfunc.skel.h"
#include "refused_license.skel.h"
#include "report_texts.h"

/* In another file, which guests, whose tests have one file each, go without. */
int load_elsewhere(void) __attribute__((weak));

static int load_license(void)
{
	struct refused_license *skel;

	if (load_elsewhere)
		return load_elsewhere();
	skel = refused_license__open_and_load();
	CHECK(!skel);
	return errno;
}

/* libbpf's messages, as a print function of the user's gets them; atomic. */
static int messages, longest;

static int count_messages(enum libbpf_print_level level, const char *format, va_list args)
{
	int length = vsnprintf(NULL, 0, format, args),
	    before = __atomic_load_n(&longest, __ATOMIC_RELAXED);

	if (level == LIBBPF_WARN) {
		__atomic_add_fetch(&messages, 1, __ATOMIC_RELAXED);
		if (length > before)
			__atomic_store_n(&longest, length, __ATOMIC_RELAXED);
	}
	return 0;
}

/* The report, for who frees it. */
static char *report(void (*write)(FILE *, const void *), const void *skel)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	CHECK(out);
	write(out, skel);
	CHECK(!fclose(out));
	return text;
}

static void write_refused(FILE *out, const void *skel)
{
	refused__report(skel, out);
}

static void write_kfunc(FILE *out, const void *skel)
{
	refused_kfunc__report(skel, out);
}

static void write_license(FILE *out, const void *skel)
{
	refused_license__report(skel, out);
}

/* Each of the texts is in the report, in this order. */
static void says(char *text, const char *const *texts)
{
	const char *place = text;

	for (; *texts; texts++) {
		const char *found = strstr(place, *texts);

		if (!found)
			printf("'%s' is not, or not there, in:\n%s", *texts, text);
		CHECK(found);
		place = found + strlen(*texts);
	}
	free(text);
}

static void says_nothing(char *text)
{
	if (*text)
		printf("There should be no report, but:\n%s", text);
	CHECK(!*text);
	free(text);
}

/* With that program or map alone, and the map that programs use. */
static struct refused *open_only(const char *name)
{
	LIBBPF_OPTS(bpf_object_open_opts, options);
	struct refused *skel;
	struct bpf_program *program;
	struct bpf_map *map;

	/* For CO-RE where the kernel has no BTF. */
	if (!access("/boot/btf", R_OK))
		options.btf_custom_path = "/boot/btf";
	skel = refused__open_opts(&options);
	CHECK(skel);
	bpf_object__for_each_map(map, skel->obj)
		CHECK(map == skel->maps.small ||
		      !bpf_map__set_autocreate(map, !strcmp(bpf_map__name(map), name)));
	program = bpf_object__find_program_by_name(skel->obj, name);
	CHECK(!program || !bpf_program__set_autoload(program, true));
	return skel;
}

static int run(struct refused *skel)
{
	int err = refused__load(skel);

	return err ? err : refused__attach(skel);
}

static void test_reason(size_t i)
{
	struct refused *skel = open_only(reasons[i].name);

	longest = 0;
	CHECK(run(skel) < 0);
	says(report(write_refused, skel), reasons[i].says);
	refused__destroy(skel);
	if (!strcmp(reasons[i].name, "lengthy"))
		CHECK(longest > 65536);
}

static void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	bpfbake_report2_print(LIBBPF_WARN, format, args);
	va_end(args);
}

/* The report of what failed, when libbpf had said what was said since bpfbake_report2_start. */
static char *finish(int error)
{
	CHECK(bpfbake_report2_finish(NULL, NULL, NULL, error) == error);
	return report(write_refused, NULL);
}

static void test_others(void)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		char *text;

		bpfbake_report2_start(&bpfbake_failures_of_refused, others[i].action);
		say("%s", others[i].said);
		text = finish(others[i].error);
		CHECK(!strstr(text, "LOAD LOG") && !strstr(text, "processed"));
		says(text, others[i].says);
	}
}

/* A reason of many lines is shown to the last, whatever stands before it. */
static void test_long_reason(void)
{
	static const char *const ends[] = {"    7: (95) exit\n    reason 0\n", "    reason 29\n",
					   NULL};
	char *text;

	bpfbake_report2_start(&bpfbake_failures_of_refused, "load");
	say("libbpf: prog 'p': -- BEGIN PROG LOAD LOG --\n6: (bf) r0 = r1\n7: (95) exit\n");
	for (int i = 0; i < 30; i++)
		say("reason %d\n", i);
	say("processed 8 insns\n-- END PROG LOAD LOG --\n");
	text = finish(-EINVAL);
	CHECK(!strstr(text, "6: (bf)") && !strstr(text, "processed"));
	says(text, ends);
}

/* Of one step that fails, and leaves no skeleton. */
static void test_open_and_load(void)
{
	static const char *const kfunc[] = {"refused_kfunc: load failed: Invalid argument\n",
					    "'bake_function'",
					    "  'bake_function': this kernel, and its modules that "
					    "are loaded, have no such function",
					    NULL};
	static const char *const license[] = {"program 'call'",
					      "return bpf_get_current_task() == 0;",
					      "cannot call GPL-restricted function",
					      "LICENSE[] SEC(\"license\") = \"GPL\"", NULL};
	static const char *const open[] = {"refused: open failed: Invalid argument\n", NULL};
	struct bpf_object_open_opts opts;

	CHECK(!refused_kfunc__open_and_load());
	CHECK(load_license() == EINVAL);
	/* Each skeleton has its own. */
	says(report(write_kfunc, NULL), kfunc);
	says(report(write_license, NULL), license);
	memset(&opts, 0, sizeof(opts));
	opts.sz = 1;
	CHECK(!refused__open_opts(&opts));
	says(report(write_refused, NULL), open);
	says(report(write_license, NULL), license);
}

static void test_success(void)
{
	static const char *const unchecked[] = {"program 'unchecked'", NULL};
	struct refused *bad = open_only("unchecked"), *good;

	CHECK(refused__load(bad) == -EACCES);
	CHECK(errno == EACCES);
	says(report(write_refused, bad), unchecked);
	/* Of another skeleton there is nothing to say. */
	says_nothing(report(write_refused, &reasons));
	says(report(write_refused, NULL), unchecked);
	good = open_only("good");
	says_nothing(report(write_refused, NULL));
	CHECK(!run(good));
	says_nothing(report(write_refused, good));
	says_nothing(report(write_refused, NULL));
	refused__destroy(good);
	refused__destroy(bad);
}

static int load_within(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)format;
	(void)args;
	if (level == LIBBPF_WARN && !messages++)
		CHECK(load_license() == EINVAL);
	return 0;
}

/* The user's print function gets the messages that it would get, and stays. */
static void test_print(void)
{
	static const char *const unchecked[] = {"program 'unchecked'", "R0 invalid mem access",
						NULL};
	struct refused *skel = open_only("unchecked");
	int expected;

	messages = 0;
	CHECK(bpf_object__load_skeleton(skel->skeleton) == -EACCES);
	expected = messages;
	CHECK(expected > 0);
	refused__destroy(skel);
	skel = open_only("unchecked");
	messages = 0;
	CHECK(refused__load(skel) == -EACCES);
	CHECK(messages == expected);
	CHECK(libbpf_set_print(count_messages) == count_messages);
	refused__destroy(skel);

	/* None, and one that loads something itself. */
	CHECK(libbpf_set_print(NULL) == count_messages);
	skel = open_only("unchecked");
	CHECK(refused__load(skel) == -EACCES);
	says(report(write_refused, skel), unchecked);
	CHECK(!libbpf_set_print(load_within));
	refused__destroy(skel);
	skel = open_only("unchecked");
	messages = 0;
	CHECK(refused__load(skel) == -EACCES);
	CHECK(messages >= expected);
	says(report(write_refused, skel), unchecked);
	CHECK(libbpf_set_print(count_messages) == load_within);
	refused__destroy(skel);
}

/* Another hook that was put above ours while it was there, and hands messages back to it. */
static libbpf_print_fn_t below;

static int hand_on(enum libbpf_print_level level, const char *format, va_list args)
{
	return below(level, format, args);
}

static int put_hook(enum libbpf_print_level level, const char *format, va_list args)
{
	if (!below) {
		libbpf_print_fn_t found = libbpf_set_print(hand_on);

		__atomic_store_n(&below, found, __ATOMIC_RELAXED);
	}
	return count_messages(level, format, args);
}

static void test_other_hook(void)
{
	static const char *const unchecked[] = {"R0 invalid mem access", NULL};

	CHECK(libbpf_set_print(put_hook) == count_messages);
	for (int i = 0; i < 3; i++) {
		struct refused *skel = open_only("unchecked");

		messages = 0;
		CHECK(refused__load(skel) == -EACCES);
		CHECK(messages > 0);
		says(report(write_refused, skel), unchecked);
		refused__destroy(skel);
	}
	CHECK(libbpf_set_print(count_messages) == hand_on);
}

static void *fail_often(void *barrier)
{
	static const char *const unchecked[] = {"program 'unchecked'", "R0 invalid mem access",
						NULL};

	pthread_barrier_wait(barrier);
	for (int i = 0; i < 20; i++) {
		struct refused *skel = open_only("unchecked");

		CHECK(refused__load(skel) == -EACCES);
		says(report(write_refused, skel), unchecked);
		refused__destroy(skel);
	}
	return NULL;
}

static void *succeed_often(void *barrier)
{
	pthread_barrier_wait(barrier);
	for (int i = 0; i < 20; i++) {
		struct refused *skel = open_only("good");

		CHECK(!run(skel));
		says_nothing(report(write_refused, NULL));
		refused__destroy(skel);
	}
	return NULL;
}

static void test_threads(void)
{
	static const char *const kfunc[] = {"refused_kfunc: load failed", NULL};
	pthread_t threads[4];
	pthread_barrier_t barrier;

	CHECK(!refused_kfunc__open_and_load());
	CHECK(!pthread_barrier_init(&barrier, NULL, 4));
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_create(&threads[i], NULL, i % 2 ? fail_often : succeed_often,
				      &barrier));
	for (int i = 0; i < 4; i++)
		CHECK(!pthread_join(threads[i], NULL));
	says(report(write_kfunc, NULL), kfunc);
	CHECK(libbpf_set_print(count_messages) == count_messages);
	pthread_barrier_destroy(&barrier);
}

/* In a child, so that what it loses is not lost for the other tests. */
static void in_child(void (*test)(void))
{
	pid_t child = fork();
	int status;

	CHECK(child >= 0);
	if (!child) {
		kernel_runs_parts = 0;
		test();
		exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFEXITED(status) && !WEXITSTATUS(status));
}

static void refuses(const char *name, int error, const char *headline, const char *advice)
{
	const char *texts[] = {headline, advice, NULL};
	struct refused *skel = open_only(name);

	CHECK(run(skel) == error);
	says(report(write_refused, skel), texts);
	refused__destroy(skel);
}

static void become_nobody(void)
{
	char path[4096], advice[4200];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path));

	CHECK(length > 0);
	CHECK(!setresuid(65534, 65534, 65534));
	snprintf(advice, sizeof(advice),
		 "\n  the process lacks CAP_BPF and CAP_PERFMON; run it as root or: setcap "
		 "cap_bpf,cap_perfmon+ep %.*s\n",
		 (int)length, path);
	refuses("good", -EPERM, "refused: load was refused: Operation not permitted", advice);
	snprintf(advice, sizeof(advice),
		 "\n  the process lacks CAP_BPF and CAP_NET_ADMIN; run it as root or: setcap "
		 "cap_bpf,cap_net_admin+ep %.*s\n",
		 (int)length, path);
	refuses("xdp", -EPERM, "refused: load was refused: Operation not permitted", advice);
}

/* What a thread may do is what counts, not the process. */
static void drop_capabilities(unsigned int bits0, unsigned int bits1)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];

	CHECK(!syscall(SYS_capget, &header, data));
	data[0].effective &= ~bits0;
	data[1].effective &= ~bits1;
	CHECK(!syscall(SYS_capset, &header, data));
}

static void lack_perfmon(void)
{
	drop_capabilities(1u << CAP_SYS_ADMIN, CAP_TO_MASK(CAP_PERFMON));
	refuses("good", -EPERM, "load of program 'good' (SEC(\"raw_tp/sys_enter\")) was refused",
		"\n  the process lacks CAP_PERFMON; give them to the container: --privileged");
}

/* An empty directory over this one; nothing more is tested where that is not possible. */
static void hide(const char *directory)
{
	if (access(directory, F_OK))
		return;
	if (unshare(CLONE_NEWNS) || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount("tmpfs", directory, "tmpfs", 0, NULL)) {
		printf("%s cannot be hidden: %s\n", directory, strerror(errno));
		exit(0);
	}
}

static void lack_btf(void)
{
	hide("/sys/kernel/btf");
	refuses("btf", -ESRCH, "refused: load",
		"\n  the kernel has no BTF (CONFIG_DEBUG_INFO_BTF)");
}

static void lack_tracefs(void)
{
	hide("/sys/kernel/tracing");
	refuses("tracepoint", -ENOENT, "attach of program 'tracepoint'",
		"tracefs is not mounted: mount -t tracefs");
}

static void be_filtered(void)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_bpf, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {.len = 4, .filter = code};

	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) {
		printf("There is no seccomp: %s\n", strerror(errno));
		return;
	}
	refuses("good", -EPERM, "refused: load was refused: Operation not permitted",
		"\n  a seccomp filter may forbid it: start the container with --privileged\n");
}

static void be_locked_down(void)
{
	FILE *file;

	hide("/sys/kernel/security");
	file = fopen("/sys/kernel/security/lockdown", "w");
	if (!file || fputs("none [integrity] confidentiality\n", file) < 0 || fclose(file))
		exit(0);
	/* Something that is refused with all capabilities. */
	be_filtered();
	refuses("good", -EPERM, "refused: load was refused",
		"\n  the kernel is locked down, see /sys/kernel/security/lockdown: none "
		"[integrity]");
}

/* Before 5.8, where there is no CAP_BPF. */
static void be_before_cap_bpf(void)
{
	char path[] = "/tmp/report.XXXXXX";
	int fd = mkstemp(path);
	bool is_bound;

	CHECK(fd >= 0 && write(fd, "37\n", 3) == 3 && !fchmod(fd, 0644) && !close(fd));
	is_bound = !unshare(CLONE_NEWNS) && !mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) &&
		   !mount(path, "/proc/sys/kernel/cap_last_cap", NULL, MS_BIND, NULL);
	CHECK(!unlink(path));
	if (!is_bound) {
		printf("Nothing can be mounted over cap_last_cap: %s\n", strerror(errno));
		return;
	}
	CHECK(!setresuid(65534, 65534, 65534));
	refuses("xdp", -EPERM, "refused: load was refused",
		"lacks CAP_SYS_ADMIN; run it as root or: setcap cap_sys_admin+ep /");
}

static void write_unknown_map(FILE *out, const void *unused)
{
	struct bpfbake_report2_case failed = {.out = out,
					      .subject = {.kind = 'm', .type = BPF_MAP_TYPE_HASH}};

	(void)unused;
	bpfbake_report2_add_unknown_type(&failed);
}

static void write_unknown_program(FILE *out, const void *unused)
{
	struct bpfbake_report2_case failed = {.out = out,
					      .subject = {.kind = 'p', .type = BPF_PROG_TYPE_XDP}};

	(void)unused;
	bpfbake_report2_add_unknown_type(&failed);
}

static void test_since(void)
{
	static const char *const map[] = {"this kernel does not know the map type hash (1): it "
					  "came with Linux 3.19, this is 2.6.",
					  NULL};
	static const char *const program[] = {"this kernel does not know the program type xdp (6): "
					      "it came with Linux 4.8, this is 2.6.",
					      NULL};

	says(report(write_unknown_map, NULL), map);
	says(report(write_unknown_program, NULL), program);
}

/* Before 5.11, as the kernel says that it is then. */
static void be_old(void)
{
	CHECK(personality(UNAME26) >= 0);
	test_since();
	be_filtered();
	refuses("good", -EPERM, "refused: load was refused",
		"counts BPF as locked memory: raise RLIMIT_MEMLOCK");
}

static void be_in_namespace(void)
{
	FILE *map;

	if (unshare(CLONE_NEWUSER)) {
		printf("There are no user namespaces: %s\n", strerror(errno));
		return;
	}
	map = fopen("/proc/self/uid_map", "w");
	CHECK(map && fputs("0 0 1\n", map) >= 0 && !fclose(map));
	refuses("good", -EPERM, "refused: load was refused",
		"\n  the process is in a user namespace");
}

/* Since Linux 6.4; before, a log that is too long hides the reason. */
static bool has_rotating_log(void)
{
	char release[65];

	return !bpfbake_report2_is_older(604, release);
}

/* report [all]: with what takes an emulated machine too long. */
int main(int argc, char **argv)
{
	(void)argv;
	need_bpf();
	libbpf_set_print(count_messages);
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(reasons[i].name, "endless") || (argc > 1 && has_rotating_log()))
			RUN_AS(reasons[i].name, test_reason, i);
	RUN_AS("others", test_others);
	RUN_AS("long_reason", test_long_reason);
	RUN_AS("open_and_load", test_open_and_load);
	RUN_AS("success", test_success);
	RUN_AS("print", test_print);
	RUN_AS("other_hook", test_other_hook);
	RUN_AS("threads", test_threads);
	RUN_AS("nobody", in_child, become_nobody);
	RUN_AS("no_perfmon", in_child, lack_perfmon);
	RUN_AS("no_btf", in_child, lack_btf);
	RUN_AS("no_tracefs", in_child, lack_tracefs);
	RUN_AS("filter", in_child, be_filtered);
	RUN_AS("lockdown", in_child, be_locked_down);
	RUN_AS("before_cap_bpf", in_child, be_before_cap_bpf);
	RUN_AS("old", in_child, be_old);
	RUN_AS("namespace", in_child, be_in_namespace);
	return end_of_test();
}
