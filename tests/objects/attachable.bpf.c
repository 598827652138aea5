/* SPDX-License-Identifier: BSD-2-Clause */
/* A program for each way to be attached, with a counter of its own. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;

/* How often each ran. */
struct hits {
	__u64 on_tracepoint, on_any_tracepoint, on_raw, on_any_raw, on_btf, on_any_btf, on_probed,
		on_probed_return, on_function_return, on_functions, on_functions_return, on_session,
		on_usdt, on_named_usdt, on_kprobe, on_any_kprobe, on_any_kretprobe, on_ksyscall,
		on_any_kretsyscall, on_kprobes, on_any_kretprobes, on_fentry, on_any_fentry,
		on_any_fexit, on_any_fmod_ret, on_lsm, on_any_lsm, on_lsm_cgroup, replacement,
		on_sample, on_packet, on_packets, on_redirected, on_filter, on_second_filter,
		on_ingress, on_egress, on_netkit, on_netfilter, on_cgroup_egress,
		on_cgroup_packet, on_connect, on_sockops, on_lookup, on_flow, on_socket,
		on_reuseport, on_verdict, on_stream, on_message, on_lirc, on_function;
};

struct hits hits;

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
/* Of this process alone. */
#define TRACER(section, name)                                     \
	SEC(section)                                              \
	int name(void *context)                                   \
	{                                                         \
		if (bpf_get_current_pid_tgid() >> 32 != only_pid) \
			return 0;                                 \
		return count(&hits.name, 0);                      \
	}

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

TRACER("tracepoint/raw_syscalls/sys_enter", on_tracepoint)
TRACER("tp", on_any_tracepoint)
TRACER("raw_tp/sys_enter", on_raw)
TRACER("raw_tp", on_any_raw)
TRACER("tp_btf/sys_enter", on_btf)
TRACER("?tp_btf", on_any_btf)

/* Called by the test. */
TRACER("uprobe//proc/self/exe:probed", on_probed)
TRACER("uretprobe//proc/self/exe:probed", on_probed_return)
__u64 cookie;

SEC("uprobe")
int on_function(void *context)
{
	cookie = bpf_get_attach_cookie(context);
	return count(&hits.on_function, 0);
}
/* What stands at that place of the process when the probe fires. */
const volatile __u64 place;
__u32 seen;

SEC("uretprobe")
int on_function_return(void *context)
{
	bpf_probe_read_user(&seen, sizeof(seen), (const void *)(unsigned long)place);
	return count(&hits.on_function_return, 0);
}

TRACER("?uprobe.multi", on_functions)
TRACER("?uretprobe.multi//proc/self/exe:probed*", on_functions_return)
TRACER("?uprobe.session", on_session)
TRACER("usdt", on_usdt)
TRACER("usdt//proc/self/exe:provider:name", on_named_usdt)

TRACER("kprobe/do_nanosleep+0x0", on_kprobe)
TRACER("kprobe", on_any_kprobe)
TRACER("kretprobe", on_any_kretprobe)
TRACER("ksyscall/getpgid", on_ksyscall)
TRACER("kretsyscall", on_any_kretsyscall)
TRACER("?kprobe.multi/tcp_*", on_kprobes)
TRACER("?kretprobe.multi", on_any_kretprobes)
TRACER("?fentry/do_nanosleep", on_fentry)
TRACER("?fentry", on_any_fentry)
TRACER("?fexit", on_any_fexit)
TRACER("?fmod_ret", on_any_fmod_ret)
TRACER("?lsm/file_open", on_lsm)
TRACER("?lsm", on_any_lsm)
TRACER("?lsm_cgroup/socket_bind", on_lsm_cgroup)

PROGRAM("perf_event", on_sample, 0)

PROGRAM("xdp", on_packet, XDP_PASS)
PROGRAM("xdp.frags", on_packets, XDP_PASS)
PROGRAM("?xdp/devmap", on_redirected, XDP_PASS)
PROGRAM("tc", on_filter, -1)
PROGRAM("classifier", on_second_filter, -1)
PROGRAM("?tcx/ingress", on_ingress, -1)
PROGRAM("?tcx/egress", on_egress, -1)
PROGRAM("?netkit/primary", on_netkit, -1)
PROGRAM("?netfilter", on_netfilter, 1)

__noinline int replaced(struct __sk_buff *packet)
{
	return packet->len ? 1 : 2;
}

SEC("action")
int on_action(struct __sk_buff *packet)
{
	return replaced(packet);
}

/* Put in the place of a function of on_action. */
SEC("?freplace/replaced")
int replacement(struct __sk_buff *packet)
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

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	__u64 *value;
} __attribute__((preserve_access_index));

/* One byte for each. */
SEC("iter/task")
int list_tasks(struct bpf_iter__task *context)
{
	char mark = '.';

	bpf_seq_write(context->meta->seq, &mark, sizeof(mark));
	return 0;
}

SEC("iter/bpf_map_elem")
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
