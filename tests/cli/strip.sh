# SPDX-License-Identifier: BSD-2-Clause
# DWARF: gone by default, kept with -no-strip, stripped by -strip's command.
. "$(dirname "$0")/../lib/test.sh"
needs readelf
tiny a.bpf.c

debug() {
	readelf -SW "$1" | grep -c '\.debug_\|llvm_addrsig' || :
}

quiet "$BPFBAKE" t a.bpf.c
[ "$(debug t_bpfel.o)$(debug t_bpfeb.o)" = 00 ] || fail 'DWARF is left'
quiet "$BPFBAKE" -no-strip t a.bpf.c
[ "$(debug t_bpfel.o)" -gt 3 ] || fail 'DWARF is gone'
cat >"$WORK/strip" <<END
#!/bin/sh
echo "\$1" >>"$WORK/stripped"
END
chmod +x "$WORK/strip"
quiet "$BPFBAKE" -strip "$WORK/strip" t a.bpf.c
[ "$(cat "$WORK/stripped")" = "-g
-g" ] || fail 'the command was not run as COMMAND -g OBJECT'
BPFBAKE_STRIP="$WORK/strip" BPF2GO_STRIP=/none quiet "$BPFBAKE" t a.bpf.c
BPF2GO_STRIP="$WORK/strip" quiet "$BPFBAKE" t a.bpf.c
[ "$(wc -l <"$WORK/stripped")" -eq 6 ] || fail 'the environment is not heard'
BPFBAKE_STRIP=/none quiet "$BPFBAKE" -no-strip t a.bpf.c
run 1 "$BPFBAKE" -strip false t a.bpf.c
says "'false' ended with status 1; leave -strip out"
run 1 "$BPFBAKE" -strip /none/strip t a.bpf.c
says 'cannot be started'
