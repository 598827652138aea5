# SPDX-License-Identifier: BSD-2-Clause
# compile.sh NAME: its header compiles without a warning as C11 and C++17, with gcc and clang, with
# the libbpf at hand and with that of 1.7, and for a big-endian host.
. "$(dirname "$0")/../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
name=$1

# The functions are used, so that unused ones are no warning; twice, as two files would include it.
cat >user.c <<END
#include "$name.skel.h"
#include "$name.skel.h"
int main(void)
{
	struct $name *skel = ${name}__open_and_load();

	if (!skel || ${name}__attach(skel))
		${name}__report(skel, stderr);
	${name}__detach(skel);
	${name}__destroy(skel);
	return 0;
}
END
cp user.c user.cpp
sed "s/.*__report.*/\t\treturn 1;/" user.c >silent.c
warnings="-Wall -Wextra -Wconversion -Wsign-conversion -Wformat=2 -pedantic -Werror"

compile() {
	"$@" || fail "$*"
	compiled=$((compiled + 1))
}
compiled=0
for include in "$OBJECT_DIR" "$here/libbpf-1.7 -I$OBJECT_DIR"; do
	for compiler in gcc clang; do
		command -v $compiler >/dev/null || continue
		# shellcheck disable=SC2086 # words
		compile $compiler -std=c11 -O1 $warnings -I$include -c user.c -o user.o
	done
	for compiler in g++ clang++; do
		command -v $compiler >/dev/null || continue
		# shellcheck disable=SC2086 # words
		compile $compiler -std=c++17 -O1 $warnings -I$include -c user.cpp -o user.o
	done
done
# Who does not ask for reports has none of their code, nor of their texts.
if command -v gcc >/dev/null; then
	compile gcc -O0 -I"$OBJECT_DIR" -c silent.c -o silent.o
	grep -q verifier silent.o && fail "the code of N__report is in a file that does not call it"
	# shellcheck disable=SC2086 # words
	compile gcc -O2 -D_FORTIFY_SOURCE=2 $warnings -I"$OBJECT_DIR" -c user.c -o user.o
	grep -q verifier user.o || fail "N__report has no text"
fi
[ $compiled -gt 0 ] || skip 'no compiler'
# The assertions on layouts hold on a big-endian host too.
if command -v s390x-linux-gnu-gcc >/dev/null; then
	mkdir include
	ln -s /usr/include/bpf include/bpf
	# shellcheck disable=SC2086 # words
	compile s390x-linux-gnu-gcc -std=c11 $warnings -isystem include -I"$OBJECT_DIR" -c user.c -o user.o
fi
