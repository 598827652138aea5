#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A BPF source as large as one likes, on standard output.
#   source.sh maps|programs|variables|types|members|bytes N
set -eu
[ $# -eq 2 ] || { echo "usage: source.sh maps|programs|variables|types|members|bytes N" >&2 && exit 2; }
cat <<'TEXT'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "GPL";
TEXT
awk -v what="$1" -v n="$2" 'BEGIN {
	if (what == "members") print "enum large {"
	for (i = 0; i < n && what != "bytes"; i++) {
		if (what == "maps")
			printf "struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int); __type(value, long); } map_%d SEC(\".maps\");\n", i
		else if (what == "programs")
			printf "SEC(\"socket\") int program_%d(void *context) { return %d; }\n", i, i
		else if (what == "variables")
			printf "int variable_%d = %d;\n", i, i + 1
		else if (what == "types")
			printf "struct type_%d { int a; %s; }; struct type_%d variable_%d;\n", i, i % 10 ? "struct type_" (i - 1) " *b" : "char b[" i + 1 "]", i, i
		else if (what == "members")
			printf "\tMEMBER_%d = %d,\n", i, i
		else
			exit 2
	}
	if (what == "members") print "};\nenum large chosen = MEMBER_1;"
	if (what == "bytes") printf "const volatile char bytes[%d] = {1};\n", n
}'
