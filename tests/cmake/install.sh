# SPDX-License-Identifier: BSD-2-Clause
# What is installed, below DESTDIR, works where it is moved to; the other tests use it there.
. "$(dirname "$0")/lib.sh"
DESTDIR=$WORK/stage run 0 cmake --install "$BUILD_DIR" --prefix /opt/tool
rm -rf "$PREFIX"
mv "$WORK/stage/opt/tool" "$PREFIX"
for file in bin/bpfbake share/cmake/bpfbake/bpfbakeConfig.cmake share/cmake/bpfbake/bpfbakeConfigVersion.cmake \
	share/cmake/bpfbake/AddBpfSkeleton.cmake include/bpf/bpfbake.bpf.h share/doc/bpfbake/copyright \
	share/man/man1/bpfbake.1 share/bash-completion/completions/bpfbake share/zsh/site-functions/_bpfbake \
	share/fish/vendor_completions.d/bpfbake.fish; do
	exists "$PREFIX/$file"
done
if command -v man >/dev/null; then
	[ "$(man -M "$PREFIX/share/man" -w bpfbake)" = "$PREFIX/share/man/man1/bpfbake.1" ] || fail 'man does not find it'
fi
! grep -rlF -e "$BUILD_DIR" -e /opt/tool "$PREFIX/share" || fail 'a path of the build is in what is installed'

# The version is looked at; 32-bit programs are served by the same tool.
version=$("$PREFIX/bin/bpfbake" --version | sed 's/[^0-9]*\([0-9.]*\).*/\1/')
cat >CMakeLists.txt <<'END'
cmake_minimum_required(VERSION 3.21)
project(user LANGUAGES NONE)
set(CMAKE_SIZEOF_VOID_P 4)
find_package(bpfbake ${WANTED} CONFIG REQUIRED)
get_target_property(tool bpfbake::bpfbake IMPORTED_LOCATION)
message(STATUS "${bpfbake_VERSION} ${tool}")
END
configure . build Ninja -DWANTED="$version"
prints "$version $PREFIX/bin/bpfbake"
run 1 cmake -S . -B build -DWANTED=99.1
says 'version: '
