# SPDX-License-Identifier: BSD-2-Clause
# -target: every name, what it defines, what its object is called, and targets that do not compile.
. "$(dirname "$0")/../lib/test.sh"
needs readelf
tiny a.bpf.c

order() {
	readelf -h "$1" | grep -q "$2 endian" || fail "$1 is not $2 endian"
}

quiet "$BPFBAKE" -target bpf,bpfel,bpfeb t a.bpf.c
exists t_bpf.o t_bpfel.o t_bpfeb.o
order t_bpfel.o little
order t_bpfeb.o big
cmp t_bpf.o t_bpfel.o >/dev/null || cmp t_bpf.o t_bpfeb.o >/dev/null || fail "bpf is neither"
rm t_* t.skel.h

while read -r name arch endian; do
	case $endian in little) clang=bpfel ;; *) clang=bpfeb ;; esac
	printf '#ifndef __TARGET_ARCH_%s\n#error\n#endif\n' "$arch" >b.bpf.c
	cat a.bpf.c >>b.bpf.c
	quiet "$BPFBAKE" -target "$name" t b.bpf.c
	only a.bpf.c b.bpf.c "t_${arch}_$clang.o" t.skel.h
	order "t_${arch}_$clang.o" "$endian"
	rm t_* t.skel.h b.bpf.c
done <<'END'
386 x86 little
amd64 x86 little
arm arm little
arm64 arm64 little
loong64 loongarch little
mips mips big
ppc64 powerpc big
ppc64le powerpc little
riscv64 riscv little
s390x s390 big
END
quiet "$BPFBAKE" -target native t a.bpf.c
ls t_*_bpfe?.o >/dev/null || fail 'no object of native'
rm t_*

# Also the kernel's names: all of an architecture's targets.
quiet "$BPFBAKE" -target s390,x86,powerpc,bpfel -optional x86 t a.bpf.c
only a.bpf.c t_bpfel.o t_s390_bpfeb.o t_x86_bpfel.o t_powerpc_bpfeb.o t_powerpc_bpfel.o t.skel.h
grep -q 'if .*__i386__.*__x86_64__' t.skel.h || fail 'x86 is not for both'
rm t_* t.skel.h
run 2 "$BPFBAKE" -target bpfel -optional x86 t a.bpf.c
says "-optional names 'x86', which -target does not"

# The object for the architecture is taken before the generic one.
quiet "$BPFBAKE" -target bpfel,amd64,bpfeb t a.bpf.c
grep -A1 '^#if.*x86_64' t.skel.h >/dev/null || fail 'no branch for x86_64'
[ "$(grep -nE '^#(el)?if defined\(__x86_64__\)' t.skel.h | tail -1 | cut -d: -f1)" -lt \
	"$(grep -nE '^#(el)?if __BYTE_ORDER__' t.skel.h | tail -1 | cut -d: -f1)" ] ||
	fail 'the generic object comes first'
rm t_* t.skel.h
# For hosts without an object there is an #error.
quiet "$BPFBAKE" -target arm64 t a.bpf.c
printf '#include "t.skel.h"\nint main(void) { return 0; }\n' >m.c
case $(uname -m) in
aarch64) ;;
*) run 1 cc -fsyntax-only m.c && says 'has no object for this host' ;;
esac
rm t_* t.skel.h m.c

# A target that refuses its byte order is named, with the -target that leaves it out.
cp a.bpf.c little.bpf.c
printf '#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__\n#error only little\n#endif\n' >>little.bpf.c
run 1 "$BPFBAKE" t little.bpf.c
says 'error: only little'
says 'little.bpf.c: does not compile for bpfeb; leave it out with -target bpfel'
only a.bpf.c little.bpf.c
quiet "$BPFBAKE" -target bpfel t little.bpf.c

# PT_REGS_* without an architecture explains itself.
cat >kprobe.bpf.c <<'END'
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
SEC("kprobe/x") int k(struct pt_regs *regs) { return PT_REGS_PARM1(regs) != 0; }
char LICENSE[] SEC("license") = "GPL";
END
run 1 "$BPFBAKE" t kprobe.bpf.c
says 'give one with -target'
quiet "$BPFBAKE" -target amd64 t kprobe.bpf.c

# An optional target is left out where the source wants an architecture, and for nothing else.
rm t_* t.skel.h
quiet "$BPFBAKE" -target amd64,bpfeb -optional bpfeb t kprobe.bpf.c
exists t_x86_bpfel.o
[ ! -e t_bpfeb.o ] || fail 'an object of bpfeb'
has t.skel.h '#error "t has no object for this host'
run 0 "$BPFBAKE" -verbose -target amd64,bpfeb -optional bpfeb t kprobe.bpf.c
says 'bpfeb is left out: the source needs an architecture'
run 1 "$BPFBAKE" -target amd64,bpfeb t kprobe.bpf.c
says 'does not compile for bpfeb'
run 1 "$BPFBAKE" -optional bpfel,bpfeb t kprobe.bpf.c
says 'does not compile; see'
quiet "$BPFBAKE" -optional bpfeb t a.bpf.c
exists t_bpfeb.o
run 1 "$BPFBAKE" -optional bpfeb t little.bpf.c
says 'does not compile for bpfeb'
run 2 "$BPFBAKE" -target amd64 -optional bpfeb t a.bpf.c
says "-optional names 'bpfeb', which -target does not"
