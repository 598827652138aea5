# SPDX-License-Identifier: BSD-2-Clause
# docs/troubleshooting.md: who is quoted there says so. A comment before a table names whose messages it has; "…" in them is
# any text, a literal may have "%s" there.
. "$(dirname "$0")/../lib/test.sh"
page=$SOURCE_DIR/docs/troubleshooting.md

# literals FILE...: the string literals of C, one in a line; those that stand side by side are one.
literals() {
	cat "$@" | awk '
		{
			rest = $0
			while (match(rest, /"([^"\\]|\\.)*"/)) {
				if (between substr(rest, 1, RSTART - 1) !~ /^[ \t\\]*$/) {
					print literal
					literal = ""
				}
				between = ""
				literal = literal substr(rest, RSTART + 1, RLENGTH - 2)
				rest = substr(rest, RSTART + RLENGTH)
			}
			between = between rest
		}
		END { print literal }' | sed 's/\\"/"/g'
}

# quoted WHO: all code in the first column of their tables, the messages, as "LINE<tab>MESSAGE".
quoted() {
	awk -v who="$1" '
		/^#/ { is_theirs = 0 }
		$0 == "<!-- messages of " who " -->" { is_theirs = 1 }
		is_theirs && /^\| .*`/ {
			rest = substr($0, 3)
			rest = substr(rest, 1, index(rest, " | "))
			while (match(rest, /`[^`]+`/)) {
				print FNR "\t" substr(rest, RSTART + 1, RLENGTH - 2)
				rest = substr(rest, RSTART + RLENGTH)
			}
		}' "$page"
}

# found_in LITERALS WHO AT_LEAST: each of their messages is a part of a literal.
found_in() {
	quoted "$2" >messages
	awk -F '\t' -v page="$page" -v who="$2" -v least="$3" '
		FILENAME != "messages" { literals[++count] = $0; next }
		{
			n = split($2, parts, "…")
			is_known = 0
			for (i = 1; i <= count && !is_known; i++) {
				rest = literals[i]
				for (k = 1; k <= n; k++) {
					if (parts[k] == "")
						continue
					at = index(rest, parts[k])
					if (!at)
						break
					rest = substr(rest, at + length(parts[k]))
				}
				is_known = k > n
			}
			if (!is_known) {
				print page ":" $1 ": not said by " who ": " $2
				failures++
			}
		}
		END { exit failures > 0 || FNR < least }' "$1" messages >bad || fail "$2: $(cat bad)"
}

literals "$SOURCE_DIR"/driver/*.c "$SOURCE_DIR"/codegen/*.c "$SOURCE_DIR"/templates/*.mustache >ours
[ "$(wc -l <ours)" -gt 1000 ] || fail 'the sources have hardly any literal'
found_in ours bpfbake 40

# The verifier's are those that kernel.verifier has seen, word for word, and all of them.
literals "$SOURCE_DIR/tests/kernel/verifier.c" | sort -u >verifier
quoted 'the verifier' | cut -f 2 | sort -u >messages
[ "$(wc -l <messages)" -gt 20 ] || fail 'hardly a message of the verifier'
comm -13 verifier messages >bad
[ ! -s bad ] || fail "kernel.verifier has not seen: $(cat bad)"
sed -n 's/^\t{"[a-z_]*", *//p; s/^\t "\(.*\)/"\1/p' "$SOURCE_DIR/tests/kernel/verifier.c" | sed -n 's/^"\(.*\)".*/\1/p' |
	sort -u >seen
[ "$(wc -l <seen)" -gt 20 ] || fail 'kernel.verifier has hardly a message'
comm -23 seen messages >bad
[ ! -s bad ] || fail "the page lacks: $(cat bad)"

# libbpf's are those of this machine's.
needs strings pkg-config cc clang
library=$(pkg-config --variable=libdir libbpf)/libbpf.so
strings -a "$library" >theirs
found_in theirs libbpf 8

# Compilers and linkers: each is provoked. Quotes are those of the locale.
provoke() {
	! "$@" >said 2>&1 || fail "no error: $*"
	sed "s/\`/'/g" said >>all_said
}
# skeleton NAME [WORD...]: of a program with one map, whose header a main includes.
skeleton() {
	name=$1
	shift
	cp "$SOURCE_DIR/tests/docs/conns/conns.bpf.c" "$name.bpf.c"
	quiet "$PREFIX/bin/bpfbake" "$@" "$name" "$name.bpf.c"
	printf '#include "%s.skel.h"\nint main(void) { return !%s__open_and_load(); }\n' "$name" "$name" >"$name.c"
}
provoke cc -nostdinc -include bpf/libbpf.h -c -x c /dev/null
skeleton whole
provoke cc whole.c
provoke cc -static whole.c -lbpf
skeleton split -split
provoke cc split.c -lbpf -lpthread
here=$(printf '\001\000' | od -An -td2 | tr -d ' ')
skeleton other -target "$([ "$here" = 1 ] && echo bpfeb || echo bpfel)"
provoke cc -c other.c
skeleton one -type-prefix p_
sed 's/__s32 pid/__u64 pid/' one.bpf.c >two.bpf.c
quiet "$PREFIX/bin/bpfbake" -type-prefix p_ two two.bpf.c
printf '#include "one.skel.h"\n#include "two.skel.h"\n' >both.c
provoke cc -c both.c
printf '#include "whole.skel.h"\nint look(void) { return whole__stats__lookup(NULL, "", NULL); }\n' >wrong.c
provoke cc -Werror -c wrong.c
found_in all_said 'compilers and linkers' 7
