# SPDX-License-Identifier: BSD-2-Clause
# Twice as many maps, programs, variables, types, members of an enum, bytes: the tool does twice as much and a little
# more. Instructions are counted, which are the same on a machine with other work.
. "$(dirname "$0")/lib.sh"
needs valgrind
! ldd "$BPFBAKE" | grep -q libasan || skip 'valgrind and AddressSanitizer do not go together'

# instructions KIND N
instructions() {
	valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BPFBAKE" t "$1_$2.o" >"$WORK/out" 2>"$WORK/err" || {
		cat "$WORK/err" >&2
		fail "$1_$2.o fails"
	}
	sed -n 's/.*Collected : //p' "$WORK/err"
}

# grows KIND N
grows() {
	object "$1" "$2"
	object "$1" $(($2 * 2))
	little=$(instructions "$1" "$2")
	large=$(instructions "$1" $(($2 * 2)))
	ratio=$(awk "BEGIN { printf \"%.2f\", $large / $little }")
	echo "$1: $2 take $little instructions, twice as many $ratio times that"
	awk "BEGIN { exit $ratio < 2.6 ? 0 : 1 }" || fail "$1 take more than they should"
}

grows maps 600
grows programs 600
grows variables 1000
grows types 1000
grows members 2000
grows bytes 500000
