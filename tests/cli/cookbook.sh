# SPDX-License-Identifier: BSD-2-Clause
# docs/cookbook.md: each line of its code stands in a source that its section names, which is compiled and
# run; what it shows of the command is printed; and no job of the tests lacks a section.
. "$(dirname "$0")/../lib/test.sh"
docs=$SOURCE_DIR/docs

cat >check.awk <<'END_OF_AWK'
function trimmed(line) {
	gsub(/^[ \t]+|[ \t]+$/, "", line)
	return line
}
function bad(text) {
	print FILENAME ":" FNR ": " text
	failures++
}
function load(path, line, count) {
	while ((getline line <path) > 0) {
		source[trimmed(line)] = 1
		count++
	}
	close(path)
	if (!count)
		bad("no file " path)
}
/^## / { split("", source) }
/^```c$/ { is_code = 1; next }
/^```/ { is_code = 0 }
is_code {
	lines++
	if (!(trimmed($0) in source))
		bad("no source of this section has: " trimmed($0))
}
!is_code {
	rest = $0
	while (match(rest, /\]\(\.\.\/[^)]*\)/)) {
		load(docs "/" substr(rest, RSTART + 2, RLENGTH - 3))
		rest = substr(rest, RSTART + RLENGTH)
	}
}
END {
	if (!lines)
		bad("no code")
	exit failures > 0
}
END_OF_AWK
awk -v docs="$docs" -f check.awk "$docs/cookbook.md" >bad || fail "$(cat bad)"

for job in "$SOURCE_DIR"/tests/kernel/jobs/*.c; do
	has "$docs/cookbook.md" "](../tests/kernel/jobs/${job##*/})"
done

# The links in its table are titles of sections.
sed -n 's/^## //p' "$docs/cookbook.md" | tr 'A-Z ' 'a-z-' | tr -d ",'" | sort >titles
sed -n 's/^| \[.*\](#\([^)]*\)).*/\1/p' "$docs/cookbook.md" | sort >links
diff titles links >&2 || fail 'the table and the sections differ'

(cd "$OBJECT_DIR" && "$BPFBAKE" inspect unloaded_bpfel.o) >"$WORK/out"
# shellcheck disable=SC2016 # of sed
sed -n '/^\$ bpfbake inspect/,/^```/{/^[$`]/d;p;}' "$docs/cookbook.md" >shown
exists shown
while IFS= read -r line; do
	prints "$line"
done <shown
