# SPDX-License-Identifier: BSD-2-Clause
# -split, -embed and -compress: the program gets the bytes of the object, however they come into it.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c
object=t_bpfel.o
[ "$(printf '\001\002' | od -An -tx2 | tr -d ' ')" = 0201 ] || object=t_bpfeb.o
cat >main.c <<'END'
#include "t.skel.h"
#include "other.h"
int main(void)
{
	size_t size, again;
	const void *bytes = t__elf_bytes(&size);

	if (!bytes || fwrite(bytes, 1, size, stdout) != size)
		return 1;
	return t__elf_bytes(&again) != bytes || again != size || (size_t)bytes % 8 || other(bytes);
}
END
cat >other.c <<'END'
#include "t.skel.h"
#include "other.h"
int other(const void *bytes)
{
	size_t size;

	return IS_ONE && t__elf_bytes(&size) != bytes;
}
END
printf '#ifdef __cplusplus\nextern "C"\n#endif\nint other(const void *bytes);\n' >other.h
warnings="-Wall -Wextra -Wconversion -Wsign-conversion -pedantic -Werror"

# check IS_ONE FILE...: the program of these gives the bytes of the object; IS_ONE: the same to all of
# its files.
check() {
	is_one=$1
	shift
	for language in c11 c++17; do
		flags="-std=$language"
		[ $language = c11 ] || flags="$flags -x c++"
		# shellcheck disable=SC2086 # words
		${CC:-cc} $flags -DIS_ONE="$is_one" -O1 $warnings -I. main.c other.c "$@" -o main -lbpf -lz ||
			fail "does not compile as $language"
		./main >bytes || fail "the program does not find the bytes as $language"
		cmp bytes "$object" || fail "other bytes than those of the object as $language"
	done
}

quiet "$BPFBAKE" t a.bpf.c
check 0
whole=$(wc -c <t.skel.h)

quiet "$BPFBAKE" -split t a.bpf.c
exists t.skel.c
check 1 t.skel.c
[ "$(wc -c <t.skel.h)" -lt "$whole" ] || fail 'the header has not become smaller'

quiet "$BPFBAKE" -split -embed incbin t a.bpf.c
lacks t.skel.c 'ELF'
check 1 t.skel.c
mkdir 'a "b'
quiet "$BPFBAKE" -split -embed incbin -output-dir 'a "b' -output-stem 'x\y"z' t a.bpf.c
(cd 'a "b' && ${CC:-cc} -I. -c 'x\y"z.skel.c' -o x.o) || fail 'a name with quotes'

rm t.skel.c
quiet "$BPFBAKE" -compress t a.bpf.c
[ ! -e t.skel.c ] || fail 'split without -split'
check 1
[ "$(wc -c <t.skel.h)" -lt "$whole" ] || fail 'the compressed header is not smaller'
quiet "$BPFBAKE" -compress -split t a.bpf.c
lacks t.skel.h zlib
check 1 t.skel.c
quiet "$BPFBAKE" -compress -no-accessors t a.bpf.c
check 1

quiet "$BPFBAKE" -embed c23 t a.bpf.c
has t.skel.h '#embed "t_bpfel.o"'
if command -v clang-19 >/dev/null; then
	CC=clang-19 check 0
	# Objects that are compiled already, elsewhere.
	mkdir -p there
	quiet "$BPFBAKE" -output-dir there -embed c23 -split t t_bpfel.o t_bpfeb.o
	has there/t.skel.c '#embed "../t_bpfel.o"'
	mv there/t.skel.? .
	sed -i 's|\.\./||' t.skel.c
	CC=clang-19 check 1 t.skel.c
fi
run 1 "$BPFBAKE" -embed c23 -output-stem 'a"b' t a.bpf.c
says 'a"b_bpfel.o: cannot be named by #embed'

run 2 "$BPFBAKE" -embed incbin t a.bpf.c
says '-embed incbin goes with -split'
run 2 "$BPFBAKE" -embed c23 -compress t a.bpf.c
says '-compress goes with -embed literal'
run 2 "$BPFBAKE" -embed xyz t a.bpf.c
says "-embed is 'xyz'; write literal, incbin or c23"
