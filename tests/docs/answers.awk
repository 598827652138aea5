# SPDX-License-Identifier: BSD-2-Clause
# answers.awk SHOWN PRINTED: is what a page shows what was printed? In a line "…" is any text, alone any lines.
# With some=1 each line that is shown must be among the printed, with numbers and blanks as they come.
function pattern(line) {
	gsub(/[][\\.^$*+?(){}|]/, "\\\\&", line)
	gsub(/…/, ".*", line)
	if (some) {
		gsub(/[0-9]+/, "[0-9]+", line)
		gsub(/ +/, " +", line)
	}
	return "^" line "$"
}

function is_answer(s, p,    i) {
	if (s > shown)
		return p > printed
	if (wanted[s] ~ /^ *…$/) {
		for (i = p; i <= printed + 1; i++)
			if (is_answer(s + 1, i))
				return 1
		return 0
	}
	return p <= printed && got[p] ~ pattern(wanted[s]) && is_answer(s + 1, p + 1)
}

function is_among(s,    i) {
	for (i = 1; i <= printed; i++)
		if (got[i] ~ pattern(wanted[s]))
			return 1
	return wanted[s] ~ /^ *…$/
}

FNR == 1 { file++ }
file == 1 && !/^$/ { wanted[++shown] = $0 }
file == 2 && !/^$/ { got[++printed] = $0 }
END {
	if (!some)
		exit !is_answer(1, 1)
	for (i = 1; i <= shown; i++)
		if (!is_among(i))
			exit 1
}
