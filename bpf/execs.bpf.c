/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who starts which program: one event for each execve that succeeded, and how often each command
 * was started.
 */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#define COMMAND_SIZE 16
#define ARGS_SIZE    512
#define CHUNK_SIZE   64
#define ANY_UID      0xffffffffu

char LICENSE[] SEC("license") = "GPL";

/*
 * The few members of the kernel's structs that are looked at. CO-RE finds their offsets in the
 * running kernel, so neither its headers nor its BTF are needed to compile.
 */
struct mm_struct {
	unsigned long arg_start, arg_end;
} __attribute__((preserve_access_index));

struct task_struct {
	int tgid;
	struct task_struct *real_parent;
	struct mm_struct *mm;
} __attribute__((preserve_access_index));

/* One program that was started. */
struct event {
	__u32 pid, parent, uid;
	__u32 args_size;            /* bytes of args that are used */
	char command[COMMAND_SIZE]; /* base name, cut off */
	char args[ARGS_SIZE];       /* each ends in a NUL */
};


struct command {
	char name[COMMAND_SIZE];
};

/* Events on their way to user space. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

/* How often each command was started. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct command);
	__type(value, __u64);
} counts SEC(".maps");

/* The only user whose programs count; ANY_UID: all. */
const volatile __u32 only_uid = ANY_UID;

/* Events that found no room in the ring buffer. */
__u64 lost;

static void count(const struct command *command)
{
	__u64 one = 1, *times = bpf_map_lookup_elem(&counts, command);

	if (times)
		__sync_fetch_and_add(times, 1);
	else
		bpf_map_update_elem(&counts, command, &one, BPF_NOEXIST);
}

/*
 * Copies the arguments, chunk by chunk: a page that is not there ends them, not the program. A
 * chunk that ends in the middle of an argument has a NUL too, which the next one overwrites.
 */
static void read_args(struct event *event, const struct mm_struct *mm)
{
	unsigned long from = mm->arg_start, end = mm->arg_end;
	__u64 size = 0;

	for (int i = 0; i < ARGS_SIZE / CHUNK_SIZE && from < end; i++) {
		long length;

		if (size > ARGS_SIZE - CHUNK_SIZE)
			break;
		length = bpf_probe_read_user_str(&event->args[size], CHUNK_SIZE,
						 (const void *)from);
		if (length <= 0)
			break;
		length -= length == CHUNK_SIZE;
		from += length;
		size += length;
	}
	event->args_size = size;
}

SEC("tp_btf/sched_process_exec")
int exec(void *context)
{
	const struct task_struct *task = bpf_get_current_task_btf();
	__u32 uid = bpf_get_current_uid_gid();
	struct command command = {};
	struct event *event;

	if (only_uid != ANY_UID && only_uid != uid)
		return 0;
	bpf_get_current_comm(command.name, sizeof(command.name));
	count(&command);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}
	event->pid = task->tgid;
	event->parent = task->real_parent->tgid;
	event->uid = uid;
	event->args_size = 0;
	__builtin_memcpy(event->command, command.name, sizeof(event->command));
	if (task->mm)
		read_args(event, task->mm);
	bpf_ringbuf_submit(event, 0);
	return 0;
}
