/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sections that libbpf knows, as of 1.7 (section_defs in its libbpf.c), in its order: the first
 * that matches counts. Numbers: enum bpf_prog_type and enum bpf_attach_type in the kernel's
 * include/uapi/linux/bpf.h.
 */
#include "section_kinds.h"

#include <string.h>

#include "bug.h"

enum program_type {
	SOCKET_FILTER = 1,
	KPROBE,
	SCHED_CLS,
	SCHED_ACT,
	TRACEPOINT,
	XDP,
	PERF_EVENT,
	CGROUP_SKB,
	CGROUP_SOCK,
	LWT_IN,
	LWT_OUT,
	LWT_XMIT,
	SOCK_OPS,
	SK_SKB,
	CGROUP_DEVICE,
	SK_MSG,
	RAW_TRACEPOINT,
	CGROUP_SOCK_ADDR,
	LWT_SEG6LOCAL,
	LIRC_MODE2,
	SK_REUSEPORT,
	FLOW_DISSECTOR,
	CGROUP_SYSCTL,
	RAW_TRACEPOINT_WRITABLE,
	CGROUP_SOCKOPT,
	TRACING,
	STRUCT_OPS,
	EXT,
	LSM,
	SK_LOOKUP,
	SYSCALL,
	NETFILTER,
};

#define TYPE_NAME(type) [type] = "BPF_PROG_TYPE_" #type
static const char *const type_names[] = {
	TYPE_NAME(SOCKET_FILTER),
	TYPE_NAME(KPROBE),
	TYPE_NAME(SCHED_CLS),
	TYPE_NAME(SCHED_ACT),
	TYPE_NAME(TRACEPOINT),
	TYPE_NAME(XDP),
	TYPE_NAME(PERF_EVENT),
	TYPE_NAME(CGROUP_SKB),
	TYPE_NAME(CGROUP_SOCK),
	TYPE_NAME(LWT_IN),
	TYPE_NAME(LWT_OUT),
	TYPE_NAME(LWT_XMIT),
	TYPE_NAME(SOCK_OPS),
	TYPE_NAME(SK_SKB),
	TYPE_NAME(CGROUP_DEVICE),
	TYPE_NAME(SK_MSG),
	TYPE_NAME(RAW_TRACEPOINT),
	TYPE_NAME(CGROUP_SOCK_ADDR),
	TYPE_NAME(LWT_SEG6LOCAL),
	TYPE_NAME(LIRC_MODE2),
	TYPE_NAME(SK_REUSEPORT),
	TYPE_NAME(FLOW_DISSECTOR),
	TYPE_NAME(CGROUP_SYSCTL),
	TYPE_NAME(RAW_TRACEPOINT_WRITABLE),
	TYPE_NAME(CGROUP_SOCKOPT),
	TYPE_NAME(TRACING),
	TYPE_NAME(STRUCT_OPS),
	TYPE_NAME(EXT),
	TYPE_NAME(LSM),
	TYPE_NAME(SK_LOOKUP),
	TYPE_NAME(SYSCALL),
	TYPE_NAME(NETFILTER),
};

