# SPDX-License-Identifier: BSD-2-Clause
# Help and version: on standard output, from the table of options, status 0.
. "$(dirname "$0")/../lib/test.sh"

for words in --help -help -h help 'help build' '-verbose -help'; do
	# shellcheck disable=SC2086 # words
	run 0 "$BPFBAKE" $words
	[ ! -s "$WORK/err" ] || fail "something on standard error: $words"
	for option in cc cflags target type no-global-types output-stem output-suffix output-dir tags \
		event depfile light makebase strip no-strip no-sys-include no-constants template go-package j n verbose; do
		grep -qE -- "^  -$option( |\$)" "$WORK/out" || fail "-$option is not in: $words"
	done
	[ "$(awk 'length > 80' "$WORK/out" | wc -l)" -eq 0 ] || fail "lines of more than 80 columns"
done
run 0 "$BPFBAKE" help gen
prints 'gen skeleton FILE [name NAME]'
run 0 "$BPFBAKE" help inspect
prints '-template FILE'
run 0 "$BPFBAKE" inspect -help
prints '-template FILE'
for command in build inspect vmlinux doctor 'gen skeleton'; do
	# shellcheck disable=SC2086 # words
	run 0 "$BPFBAKE" $command -h
	prints "bpfbake "
	[ ! -s "$WORK/err" ] || fail "something on standard error: $command -h"
done
for words in --version -version version; do
	run 0 "$BPFBAKE" $words
	grep -qE '^bpfbake [0-9]+\.[0-9]+\.[0-9]+$' "$WORK/out" || fail "no version: $words"
done
run 1 sh -c '"$BPFBAKE" --help >/dev/full'
says 'standard output: cannot be written: No space left'
