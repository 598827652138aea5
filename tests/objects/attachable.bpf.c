/* SPDX-License-Identifier: BSD-2-Clause */
/* A program for each way to be attached, with a counter of its own. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;

/* How often each ran. */
struct hits {
	__u64 on_tracepoint, on_any_tracepoint, on_raw, on_any_raw, on_btf, on_any_btf,
		on_raw_cookie, on_btf_cookie, on_probed, on_probed_return, on_function,
		on_function_return, on_functions, on_functions_return, on_any_functions_return, on_session, on_usdt,
		on_named_usdt, on_kprobe, on_any_kprobe, on_any_kretprobe, on_ksyscall, on_any_ksyscall,
		on_any_kretsyscall, on_kprobes, on_any_kprobes, on_any_kretprobes,
		on_kprobe_session, on_any_kprobe_session, on_fentry,
		on_any_fentry, on_any_fexit, on_any_fmod_ret, on_lsm, on_any_lsm, on_lsm_cgroup,
		replacement, on_sample, on_packet, on_packets, on_redirected, on_filter,
		on_second_filter, on_ingress, on_egress, on_netkit, on_netfilter, on_cgroup_egress,
		on_cgroup_packet, on_connect, on_sockops, on_lookup, on_flow, on_socket,
		on_reuseport, on_verdict, on_stream, on_message, on_lirc;
};

struct hits hits;

/* Of the last program that ran and can tell. */
__u64 cookie, address;

/* Whether those that may do so forbid what they see. */
int is_forbidden;

static int count(__u64 *hits, int answer)
{
	__sync_fetch_and_add(hits, 1);
	return answer;
}

#define PROGRAM(section, name, answer)            \
	SEC(section)                              \
	int name(void *context)                   \
	{                                         \
		return count(&hits.name, answer); \
	}
/* Of this process alone: others get 0, as if there were no program. */
#define WATCHER(section, name, expression)                        \
	SEC(section)                                              \
	int name(void *context)                                   \
	{                                                         \
		if (bpf_get_current_pid_tgid() >> 32 != only_pid) \
			return 0;                                 \
		return count(&hits.name, expression);             \
	}
#define TRACER(section, name) WATCHER(section, name, 0)
#define COOKIE(section, name) WATCHER(section, name, (cookie = bpf_get_attach_cookie(context), 0))
#define PROBE(section, name)           \
	WATCHER(section, name,         \
		(cookie = bpf_get_attach_cookie(context), address = bpf_get_func_ip(context), 0))
#define GUARD(section, name) WATCHER(section, name, is_forbidden ? -1 : 0)

/* What the kernel lists for iterators, and where sockets go. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_SOCKMAP);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} sockets SEC(".maps");

COOKIE("tracepoint/task/task_rename", on_tracepoint)
TRACER("tp", on_any_tracepoint)
TRACER("raw_tp/task_rename", on_raw)
TRACER("raw_tp", on_any_raw)
TRACER("?tp_btf/task_rename", on_btf)
TRACER("?tp_btf", on_any_btf)
/* Linux 6.10. */
COOKIE("?raw_tp", on_raw_cookie)
COOKIE("?tp_btf/task_rename", on_btf_cookie)

/* Called by the test. */
TRACER("uprobe//proc/self/exe:probed", on_probed)
TRACER("uretprobe//proc/self/exe:probed", on_probed_return)
COOKIE("uprobe", on_function)

/* What stands at that place of the process when the probe fires. */
const volatile __u64 place;
__u32 seen;

SEC("uretprobe")
int on_function_return(void *context)
{
	bpf_probe_read_user(&seen, sizeof(seen), (const void *)(unsigned long)place);
	return count(&hits.on_function_return, 0);
}

COOKIE("?uprobe.multi", on_functions)
COOKIE("?uretprobe.multi//proc/self/exe:probed*", on_functions_return)
COOKIE("?uretprobe.multi", on_any_functions_return)
/* Called for the call and for the return: libbpf 1.6, Linux 6.13; and 1.5, 6.10. */
COOKIE("?uprobe.session", on_session)
TRACER("usdt", on_usdt)
TRACER("usdt//proc/self/exe:provider:name", on_named_usdt)

