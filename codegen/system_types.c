/* SPDX-License-Identifier: BSD-2-Clause */
#include "system_types.h"

#include <stdlib.h>
#include <string.h>

#include "bug.h"

/* Sorted by name, for bsearch. */
static const char *const names[] = {
	"__sk_buff",
	"bpf_attr",
	"bpf_btf_info",
	"bpf_cgroup_dev_ctx",
	"bpf_cgroup_storage_key",
	"bpf_core_relo",
	"bpf_cpumap_val",
	"bpf_devmap_val",
	"bpf_dynptr",
	"bpf_fib_lookup",
	"bpf_flow_keys",
	"bpf_func_info",
	"bpf_insn",
	"bpf_iter_link_info",
	"bpf_iter_num",
	"bpf_line_info",
	"bpf_link_info",
	"bpf_list_head",
	"bpf_list_node",
	"bpf_lpm_trie_key",
	"bpf_lpm_trie_key_hdr",
	"bpf_lpm_trie_key_u8",
	"bpf_map_info",
	"bpf_perf_event_value",
	"bpf_pidns_info",
	"bpf_prog_info",
	"bpf_raw_tracepoint_args",
	"bpf_rb_node",
	"bpf_rb_root",
	"bpf_redir_neigh",
	"bpf_refcount",
	"bpf_sk_lookup",
	"bpf_sock",
	"bpf_sock_addr",
	"bpf_sock_ops",
	"bpf_sock_tuple",
	"bpf_sockopt",
	"bpf_spin_lock",
	"bpf_stack_build_id",
	"bpf_sysctl",
	"bpf_tcp_sock",
	"bpf_timer",
	"bpf_tunnel_key",
	"bpf_wq",
	"bpf_xdp_sock",
	"bpf_xfrm_state",
	"btf_ptr",
	"sk_msg_md",
	"sk_reuseport_md",
	"timespec",
	"timeval",
	"xdp_md",
};

/* Further tags of these headers and of those of libbpf: enums, structs. Sorted as well. */
static const char *const tags[] = {
	"bpf_adj_room_mode",
	"bpf_attach_type",
	"bpf_cgroup_iter_order",
	"bpf_check_mtu_flags",
	"bpf_check_mtu_ret",
	"bpf_cmd",
	"bpf_core_relo_kind",
	"bpf_func_id",
	"bpf_hdr_start_off",
	"bpf_link",
	"bpf_link_type",
	"bpf_lwt_encap_mode",
	"bpf_map",
	"bpf_map_skeleton",
	"bpf_map_type",
	"bpf_object",
	"bpf_object_skeleton",
	"bpf_object_subskeleton",
	"bpf_perf_event_ret",
	"bpf_prog_skeleton",
	"bpf_prog_test_run_attr",
	"bpf_prog_type",
	"bpf_program",
	"bpf_ret_code",
	"bpf_stack_build_id_status",
	"bpf_stats_type",
	"bpf_task_fd_type",
	"bpf_tc_attach_point",
	"bpf_tc_flags",
	"bpf_tc_hook",
	"bpf_var_skeleton",
	"btf_array",
	"btf_decl_tag",
	"btf_endianness",
	"btf_enum",
	"btf_enum64",
	"btf_func_linkage",
	"btf_fwd_kind",
	"btf_header",
	"btf_member",
	"btf_param",
	"btf_type",
	"btf_var",
	"btf_var_secinfo",
	"drand48_data",
	"itimerspec",
	"libbpf_errno",
	"libbpf_print_level",
	"libbpf_strict_mode",
	"libbpf_tristate",
	"pthread_attr_t",
	"random_data",
	"sched_param",
	"sk_action",
	"tm",
	"utsname",
	"xdp_action",
};

static int compare(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

bool system_types_has(const char *name)
{
	return bsearch(name, names, ARRAY_SIZE(names), sizeof(names[0]), compare) != NULL;
}

bool system_types_has_tag(const char *name)
{
	return system_types_has(name) ||
	       bsearch(name, tags, ARRAY_SIZE(tags), sizeof(tags[0]), compare) != NULL;
}
