# SPDX-License-Identifier: BSD-2-Clause
# Several sources: compiled each for each target, linked for each, and one header.
. "$(dirname "$0")/../lib/test.sh"
mkdir lib
cat >app.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "shared.h"
#define MAX_PEERS 17
#define STEP 1
#define ORDER (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? 4321 : 1234)
/* Who is known. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PEERS);
	__type(key, __u32);
	__type(value, struct peer);
} peers SEC(".maps");
/* How often. */
__u64 hits;
int count(__u32 key);
SEC("raw_tp/sys_enter") int first(void *context)
{
	hits += STEP;
	return count(7);
}
char LICENSE[] SEC("license") = "GPL";
END
cat >lib/more.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "../shared.h"
#include "deep.h"
#define MAX_PEERS 17
#define STEP 2
extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_PEERS);
	__type(key, __u32);
	__type(value, struct peer);
} peers SEC(".maps");
extern __u64 hits;
/* The sum of all. */
int total;
int count(__u32 key)
{
	struct peer *peer = bpf_map_lookup_elem(&peers, &key);

	if (peer)
		peer->met += STEP;
	hits++;
	return total++ + DEEP;
}
SEC("raw_tp/sys_exit") int second(void *context) { return count(8); }
char LICENSE[] SEC("license") = "GPL";
END
printf '#define SHARED 3\n/* One of them. */\nstruct peer { __u64 met; };\n' >shared.h
echo '#define DEEP 4' >lib/deep.h

quiet "$BPFBAKE" -depfile d -makebase . -compile-commands cc.json app app.bpf.c lib/more.bpf.c
only app.bpf.c app.skel.h app.skel.h.d app_bpfeb.o app_bpfel.o cc.json d lib shared.h
sed -n 1,5p app.skel.h >top
has top 'app.bpf.c, more.bpf.c'
for text in 'app__SHARED 3' 'app__MAX_PEERS 17' 'Who is known. (app.bpf.c:' 'The sum of all. (more.bpf.c:' \
	'One of them. (shared.h:' 'app__PROG_first' 'app__PROG_second' 'app__VAR_total' 'app__DEEP 4'; do
	has app.skel.h "$text"
done
# Constants of one name: as long as they agree; each target's where one source speaks of it.
lacks app.skel.h app__STEP
has app.skel.h 'app__ORDER 4321'
has app.skel.h 'app__ORDER 1234'
run 0 "$BPFBAKE" -verbose app app.bpf.c lib/more.bpf.c
says 'the macro STEP has another value in another source'
[ "$(grep -c 'the macro' "$WORK/err")" -eq 1 ] || fail 'said twice'

