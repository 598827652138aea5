/* SPDX-License-Identifier: BSD-2-Clause */
/* Loading some of the programs, objects from files, and what is pinned. */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "kernel.h"

/* What the header says goes here. */
static char said[8192];

#define BPFBAKE_PRINT(...) snprintf(said + strlen(said), sizeof(said) - strlen(said), __VA_ARGS__)

#include "parts.skel.h"
#include "parts_other.skel.h"

#define CHECK_SAID(text)                                             \
	do {                                                         \
		if (!strstr(said, text))                             \
			printf("'%s' is not in:\n%s\n", text, said); \
		CHECK(strstr(said, text));                           \
	} while (0)

static struct parts *open_parts(void)
{
	struct parts *skel = parts__open();

	CHECK(skel);
	return skel;
}

static __u32 run(const struct bpf_program *program)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(program), &opts));
	return opts.retval;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of all maps and programs that are there, sorted, without maps of sections. */
static const char *loaded(const struct parts *skel)
{
	struct bpf_map *const *maps = (struct bpf_map *const *)&skel->maps;
	struct bpf_program *const *programs = (struct bpf_program *const *)&skel->progs;
	static char text[256];
	const char *names[32];
	size_t count = 0;

	for (size_t i = 0; i < sizeof(skel->maps) / sizeof(void *); i++) {
		if (!bpf_map__is_internal(maps[i]) && bpf_map__fd(maps[i]) >= 0)
			names[count++] = bpf_map__name(maps[i]);
	}
	for (size_t i = 0; i < sizeof(skel->progs) / sizeof(void *); i++) {
		if (bpf_program__fd(programs[i]) >= 0)
			names[count++] = bpf_program__name(programs[i]);
	}
	qsort(names, count, sizeof(names[0]), compare_names);
	*text = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(strcat(text, i ? " " : ""), names[i]);
	printf("%s\n", text);
	return text;
}

/* All of them: the kernel refuses one. */
static void load_refused(void)
{
	struct parts *skel = open_parts();

	libbpf_set_print(NULL);
	CHECK(parts__load(skel) < 0);
	parts__destroy(skel);
}

static void load_only_one(void)
{
	struct parts *skel = open_parts();
	__u64 number = 0;

	skel->rodata->step = 3;
	CHECK(!parts__load_only(skel, &skel->progs.first, 1));
	CHECK(!strcmp(loaded(skel), "first numbers"));
	CHECK(run(skel->progs.first) == 2);
	CHECK(!parts__numbers__lookup(skel, 2, &number));
	EQUAL(number, 1);
	EQUAL(parts__runs__get(skel), 3);
	parts__destroy(skel);
}

static void load_only_slots(void)
{
	struct parts *skel = open_parts();

	CHECK(!parts__load_only(skel, &skel->progs.stepper, 1));
	CHECK(!strcmp(loaded(skel), "deep second_step stepper steps"));
	EQUAL(run(skel->progs.stepper), 3 /* XDP_TX */);
	parts__destroy(skel);
}

static void load_only_several(void)
{
	struct parts *skel = open_parts();
	struct bpf_program *programs[] = {skel->progs.looker, skel->progs.tracer,
					  skel->progs.looker};

	CHECK(!parts__load_only(skel, programs, 3));
	CHECK(!strcmp(loaded(skel), "events inner_map looker outer tracer"));
	EQUAL(run(skel->progs.looker), 1 /* XDP_DROP */);
	CHECK(!parts__attach(skel) && skel->links.tracer);
	parts__destroy(skel);
}

/* The map is one that only the callback uses. */
static void load_only_callback(void)
{
	struct parts *skel = open_parts();

	CHECK(!parts__load_only(skel, &skel->progs.walker, 1));
	CHECK(!strcmp(loaded(skel), "entries seen walker"));
	parts__destroy(skel);
}

static void load_only_wrong(void)
{
	struct parts *skel = open_parts(), *other = open_parts();
	struct bpf_program *none = NULL;

	CHECK(parts__load_only(skel, &other->progs.first, 1) == -EINVAL);
	CHECK(parts__load_only(skel, &none, 1) == -EINVAL);
	CHECK(!parts__load_only(skel, NULL, 0));
	CHECK(!*loaded(skel));
	CHECK(parts__load_only(skel, &skel->progs.first, 1) < 0);
	parts__destroy(skel);
	parts__destroy(other);
}

