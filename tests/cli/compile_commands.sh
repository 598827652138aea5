# SPDX-License-Identifier: BSD-2-Clause
# -compile-commands: an entry by which others compile the source as bpfbake does.
. "$(dirname "$0")/../lib/test.sh"
mkdir 'src é' include
tiny 'src é/a.bpf.c'
printf '#include "own.h"\n#if LIMIT != 5\n#error\n#endif\n' >>'src é/a.bpf.c'
echo 'struct own;' >include/own.h
database=$PWD/compile_commands.json
build() {
	"$BPFBAKE" -compile-commands "$database" -cflags '-DLIMIT=5 "-DTEXT=\"a b\""' t 'src é/a.bpf.c' \
		"$@" -- -Iinclude
}

# run_entry FILE: the command of that file, one argument a line in the database, with -fsyntax-only.
run_entry() {
	awk -v file="\"file\": \"$1\"" '/^    "arguments"/ { n = 0 } /^      "/ { line[n++] = $0 }
		index($0, file) { for (i = 0; i < n; i++) print line[i] }' "$database" |
		sed -e 's/^      "//' -e 's/",\{0,1\}$//' -e 's/\\\(.\)/\1/g' >arguments
	set --
	while IFS= read -r argument; do
		set -- "$@" "$argument"
	done <arguments
	[ $# -gt 5 ] || fail "no command of $1"
	"$@" -fsyntax-only || fail "it does not compile: $*"
}

quiet build
run_entry "$PWD/src é/a.bpf.c"
lacks "$database" "$TMPDIR"

# The same again leaves the file alone; other flags replace the entry.
cp -p "$database" before.json
touch -d '1 hour ago' "$database"
quiet build
[ before.json -nt "$database" ] || fail 'it was written again'
cmp before.json "$database"
quiet build -target bpfeb
[ "$(grep -c '"file"' "$database")" -eq 1 ] || fail 'two entries for one file'
has "$database" '"bpfeb"'

# What others have put there stays, as CMake writes it; and its entry for our source goes.
cat >"$database" <<'END'
[
{
  "directory": "/x",
  "command": "cc -c \"é.c\"",
  "file": "/x/é.c"
},
{
  "directory": "/x",
  "command": "cc -c a.bpf.c",
  "file": "SOURCE"
}
]
END
sed -i "s|SOURCE|$PWD/src é/a.bpf.c|" "$database"
quiet build
has "$database" '"command": "cc -c \"é.c\""'
lacks "$database" '"cc -c a.bpf.c"'
run_entry "$PWD/src é/a.bpf.c"

# Many at once.
for i in 1 2 3 4 5 6 7 8; do
	tiny "$i.bpf.c"
	"$BPFBAKE" -compile-commands "$database" "s$i" "$i.bpf.c" &
done
wait
[ "$(grep -c '"file"' "$database")" -eq 10 ] || fail 'an entry was lost'

echo '{}' >"$database"
run 1 build
says 'compile_commands.json: is no list of commands'
echo '[' >"$database"
run 1 build
says 'compile_commands.json'
run 1 "$BPFBAKE" -compile-commands none/c.json t 'src é/a.bpf.c' -- -Iinclude -DLIMIT=5
says 'none: No such file or directory; give -compile-commands a directory'
