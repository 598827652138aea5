# SPDX-License-Identifier: BSD-2-Clause
# inspect -dot: what functions use, as the relocations say by llvm-readelf's account; calls, slots, events.
. "$(dirname "$0")/../lib/test.sh"
needs llvm-readelf

# uses OBJECT: a line "FUNCTION -> MAP" for each map that a function has relocations for.
uses() {
	{
		llvm-readelf -SW "$1" | sed -n 's/^ *\[ *\([0-9]*\)\] \([^ ]*\) .*/S \1 \2/p'
		llvm-readelf -sW "$1" | awk '$1 ~ /^[0-9]+:$/ { print "Y", $2, $3, $4, $7, $8 }'
		llvm-readelf -rW "$1" | awk '/^Relocation section/ { gsub(/\047/, "", $3); sub(/^\.rel/, "", $3); section = $3 }
			/R_BPF_64_64/ { print "R", section, $1, $5 }'
	} | awk '
		function number(hex, i, n) {
			for (i = 1; i <= length(hex); i++)
				n = 16 * n + index("0123456789abcdef", substr(hex, i, 1)) - 1
			return n
		}
		$1 == "S" { name[$2] = $3 }
		$1 == "Y" && $4 == "FUNC" { n++; f_name[n] = $6; f_section[n] = name[$5]; f_start[n] = number($2); f_size[n] = $3 }
		$1 == "Y" && $4 == "OBJECT" { place[$6] = name[$5] }
		$1 == "R" {
			used = $4
			if (place[used] ~ /^\.(data|rodata|bss)/)
				used = place[used]
			else if (place[used] != ".maps" && used !~ /^\.(data|rodata|bss)/)
				next
			for (i = 1; i <= n; i++)
				if (f_section[i] == $2 && number($3) >= f_start[i] && number($3) < f_start[i] + f_size[i])
					print f_name[i], "->", used
		}' | sort -u
}

for name in parts maps events kinds variables core; do
	for target in bpfel bpfeb; do
		object=$OBJECT_DIR/${name}_$target.o
		run 0 "$BPFBAKE" inspect -dot "$object"
		cp "$WORK/out" "$WORK/dot"
		sed -n 's/^	"\(program\|function\) \([^"]*\)" -> "map \([^"]*\)"$/\2 -> \3/p' "$WORK/dot" | sort -u >"$WORK/drawn"
		sed -n 's/^	"\(program\|function\) \([^"]*\)" \[.*/\2/p' "$WORK/dot" >"$WORK/functions"
		uses "$object" | while read -r user arrow used; do
			! grep -qxF "$user" "$WORK/functions" || echo "$user $arrow $used"
		done >"$WORK/wanted"
		[ -s "$WORK/wanted" ] || fail "$object: no uses"
		diff "$WORK/wanted" "$WORK/drawn" >&2 || fail "$object: other uses"
		# Every program and every map is there.
		"$BPFBAKE" inspect "$object" | awk '/^$/ { part = "" } NF == 1 { part = $1; getline; next }
			part == "maps" || part == "programs" { print $1 }' | while read -r node; do
			grep -qE "^	\"(map|program) $node\" \[" "$WORK/dot" || fail "$object: no node of $node"
		done
		if command -v dot >/dev/null; then
			run 0 dot -Tplain "$WORK/dot"
			[ ! -s "$WORK/err" ] || fail "dot: $(cat "$WORK/err")"
			[ "$(grep -c '^node' "$WORK/out")" -eq "$(grep -c '^	".*shape=' "$WORK/dot")" ] || fail 'other nodes'
			[ "$(grep -c '^edge' "$WORK/out")" -eq "$(grep -c ' -> ' "$WORK/dot")" ] || fail 'other edges'
		fi
	done
done

# As the source of parts.bpf.c has it: calls, callbacks, slots.
run 0 "$BPFBAKE" inspect --dot "$OBJECT_DIR/parts_bpfeb.o"
grep -E ' -> .*(calls|dashed)' "$WORK/out" | sort >"$WORK/drawn"
cat >"$WORK/wanted" <<'E'
	"function count_twice" -> "function count_number" [label="calls"]
	"map outer" -> "map inner_map" [label="[1]"] [style=dashed]
	"map steps" -> "program second_step" [label="[1]"] [style=dashed]
	"program first" -> "function count_twice" [label="calls"]
	"program walker" -> "function visit" [label="calls"]
E
diff "$WORK/wanted" "$WORK/drawn" >&2 || fail 'other calls or slots'
prints 'label="entries\nhash, 16 entries\nkey: __u32\nvalue: struct entry, 32 bytes"'
prints 'label="inner_map\narray, 1 entry\n'
prints 'label="tracer\nraw_tp/sys_enter\n'
run 0 "$BPFBAKE" inspect -dot "$OBJECT_DIR/struct_ops_bpfel.o"
grep -q '"map [a-z_]*" -> "program [a-z_]*" \[style=dashed\]' "$WORK/out" || fail 'no program of struct_ops'

# Types of events: from the source in a build, in an object by -event.
tiny a.bpf.c
cat >>a.bpf.c <<'E'
struct record { int pid; char name[12]; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
SEC("raw_tp/a\"b\\c") int quoted(void *context)
{
	struct record record = { .pid = 1 };
	bpf_ringbuf_output(&ring, &record, sizeof(record), 0);
	return 0;
}
E
echo '{{#graph}}{{>graph}}{{/graph}}' >graph.mustache
quiet "$BPFBAKE" -template graph.mustache -o a.dot a a.bpf.c
has a.dot '"event map ring" [shape=note, label="struct record, 16 bytes"]'
has a.dot '"map ring" -> "event map ring" [label="events"] [style=dashed]'
has a.dot 'label="quoted\nraw_tp/a\"b\\c\n'
! command -v dot >/dev/null || run 0 dot -Tsvg a.dot
run 1 "$BPFBAKE" inspect -dot -event events=event a_bpfel.o
says "the map 'events' has no events"
run 1 "$BPFBAKE" inspect -dot -event ring=none a_bpfel.o
says "no type 'none'"
run 0 "$BPFBAKE" inspect -dot -event ring=event -o b.dot a_bpfeb.o
has b.dot '"event map ring" [shape=note, label="struct event, 4 bytes"]'
# Also in the JSON.
run 0 "$BPFBAKE" inspect -json a_bpfel.o
prints '"graph": {'
run 2 "$BPFBAKE" inspect -dot -json a_bpfel.o
says 'inspect FILE [-json | -dot | -template FILE]'

# The picture in the README is the example's of today; instructions are the compiler's business.
quiet "$BPFBAKE" -template graph.mustache -o execs.dot execs "$SOURCE_DIR/bpf/execs.bpf.c"
sed -n 's/.*label="\([^"]*\)".*/\1/p' execs.dot | sed 's/\\n/\n/g' | grep -v ' instructions$' >labels
[ "$(wc -l <labels)" -ge 10 ] || fail "labels: $(cat labels)"
while IFS= read -r label; do
	grep -qF ">$label</text>" "$SOURCE_DIR/docs/execs.svg" ||
		fail "docs/execs.svg lacks '$label'; make it anew as docs/model.md says"
done <labels
