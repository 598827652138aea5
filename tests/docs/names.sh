# SPDX-License-Identifier: BSD-2-Clause
# docs/moving.md and the table of docs/cookbook.md: what they name of other tools is there, with the types that names/*.go
# says, and what moving.md has to name is named. Names that Debian's libraries do not have stand in names/newer, names/libbpfgo and names/bcc, with the file that has them.
. "$(dirname "$0")/../lib/test.sh"
page=$SOURCE_DIR/docs/moving.md
names=$SOURCE_DIR/tests/docs/names

# left TITLE: the code in the first column of the tables whose head begins so.
left() {
	awk -v title="| $1" '
		!/^\|/ { is_in = 0 }
		index($0, title) == 1 { is_in = 1 }
		is_in && !/^\|---/ && index($0, title) != 1 {
			rest = substr($0, 3)
			rest = substr(rest, 1, index(rest, " | "))
			while (match(rest, /`[^`]+`/)) {
				print substr(rest, RSTART + 1, RLENGTH - 2)
				rest = substr(rest, RSTART + RLENGTH)
			}
		}' "$page" | sed 's/"[^"]*"//g'
}

# column N: the code in that column of the cookbook's table.
column() {
	awk -F ' [|] ' -v n="$1" '
		/^\| job / { is_in = 1 }
		!/^\|/ { is_in = 0 }
		is_in {
			while (match($n, /`[^`]+`/)) {
				print substr($n, RSTART + 1, RLENGTH - 2)
				$n = substr($n, RSTART + RLENGTH)
			}
		}' "$SOURCE_DIR/docs/cookbook.md"
}

# all_in NAMES FILE... : each name is a word of one of the files.
all_in() {
	[ "$(wc -l <"$1")" -gt 9 ] || fail "$1: hardly a name was found"
	list=$1
	shift
	while read -r name; do
		cat "$@" | grep -qwF -- "$name" || fail "the pages name '$name', which is not in $*"
	done <"$list"
}

# libbpf: each function is declared, or newer; each way to attach is on the page.
headers="$(pkg-config --variable=includedir libbpf)/bpf"
{ left libbpf && column 4; } | grep -oE '\b(bpf|ring_buffer|perf_buffer|user_ring_buffer|libbpf)_[a-z_]+' | grep -v '_$' | sort -u >libbpf
all_in libbpf "$headers/libbpf.h" "$headers/bpf.h" "$names/newer"
grep -ohE 'bpf_program__attach_[a-z_]+\(' "$headers/libbpf.h" | tr -d '(' | sort -u >attach
while read -r function; do
	grep -qw "$function" "$page" || case $function in
	*_opts) has "$page" "\`${function%_opts}" ;;
	*) fail "moving.md lacks $function" ;;
	esac
done <attach

# Go's names begin with a capital. One letter is the reader's map or program.
{ left libbpfgo && column 3; } | grep -oE '\b[A-Z][A-Za-z]+' | grep -vx CGO | sort -u >libbpfgo
all_in libbpfgo "$names/libbpfgo"
{ left cilium/ebpf && column 2; } | grep -oE '\b[A-Z][A-Za-z]+' | sort -u >ebpf
all_in ebpf "$names/ebpf.go" "$names/newer"
left 'BCC in Python' | grep -oE '(bcc|elf|m|table|perf)\.[A-Z][A-Za-z]+' | sed 's/.*\.//' | sort -u >gobpf
all_in gobpf "$names/gobpf.go"
left 'BCC in Python' | grep -oE '(^|[^a-z.])b(\[\])?\.[a-z_]+\(' | sed 's/.*\.//; s/(//' | sort -u >bcc
all_in bcc "$names/bcc"

# What these files say is so.
needs go
export GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE="$(dirname "$PREFIX")/go" GOFLAGS=
skipped=
look_at() {
	if [ -d "$GOPATH/src/github.com/$2" ]; then
		(cd "$names" && go vet "./$1") >bad 2>&1 || fail "$1: $(cat bad)"
	else
		skipped="$skipped $2"
	fi
}
look_at ebpf.go cilium/ebpf
look_at gobpf.go iovisor/gobpf
if [ -d "$GOPATH/src/github.com/cilium/ebpf" ]; then
	# Each function of the package link is on the page, each method of maps but those that only tell what is known.
	sources=$GOPATH/src/github.com/cilium/ebpf
	find "$sources/link" -name "*.go" ! -name "*_test.go" -exec grep -hoE "^func [A-Z][A-Za-z]*" {} + | sed 's/func //' | grep -v "Detach" >wanted
	[ "$(wc -l <wanted)" -gt 10 ] || fail 'hardly a function of link'
	sed -n 's/^func (m \*Map) \([A-Z][A-Za-z]*\).*/\1/p' "$sources/map.go" |
		grep -vxE 'String|Type|KeySize|ValueSize|MaxEntries|Flags|Clone|Close|IsPinned|.*Bytes|.*WithFlags' >>wanted
	while read -r name; do
		grep -qw "$name" ebpf || fail "moving.md lacks cilium/ebpf's $name"
	done <wanted
fi
for library in /usr/lib/*/libbcc.so.0; do
	[ -e "$library" ] || continue
	strings -a "$library" >library
	left 'BCC, in the source' | grep -oE '\b(BPF_[A-Z_]+|[A-Z_]+_PROBE)\b' | sort -u >macros
	[ "$(wc -l <macros)" -gt 6 ] || fail 'hardly a macro of BCC'
	while read -r macro; do
		grep -qE "define $macro\b" library || fail "BCC has no $macro"
	done <macros
done
[ -z "$skipped" ] || skip "no sources of$skipped"