static const char *write_file(const void *bytes, size_t size)
{
	static char path[] = "/tmp/bpfbake-parts.o";
	FILE *file = fopen(path, "w");

	CHECK(file && fwrite(bytes, 1, size, file) == size && !fclose(file));
	return path;
}

static void open_same_file(void)
{
	size_t size;
	const void *bytes = parts__elf_bytes(&size);
	const char *path = write_file(bytes, size);
	struct parts *skel = parts__open_file(path, NULL);

	CHECK(skel && !*said);
	CHECK(!unlink(path));
	CHECK(!parts__load_only(skel, &skel->progs.first, 1));
	CHECK(run(skel->progs.first) == 2);
	EQUAL(parts__runs__get(skel), 1);
	parts__destroy(skel);
}

static void open_other_file(void)
{
	size_t size;
	const void *bytes = parts_other__elf_bytes(&size);
	const char *path = write_file(bytes, size);

	*said = '\0';
	CHECK(!parts__open_file(path, NULL) && errno == EINVAL);
	CHECK(!unlink(path));
	CHECK_SAID("parts: /tmp/bpfbake-parts.o: map 'entries', value, member 'mode', enumerator "
		   "'BUSY': is 8, not 7\n");
	CHECK_SAID("map 'entries', value, member 'places', member 'row': its offset in bits is 16, "
		   "not 0\n");
	CHECK_SAID("map 'entries', value, member '(anonymous)', member 'bytes': is missing\n");
	CHECK_SAID("map 'entries', value, member 'small': its width in bits is 4, not 3\n");
	CHECK_SAID("map 'numbers', value: is long long, not unsigned long long\n");
	CHECK_SAID("map 'deep': its value size is 4, not 8\n");
	CHECK_SAID("map 'deep', value: has 4 bytes, not 8\n");
	CHECK_SAID("map 'unused': is missing\n");
	CHECK_SAID("map 'events': its type is 31, not 27\n");
	CHECK_SAID("program 'second_step': stands in SEC(\"tc\"), not in SEC(\"xdp\")\n");
	CHECK_SAID("program 'refused': is missing\n");
	CHECK_SAID(".bss, variable 'runs': has 4 bytes, not 8\n");
	CHECK_SAID("type 'event': has 16 bytes, not 24\n");
	/* max_entries may differ. */
	CHECK(!strstr(said, "map 'numbers':"));
	*said = '\0';
}

static void open_no_file(void)
{
	size_t size;
	const void *bytes = parts__elf_bytes(&size);

	libbpf_set_print(NULL);
	CHECK(!parts__open_file("/none", NULL) && errno == ENOENT);
	CHECK(!parts__open_file(write_file(bytes, size / 2), NULL) && errno);
	CHECK(!parts__open_file(write_file(bytes, 0), NULL) && errno);
	CHECK(!parts__open_file("/tmp", NULL) && errno);
	unlink("/tmp/bpfbake-parts.o");
	CHECK(!*said);
}

#define BPF_FS         "/sys/fs/bpf"
#define BPF_FS_MAGIC_1 0xcafe4a11

static char folder[64], path[128];

static const char *in_folder(const char *name)
{
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return path;
}

static int is_pinned(const char *name)
{
	return !access(in_folder(name), F_OK);
}

static struct parts *load_first(void)
{
	struct parts *skel = open_parts();

	CHECK(!parts__load_only(skel, &skel->progs.first, 1));
	return skel;
}

