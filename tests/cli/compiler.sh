# SPDX-License-Identifier: BSD-2-Clause
# -cc, -cflags, the flags behind "--", their environment, and a compiler that fails.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
cat >>a.bpf.c <<'END'
#ifndef VALUE
#define VALUE 1
#endif
const volatile int value = VALUE;
END

value_is() {
	run 0 "$BPFBAKE" inspect -json conns_bpfel.o
	llvm-objcopy -O binary --only-section=.rodata conns_bpfel.o value
	[ "$(od -An -td4 value | tr -d ' ')" = "$1" ] || fail "value is $(od -An -td4 value), not $1"
	rm conns* value
}
needs llvm-objcopy

# A compiler that tells how it was called.
cat >"$WORK/cc" <<END
#!/bin/sh
printf '%s\n' "\$@" >>"$WORK/args"
exec clang "\$@"
END
chmod +x "$WORK/cc"
called() {
	grep -qxF -- "$1" "$WORK/args" || fail "the compiler did not get $1"
	rm -f "$WORK/args"
	rm -rf "$XDG_CACHE_HOME"
}

quiet "$BPFBAKE" conns a.bpf.c
value_is 1
quiet "$BPFBAKE" -cflags '-DVALUE=2' conns a.bpf.c
value_is 2
quiet "$BPFBAKE" conns a.bpf.c -- -DVALUE=3
value_is 3
# Those behind "--" come last.
quiet "$BPFBAKE" -cflags '-UVALUE -DVALUE=2' conns a.bpf.c -- -UVALUE -DVALUE=3
value_is 3
quiet "$BPFBAKE" -cflags "-DVALUE='(2 + 5)'" conns a.bpf.c
value_is 7
BPFBAKE_CFLAGS=-DVALUE=4 BPF2GO_CFLAGS=-DVALUE=5 quiet "$BPFBAKE" conns a.bpf.c
value_is 4
BPF2GO_CFLAGS=-DVALUE=5 quiet "$BPFBAKE" conns a.bpf.c
value_is 5
BPFBAKE_CFLAGS=-DVALUE=4 quiet "$BPFBAKE" -cflags -DVALUE=6 conns a.bpf.c
value_is 6

quiet "$BPFBAKE" -cc "$WORK/cc" conns a.bpf.c
called -mcpu=v1
BPFBAKE_CC="$WORK/cc" BPF2GO_CC=/none quiet "$BPFBAKE" conns a.bpf.c
called -O2
BPF2GO_CC="$WORK/cc" quiet "$BPFBAKE" conns a.bpf.c
called -g
# An empty one is set: bpf2go's is not read then.
BPFBAKE_CC= BPF2GO_CC=/none quiet "$BPFBAKE" conns a.bpf.c
BPFBAKE_CFLAGS= BPF2GO_CFLAGS=-fno-such-flag quiet "$BPFBAKE" conns a.bpf.c
BPFBAKE_CC=/none quiet "$BPFBAKE" -cc "env X=1 $WORK/cc -DWORD" conns a.bpf.c
called -DWORD
rm conns*

run 1 "$BPFBAKE" -cc /none/clang conns a.bpf.c
says "'/none/clang' cannot be started: No such file or directory; install clang"
run 1 "$BPFBAKE" -no-sys-include -cc /none/clang conns a.bpf.c
says "'/none/clang' cannot be started: No such file or directory; install clang"
run 1 "$BPFBAKE" -cc false -no-sys-include conns a.bpf.c
says 'a.bpf.c: does not compile'
run 1 "$BPFBAKE" -cc true -no-sys-include conns a.bpf.c
says "'true' made no object for bpfel"
printf '#!/bin/sh\nkill -9 $$\n' >"$WORK/killed"
chmod +x "$WORK/killed"
run 1 "$BPFBAKE" -cc "$WORK/killed" -no-sys-include conns a.bpf.c
says 'was killed by signal 9'
run 1 "$BPFBAKE" conns none.bpf.c
says 'none.bpf.c: No such file or directory'

# clang's own words pass through, once for both targets.
echo 'int broken' >b.bpf.c
run 1 "$BPFBAKE" conns b.bpf.c
[ "$(grep -c "error: expected ';'" "$WORK/err")" -eq 1 ] || fail "clang's error is not there once"
says 'b.bpf.c: does not compile; see'
run 1 "$BPFBAKE" conns b.bpf.c -- -I. -I "no where" -iquotegone
says "b.bpf.c: note: headers are looked for in 'no where', which is not there"
[ "$(grep -c 'headers are looked for' "$WORK/err")" -eq 2 ] || fail 'not the two directories'
only a.bpf.c b.bpf.c
echo '#warning look' >>a.bpf.c
run 0 "$BPFBAKE" conns a.bpf.c
[ "$(grep -c 'warning: look' "$WORK/err")" -eq 1 ] || fail "clang's warning is not there once"
