/* SPDX-License-Identifier: BSD-2-Clause */
/* Variables: every section, every way to hide one. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum mode { MODE_OFF, MODE_ON = 7 };

struct limits {
	__u16 low, high;
	__u64 bytes;
};

const volatile __u32 filter = 4;
const volatile struct limits limits = {1, 2, 3};
const volatile char name[12] = "none";
volatile const _Bool is_on = 1;

__u8 byte = 1;
__u64 total = 2;
__u16 words[3] = {1, 2, 3};
enum mode mode = MODE_ON;
struct limits present = {4, 5, 6};

__s64 seen;
__u8 flag;
__u64 matrix[2][3];
static __u32 hidden_static;
__hidden __u32 hidden_global;
__weak __u32 weak_global;
void *pointer;
long word;

__u32 special SEC(".data.special") = 9;
const volatile __u32 constant SEC(".rodata.constant") = 10;
__u64 dashed SEC(".data.a-b") = 11;

extern int LINUX_KERNEL_VERSION __kconfig;
extern _Bool CONFIG_BPF_SYSCALL __kconfig __weak;
extern char CONFIG_DEFAULT_HOSTNAME[16] __kconfig __weak;
extern enum libbpf_tristate CONFIG_IKCONFIG __kconfig __weak;

SEC("socket")
int count(void *context)
{
	seen += filter + limits.low + name[0] + is_on;
	hidden_static += byte + mode + present.low;
	hidden_global += hidden_static;
	weak_global++;
	total += words[1] + matrix[1][2] + special + constant + dashed;
	flag = pointer != 0;
	word = -1;
	if (LINUX_KERNEL_VERSION > 0 && CONFIG_BPF_SYSCALL)
		flag += CONFIG_DEFAULT_HOSTNAME[0] + (CONFIG_IKCONFIG == TRI_YES);
	return 0;
}
