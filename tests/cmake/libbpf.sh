# SPDX-License-Identifier: BSD-2-Clause
# LIBBPF and STATIC: what a program is linked to. A static one runs where there is nothing else.
. "$(dirname "$0")/lib.sh"
needs readelf
tiny t.bpf.c
user_of t >main.c
project CMakeLists.txt <<'END'
foreach(kind IN ITEMS shared static none)
	add_bpf_skeleton(${kind}_bpf SOURCES t.bpf.c OUTPUT_DIRECTORY out/${kind} LIBBPF ${kind} COMPRESS)
	add_executable(${kind} main.c)
	target_link_libraries(${kind} PRIVATE ${kind}_bpf)
endforeach()
target_link_libraries(none PRIVATE -lbpf)
add_bpf_skeleton(whole_bpf SOURCES t.bpf.c OUTPUT_DIRECTORY out/whole STATIC SPLIT)
add_executable(whole main.c)
target_link_libraries(whole PRIVATE whole_bpf)
add_bpf_skeleton(own_bpf SOURCES t.bpf.c OUTPUT_DIRECTORY out/own LIBBPF none STATIC COMPRESS)
add_executable(own main.c)
target_link_libraries(own PRIVATE own_bpf -lbpf -lelf -lz)
END
configure . b Ninja
build b
needed() {
	readelf -d "b/$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}
needed shared | grep -q '^libbpf\.so' || fail 'shared: no libbpf.so'
needed shared | grep -q '^libz\.so' || fail 'shared: no libz.so'
needed none | grep -q '^libz\.so' || fail 'none: no libz.so'
[ "$(needed static)" = libc.so.6 ] || fail "static: needs $(needed static)"
[ -z "$(needed whole)" ] || fail "STATIC: needs $(needed whole)"
[ -z "$(needed own)" ] || fail "STATIC with LIBBPF none: needs $(needed own)"
! readelf -l b/whole | grep -q INTERP || fail 'STATIC: has an interpreter'
for program in shared static none whole own; do
	loads "b/$program"
done

if [ "$(id -u)" -eq 0 ] && command -v chroot >/dev/null; then
	mkdir root
	cp b/whole root/
	loads chroot root /whole
fi