static void pin_all(void)
{
	struct parts *skel = load_first(), *other;

	CHECK(parts__unpin(skel, folder) == -ENOENT);
	CHECK(!parts__pin(skel, folder));
	CHECK(is_pinned("numbers") && is_pinned("first") && is_pinned("parts_bss"));
	CHECK(!is_pinned("entries") && !is_pinned("stepper"));
	/* The programs of another one have the same names: nothing of it stays. */
	other = open_parts();
	CHECK(!parts__load_only(other, &other->progs.looker, 1));
	CHECK(!symlink("x", in_folder("looker")));
	libbpf_set_print(NULL);
	CHECK(parts__pin(other, folder) == -EEXIST);
	CHECK(!is_pinned("outer") && is_pinned("numbers"));
	CHECK(!unlink(in_folder("looker")));
	parts__destroy(other);
	parts__destroy(skel);

	/* Taken away by one that has never loaded anything. */
	CHECK(is_pinned("numbers"));
	skel = open_parts();
	CHECK(!parts__unpin(skel, folder));
	CHECK(!is_pinned("numbers") && !is_pinned("first") && !is_pinned("parts_bss"));
	CHECK(parts__unpin(skel, folder) == -ENOENT);
	CHECK(parts__pin(skel, folder) == 0); /* nothing is loaded */
	parts__destroy(skel);
	CHECK(!rmdir(folder));
}

static void pin_elsewhere(void)
{
	struct parts *skel = load_first();

	libbpf_set_print(NULL);
	CHECK(parts__pin(skel, "/tmp") < 0);
	CHECK(parts__numbers__pin(skel, "/tmp/numbers") < 0 && access("/tmp/numbers", F_OK));
	/* A pin that failed, or is gone, does not bind a map to its path. */
	CHECK(!parts__numbers__pin(skel, in_folder("numbers")) && is_pinned("numbers"));
	CHECK(!parts__numbers__unpin(skel, in_folder("numbers")));
	CHECK(!parts__pin(skel, folder) && is_pinned("numbers"));
	CHECK(!parts__unpin(skel, folder) && !rmdir(folder));
	CHECK(!parts__numbers__pin(skel, "/sys/fs/bpf/bpfbake_numbers"));
	CHECK(!parts__numbers__unpin(skel, "/sys/fs/bpf/bpfbake_numbers"));
	parts__destroy(skel);
}

/* Two processes share a map: the second one opens what the first one has pinned. */
static void share_a_map(void)
{
	struct parts *skel = load_first(), *other = open_parts();
	__u64 number = 0;
	int fd;

	CHECK(parts__numbers__reuse_pinned(other, in_folder("numbers")) == -ENOENT);
	CHECK(!parts__numbers__pin(skel, in_folder("numbers")));
	CHECK(!parts__numbers__pin(skel, in_folder("numbers")));
	run(skel->progs.first);
	parts__destroy(skel);

	CHECK(!parts__numbers__reuse_pinned(other, in_folder("numbers")));
	CHECK(!parts__load_only(other, &other->progs.first, 1));
	/* It is pinned there already. */
	CHECK(!parts__numbers__pin(other, in_folder("numbers")));
	run(other->progs.first);
	CHECK(!parts__numbers__lookup(other, 1, &number));
	EQUAL(number, 2);
	fd = parts__numbers__open_pinned(in_folder("numbers"));
	CHECK(fd >= 0 && !parts__numbers__lookup_fd(fd, 2, &number) && !close(fd));
	EQUAL(number, 2);

	/* Another map's. */
	CHECK(!*said);
	CHECK(parts__entries__open_pinned(in_folder("numbers")) == -EINVAL);
	CHECK_SAID("map 'entries': its type is 2, not 1\n");
	CHECK_SAID("map 'entries': its value size is 8, not");
	*said = '\0';
	CHECK(!parts__numbers__unpin(other, in_folder("numbers")));
	CHECK(!is_pinned("numbers"));
	parts__destroy(other);
	CHECK(!rmdir(folder));
}

static struct parts *load_sharer(__u32 max_entries)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .pin_root_path = folder);
	struct parts *skel = parts__open_opts(&opts);

	CHECK(skel && !parts__shared__set_max_entries(skel, max_entries));
	if (!parts__load_only(skel, &skel->progs.sharer, 1))
		return skel;
	parts__report(skel, stdout);
	fflush(stdout);
	parts__destroy(skel);
	return NULL;
}

