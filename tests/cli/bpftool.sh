run 0 "$BPFBAKE" b d f "$object" f c
cmp header.h "$WORK/out" || fail 'another header for b d f as bpfbake'
run 0 "$BPFBAKE" ge skel "$object" n maps
cmp skeleton.h "$WORK/out" || fail 'another skeleton for ge skel as bpfbake'
run 0 "$BPFBAKE" -V
prints "using libbpf $(bpftool version | sed -n "2s/.* //p")"
tiny d
touch f
run 1 "$BPFBAKE" -n b d none
says 'none: No such file'
rm d f
# SPDX-License-Identifier: BSD-2-Clause
# bpftool's command line: options anywhere, shortened words, JSON, and what build files ask of it.
. "$(dirname "$0")/../lib/test.sh"
needs bpftool
object="$OBJECT_DIR/maps_bpfel.o"
mkdir bin
ln -s "$BPFBAKE" bin/bpftool
ours=$PWD/bin/bpftool

# Options before the group, behind it and last; in one word; with values.
run 0 "$BPFBAKE" gen skeleton "$object" name maps
cp "$WORK/out" skeleton.h
for words in "-d gen skeleton $object name maps" "-jl gen -n skeleton -m $object name maps" \
	"--json --debug gen skeleton $object --legacy name maps -f" "gen skel $object n maps -jp" \
	"-B /dev/null gen skeleton $object name maps" "--base-btf=/dev/null gen skeleton $object name maps" \
	"-dB/dev/null gen skeleton $object name maps"; do
	# shellcheck disable=SC2086 # words
	run 0 "$BPFBAKE" $words
	cmp skeleton.h "$WORK/out" || fail "another skeleton: $words"
	# shellcheck disable=SC2086 # words
	run 0 "$ours" $words
	cmp skeleton.h "$WORK/out" || fail "another skeleton as bpftool: $words"
done
run 2 "$BPFBAKE" gen skeleton "$object" -dx
says "unknown option '-dx'"
# A program of that name is still one.
run 1 "$BPFBAKE" -n gen gen.bpf.c
says 'gen.bpf.c: No such file'

# Groups may be shortened; as bpfbake, where there is no source of the second word's name.
run 0 "$ours" g s "$object" n maps
cmp skeleton.h "$WORK/out" || fail 'another skeleton for g s'
run 0 "$ours" b d f "$object" f c
cp "$WORK/out" header.h
run 0 "$BPFBAKE" btf dump file "$object" format c
cmp header.h "$WORK/out" || fail 'another header for b d f'

# -d: libbpf's messages, as bpftool shows them.
run 0 "$BPFBAKE" -d gen skeleton "$object"
cp "$WORK/err" debug
bpftool -d gen skeleton "$object" 2>&1 >/dev/null | sed -n 's/^libbpf: \(elf: section.*\)/\1/p' >wanted
[ -s wanted ] || fail 'bpftool says nothing'
while read -r line; do
	grep -qF -- "$line" debug || fail "not said: $line"
done <wanted
run 0 "$BPFBAKE" gen skeleton "$object"
[ ! -s "$WORK/err" ] || fail 'messages without -d'

# Errors in JSON: the keys and the form of bpftool's.
shape() {
	sed 's/"error":\( *\)".*"/"error":\1"…"/'
}
for option in -j -p; do
	bpftool $option gen skeleton none.o | shape >theirs
	run 1 "$BPFBAKE" $option gen skeleton none.o
	[ ! -s "$WORK/err" ] || fail 'an error on both'
	shape <"$WORK/out" | diff theirs - || fail "another form of error: $option"
done
run 1 "$BPFBAKE" -j gen skeleton 'a"b\c
d.o'
prints '{"error":"a\"b\\c\nd.o: cannot be read: '
bpftool -j gen help >theirs
run 0 "$BPFBAKE" gen help -j
cmp theirs "$WORK/out" || fail 'help in JSON'

# version, as build files take it apart.
for words in version -V --version v; do
	run 0 "$ours" $words
	grep -qE '^bpftool v7\.[0-9]+\.[0-9]+$' "$WORK/out" || fail "no version: $words"
	[ "$(sed -n 2p "$WORK/out")" = "$(bpftool version | sed -n 2p)" ] || fail 'another libbpf'
	grep -q '^features:.*skeletons' "$WORK/out" || fail 'no features'
done
keys() {
	grep -oE '"[a-z_]+":' | sort
}
run 0 "$ours" -j version
keys <"$WORK/out" >keys
bpftool -j version | keys | grep -v strict | while read -r key; do
	grep -qxF "$key" keys || fail "no $key in the version"
done
run 0 "$BPFBAKE" version
grep -q '^features:.*skeletons' "$WORK/out" || fail 'no features of bpfbake'

# What configure scripts look for.
for tool in "$BPFBAKE" "$ours"; do
	"$tool" gen help 2>&1 | grep -q 'gen skeleton.*name' || fail 'gen help lacks the name'
	"$tool" gen help 2>&1 | grep -q skeleton || fail 'gen help lacks skeleton'
done
run 0 "$ours" help
prints 'gen skeleton'
prints 'btf dump'

# What bpftool has and bpfbake has not.
for word in prog map link cgroup perf net feature struct_ops iter batch; do
	run 2 "$ours" $word show
	says "bpftool's '$word' is not here"
done
run 2 "$ours" nonsense
says "there is no 'nonsense'"
run 2 "$ours" conns conns.bpf.c
run 2 "$ours" gen nonsense
says "there is no 'gen nonsense'; there is: "
run 2 "$BPFBAKE" gen -j nonsense
prints '{"error":"there is no '
