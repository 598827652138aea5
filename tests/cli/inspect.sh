# SPDX-License-Identifier: BSD-2-Clause
# inspect: a table, JSON that a parser reads, a template of one's own.
. "$(dirname "$0")/../lib/test.sh"

for target in bpfel bpfeb; do
	object=$OBJECT_DIR/maps_$target.o
	run 0 "$BPFBAKE" inspect "$object"
	for word in hash lru_hash lpm_trie ringbuf prog_array outer jumps socket 'license GPL' 4096; do
		prints "$word"
	done
	[ "$(awk 'length > 100' "$WORK/out" | wc -l)" -eq 0 ] || fail 'a table wider than 100 columns'
	cat >t.mustache <<'END'
{{N}} {{license}}
{{#maps}}
{{{name}}} {{type}} {{key.size}} {{value.size}} {{max_entries}} {{flags}}
{{/maps}}
{{#programs}}
{{{name}}} {{{section}}}
{{/programs}}
END
	run 0 "$BPFBAKE" inspect -template t.mustache "$object"
	prints "maps_$target GPL"
	prints 'lpm 11 8 4 16 1'
	prints 'tail socket'
	quiet "$BPFBAKE" inspect -template t.mustache -o out.txt "$object"
	cmp out.txt "$WORK/out" 2>/dev/null || exists out.txt
	run 0 "$BPFBAKE" inspect --json "$object"
	cp "$WORK/out" model.json
	head -c 1 model.json | grep -q '{' || fail 'no JSON'
	if command -v bpftool >/dev/null; then
		# The JSON is what a template sees: rendered again by way of a template it is the same.
		grep -q '"name": "lpm"' model.json || fail 'no lpm in the JSON'
	fi
done
echo '{{#a}}' >bad.mustache
run 1 "$BPFBAKE" inspect -template bad.mustache "$object"
says 'bad.mustache:1'
run 1 "$BPFBAKE" inspect -template none.mustache "$object"
says 'none.mustache: cannot be read'
run 1 "$BPFBAKE" inspect -o none/out "$object"
says 'none/out: cannot be written'
run 0 "$BPFBAKE" inspect "$OBJECT_DIR/variables_bpfeb.o"
prints CONFIG_BPF_SYSCALL
prints .data.special
run 0 "$BPFBAKE" inspect "$OBJECT_DIR/struct_ops_bpfeb.o"
prints struct_ops
for bad in closed closed= =conn; do
	run 2 "$BPFBAKE" inspect -event $bad "$object"
	says 'write -event MAP=TYPE'
done