/* What libbpf pins by itself is reused by itself; where it differs, the report says in what. */
static void pin_by_name(void)
{
	struct parts *skel = load_sharer(3), *again = load_sharer(3);
	char *text = NULL;
	size_t size = 0;
	__u64 number = 0;
	FILE *out = open_memstream(&text, &size);

	CHECK(skel && again && is_pinned("shared"));
	run(skel->progs.sharer);
	run(again->progs.sharer);
	CHECK(!parts__shared__lookup(again, 2, &number));
	EQUAL(number, 2);
	/* It stays where it is. */
	CHECK(!parts__pin(skel, folder) && !parts__unpin(skel, folder));
	CHECK(!is_pinned("shared") && !is_pinned("sharer"));
	CHECK(!parts__shared__pin(again, in_folder("shared")));
	parts__destroy(skel);
	parts__destroy(again);

	CHECK(!load_sharer(4));
	CHECK(out);
	parts__report(NULL, out);
	CHECK(!fclose(out));
	CHECK(strstr(text, "map 'shared': max_entries of the one at ") &&
	      strstr(text, "is 3, not 4"));
	CHECK(strstr(text, "a map that differs is pinned there"));
	free(text);
	CHECK(!unlink(in_folder("shared")) && !rmdir(folder));
}

/* It stays attached when nobody has its descriptor any more. */
static void pin_a_link(void)
{
	struct parts *skel = open_parts(), *other;
	struct bpf_link *link;
	int fd;

	CHECK(!parts__load_only(skel, &skel->progs.tracer, 1));
	CHECK(parts__tracer__pin_link(skel, in_folder("tracer")) == -ENOENT);
	CHECK(!parts__tracer__attach(skel));
	CHECK(!parts__tracer__pin_link(skel, in_folder("tracer")));
	CHECK(!mkdir(in_folder("maps"), 0700));
	CHECK(!bpf_obj_pin(bpf_map__fd(skel->maps.bss), in_folder("maps/bss")));
	parts__destroy(skel);

	link = bpf_link__open(in_folder("tracer"));
	CHECK(link);
	other = open_parts();
	fd = bpf_obj_get(in_folder("maps/bss"));
	CHECK(fd >= 0 && !bpf_map__reuse_fd(other->maps.bss, fd) && !close(fd));
	CHECK(!parts__load_only(other, NULL, 0));
	fd = other->bss->last.row;
	CHECK(getppid() >= 0);
	CHECK(other->bss->last.row > fd);
	CHECK(!bpf_link__unpin(link) && !is_pinned("tracer"));
	CHECK(!bpf_link__destroy(link));
	CHECK(!unlink(in_folder("maps/bss")) && !rmdir(in_folder("maps")) && !rmdir(folder));
	parts__destroy(other);
}

static void unpin_a_link(void)
{
	struct parts *skel = open_parts();

	CHECK(!parts__load_only(skel, &skel->progs.tracer, 1));
	CHECK(!parts__tracer__attach(skel));
	CHECK(!parts__tracer__pin_link(skel, in_folder("tracer")) && is_pinned("tracer"));
	CHECK(!parts__tracer__unpin_link(skel) && !is_pinned("tracer"));
	CHECK(!parts__tracer__detach(skel));
	CHECK(parts__tracer__unpin_link(skel) == -ENOENT);
	parts__destroy(skel);
	CHECK(!rmdir(folder));
}

/* Each part makes it anew. */
static int make_folder(void)
{
	struct statfs info;

	if (statfs(BPF_FS, &info) || (unsigned int)info.f_type != BPF_FS_MAGIC_1)
		return -1;
	snprintf(folder, sizeof(folder), BPF_FS "/bpfbake-%d", (int)getpid());
	return 0;
}

int main(void)
{
	need_bpf();
	RUN(load_refused);
	RUN(load_only_one);
	RUN(load_only_slots);
	RUN(load_only_several);
	RUN(load_only_callback);
	RUN(load_only_wrong);
	RUN(open_same_file);
	RUN(open_other_file);
	RUN(open_no_file);
	if (make_folder()) {
		printf("SKIP: no file system of BPF at " BPF_FS "\n");
		return kernel_test.failed ? end_of_test() : 77;
	}
	RUN(pin_all);
	RUN(pin_elsewhere);
	RUN(share_a_map);
	RUN(pin_by_name);
	RUN(pin_a_link);
	RUN(unpin_a_link);
	return end_of_test();
}
