# SPDX-License-Identifier: BSD-2-Clause
# What a person sees at a terminal: colours, the compiler's carets, how far a long run is; and -verbose's times.
. "$(dirname "$0")/../lib/test.sh"
needs script
tiny a.bpf.c
sed 's/seen++/sen++/' a.bpf.c >wrong.bpf.c
escape=$(printf '\033')

# at_terminal STATUS WORD...: as with standard error (and all else) at a terminal; what is seen there is in $WORK/out.
at_terminal() {
	wanted=$1
	shift
	words=
	for word; do
		words="$words '$word'"
	done
	status=0
	script -qec "$words" /dev/null </dev/null >"$WORK/out" 2>"$WORK/err" || status=$?
	[ "$status" -eq "$wanted" ] || fail "status $status: $*: $(cat "$WORK/out")"
}

export TERM=xterm
unset NO_COLOR 2>/dev/null || :
at_terminal 1 "$BPFBAKE" t wrong.bpf.c
prints "${escape}[1;31mbpfbake: "
prints "${escape}[1mwrong.bpf.c: ${escape}[0m"
# clang's own: colours, the line, a caret below the name.
prints "${escape}[0;1;31merror: "
grep -qF 'sen++' "$WORK/out" || fail 'the line of the source is missing'
grep -q '\^' "$WORK/out" || fail 'no caret'
NO_COLOR=1 at_terminal 1 "$BPFBAKE" t wrong.bpf.c
! grep -q "$escape" "$WORK/out" || fail 'colours in spite of NO_COLOR'
grep -q '\^' "$WORK/out" || fail 'no caret'
NO_COLOR='' at_terminal 1 "$BPFBAKE" t wrong.bpf.c
prints "$escape"
TERM=dumb at_terminal 1 "$BPFBAKE" t wrong.bpf.c
! grep -q "$escape" "$WORK/out" || fail 'colours on a dumb terminal'
run 1 "$BPFBAKE" t wrong.bpf.c
! grep -q "$escape" "$WORK/err" || fail 'colours where no terminal is'
grep -q '\^' "$WORK/err" || fail 'no caret'
BPFBAKE_LIBCLANG=/none at_terminal 0 "$BPFBAKE" t a.bpf.c
prints "${escape}[1;36mbpfbake: note: "
at_terminal 0 "$BPFBAKE" t a.bpf.c
[ ! -s "$WORK/out" ] || fail "not silent: $(cat "$WORK/out")"

# A long run says how far it is, on one line that is gone in the end.
printf '#!/bin/sh\ncase "$*" in *bpfeb*) sleep 2.7 ;; esac\nexec clang "$@"\n' >slow
chmod +x slow
at_terminal 0 "$BPFBAKE" -cc "$PWD/slow" t a.bpf.c
grep -qE 'bpfbake: compiling a.bpf.c: 1 of 2, [0-9]+ s' "$WORK/out" || fail 'nothing says how far it is'
[ "$(tail -c 4 "$WORK/out" | od -An -tx1 | tr -d ' \n')" = 0d1b5b4b ] || fail 'the line stays'
[ "$(wc -l <"$WORK/out")" -eq 0 ] || fail 'more than one line'
quiet "$BPFBAKE" -cc "$PWD/slow" t a.bpf.c
TERM=dumb at_terminal 0 "$BPFBAKE" -cc "$PWD/slow" t a.bpf.c
[ ! -s "$WORK/out" ] || fail "not silent: $(cat "$WORK/out")"

# -verbose: each command with its time, as a line of a shell.
run 0 "$BPFBAKE" -verbose -cc "$PWD/slow" -strip llvm-strip t a.bpf.c
[ "$(grep -cE '  # [0-9]+\.[0-9]{3} s$' "$WORK/err")" -eq 4 ] || fail "not four times: $(cat "$WORK/err")"
grep -qE -- '-target bpfeb .*  # ([2-9]|[0-9]{2})\.[0-9]{3} s$' "$WORK/err" || fail 'the slow one took no time'
grep -qE -- '-target bpfel .*  # [0-9]+\.[0-9]{3} s$' "$WORK/err" || fail 'the fast one'
grep -qE '^llvm-strip -g .*  # [0-9]' "$WORK/err" || fail 'no command that strips'
