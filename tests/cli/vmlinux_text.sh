# SPDX-License-Identifier: BSD-2-Clause
# bpfbake vmlinux -btf takes the text of a vmlinux.h for BTF.
. "$(dirname "$0")/../lib/test.sh"
needs clang
[ -r /sys/kernel/btf/vmlinux ] || skip "this kernel has no BTF"

cat >a.bpf.c <<'END'
#include "vmlinux.h"
unsigned long read_task(struct task_struct *task)
{
	return task->real_parent->tgid + task->in_execve + task->mm->pgd->pgd + task->comm[3];
}
unsigned long read_packet(struct sk_buff *skb)
{
	return skb->sk->__sk_common.skc_dport + skb->pkt_type + skb->vlan_tci +
	       sizeof(union bpf_attr);
}
END

# to_assembly DIRECTORY: the offsets stand in it.
to_assembly() {
	clang -O2 -target bpf -DBPF_NO_PRESERVE_ACCESS_INDEX -Werror -I"$1" -S -o "$1/a.s" a.bpf.c
}

mkdir whole sliced direct
quiet "$BPFBAKE" vmlinux -o whole/vmlinux.h
quiet "$BPFBAKE" vmlinux -btf whole/vmlinux.h -for a.bpf.c -o sliced/vmlinux.h
quiet "$BPFBAKE" vmlinux -for a.bpf.c -o direct/vmlinux.h
to_assembly direct
to_assembly sliced
cmp direct/a.s sliced/a.s || fail "a slice of the text has other offsets than one of BTF"
[ "$(wc -c <sliced/vmlinux.h)" -lt $(($(wc -c <whole/vmlinux.h) / 4)) ] || fail "no slice"

# A slice can be sliced, and a type be taken from it.
run 0 "$BPFBAKE" vmlinux -btf sliced/vmlinux.h -type sk_buff
prints 'struct sk_buff {'
run 1 "$BPFBAKE" vmlinux -btf sliced/vmlinux.h -type no_such_type
says "no type 'no_such_type'"

printf '#include <linux/types.h>\n' >other.h
run 1 "$BPFBAKE" vmlinux -btf other.h
says 'other.h: is no vmlinux.h as bpftool writes it'
head -c 100000 whole/vmlinux.h >cut.h
run 1 "$BPFBAKE" vmlinux -btf cut.h
says 'cut.h: is no vmlinux.h as bpftool writes it'
# A kernel as it is booted.
for magic in '514 HdrS' '56 ARMd' '0 \037\213'; do
	head -c "${magic% *}" /dev/zero >vmlinuz
	printf "${magic#* }" >>vmlinuz
	head -c 1000 /dev/zero >>vmlinuz
	run 1 "$BPFBAKE" vmlinux -btf vmlinuz
	says 'vmlinuz: is packed; unpack it (a kernel: scripts/extract-vmlinux of its source)'
	run 1 "$BPFBAKE" btf dump file vmlinuz format c
	says 'vmlinuz: is packed'
done
printf '\177ABC' >binary
run 1 "$BPFBAKE" vmlinux -btf binary
says 'binary: '