# Dependencies of all, none twice.
for file in app.bpf.c lib/more.bpf.c shared.h lib/deep.h /usr/include/linux/bpf.h; do
	[ "$(grep -cE "^  $file( |\$)" d)" -eq 1 ] || fail "$file is in the depfile $(grep -c "^  $file" d) times"
	[ "$(grep -cE "^  .*${file##*/}( |\$)" app.skel.h.d)" -ge 1 ] || fail "$file is not in the file of -makebase"
done
lacks d "$TMPDIR"
for file in app.bpf.c lib/more.bpf.c; do
	has cc.json "\"file\": \"$PWD/$file\""
done
[ "$(grep -c '"file"' cc.json)" -eq 2 ] || fail 'not two commands'
lacks cc.json "$TMPDIR"
[ "$(grep -cE '"[^"]*_bpfel.o"' cc.json)" -eq 2 ] || fail 'commands have no objects'
[ "$(grep -E '"[^"]*_bpfel.o"' cc.json | sort -u | wc -l)" -eq 2 ] || fail 'two commands write one object'

# -n tells all of it, and does nothing.
cp app.skel.h before.h
rm app_bpf*.o
run 0 "$BPFBAKE" -n -target bpfel,bpfeb -strip llvm-strip app app.bpf.c lib/more.bpf.c
cp "$WORK/out" commands
[ "$(grep -c ' -c ./app.bpf.c ' commands)" -eq 2 ] || fail 'not each target'
[ "$(grep -c ' -c lib/more.bpf.c ' commands)" -eq 2 ] || fail 'not each target of the second'
[ "$(grep -c '^llvm-strip -g ' commands)" -eq 4 ] || fail 'not each object'
[ "$(grep -o ' -o [^ ]*' commands | sort -u | wc -l)" -eq 4 ] || fail 'two commands write one file'
[ ! -e app_bpfel.o ] || fail '-n has done something'

# The same bytes from elsewhere, by other names of the sources, one after another, and with DWARF cut off by another.
quiet "$BPFBAKE" app app.bpf.c lib/more.bpf.c
mkdir out
quiet "$BPFBAKE" -output-dir out -j 1 app "$PWD/app.bpf.c" lib/../lib/more.bpf.c
cmp out/app.skel.h app.skel.h
cp -r . "$WORK/copy"
(cd "$WORK/copy/lib" && quiet "$BPFBAKE" -output-dir ../out app ../app.bpf.c more.bpf.c)
for file in app.skel.h app_bpfel.o app_bpfeb.o; do
	cmp "$WORK/copy/out/$file" "$file"
done
# What they say of lines is each source's, relative to it.
tr '\0' '\n' <app_bpfel.o | strings >strings
has strings 'hits += STEP;'
has strings 'peer->met += STEP;'
grep -qx more.bpf.c strings || fail 'no name of the second source'
lacks strings "$PWD"

# -check, and what the other options make of it.
quiet "$BPFBAKE" -check app app.bpf.c lib/more.bpf.c
sed -i 's/DEEP 4/DEEP 5/' lib/deep.h
run 3 "$BPFBAKE" -check app app.bpf.c lib/more.bpf.c
sed -i 's/DEEP 5/DEEP 4/' lib/deep.h
mkdir split
quiet "$BPFBAKE" -output-dir split -split -embed incbin app app.bpf.c lib/more.bpf.c
has split/app.skel.c app_bpfel.o
quiet "$BPFBAKE" -output-dir split -compress app app.bpf.c lib/more.bpf.c
echo '{{#programs}}{{name}} {{/programs}}' >names.mustache
quiet "$BPFBAKE" -output-dir split -template names.mustache -o names app app.bpf.c lib/more.bpf.c
has names 'first second'
if command -v llvm-strip >/dev/null; then
	quiet "$BPFBAKE" -output-dir split -strip llvm-strip app app.bpf.c lib/more.bpf.c
	cmp split/app_bpfel.o app_bpfel.o
fi

# Without the cache each source has files of its own.
quiet env BPFBAKE_CACHE=off "$BPFBAKE" -output-dir split app app.bpf.c lib/more.bpf.c
cmp split/app_bpfel.o app_bpfel.o
[ -z "$(ls "$TMPDIR")" ] || fail "left in TMPDIR: $(ls "$TMPDIR")"

# A slice of vmlinux.h for each; all of it for the one alone that needs it.
if [ -e /sys/kernel/btf/vmlinux ]; then
	mkdir lean
	cat >lean/a.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
int pid;
int other(__u64 task);
SEC("raw_tp/sys_enter") int first(void *context)
{
	struct task_struct *task = (void *)bpf_get_current_task();

	pid = BPF_CORE_READ(task, pid);
	return other((__u64)task);
}
char LICENSE[] SEC("license") = "GPL";
END
	cat >lean/b.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
int uid;
int other(__u64 address)
{
	struct task_struct *task = (void *)address;

	uid = BPF_CORE_READ(task, cred, uid.val);
	return 0;
}
END
	lean() {
		"$BPFBAKE" -output-dir lean -vmlinux /sys/kernel/btf/vmlinux "$@" l lean/a.bpf.c lean/b.bpf.c
	}
	quiet lean
	cp lean/l_bpfel.o lean.o
	quiet env BPFBAKE_CACHE=off "$BPFBAKE" -output-dir lean -vmlinux /sys/kernel/btf/vmlinux \
		l lean/a.bpf.c lean/b.bpf.c
	cmp lean.o lean/l_bpfel.o
	quiet lean -lean verify
	sed -i 's/struct task_struct \*task/PASTE(task_, struct) *task/' lean/b.bpf.c
	sed -i '1i #define PASTE(a, b) b a##b' lean/b.bpf.c
	run 1 lean -lean only
	says 'lean/b.bpf.c: does not compile'
	run 0 lean -verbose
	says 'lean/b.bpf.c: note: needs more than a slice of vmlinux.h'
	! grep -q 'lean/a.bpf.c: note: needs' "$WORK/err" || fail 'all of vmlinux.h for the first, too'
	[ "$(grep -c ' -c lean/a.bpf.c ' "$WORK/err")" -eq 2 ] || fail 'the first is compiled again'
	[ -z "$(ls "$TMPDIR")" ] || fail "left in TMPDIR: $(ls "$TMPDIR")"
fi

# A source that does not compile is named, both if both do not, and nothing is written.
sha256sum app.skel.h app_bpf*.o >"$WORK/sums"
cp lib/more.bpf.c good.c
echo '#error broken' >>lib/more.bpf.c
run 1 "$BPFBAKE" app app.bpf.c lib/more.bpf.c
says 'lib/more.bpf.c: does not compile'
! grep -q 'bpfbake: app.bpf.c' "$WORK/err" || fail 'the first is blamed'
cp app.bpf.c good-app.c
echo '#error broken' >>app.bpf.c
run 1 "$BPFBAKE" app app.bpf.c lib/more.bpf.c
says 'lib/more.bpf.c: does not compile'
says 'app.bpf.c: does not compile'
cp good.c lib/more.bpf.c
printf '#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__\n#error\n#endif\n' >>lib/more.bpf.c
cp good-app.c app.bpf.c
run 1 "$BPFBAKE" app app.bpf.c lib/more.bpf.c
says 'lib/more.bpf.c: does not compile for bpfeb; leave it out with -target bpfel'
# An architecture that one of them lacks is left out for all.
cp good.c lib/more.bpf.c
printf '#include <linux/ptrace.h>\n#include <bpf/bpf_tracing.h>\n%s\n' \
	'SEC("kprobe/x") int probe(struct pt_regs *regs) { return PT_REGS_PARM1(regs) != 0; }' >>lib/more.bpf.c
quiet "$BPFBAKE" -output-dir split -target amd64,bpfeb -optional bpfeb app app.bpf.c lib/more.bpf.c
[ -e split/app_x86_bpfel.o ] || fail 'no object for the architecture'
run 1 "$BPFBAKE" -output-dir split -target amd64,bpfeb app app.bpf.c lib/more.bpf.c
says 'lib/more.bpf.c: does not compile for bpfeb'
cp good.c lib/more.bpf.c

# What does not fit together is said of the files.
sed -i 's/extern __u64 hits/extern __u32 hits/' lib/more.bpf.c
run 1 "$BPFBAKE" app app.bpf.c lib/more.bpf.c
says "lib/more.bpf.c: 'hits' is not declared as in app.bpf.c"
run 1 "$BPFBAKE" app app.bpf.c
says "app.bpf.c: needs 'count', which another object defines; give its source, too"
cp good.c lib/more.bpf.c
run 2 "$BPFBAKE" app app.bpf.c app.bpf.c
says "'app.bpf.c' is given twice"
run 2 "$BPFBAKE" -no-strip app app.bpf.c lib/more.bpf.c
says 'leave -no-strip out'
run 1 "$BPFBAKE" app app.bpf.c lib/none.bpf.c
says 'lib/none.bpf.c: No such file'
sha256sum -c --quiet "$WORK/sums" || fail 'an output was changed'

# Objects that someone else compiled: those of one byte order are linked.
compile() {
	clang -O2 -g -mcpu=v1 -target "$2" -idirafter "/usr/include/$(cc -print-multiarch)" -c "$1" -o "$3"
}
mkdir o p
for target in bpfel bpfeb; do
	compile app.bpf.c $target o/app.$target.o
	compile lib/more.bpf.c $target o/more.$target.o
done
sha256sum o/* >"$WORK/sums"
quiet "$BPFBAKE" -output-dir p -depfile p/d app o/app.bpfel.o o/app.bpfeb.o o/more.bpfeb.o o/more.bpfel.o
(cd p && only app.skel.h app_bpfeb.o app_bpfel.o d)
has p/d o/more.bpfeb.o
sed -n 1,5p p/app.skel.h >top
has top 'app.bpfel.o, more.bpfel.o'
has p/app.skel.h 'app__VAR_total'
quiet "$BPFBAKE" -check -output-dir p app o/app.bpfel.o o/more.bpfel.o o/app.bpfeb.o o/more.bpfeb.o
rm p/*
quiet "$BPFBAKE" -output-dir p app o/app.bpfeb.o o/more.bpfeb.o
(cd p && only app.skel.h app_bpfeb.o)
run 1 "$BPFBAKE" -no-strip -output-dir p app o/app.bpfeb.o o/more.bpfeb.o
says 'leave -no-strip out'
run 1 "$BPFBAKE" -output-dir p app o/app.bpfeb.o shared.h.o o/more.bpfeb.o
says 'shared.h.o: cannot be read'
cp shared.h wrong.o
run 1 "$BPFBAKE" -output-dir p app o/app.bpfel.o wrong.o
says 'wrong.o: '
# One output would be an input.
cp o/app.bpfel.o app_bpfel.o
run 1 "$BPFBAKE" app app_bpfel.o o/more.bpfel.o
says app_bpfel.o
cmp o/app.bpfel.o app_bpfel.o
sha256sum -c --quiet "$WORK/sums" || fail 'an object was changed'
