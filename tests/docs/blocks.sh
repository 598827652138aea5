# SPDX-License-Identifier: BSD-2-Clause
# blocks.sh PAGE [go]: the code of a page is true. Each block has a comment before it, <!-- WORD: … -->, which says what
# it is, and one without fails:
#
#   file: NAME       a file of the page's scratch directory; add: NAME appends to it
#   run              what is typed at "$ ", with the installed tool; lines behind a command are what it prints, where "…" is
#                    any text. Words behind "run: ": "root", it loads BPF; "some", these lines are among those printed, and
#                    numbers are any; "status N" of the last command; "with TOOL", for which it takes TOOL; "linux N", what
#                    kernels say since version N; "go", only with the argument go, where there is Go with cilium/ebpf.
#                    A block without "$ " is a script.
#   shown: COMMAND   what this command prints
#   within: NAME     lines of the file NAME, there to stand for its line "BLOCK"; NAME is compiled when it ends in .c
#   part of: PATH    each line stands in this file of the repository
#   not run: REASON  needs what is not here; such blocks are counted
#   directory: NAME  (no block) what follows stands in another scratch directory
#   all blocks: TEST (no block) another test looks at the blocks that have no comment
#
# <!-- hidden WORD: …, up to a line -->, is a block that readers do not see.
. "$(dirname "$0")/../lib/test.sh"
here=$SOURCE_DIR/tests/docs
needs clang cc make cmake pkg-config
with=${2-}
page=$SOURCE_DIR/$1
repository=$SOURCE_DIR
# Pages run tools as users do, who have none of these variables.
unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS CPPFLAGS LDFLAGS SOURCE_DIR BPFBAKE 2>/dev/null || :
mkdir "$WORK/bin" "$WORK/steps"
[ -x /usr/bin/sudo ] && [ "$(id -u)" -ne 0 ] || printf '#!/bin/sh\nexec "$@"\n' >"$WORK/bin/sudo"
chmod +x "$WORK"/bin/* 2>/dev/null || :
export PATH="$WORK/bin:$PREFIX/bin:$PATH" CMAKE_PREFIX_PATH="$PREFIX"
export REPOSITORY="$repository"
if [ "$with" = go ]; then
	needs go
	export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$(dirname "$PREFIX")/go" GOFLAGS=
	[ -d "$GOPATH/src/github.com/cilium/ebpf" ] || skip "no sources of cilium/ebpf"
fi

skipped=0 not_run=0 checked=0
# Each scratch directory begins with the program that pages speak of, conns.bpf.c and main.c; a page may have
# files of its own beside these.
place=$WORK/w
cp "$here"/conns/* "$place"
own=$(basename "$page" .md)
[ ! -d "$here/$own" ] || cp "$here/$own"/* "$place"

broken() {
	fail "$page:$line: $*"
}

# Whether this machine lets us load anything is found out once.
can_load() {
	if [ -z "${loads-}" ]; then
		mkdir "$WORK/probe"
		tiny "$WORK/probe/probe.bpf.c"
		cat >"$WORK/probe/main.c" <<'END'
#include "probe.skel.h"
int main(void) { return !probe__open_and_load(); }
END
		loads=yes
		(cd "$WORK/probe" && bpfbake probe probe.bpf.c && cc -o probe main.c -lbpf) ||
			broken 'the probe does not compile'
		[ "$(id -u)" -eq 0 ] && "$WORK/probe/probe" 2>/dev/null || loads=no
	fi
	[ "$loads" = yes ]
}

# commands BODY: splits it into command.N and shown.N.
commands() {
	rm -f "$WORK"/command.* "$WORK"/shown.*
	if ! grep -q '^\$ ' "$1"; then
		cp "$1" "$WORK/command.1"
		: >"$WORK/shown.1"
		return
	fi
	awk -v work="$WORK" '
		is_open { print >(work "/command." n); is_open = /\\$/; next }
		/^\$ / { n++; print substr($0, 3) >(work "/command." n); printf "" >(work "/shown." n)
			is_open = /\\$/; next }
		n { print >(work "/shown." n) }' "$1"
}

# run_block BODY WORDS
run_block() {
	wanted_status=0 some=0 has_root=
	# shellcheck disable=SC2086 # a list of words
	set -- "$1" $2
	body=$1
	shift
	while [ $# -gt 0 ]; do
		case $1 in
		root) has_root=1 ;;
		some) some=1 ;;
		go) [ "$with" = go ] || return 0 ;;
		status) wanted_status=$2 && shift ;;
		linux)
			printf '%s\n' "$2" "$(uname -r)" | sort -V -C || {
				skipped=$((skipped + 1))
				return 0
			}
			shift
			;;
		with)
			command -v "$2" >/dev/null || {
				skipped=$((skipped + 1))
				return 0
			}
			shift
			;;
		*) broken "run does not know '$1'" ;;
		esac
		shift
	done
	[ -z "$has_root" ] || can_load || {
		skipped=$((skipped + 1))
		return 0
	}
	commands "$body"
	n=1 last=0
	while [ -e "$WORK/command.$n" ]; do
		last=0
		(cd "$place" && timeout 120 sh -e "$WORK/command.$n") >"$WORK/out" 2>&1 </dev/null || last=$?
		if [ -e "$WORK/command.$((n + 1))" ]; then
			[ "$last" -eq 0 ] || shows "status $last"
		fi
		if [ -s "$WORK/shown.$n" ]; then
			awk -v some="$some" -f "$here/answers.awk" "$WORK/shown.$n" "$WORK/out" ||
				shows 'prints something else'
		fi
		n=$((n + 1))
	done
	n=$((n - 1))
	[ "$last" -eq "$wanted_status" ] || shows "status $last, not $wanted_status"
}

shows() {
	cat "$WORK/out" >&2
	broken "$(cat "$WORK/command.$n"): $1"
}

within() {
	[ -e "$place/$2" ] || broken "no file $2"
	grep -qx 'BLOCK' "$place/$2" || broken "no line BLOCK in $2"
	sed -e "/^BLOCK$/{r $1" -e 'd;}' "$place/$2" >"$place/whole-$2"
	case $2 in
	*.c)
		(cd "$place" && cc -std=gnu11 -Wall -Wextra -Werror -Wno-unused-variable -c -o whole.o "whole-$2") ||
			broken 'does not compile'
		;;
	esac
}

part_of() {
	[ -e "$repository/$2" ] || broken "no file $2"
	while IFS= read -r text; do
		text=$(printf '%s\n' "$text" | sed 's/^[ 	]*//')
		[ -z "$text" ] || grep -qF -- "$text" "$repository/$2" || broken "$2 has no '$text'"
	done <"$1"
}

