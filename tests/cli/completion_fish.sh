# SPDX-License-Identifier: BSD-2-Clause
# What fish completes: commands, options, values and files.
. "$(dirname "$0")/../lib/test.sh"
status=0
fish=$("$SOURCE_DIR/tests/lib/fish" "$SYSROOTS" 2>"$WORK/err") || status=$?
[ "$status" -ne 77 ] || skip "$(sed 's/^SKIP: //' "$WORK/err")"
[ "$status" -eq 0 ] || fail "$(cat "$WORK/err")"
tiny a.bpf.c
mkdir 'b dir' "$WORK/home"
tiny 'b dir/c.bpf.c'
: >x_bpfel.o
: >notes.txt
cat >"$WORK/offer.fish" <<'E'
source $argv[1]
for line in $argv[2..]
	set -l offered (complete -C $line | string replace -r '\t.*' '' | sort)
	echo "$offered"
end
E
# offer LINE...: what is offered behind each, a line for each in $WORK/out.
offer() {
	HOME=$WORK/home run 0 timeout 120 "$fish" --no-config "$WORK/offer.fish" \
		"$SOURCE_DIR/docs/completion/bpfbake.fish" "$@"
	[ ! -s "$WORK/err" ] || fail "$(cat "$WORK/err")"
}

# Lines, and what is offered behind each.
cat >"$WORK/cases" <<'E'
bpfbake bu => build
bpfbake v => version vmlinux
bpfbake -e => -embed -event
bpfbake --e => --embed --event
bpfbake build -e => -embed -event
bpfbake inspect -j => -json
bpfbake -embed  => c23 incbin literal
bpfbake conns --embed l => literal
bpfbake conns a.bpf.c -lean o => off only
bpfbake -lean=o => -lean=off -lean=only
bpfbake --lean=o => --lean=off --lean=only
bpfbake -type peer -ty => -type -type-prefix
bpfbake -target mi => mips
bpfbake -target bpf,ar => bpf,arm bpf,arm64
bpfbake --optional=bpf,s => --optional=bpf,s390x
bpfbake conns  => a.bpf.c b dir/ x_bpfel.o
bpfbake build conns  => a.bpf.c b dir/ x_bpfel.o
bpfbake conns b\ dir/ => b dir/c.bpf.c
bpfbake -depfile  => a.bpf.c b dir/ notes.txt x_bpfel.o
bpfbake -output-dir  => b dir/
bpfbake inspect  => b dir/ x_bpfel.o
bpfbake -vmlinux a => a.bpf.c auto
bpfbake vmlinux -for a => a.bpf.c
bpfbake -output-stem  => 
bpfbake gen s => skeleton subskeleton
bpfbake gen skeleton x.o n => name notes.txt
bpfbake help i => inspect
bpfbake conns -embed literal a => a.bpf.c
bpfbake conns a.bpf.c -- n => notes.txt
bpfbake conns a.bpf.c -- -l => 
E
set --
while IFS= read -r line; do
	set -- "$@" "${line%% => *}"
done <"$WORK/cases"
offer "$@"
sed 's/.* => //' "$WORK/cases" >"$WORK/wanted"
diff "$WORK/wanted" "$WORK/out" >&2 || fail "$(paste -d '|' "$WORK/cases" "$WORK/out")"

# Each option is offered, with one dash or two; a letter with one, as fish has it.
offer 'bpfbake -' 'bpfbake --' 'bpfbake vmlinux -'
tr ' ' '\n' <"$WORK/out" >"$WORK/offered"
for command in build vmlinux; do
	for option in $("$BPFBAKE" help $command | sed -n 's/^  \(-[^ ]*\).*/\1/p'); do
		grep -qxF -- "$option" "$WORK/offered" || fail "no $option"
		[ $command != build ] || [ ${#option} -eq 2 ] || grep -qxF -- "-$option" "$WORK/offered" ||
			fail "no -$option"
	done
done
