/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libbpf's header as of 1.5 and later, made from an older one: the structs and functions of
 * skeletons as they are there (a map has a link), so that headers can be compiled against it.
 */
#pragma GCC system_header /* include_next */
#ifndef TESTS_LIBBPF_1_7_H
#define TESTS_LIBBPF_1_7_H

#define bpf_map_skeleton             bpf_map_skeleton_old
#define bpf_object_skeleton          bpf_object_skeleton_old
#define bpf_object__open_skeleton    bpf_object__open_skeleton_old
#define bpf_object__load_skeleton    bpf_object__load_skeleton_old
#define bpf_object__attach_skeleton  bpf_object__attach_skeleton_old
#define bpf_object__detach_skeleton  bpf_object__detach_skeleton_old
#define bpf_object__destroy_skeleton bpf_object__destroy_skeleton_old
#include_next <bpf/libbpf.h>
#undef bpf_map_skeleton
#undef bpf_object_skeleton
#undef bpf_object__open_skeleton
#undef bpf_object__load_skeleton
#undef bpf_object__attach_skeleton
#undef bpf_object__detach_skeleton
#undef bpf_object__destroy_skeleton
#undef LIBBPF_MINOR_VERSION
#define LIBBPF_MINOR_VERSION 7

#ifdef __cplusplus
extern "C" {
#endif

struct bpf_map_skeleton {
	const char *name;
	struct bpf_map **map;
	void **mmaped;
	struct bpf_link **link;
};

struct bpf_object_skeleton {
	size_t sz;
	const char *name;
	const void *data;
	size_t data_sz;
	struct bpf_object **obj;
	int map_cnt;
	int map_skel_sz;
	struct bpf_map_skeleton *maps;
	int prog_cnt;
	int prog_skel_sz;
	struct bpf_prog_skeleton *progs;
};

int bpf_object__open_skeleton(struct bpf_object_skeleton *, const struct bpf_object_open_opts *);
int bpf_object__load_skeleton(struct bpf_object_skeleton *);
int bpf_object__attach_skeleton(struct bpf_object_skeleton *);
void bpf_object__detach_skeleton(struct bpf_object_skeleton *);
void bpf_object__destroy_skeleton(struct bpf_object_skeleton *);

#ifdef __cplusplus
}
#endif

#endif
