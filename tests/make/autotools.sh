# SPDX-License-Identifier: BSD-2-Clause
# The lines of docs/make.md for autoconf and automake: in the source tree, out of it, and packed.
. "$(dirname "$0")/project.sh"
needs autoreconf automake
project .
rm Makefile
# block FILE: the lines of docs/make.md that belong into it.
block() {
	awk -v file="\`$1\`:" '$0 == file { found = 1 } found && /^```$/ { exit } found && in_block
		found && /^```[a-z]/ { in_block = 1 }' "$SOURCE_DIR/docs/make.md" >"$1"
	exists "$1"
}
block configure.ac
block Makefile.am
export PKG_CONFIG_PATH="$PREFIX/share/pkgconfig"
run 0 autoreconf -i
mkdir build
cd build
run 0 ../configure
run 0 make
run 0 ./app
run 0 make
[ "$(count)" -eq 0 ] || fail 'not idle'
touch ../conns.h
makes 1
run 0 make dist
tar -xf app-1.0.tar.gz
cd app-1.0
run 0 ./configure
run 0 make
run 0 ./app
