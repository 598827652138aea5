# SPDX-License-Identifier: BSD-2-Clause
# What bash completes: commands, options, values and files.
. "$(dirname "$0")/../lib/test.sh"
needs bash
script=$SOURCE_DIR/docs/completion/bpfbake.bash

# completes 'WANTED...' WORD...: with the cursor behind the last word; WANTED is sorted.
completes() {
	wanted=$1
	shift
	got=$(bash --norc -uc 'source "$0"; COMP_WORDS=(bpfbake "$@") COMP_CWORD=$#
		$(complete -p bpfbake | sed "s/.*-F \([^ ]*\) .*/\1/")
		printf "%s\n" "${COMPREPLY[@]}"' "$script" "$@" 2>"$WORK/err" | sort | tr '\n' ' ')
	[ ! -s "$WORK/err" ] || fail "$*: $(cat "$WORK/err")"
	[ "${got% }" = "$wanted" ] || fail "bpfbake $*: '${got% }' and not '$wanted'"
}

# includes WORD WORD...: the first is among what is completed for the others.
includes() {
	wanted=$1
	shift
	bash --norc -uc 'source "$0"; COMP_WORDS=(bpfbake "$@") COMP_CWORD=$#; _bpfbake
		printf "%s\n" "${COMPREPLY[@]}"' "$script" "$@" | grep -qxF -- "$wanted" || fail "no $wanted: $*"
}

tiny a.bpf.c
mkdir 'b dir'
tiny 'b dir/c.bpf.c'
: >x_bpfel.o
: >notes.txt
completes 'build' bu
completes 'version vmlinux' v
completes '' zzz
completes '-embed -event' -e
completes '--embed --event' --e
completes '-json' inspect -j
completes '' inspect -c
completes '-embed -event' build -e
for option in $("$BPFBAKE" help build | sed -n 's/^  \(-[^ ]*\).*/\1/p'); do
	includes "$option" build -
	includes "-$option" conns --
done
completes 'c23 incbin literal' -embed ''
completes 'literal' -embed l
completes 'literal' build conns -embed l
completes 'auto off only verify' conns a.bpf.c --lean ''
# '=' is a word of its own, or it is not.
completes 'only' -lean = on
completes 'auto off only verify' -lean =
completes '-lean=off -lean=only' -lean=o
completes '--embed=c23' conns --embed=c
completes 'false true' -check =
completes '-embed=incbin' -lean = off -embed=i
completes 'mips' -target mi
completes 'bpf,arm bpf,arm64' -target bpf,a''rm
completes 'arm,arm64' -target arm,arm
completes '-target=bpf,s390x' -target=bpf,s
completes 's390x' -optional s
# Files, where files are meant.
completes 'a.bpf.c b dir x_bpfel.o' conns ''
completes 'a.bpf.c b dir x_bpfel.o' build conns ''
completes 'b dir/c.bpf.c' conns 'b\ dir/'
completes 'a.bpf.c b dir notes.txt x_bpfel.o' -depfile ''
completes 'b dir' -output-dir ''
completes 'b dir x_bpfel.o' inspect ''
completes 'auto' -vmlinux au
completes 'a.bpf.c auto' -vmlinux a
completes 'a.bpf.c' vmlinux -for a
completes '' -type ''
completes '' -output-stem ''
completes 'skeleton subskeleton' gen s
completes 'name notes.txt' gen skeleton x.o n
completes 'inspect' help i
completes '' version ''
# Behind the value of an option, and behind "--".
completes '-event' -embed literal -ev
completes 'a.bpf.c' conns -embed literal a
completes 'a.bpf.c' -target = bpf,arm conns a
completes '' conns a.bpf.c -- -I
includes clang -cc cla
# Each value that is offered is one.
for value in auto off only verify; do
	run 0 "$BPFBAKE" -n -lean $value conns a.bpf.c
done
for value in literal c23; do
	run 0 "$BPFBAKE" -n -embed $value conns a.bpf.c
done
for value in $(bash --norc -c 'source "$0"; COMP_WORDS=(bpfbake -target "") COMP_CWORD=2; _bpfbake; echo "${COMPREPLY[@]}"' "$script"); do
	run 0 "$BPFBAKE" -n -target "$value" conns a.bpf.c
done
# An interactive bash takes it.
run 0 bash --norc -ic 'source "$0" && complete -p bpfbake' "$script"
prints '_bpfbake'

# Typed into an interactive bash, which quotes and completes words as it does: the words of each command.
command -v script >/dev/null || exit 0
tiny "it's.bpf.c"
cat >"$WORK/lines" <<'E'
bpfbake -embed=l => <-embed=literal>
bpfbake conns b => <conns><b dir/>
bpfbake conns b\ dir/ => <conns><b dir/c.bpf.c>
bpfbake conns "b dir/ => <conns><b dir/c.bpf.c>
bpfbake conns i => <conns><it's.bpf.c>
bpfbake -target=bpfel,bpfe => <-target=bpfel,bpfeb>
bpfbake insp => <inspect>
E
: >"$WORK/seen"
# The next line is typed when the last one has been answered.
type_lines() {
	count=0
	echo "PS1=; source '$script'; bpfbake() { printf '<%s>' \"\$@\" >>'$WORK/seen'; echo >>'$WORK/seen'; }; bpfbake ready"
	while IFS= read -r line; do
		count=$((count + 1)) tries=0
		while [ "$(wc -l <"$WORK/seen")" -lt $count ] && [ $tries -lt 100 ]; do
			sleep 0.1
			tries=$((tries + 1))
		done
		printf '%s\t' "${line%% => *}"
		sleep 0.2
		echo
	done <"$WORK/lines"
	sleep 1
	echo exit
}
type_lines | TERM=dumb timeout 60 script -qc 'bash --norc -i' /dev/null >"$WORK/out" 2>&1 || :
{
	echo '<ready>'
	sed 's/.* => //' "$WORK/lines"
} >"$WORK/wanted"
diff "$WORK/wanted" "$WORK/seen" >&2 || fail "an interactive bash: $(cat -v "$WORK/out")"
