# SPDX-License-Identifier: BSD-2-Clause
# Random structs, BPFBAKE_TEST_STRUCTS of them (500): what bpfbake makes of their BTF is what the
# compiler makes of the definitions themselves, member for member and bit for bit; and the
# assertions, which come from BTF, hold for hosts of 32 bits and of the other byte order.
. "$(dirname "$0")/../lib/test.sh"
total=${BPFBAKE_TEST_STRUCTS:-500}
here=$(cd "$(dirname "$0")" && pwd)
cc -O1 -o structs "$here/structs.c"
warnings="-Wall -Wextra -Wconversion -Wsign-conversion -pedantic -Werror"
printf '#include "random.skel.h"\nextern int nothing;\n' >user.h

seed=1
while [ "$total" -gt 0 ]; do
	./structs 500 $seed
	run 0 "$BPFBAKE" -output-stem random t random.bpf.c -- -w
	[ ! -s "$WORK/err" ] || fail "seed $seed: $(cat "$WORK/err")"
	for compiler in gcc clang; do
		command -v $compiler >/dev/null || continue
		# The definitions themselves have warnings of all kinds.
		$compiler -w -I. check.c -o check -lbpf || fail "seed $seed: other places with $compiler"
		./check || fail "seed $seed: other bits with $compiler (status $?)"
		# shellcheck disable=SC2086 # words
		$compiler -std=c11 $warnings -fsyntax-only -x c user.h || fail "seed $seed: $compiler"
	done
	for compiler in g++ clang++; do
		command -v $compiler >/dev/null || continue
		# shellcheck disable=SC2086 # words
		$compiler -std=c++17 $warnings -fsyntax-only -x c++ user.h || fail "seed $seed: $compiler"
	done
	for host in i386:i386-linux-gnu armhf:arm-linux-gnueabihf arm64:aarch64-linux-gnu \
		s390x:s390x-linux-gnu; do
		root=$("$here/../lib/sysroot" "${host%%:*}" - "$SYSROOTS" 2>/dev/null) || continue
		clang -std=c11 --target="${host#*:}" --sysroot="$root" -Wall -Werror -fsyntax-only \
			-x c user.h || fail "seed $seed: the layout does not hold on $host"
	done
	if command -v s390x-linux-gnu-gcc >/dev/null && [ -d "$SYSROOTS/s390x" ]; then
		s390x-linux-gnu-gcc -w -I. -isystem "$SYSROOTS/s390x/usr/include" -fsyntax-only check.c ||
			fail "seed $seed: other places with gcc for s390x"
	fi
	seed=$((seed + 1))
	total=$((total - 500))
done
