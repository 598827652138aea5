# SPDX-License-Identifier: BSD-2-Clause
# Takes a page apart: each block of it is a step, <steps>/<number>.<word>, whose body stands in
# <steps>/<number>; the list is printed as "<number> <line> <word> <argument>". What a block is, says the comment
# before it, which Markdown does not show (blocks.sh has the words). Comments that begin with "hidden" have a
# body of their own, which readers do not need to see.
function bad(text) {
	print FILENAME ":" FNR ": " text >"/dev/stderr"
	failures++
}

function step(what, line,    word) {
	word = what
	sub(/:.*/, "", word)
	gsub(/ /, "-", word)
	if (!sub(/^[^:]*: */, "", what))
		what = ""
	number++
	printf "%d\t%d\t%s\t%s\n", number, line, word, what
	body = steps "/" number
	printf "" >body
}

# Comments may hold what is no word of ours; Markdown's readers do not see these either.
function is_ours(text) {
	return text ~ /^(file|add|run|within|part of|shown|not run|directory|all blocks)(:|$)/
}

state == "block" {
	if ($0 ~ /^ *```$/) {
		close(body)
		state = ""
	} else {
		print substr($0, 1, indent) ~ /^ *$/ ? substr($0, indent + 1) : $0 >body
	}
	next
}

state == "hidden" {
	if ($0 == "-->") {
		close(body)
		state = ""
	} else {
		print >body
	}
	next
}

/^ *```/ {
	match($0, /^ */)
	indent = RLENGTH
	if (pending == "" && !is_covered)
		bad("no comment says what this block is, see tests/docs/blocks.sh")
	step(pending == "" ? "covered" : pending, FNR)
	pending = ""
	state = "block"
	next
}

/^<!-- hidden [a-z ]+(: .*)?$/ && !/-->$/ {
	text = substr($0, 13)
	if (!is_ours(text))
		bad("no such word: " text)
	step(text, FNR)
	state = "hidden"
	next
}

/^ *<!-- .* -->$/ {
	text = $0
	gsub(/^ *<!-- | -->$/, "", text)
	if (!is_ours(text))
		next
	if (text ~ /^directory: /) {
		step(text, FNR)
	} else if (text ~ /^all blocks: /) {
		step(text, FNR)
		is_covered = 1
	} else {
		if (pending != "")
			bad("no block behind: " pending)
		pending = text
	}
	next
}

END {
	if (state != "")
		bad("the last block has no end")
	if (pending != "")
		bad("no block behind: " pending)
	exit failures > 0
}
