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

static int compare(const void *name, const void *entry)
{
	return strcmp(name, *(const char *const *)entry);
}

bool system_types_has(const char *name)
{
	return bsearch(name, names, ARRAY_SIZE(names), sizeof(names[0]), compare) != NULL;
}
