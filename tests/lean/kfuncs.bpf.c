/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions of the kernel that vmlinux.h declares, with structs that nothing looks into. */
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct question {
	int pid;
	int answer;
};

SEC("syscall")
int find_task(struct question *question)
{
	struct task_struct *task = bpf_task_from_pid(question->pid);

	if (!task)
		return 1;
	question->answer = task->tgid;
	bpf_task_release(task);
	return 0;
}

SEC("syscall")
int count_bits(struct question *question)
{
	struct bpf_cpumask *mask = bpf_cpumask_create();

	if (!mask)
		return 1;
	bpf_cpumask_set_cpu(0, mask);
	question->answer = bpf_cpumask_test_cpu(0, (const struct cpumask *)mask);
	bpf_cpumask_release(mask);
	return 0;
}

SEC("syscall")
int find_cgroup(struct question *question)
{
	struct cgroup *group = bpf_cgroup_from_id(1);

	question->answer = group != 0;
	if (group)
		bpf_cgroup_release(group);
	return 0;
}
