# SPDX-License-Identifier: BSD-2-Clause
# Thousands of maps, programs, variables, types: the header is made, and compiles, and an object with a few hundred loads,
# each map and program under its own name.
. "$(dirname "$0")/lib.sh"

# compiles KIND N TEXT: the header is made, has the text, and compiles with all warnings.
compiles() {
	object "$1" "$2"
	quiet "$BPFBAKE" t "$1_$2.o"
	has t.skel.h "$3"
	echo '#include "t.skel.h"' >t.c
	quiet "$CC" -std=c11 -Wall -Wextra -Werror -fsyntax-only t.c
}
compiles maps 1000 'map_999'
compiles programs 2000 'program_1999'
compiles variables 3000 'variable_2999'
compiles types 2000 'variable_1999'
compiles members 10000 'MEMBER_9999 = 9999'
compiles bytes 500000 'bytes[500000]'
# What a C compiler takes long for.
for large in maps:5000 programs:5000 variables:5000 types:20000 bytes:20000000; do
	object "${large%:*}" "${large#*:}"
	run 0 "$BPFBAKE" gen skeleton "${large%:*}_${large#*:}.o"
	grep -q "${large%:*}_${large#*:}__create_skeleton" "$WORK/out" || fail "no header of $large"
	rm -f "${large%:*}"*
done

[ "$(id -u)" -eq 0 ] || skip 'headers are made and compile; loading wants root'
for kind in maps programs variables; do
	object $kind 300
	quiet "$BPFBAKE" t ${kind}_300.o
	case $kind in
	maps) test='bpf_map__fd(t->maps.map_299) >= 0 && bpf_map__fd(t->maps.map_0) != bpf_map__fd(t->maps.map_299)' ;;
	programs) test='bpf_program__fd(t->progs.program_299) >= 0' ;;
	variables) test='t->data->variable_299 == 300 && t->data->variable_0 == 1' ;;
	esac
	cat >load.c <<END_OF_SOURCE
#include "t.skel.h"
int main(void)
{
	struct t *t = t__open_and_load();
	int is_right = t && $test;

	if (!t)
		perror("load");
	t__destroy(t);
	return t ? !is_right : 77;
}
END_OF_SOURCE
	quiet "$CC" -Wall -Wextra -Werror -o load load.c -lbpf -lelf -lz
	status=0
	./load 2>"$WORK/err" || status=$?
	[ "$status" -ne 77 ] || ! grep -q 'not permitted' "$WORK/err" || skip 'BPF is not permitted here'
	[ "$status" -eq 0 ] || fail "$kind: status $status: $(tail -n 3 "$WORK/err")"
done
