/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libbpf's header as of 1.5 and later, made from an older one: the structs and functions of
 * skeletons as they are there (a map has a link), and what attaches programs since 1.1, so that headers
 * can be compiled against it.
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
#define bpf_kprobe_multi_opts                 bpf_kprobe_multi_opts_old
#define bpf_program__attach_kprobe_multi_opts bpf_program__attach_kprobe_multi_opts_old
#include_next <bpf/libbpf.h>
#undef bpf_map_skeleton
#undef bpf_object_skeleton
#undef bpf_object__open_skeleton
#undef bpf_object__load_skeleton
#undef bpf_object__attach_skeleton
#undef bpf_object__detach_skeleton
#undef bpf_object__destroy_skeleton
#undef bpf_kprobe_multi_opts
#undef bpf_program__attach_kprobe_multi_opts
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

struct bpf_netfilter_opts {
	size_t sz;
	__u32 pf;
	__u32 hooknum;
	__s32 priority;
	__u32 flags;
};

struct bpf_tcx_opts {
	size_t sz;
	__u32 flags;
	__u32 relative_fd;
	__u32 relative_id;
	__u64 expected_revision;
};

struct bpf_netkit_opts {
	size_t sz;
	__u32 flags;
	__u32 relative_fd;
	__u32 relative_id;
	__u64 expected_revision;
};

struct bpf_kprobe_multi_opts {
	size_t sz;
	const char **syms;
	const unsigned long *addrs;
	const __u64 *cookies;
	size_t cnt;
	bool retprobe;
	bool session;
	bool unique_match;
};

struct bpf_uprobe_multi_opts {
	size_t sz;
	const char **syms;
	const unsigned long *offsets;
	const unsigned long *ref_ctr_offsets;
	const __u64 *cookies;
	size_t cnt;
	bool retprobe;
	bool session;
};

struct bpf_raw_tracepoint_opts {
	size_t sz;
	__u64 cookie;
};

struct bpf_link *bpf_program__attach_netfilter(const struct bpf_program *,
					       const struct bpf_netfilter_opts *);
struct bpf_link *bpf_program__attach_tcx(const struct bpf_program *, int ifindex,
					 const struct bpf_tcx_opts *);
struct bpf_link *bpf_program__attach_netkit(const struct bpf_program *, int ifindex,
					    const struct bpf_netkit_opts *);
struct bpf_link *bpf_program__attach_kprobe_multi_opts(const struct bpf_program *,
						       const char *pattern,
						       const struct bpf_kprobe_multi_opts *);
struct bpf_link *bpf_program__attach_uprobe_multi(const struct bpf_program *, pid_t pid,
						  const char *binary_path,
						  const char *func_pattern,
						  const struct bpf_uprobe_multi_opts *);
struct bpf_link *bpf_program__attach_raw_tracepoint_opts(const struct bpf_program *,
							 const char *tp_name,
							 struct bpf_raw_tracepoint_opts *);

#ifdef __cplusplus
}
#endif

#endif