PROBE("kprobe/do_nanosleep+0x0", on_kprobe)
PROBE("kprobe", on_any_kprobe)
PROBE("kretprobe", on_any_kretprobe)
COOKIE("ksyscall/getpgid", on_ksyscall)
COOKIE("ksyscall", on_any_ksyscall)
COOKIE("kretsyscall", on_any_kretsyscall)
PROBE("?kprobe.multi/do_nanos*", on_kprobes)
PROBE("?kprobe.multi", on_any_kprobes)
PROBE("?kretprobe.multi", on_any_kretprobes)
PROBE("?kprobe.session/do_nanos*", on_kprobe_session)
PROBE("?kprobe.session", on_any_kprobe_session)
COOKIE("?fentry/do_nanosleep", on_fentry)
COOKIE("?fentry", on_any_fentry)
COOKIE("?fexit", on_any_fexit)
GUARD("?fmod_ret", on_any_fmod_ret)
GUARD("?lsm/file_open", on_lsm)
GUARD("?lsm.s", on_any_lsm)

PROGRAM("?lsm_cgroup/socket_bind", on_lsm_cgroup, !is_forbidden)

PROGRAM("perf_event", on_sample, 0)

PROGRAM("xdp", on_packet, XDP_PASS)
PROGRAM("xdp.frags", on_packets, XDP_PASS)
PROGRAM("?xdp/devmap", on_redirected, XDP_PASS)
PROGRAM("tc", on_filter, -1)
PROGRAM("classifier", on_second_filter, -1)
PROGRAM("?tcx/ingress", on_ingress, -1)
PROGRAM("?tc/egress", on_egress, -1)
PROGRAM("?netkit/primary", on_netkit, -1)
PROGRAM("?netfilter", on_netfilter, 1)

__noinline int replaced(__u32 length)
{
	return length ? 1 : 2;
}

SEC("action")
int on_action(struct __sk_buff *packet)
{
	return replaced(packet->len);
}

/* Put in the place of a function of on_action. */
SEC("?freplace/replaced")
int replacement(__u32 length)
{
	return count(&hits.replacement, 3);
}

PROGRAM("cgroup_skb/egress", on_cgroup_egress, 1)
PROGRAM("cgroup/skb", on_cgroup_packet, 1)
PROGRAM("cgroup/connect4", on_connect, 1)
PROGRAM("sockops", on_sockops, 1)
PROGRAM("sk_lookup", on_lookup, SK_PASS)
PROGRAM("flow_dissector", on_flow, BPF_OK)
PROGRAM("socket", on_socket, -1)
PROGRAM("sk_reuseport", on_reuseport, SK_PASS)
PROGRAM("sk_skb/stream_verdict", on_verdict, SK_PASS)
PROGRAM("sk_skb", on_stream, SK_PASS)
PROGRAM("sk_msg", on_message, SK_PASS)
PROGRAM("?lirc_mode2", on_lirc, 0)

struct seq_file;

/* All members, as the kernel has them: relocations would need its BTF for the other programs too. */
struct bpf_iter_meta {
	struct seq_file *seq;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
};

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	void *map, *key;
	__u64 *value;
};

/* One byte for each. */
SEC("?iter/task")
int list_tasks(struct bpf_iter__task *context)
{
	char mark = '.';

	bpf_seq_write(context->meta->seq, &mark, sizeof(mark));
	return 0;
}

SEC("?iter/bpf_map_elem")
int list_numbers(struct bpf_iter__bpf_map_elem *context)
{
	__u64 *value = context->value;

	if (value)
		bpf_seq_write(context->meta->seq, value, sizeof(*value));
	return 0;
}

/* What add works on. */
struct sum {
	__u64 left, right;
	__u64 result;
};

/* The sum of both, and whether it is odd. */
SEC("syscall")
int add(struct sum *sum)
{
	sum->result = sum->left + sum->right;
	return sum->result % 2 ? -1 : 0;
}

SEC("syscall")
int negate(void *context)
{
	__u32 *number = context;

	*number = ~*number;
	return 7;
}
