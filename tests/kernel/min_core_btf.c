/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * min_core_btf OBJECT BTF BTF...: libbpf relocates the object's programs with each BTF; their
 * instructions must be those that the first one gives. 0; 1 where they differ, with a line for each
 * program that does; 77 where BPF cannot be used here. An object that cannot be loaded has been
 * relocated before that is found out.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char said[1 << 16]; /* the end of libbpf's last warnings */

static int keep_warnings(enum libbpf_print_level level, const char *format, va_list arguments)
{
	size_t used = strlen(said);

	if (level == LIBBPF_WARN && used < sizeof(said) / 2)
		vsnprintf(said + used, sizeof(said) - used, format, arguments);
	return 0;
}

/* NULL, with a message, where libbpf did not come so far as to put in what BTF says. */
static struct bpf_object *relocate(const char *path, const char *btf)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = btf);
	struct bpf_object *object = bpf_object__open_file(path, &options);
	int err;

	said[0] = '\0';
	err = object ? bpf_object__load(object) : -errno;
	if (!object || strstr(said, "relo #") || strstr(said, "target BTF") ||
	    strstr(said, "failed to create") || strstr(said, "failed to perform CO-RE")) {
		printf("%s with %s: %s (%s)\n", path, btf, said, strerror(-err));
		bpf_object__close(object);
		return NULL;
	}
	return object;
}

static int compare(const struct bpf_object *first, const struct bpf_object *other, const char *btf)
{
	struct bpf_program *program;
	int result = 0;

	bpf_object__for_each_program(program, first)
	{
		const char *name = bpf_program__name(program);
		const struct bpf_program *same = bpf_object__find_program_by_name(other, name);
		const struct bpf_insn *a = bpf_program__insns(program),
				      *b = bpf_program__insns(same);
		size_t count = bpf_program__insn_cnt(program), i = 0;

		/* Descriptors of maps, which are in the first half of two. */
		while (i < count && i < bpf_program__insn_cnt(same)) {
			if (a[i].code == 0x18 && a[i].src_reg && a[i].src_reg == b[i].src_reg)
				i++;
			else if (memcmp(&a[i], &b[i], sizeof(a[i])))
				break;
			i++;
		}
		if (i < count || count != bpf_program__insn_cnt(same)) {
			printf("%s: instruction %zu of %s differs\n", btf, i, name);
			result = 1;
		}
	}
	return result;
}

int main(int argc, char **argv)
{
	struct bpf_object *first, *other;
	int result = 0;

	if (argc < 4) {
		fprintf(stderr, "usage: min_core_btf OBJECT BTF BTF...\n");
		return 2;
	}
	if (geteuid()) {
		printf("SKIP: not root\n");
		return 77;
	}
	libbpf_set_print(keep_warnings);
	first = relocate(argv[1], argv[2]);
	if (!first)
		return 1;
	for (int i = 3; i < argc; i++) {
		other = relocate(argv[1], argv[i]);
		if (!other || compare(first, other, argv[i]))
			result = 1;
		bpf_object__close(other);
	}
	bpf_object__close(first);
	return result;
}