enum attach_type {
	AT_CGROUP_INET_INGRESS,
	AT_CGROUP_INET_EGRESS,
	AT_CGROUP_INET_SOCK_CREATE,
	AT_CGROUP_SOCK_OPS,
	AT_SK_SKB_STREAM_PARSER,
	AT_SK_SKB_STREAM_VERDICT,
	AT_CGROUP_DEVICE,
	AT_SK_MSG_VERDICT,
	AT_CGROUP_INET4_BIND,
	AT_CGROUP_INET6_BIND,
	AT_CGROUP_INET4_CONNECT,
	AT_CGROUP_INET6_CONNECT,
	AT_CGROUP_INET4_POST_BIND,
	AT_CGROUP_INET6_POST_BIND,
	AT_CGROUP_UDP4_SENDMSG,
	AT_CGROUP_UDP6_SENDMSG,
	AT_LIRC_MODE2,
	AT_FLOW_DISSECTOR,
	AT_CGROUP_SYSCTL,
	AT_CGROUP_UDP4_RECVMSG,
	AT_CGROUP_UDP6_RECVMSG,
	AT_CGROUP_GETSOCKOPT,
	AT_CGROUP_SETSOCKOPT,
	AT_TRACE_RAW_TP,
	AT_TRACE_FENTRY,
	AT_TRACE_FEXIT,
	AT_MODIFY_RETURN,
	AT_LSM_MAC,
	AT_TRACE_ITER,
	AT_CGROUP_INET4_GETPEERNAME,
	AT_CGROUP_INET6_GETPEERNAME,
	AT_CGROUP_INET4_GETSOCKNAME,
	AT_CGROUP_INET6_GETSOCKNAME,
	AT_XDP_DEVMAP,
	AT_CGROUP_INET_SOCK_RELEASE,
	AT_XDP_CPUMAP,
	AT_SK_LOOKUP,
	AT_XDP,
	AT_SK_SKB_VERDICT,
	AT_SK_REUSEPORT_SELECT,
	AT_SK_REUSEPORT_SELECT_OR_MIGRATE,
	AT_PERF_EVENT,
	AT_TRACE_KPROBE_MULTI,
	AT_LSM_CGROUP,
	AT_STRUCT_OPS,
	AT_NETFILTER,
	AT_TCX_INGRESS,
	AT_TCX_EGRESS,
	AT_TRACE_UPROBE_MULTI,
	AT_CGROUP_UNIX_CONNECT,
	AT_CGROUP_UNIX_SENDMSG,
	AT_CGROUP_UNIX_RECVMSG,
	AT_CGROUP_UNIX_GETPEERNAME,
	AT_CGROUP_UNIX_GETSOCKNAME,
	AT_NETKIT_PRIMARY,
	AT_NETKIT_PEER,
	AT_TRACE_KPROBE_SESSION,
	AT_TRACE_UPROBE_SESSION,
};

#define EXACT(name, type, attach)                \
	{                                        \
		name, type, attach, false, false \
	}
#define TARGET(name, type, attach)              \
	{                                       \
		name, type, attach, true, false \
	}
#define SLEEPABLE(name, type, attach)          \
	{                                      \
		name, type, attach, true, true \
	}

