# SPDX-License-Identifier: BSD-2-Clause
# What may differ between the byte orders stands under a guard; what may not is an error that names
# it and both values.
. "$(dirname "$0")/../lib/test.sh"

differ() {
	tiny a.bpf.c
	{
		echo '#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__'
		echo "$1"
		echo '#else'
		echo "$2"
		echo '#endif'
	} >>a.bpf.c
}
refused() {
	run 1 "$BPFBAKE" t a.bpf.c
	for text; do
		says "$text"
	done
	only a.bpf.c
}
map() {
	echo "struct { __uint(type, BPF_MAP_TYPE_$1); __uint(max_entries, $2); __type(key, int); __type(value, $3); } m SEC(\".maps\");"
}

differ "$(map HASH 4 int)" "$(map HASH 8 int)"
refused 'max_entries of m is 4 for bpfel but 8 for bpfeb'
differ "$(map HASH 4 int)" "$(map LRU_HASH 4 int)"
refused 'the type of m is 1 for bpfel but 9 for bpfeb'
differ "$(map HASH 4 int)" "$(map HASH 4 long)"
refused 'the value size of m is 4 for bpfel but 8 for bpfeb'
differ "$(map HASH 4 int)" ''
refused "map 'm' is there for bpfel only"
differ 'SEC("socket") int extra(void *c) { return 0; }' ''
refused "extra"
differ 'SEC("socket") int extra(void *c) { return 0; }' 'SEC("xdp") int extra(void *c) { return 0; }'
refused "socket" "xdp"
tiny a.bpf.c
sed -i '/LICENSE/d' a.bpf.c
cat >>a.bpf.c <<'END'
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
char LICENSE[] SEC("license") = "GPL";
#else
char LICENSE[] SEC("license") = "BSD";
#endif
END
refused "'GPL' for bpfel but 'BSD' for bpfeb"

differ 'struct s { unsigned a : 3, b : 5; } v;' 'struct s { unsigned b : 5, a : 3; } v;'
quiet "$BPFBAKE" t a.bpf.c
[ "$(grep -c '^#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__' t.skel.h)" -ge 2 ] ||
	fail 'the type is not under a guard'
printf '#include "t.skel.h"\nstruct t__s s;\n' >m.c
cc -Wall -Wextra -Werror -c m.c
