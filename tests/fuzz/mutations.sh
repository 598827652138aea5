# SPDX-License-Identifier: BSD-2-Clause
# mutations.sh MUTATE DIRECTORY: damages the objects there, BPFBAKE_TEST_DAMAGED times in all; no
# round may take more than 1 GiB or a minute.
set -eu
mutate=$1
directory=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
set --
for name in attach events kinds maps names programs struct_ops types variables; do
	set -- "$@" "$directory/${name}_bpfel.o" "$directory/${name}_bpfeb.o"
done
"$mutate" "${BPFBAKE_TEST_DAMAGED:-500}" "$@" 2>log || {
	# Without the rounds in which all was well.
	tr "\r" "\n" <log | grep -avE "^[^ ]*\.o [0-9]+:[ a-z]*$" || :
	tr "\r" "\n" <log | tail -n 1
	exit 1
}