static const struct section_kind kinds[] = {
	EXACT("socket", SOCKET_FILTER, 0),
	EXACT("sk_reuseport/migrate", SK_REUSEPORT, AT_SK_REUSEPORT_SELECT_OR_MIGRATE),
	EXACT("sk_reuseport", SK_REUSEPORT, AT_SK_REUSEPORT_SELECT),
	TARGET("kprobe", KPROBE, 0),
	TARGET("uprobe", KPROBE, 0),
	SLEEPABLE("uprobe.s", KPROBE, 0),
	TARGET("kretprobe", KPROBE, 0),
	TARGET("uretprobe", KPROBE, 0),
	SLEEPABLE("uretprobe.s", KPROBE, 0),
	TARGET("kprobe.multi", KPROBE, AT_TRACE_KPROBE_MULTI),
	TARGET("kretprobe.multi", KPROBE, AT_TRACE_KPROBE_MULTI),
	TARGET("kprobe.session", KPROBE, AT_TRACE_KPROBE_SESSION),
	TARGET("uprobe.multi", KPROBE, AT_TRACE_UPROBE_MULTI),
	TARGET("uretprobe.multi", KPROBE, AT_TRACE_UPROBE_MULTI),
	TARGET("uprobe.session", KPROBE, AT_TRACE_UPROBE_SESSION),
	SLEEPABLE("uprobe.multi.s", KPROBE, AT_TRACE_UPROBE_MULTI),
	SLEEPABLE("uretprobe.multi.s", KPROBE, AT_TRACE_UPROBE_MULTI),
	SLEEPABLE("uprobe.session.s", KPROBE, AT_TRACE_UPROBE_SESSION),
	TARGET("ksyscall", KPROBE, 0),
	TARGET("kretsyscall", KPROBE, 0),
	TARGET("usdt", KPROBE, 0),
	SLEEPABLE("usdt.s", KPROBE, 0),
	EXACT("tc/ingress", SCHED_CLS, AT_TCX_INGRESS),
	EXACT("tc/egress", SCHED_CLS, AT_TCX_EGRESS),
	EXACT("tcx/ingress", SCHED_CLS, AT_TCX_INGRESS),
	EXACT("tcx/egress", SCHED_CLS, AT_TCX_EGRESS),
	EXACT("tc", SCHED_CLS, 0),
	EXACT("classifier", SCHED_CLS, 0),
	EXACT("action", SCHED_ACT, 0),
	EXACT("netkit/primary", SCHED_CLS, AT_NETKIT_PRIMARY),
	EXACT("netkit/peer", SCHED_CLS, AT_NETKIT_PEER),
	TARGET("tracepoint", TRACEPOINT, 0),
	TARGET("tp", TRACEPOINT, 0),
	TARGET("raw_tracepoint", RAW_TRACEPOINT, 0),
	TARGET("raw_tp", RAW_TRACEPOINT, 0),
	TARGET("raw_tracepoint.w", RAW_TRACEPOINT_WRITABLE, 0),
	TARGET("raw_tp.w", RAW_TRACEPOINT_WRITABLE, 0),
	TARGET("tp_btf", TRACING, AT_TRACE_RAW_TP),
	TARGET("fentry", TRACING, AT_TRACE_FENTRY),
	TARGET("fmod_ret", TRACING, AT_MODIFY_RETURN),
	TARGET("fexit", TRACING, AT_TRACE_FEXIT),
	SLEEPABLE("fentry.s", TRACING, AT_TRACE_FENTRY),
	SLEEPABLE("fmod_ret.s", TRACING, AT_MODIFY_RETURN),
	SLEEPABLE("fexit.s", TRACING, AT_TRACE_FEXIT),
	TARGET("freplace", EXT, 0),
	TARGET("lsm", LSM, AT_LSM_MAC),
	SLEEPABLE("lsm.s", LSM, AT_LSM_MAC),
	TARGET("lsm_cgroup", LSM, AT_LSM_CGROUP),
	TARGET("iter", TRACING, AT_TRACE_ITER),
	SLEEPABLE("iter.s", TRACING, AT_TRACE_ITER),
	{"syscall", SYSCALL, 0, false, true},
	EXACT("xdp.frags/devmap", XDP, AT_XDP_DEVMAP),
	EXACT("xdp/devmap", XDP, AT_XDP_DEVMAP),
	EXACT("xdp.frags/cpumap", XDP, AT_XDP_CPUMAP),
	EXACT("xdp/cpumap", XDP, AT_XDP_CPUMAP),
	EXACT("xdp.frags", XDP, AT_XDP),
	EXACT("xdp", XDP, AT_XDP),
	EXACT("perf_event", PERF_EVENT, 0),
	EXACT("lwt_in", LWT_IN, 0),
	EXACT("lwt_out", LWT_OUT, 0),
	EXACT("lwt_xmit", LWT_XMIT, 0),
	EXACT("lwt_seg6local", LWT_SEG6LOCAL, 0),
	EXACT("sockops", SOCK_OPS, AT_CGROUP_SOCK_OPS),
	EXACT("sk_skb/stream_parser", SK_SKB, AT_SK_SKB_STREAM_PARSER),
	EXACT("sk_skb/stream_verdict", SK_SKB, AT_SK_SKB_STREAM_VERDICT),
	EXACT("sk_skb/verdict", SK_SKB, AT_SK_SKB_VERDICT),
	EXACT("sk_skb", SK_SKB, 0),
	EXACT("sk_msg", SK_MSG, AT_SK_MSG_VERDICT),
	EXACT("lirc_mode2", LIRC_MODE2, AT_LIRC_MODE2),
	EXACT("flow_dissector", FLOW_DISSECTOR, AT_FLOW_DISSECTOR),
	EXACT("cgroup_skb/ingress", CGROUP_SKB, AT_CGROUP_INET_INGRESS),
	EXACT("cgroup_skb/egress", CGROUP_SKB, AT_CGROUP_INET_EGRESS),
	EXACT("cgroup/skb", CGROUP_SKB, 0),
	EXACT("cgroup/sock_create", CGROUP_SOCK, AT_CGROUP_INET_SOCK_CREATE),
	EXACT("cgroup/sock_release", CGROUP_SOCK, AT_CGROUP_INET_SOCK_RELEASE),
	EXACT("cgroup/sock", CGROUP_SOCK, AT_CGROUP_INET_SOCK_CREATE),
	EXACT("cgroup/post_bind4", CGROUP_SOCK, AT_CGROUP_INET4_POST_BIND),
	EXACT("cgroup/post_bind6", CGROUP_SOCK, AT_CGROUP_INET6_POST_BIND),
	EXACT("cgroup/bind4", CGROUP_SOCK_ADDR, AT_CGROUP_INET4_BIND),
	EXACT("cgroup/bind6", CGROUP_SOCK_ADDR, AT_CGROUP_INET6_BIND),
	EXACT("cgroup/connect4", CGROUP_SOCK_ADDR, AT_CGROUP_INET4_CONNECT),
	EXACT("cgroup/connect6", CGROUP_SOCK_ADDR, AT_CGROUP_INET6_CONNECT),
	EXACT("cgroup/connect_unix", CGROUP_SOCK_ADDR, AT_CGROUP_UNIX_CONNECT),
	EXACT("cgroup/sendmsg4", CGROUP_SOCK_ADDR, AT_CGROUP_UDP4_SENDMSG),
	EXACT("cgroup/sendmsg6", CGROUP_SOCK_ADDR, AT_CGROUP_UDP6_SENDMSG),
	EXACT("cgroup/sendmsg_unix", CGROUP_SOCK_ADDR, AT_CGROUP_UNIX_SENDMSG),
	EXACT("cgroup/recvmsg4", CGROUP_SOCK_ADDR, AT_CGROUP_UDP4_RECVMSG),
	EXACT("cgroup/recvmsg6", CGROUP_SOCK_ADDR, AT_CGROUP_UDP6_RECVMSG),
	EXACT("cgroup/recvmsg_unix", CGROUP_SOCK_ADDR, AT_CGROUP_UNIX_RECVMSG),
	EXACT("cgroup/getpeername4", CGROUP_SOCK_ADDR, AT_CGROUP_INET4_GETPEERNAME),
	EXACT("cgroup/getpeername6", CGROUP_SOCK_ADDR, AT_CGROUP_INET6_GETPEERNAME),
	EXACT("cgroup/getpeername_unix", CGROUP_SOCK_ADDR, AT_CGROUP_UNIX_GETPEERNAME),
	EXACT("cgroup/getsockname4", CGROUP_SOCK_ADDR, AT_CGROUP_INET4_GETSOCKNAME),
	EXACT("cgroup/getsockname6", CGROUP_SOCK_ADDR, AT_CGROUP_INET6_GETSOCKNAME),
	EXACT("cgroup/getsockname_unix", CGROUP_SOCK_ADDR, AT_CGROUP_UNIX_GETSOCKNAME),
	EXACT("cgroup/sysctl", CGROUP_SYSCTL, AT_CGROUP_SYSCTL),
	EXACT("cgroup/getsockopt", CGROUP_SOCKOPT, AT_CGROUP_GETSOCKOPT),
	EXACT("cgroup/setsockopt", CGROUP_SOCKOPT, AT_CGROUP_SETSOCKOPT),
	EXACT("cgroup/dev", CGROUP_DEVICE, AT_CGROUP_DEVICE),
	TARGET("struct_ops", STRUCT_OPS, 0),
	SLEEPABLE("struct_ops.s", STRUCT_OPS, 0),
	EXACT("sk_lookup", SK_LOOKUP, AT_SK_LOOKUP),
	EXACT("netfilter", NETFILTER, AT_NETFILTER),
};

static bool matches(const struct section_kind *kind, const char *name)
{
	size_t length = strlen(kind->name);

	if (strncmp(name, kind->name, length) != 0)
		return false;
	return !name[length] || (kind->takes_target && name[length] == '/');
}

const struct section_kind *section_kind_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		if (matches(&kinds[i], name))
			return &kinds[i];
	}
	return NULL;
}

const char *section_kind_type_name(uint32_t program_type)
{
	return program_type < ARRAY_SIZE(type_names) ? type_names[program_type] : NULL;
}
