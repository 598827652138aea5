# SPDX-License-Identifier: BSD-2-Clause
# awk -f judge.awk -v tests="a b" -v kernel=NAME EXPECTED OUTPUT: what the tests printed on a kernel
# against the list of what fails there. Both ways: what fails and is not on the list, and what is on
# the list and does not fail. Ends with 0, or 1.

function bad(text) {
	print kernel ": " text
	failures++
}

FILENAME == ARGV[1] {
	if (/^#/ || !NF)
		next
	name = $1
	$1 = ""
	if (!NF || $0 !~ /[a-z]/)
		bad("the list gives no reason for " name)
	expected[name] = substr($0, 2)
	next
}

{
	sub(/\r$/, "")
}

match($0, /^[a-z0-9_]+(\.[a-z0-9_]+)?: /) {
	name = substr($0, 1, RLENGTH - 2)
	text = substr($0, RLENGTH + 1)
	if (name == "guest") {
		if (text ~ /^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$/) {
			split(text, words)
			ended = words[1] + words[3] + words[5]
			has_end = 1
		}
	} else if (text ~ /^ok, / && name ~ /\./) {
		passed[name] = 1
	} else if (text ~ /^(FAILED|skipped) /) {
		failed[name] = text
		if (name !~ /\./)
			closed[name] = 1
	} else if (text ~ /^skipped, /) {
		closed[name] = 1
	} else if (text ~ /^[0-9]+ passed, [0-9]+ failed(, [0-9]+ refused)?$/) {
		closed[name] = 1
	}
}

END {
	count = split(tests, names, " ")
	if (!has_end)
		bad("the guest did not come to its end")
	else if (ended != count)
		bad("the guest ran " ended " tests of " count)
	for (i = 1; i <= count; i++)
		if (!(names[i] in closed))
			bad(names[i] " did not come to its end")
	for (name in failed) {
		if (name in expected) {
			as_expected++
			print kernel ": " name " fails as expected: " expected[name]
		} else {
			bad(name ": " failed[name])
		}
	}
	for (name in expected)
		if (name in passed && !(name in failed))
			bad(name " passes, but is on the list of what fails: " expected[name])
		else if (!(name in failed))
			bad(name " is on the list of what fails, but there is no such test")
	for (name in passed)
		good++
	printf "%s: %d parts of %d tests passed, %d failed as expected, %d not\n",
		kernel, good, count, as_expected, failures
	exit failures > 0
}