shown() {
	(cd "$place" && sh -c "$2") >"$WORK/out" 2>&1 || :
	awk -f "$here/answers.awk" "$1" "$WORK/out" || {
		cat "$WORK/out" >&2
		broken "$2: prints something else"
	}
}

awk -v steps="$WORK/steps" -f "$here/blocks.awk" "$page" >"$WORK/list" || fail 'blocks of no kind'
tab=$(printf '\t')
while IFS="$tab" read -r number line word argument; do
	body=$WORK/steps/$number
	checked=$((checked + 1))
	case $word in
	file | add)
		mkdir -p "$(dirname "$place/$argument")"
		[ "$word" = add ] || : >"$place/$argument"
		cat "$body" >>"$place/$argument"
		;;
	run) run_block "$body" "$argument" ;;
	shown) shown "$body" "$argument" ;;
	within) within "$body" "$argument" ;;
	part-of) part_of "$body" "$argument" ;;
	directory)
		place=$WORK/w/$argument
		mkdir -p "$place"
		cp "$here"/conns/* "$place"
		checked=$((checked - 1))
		;;
	all-blocks)
		[ -e "$repository/$argument" ] || broken "no test $argument"
		checked=$((checked - 1))
		;;
	covered) ;;
	not-run)
		[ -n "$argument" ] || broken 'why is it not run?'
		not_run=$((not_run + 1))
		;;
	esac
done <"$WORK/list"
echo "$1: $checked blocks, $not_run of them not run, $skipped skipped"
[ "$skipped" -eq 0 ] || skip "$skipped blocks take what is not here: a tool, a newer kernel, or the right to load BPF"
