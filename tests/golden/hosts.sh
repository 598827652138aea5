# SPDX-License-Identifier: BSD-2-Clause
# hosts.sh ARCH RELEASE TRIPLE NAME...: the headers compile for that architecture and release of Debian,
# with its libbpf, assertions and all, as C11 and C++17.
. "$(dirname "$0")/../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
arch=$1 release=$2 triple=$3
shift 3
needs clang
root=$("$here/../lib/sysroot" "$arch" "$release" "$SYSROOTS" 2>"$WORK/err") || skip "$(sed 's/^SKIP: //' "$WORK/err")"
for name; do
	printf '#include "%s.skel.h"\nint main(void) { return !%s__open(); }\n' "$name" "$name" >user.c
	for language in 'c -std=c11' 'c++ -std=c++17 -nostdinc++'; do
		# shellcheck disable=SC2086 # words
		clang --target="$triple" --sysroot="$root" -Wall -Wextra -Wconversion -Wsign-conversion \
			-pedantic -Werror -I"$OBJECT_DIR" -fsyntax-only -x $language user.c ||
			fail "$name does not compile for $arch"
	done
done
