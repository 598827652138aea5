# SPDX-License-Identifier: BSD-2-Clause
# docs/troubleshooting.md: each message of ours that it quotes stands in the sources, in one literal, with values
# where the page has "…".
. "$(dirname "$0")/../lib/test.sh"
page=$SOURCE_DIR/docs/troubleshooting.md

# The string literals of the sources, one in a line; those that stand side by side are one.
cat "$SOURCE_DIR"/driver/*.c "$SOURCE_DIR"/codegen/*.c "$SOURCE_DIR"/templates/*.mustache | awk '
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
	END { print literal }' | sed 's/\\"/"/g' >literals
[ "$(wc -l <literals)" -gt 1000 ] || fail 'the sources have hardly any literal'

awk '
	FILENAME == "literals" { literals[++count] = $0; next }
	/^#/ { is_ours = 0 }
	/^<!-- messages of bpfbake -->$/ { is_ours = 1 }
	is_ours && /^\| `/ {
		message = substr($0, 4)
		sub(/` \|.*/, "", message)
		quoted++
		n = split(message, parts, "…")
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
			print FILENAME ":" FNR ": no source says: " message
			failures++
		}
	}
	END { exit failures > 0 || quoted < 40 }' literals "$page" >bad || fail "$(cat bad)"
