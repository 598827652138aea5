# SPDX-License-Identifier: BSD-2-Clause
# What an interactive zsh completes: commands, options, values and files.
. "$(dirname "$0")/../lib/test.sh"
needs zsh
run 0 zsh -n "$SOURCE_DIR/docs/completion/_bpfbake"
tiny a.bpf.c
mkdir 'b dir'
tiny 'b dir/c.bpf.c'
: >x_bpfel.o
: >notes.txt

# offer LINE...: what is offered behind each, a line for each in $WORK/offered.
offer() {
	run 0 timeout 120 zsh -f "$SOURCE_DIR/tests/lib/complete.zsh" "$SOURCE_DIR/docs/completion" "$@"
	awk 'NF { text = text (text == "" ? "" : " ") $0; next } { print text; text = "" }' \
		"$WORK/out" >"$WORK/offered"
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
bpfbake -lean=o => off only
bpfbake --lean=o => off only
bpfbake -type peer -ty => -type -type-prefix
bpfbake -target mi => mips
bpfbake -target bpf,ar => arm arm64
bpfbake -optional=bpf,s => s390x
bpfbake conns  => a.bpf.c b\ dir x_bpfel.o
bpfbake build conns  => a.bpf.c b\ dir x_bpfel.o
bpfbake conns b\ dir/ => c.bpf.c
bpfbake -depfile  => a.bpf.c b\ dir notes.txt x_bpfel.o
bpfbake -output-dir  => b\ dir
bpfbake inspect  => b\ dir x_bpfel.o
bpfbake -vmlinux a => a.bpf.c auto
bpfbake vmlinux -for a => a.bpf.c
bpfbake -output-stem  => 
bpfbake gen s => skeleton subskeleton
bpfbake gen skeleton x.o n => name notes.txt
bpfbake help i => inspect
bpfbake conns -embed literal a => a.bpf.c
bpfbake conns a.bpf.c -- -l => 
E
set --
while IFS= read -r line; do
	set -- "$@" "${line%% => *}"
done <"$WORK/cases"
offer "$@"
sed 's/.* => //' "$WORK/cases" >"$WORK/wanted"
diff "$WORK/wanted" "$WORK/offered" >&2 || fail "$(paste -d '|' "$WORK/cases" "$WORK/offered")"

# Each option is offered, with one dash and with two.
offer 'bpfbake -' 'bpfbake --' 'bpfbake vmlinux -'
for command in build vmlinux; do
	for option in $("$BPFBAKE" help $command | sed -n 's/^  \(-[^ ]*\).*/\1/p'); do
		grep -qxF -- "$option" "$WORK/out" || fail "no $option"
		[ $command != build ] || grep -qxF -- "-$option" "$WORK/out" || fail "no -$option"
	done
done
