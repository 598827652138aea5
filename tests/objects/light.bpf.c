// SPDX-License-Identifier: BSD-2-Clause
/* What a light skeleton can do. */
#include <linux/bpf.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include <stdbool.h>

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct task_struct {
	int tgid;
	int gone; /* no kernel has it */
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} __attribute__((preserve_access_index));

struct event {
	__u32 pid;
	__u64 number;
	char name[16];
};

struct count {
	__u64 calls;
	__u32 last;
};

struct addition {
	__s32 a, b;
	__s64 sum;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u32);
	__type(value, struct count);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 10);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} per_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 4);
	__type(value, __u32);
} queue SEC(".maps");

/* Less than a page of any kernel. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1000);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} others SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} large SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, 4);
	__uint(value_size, 4);
} samples SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} jumps SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
};

struct inner first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct inner);
} outer SEC(".maps") = {.values = {&first}};

struct {
	__uint(type, BPF_MAP_TYPE_USER_RINGBUF);
	__uint(max_entries, 4096);
} commands SEC(".maps");

const volatile __u32 wanted_pid = 1;
const volatile char label[16] = "light";
__u32 step = 3;
__u64 seen;
__u64 traced;
__u64 taken, taken_sum;
bool has_gone = true;
__u64 kept SEC(".data.kept") = 0x1122334455667788;
static const char words[][8] = {"zero", "one", "two"};

static void emit(void *ring, __u64 number)
{
	struct event *event = bpf_ringbuf_reserve(ring, sizeof(*event), 0);

	if (!event)
		return;
	event->pid = wanted_pid;
	event->number = number;
	__builtin_memcpy(event->name, (const void *)label, sizeof(event->name));
	bpf_ringbuf_submit(event, 0);
}

SEC("raw_tp/task_rename")
int on_rename(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();
	__u32 zero = 0, key = wanted_pid, *own;
	struct count none = {0}, *count;
	struct event event = {0};

	if (BPF_CORE_READ(task, tgid) != (int)wanted_pid)
		return 0;
	has_gone = bpf_core_field_exists(task->gone);
	seen += step;
	bpf_map_update_elem(&counts, &key, &none, BPF_NOEXIST);
	count = bpf_map_lookup_elem(&counts, &key);
	if (count) {
		count->calls++;
		count->last = step;
	}
	own = bpf_map_lookup_elem(&per_cpu, &zero);
	if (own)
		++*own;
	emit(&events, seen);
	event.pid = key;
	event.number = seen;
	bpf_perf_event_output(context, &samples, BPF_F_CURRENT_CPU, &event, sizeof(event));
	return 0;
}

SEC("tp/task/task_rename")
int on_tracepoint(void *context)
{
	if (bpf_get_current_pid_tgid() >> 32 == wanted_pid)
		traced++;
	return 0;
}

SEC("iter/task")
int list_tasks(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;

	if (task && task->tgid == (int)wanted_pid)
		BPF_SEQ_PRINTF(context->meta->seq, "%d\n", task->tgid);
	return 0;
}

SEC("xdp")
int pass(struct xdp_md *context)
{
	bpf_tail_call(context, &jumps, 1);
	return XDP_DROP;
}

SEC("xdp")
int jumped(struct xdp_md *context)
{
	return XDP_PASS;
}

SEC("cgroup_skb/egress")
int on_egress(struct __sk_buff *skb)
{
	return 1;
}

SEC("syscall")
int add(struct addition *addition)
{
	__u32 index = 0;
	void *inner = bpf_map_lookup_elem(&outer, &index);
	__u64 *value = inner ? bpf_map_lookup_elem(inner, &index) : NULL;

	addition->sum = addition->a + addition->b + (value ? *value : 0);
	emit(&others, addition->sum);
	return words[addition->a & 1][0];
}

SEC("syscall")
int emit_large(void *context)
{
	__u32 *record = bpf_ringbuf_reserve(&large, 30000, 0);

	if (!record)
		return -1;
	*record = 30000;
	bpf_ringbuf_submit(record, 0);
	return 0;
}

static long take(struct bpf_dynptr *dynptr, void *context)
{
	struct addition command;

	if (!bpf_dynptr_read(&command, sizeof(command), dynptr, 0, 0)) {
		taken++;
		taken_sum += command.sum;
	}
	return 0;
}

SEC("syscall")
int drain(void *context)
{
	return bpf_user_ringbuf_drain(&commands, take, 0, 0) < 0;
}

char LICENSE[] SEC("license") = "GPL";
