# SPDX-License-Identifier: BSD-2-Clause
# texts.sh ARCH PACKAGE CHECKER: the types of another kernel as bpfbake and bpftool write them in a vmlinux.h,
# read from that and compared, all of them, with its BTF and with what clang makes of the text.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool clang
here=$(cd "$SOURCE_DIR/tests/lib" && pwd)
kernel=$("$here/kernel" "$1" "$2" "$KERNELS" 2>"$WORK/err") || skip "$(sed -n 's/^SKIP: //p' "$WORK/err")"
"$here/kernel_elf" "$kernel/vmlinuz" types 2>"$WORK/err" || skip "$(sed -n 's/^SKIP: //p' "$WORK/err")"
quiet "$BPFBAKE" vmlinux -btf types -o vmlinux.h
bpftool btf dump file types format c >bpftool.h
"$3" types ./vmlinux.h ./bpftool.h
