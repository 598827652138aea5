# SPDX-License-Identifier: BSD-2-Clause
# Links between pages lead somewhere: the file is there, and the title too.
. "$(dirname "$0")/../lib/test.sh"
cat >links.awk <<'END_OF_AWK'
# The part of a link behind "#", as GitHub makes it from a title.
function anchor(title) {
	title = tolower(title)
	gsub(/[^a-z0-9 _-]/, "", title)
	gsub(/ /, "-", title)
	return title
}

function read_titles(path,    line, is_code) {
	is_read[path] = 1
	while ((getline line <path) > 0) {
		if (line ~ /^ *```/)
			is_code = !is_code
		is_there[path] = 1
		if (!is_code && sub(/^#+ /, "", line))
			titles[path, anchor(line)] = 1
	}
	close(path)
}

function look_at(link,    parts, path) {
	if (link ~ /^[a-z]+:/)
		return
	split(link, parts, "#")
	path = FILENAME
	if (parts[1] != "") {
		sub(/[^\/]*$/, "", path)
		path = path parts[1]
	}
	if (path ~ /\/$/ || path !~ /\.[a-z0-9]+$/) {
		if (system("test -e '" path "'"))
			bad(link)
		return
	}
	if (!(path in is_read))
		read_titles(path)
	if (!(path in is_there) || (parts[2] != "" && !((path, parts[2]) in titles)))
		bad(link)
}

function bad(link) {
	print FILENAME ":" FNR ": leads nowhere: " link
	failures++
}

FNR == 1 { is_code = 0 }
/^ *```/ { is_code = !is_code }
!is_code {
	rest = $0
	while (match(rest, /\]\([^)]*\)/)) {
		look_at(substr(rest, RSTART + 2, RLENGTH - 3))
		links++
		rest = substr(rest, RSTART + RLENGTH)
	}
}
END { exit failures > 0 || !links }
END_OF_AWK
awk -f links.awk "$SOURCE_DIR"/*.md "$SOURCE_DIR"/docs/*.md "$SOURCE_DIR"/examples/*/*.md >bad || fail "$(cat bad)"

# The index knows each page.
for page in "$SOURCE_DIR"/docs/*.md; do
	[ "${page##*/}" = README.md ] || has "$SOURCE_DIR/docs/README.md" "](${page##*/}"
done
has "$SOURCE_DIR/README.md" '](docs/README.md)'

# And the blocks of each are run.
for page in "$SOURCE_DIR"/*.md "$SOURCE_DIR"/docs/*.md "$SOURCE_DIR"/examples/*/*.md; do
	name=${page#"$SOURCE_DIR"/}
	grep -qE "[ 	(]${name%.md}( |\)|\$)" "$SOURCE_DIR/tests/docs/CMakeLists.txt" || fail "tests/docs runs no block of $name"
done
