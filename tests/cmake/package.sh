# SPDX-License-Identifier: BSD-2-Clause
# The Debian package: what is in it, what it depends on, and that it works where it is unpacked.
. "$(dirname "$0")/lib.sh"
needs cpack dpkg-deb dpkg-shlibdeps
run 0 cpack --config "$BUILD_DIR/CPackConfig.cmake" -B "$PWD"
set -- *.deb
[ $# -eq 1 ] && [ -s "$1" ] || fail "packages: $*"
deb=$1
field() {
	dpkg-deb -f "$deb" "$1"
}
[ "$(field Package)" = bpfbake ] || fail "it is $(field Package)"
[ "$(field Architecture)" = "$(dpkg --print-architecture)" ] || fail "for $(field Architecture)"
field Depends >depends
has depends 'libc6 (>= '
has depends 'clang (>= 1:14)'
! field Depends | grep -qiE 'python|libjansson|libdw' || fail "depends on $(cat depends)"
dpkg-deb -c "$deb" | sed 's/.* \.//; /\/$/d' | sort >files
for file in /usr/bin/bpfbake /usr/share/cmake/bpfbake/bpfbakeConfig.cmake \
	/usr/share/cmake/bpfbake/AddBpfSkeleton.cmake /usr/include/bpf/bpfbake.bpf.h \
	/usr/share/doc/bpfbake/copyright /usr/share/man/man1/bpfbake.1.gz \
	/usr/share/bash-completion/completions/bpfbake /usr/share/zsh/vendor-completions/_bpfbake \
	/usr/share/fish/vendor_completions.d/bpfbake.fish; do
	grep -qxF "$file" files || fail "lacks $file"
done
! grep -v '^/usr/' files || fail 'files outside of /usr'
dpkg-deb -c "$deb" | awk '$2 != "root/root" { bad = 1 } /^.....w/ || /^........w/ { bad = 1 } END { exit bad }' ||
	fail 'owners or rights'
# The package's database takes it, in a root of its own.
if [ "$(id -u)" -eq 0 ]; then
	mkdir -p root/var/lib/dpkg/updates root/var/lib/dpkg/info
	: >root/var/lib/dpkg/status
	run 0 dpkg --root="$PWD/root" --force-depends --force-script-chrootless -i "$deb"
	run 0 dpkg --root="$PWD/root" -V bpfbake
else
	dpkg-deb -x "$deb" root
fi
# The manual is compressed as Debian wants it, the same bytes whenever it is.
page=root/usr/share/man/man1/bpfbake.1.gz
[ "$(od -An -tu4 -j4 -N4 "$page" | tr -d ' ')" = 0 ] || fail 'a time is in the manual'
gzip -dc "$page" | cmp - "$SOURCE_DIR/docs/bpfbake.1" >&2 || fail 'another manual'
if command -v lexgrog >/dev/null; then
	run 0 lexgrog "$page"
	prints 'bpfbake - turns BPF C'
	[ "$(man -M root/usr/share/man -w bpfbake)" = "$PWD/$page" ] || fail 'man does not find it'
fi
tiny t.bpf.c
user_of t >main.c
project CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES t.bpf.c)
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf)
END
PREFIX=$PWD/root/usr
configure . b Ninja
build b -v
prints "$PREFIX/bin/bpfbake"
loads b/user
