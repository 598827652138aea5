# SPDX-License-Identifier: BSD-2-Clause
# What is compiled for which toolchain. (cross.sh asks real ones.)
. "$(dirname "$0")/lib.sh"
cat >ask.cmake <<'END'
cmake_minimum_required(VERSION 3.21)
include("${FILE}")
_bpfbake_default_targets(targets optional)
message("${targets} optional ${optional}")
END

# is PROCESSOR POINTER BYTE_ORDER TARGETS: what CMake has found out of the toolchain, '-' for nothing.
is() {
	set -- "$1" "$2" "$3" "$4" "$(echo "$2" | tr -d -)" "$(echo "$3" | tr -d -)"
	run 0 cmake -DFILE="$PREFIX/share/cmake/bpfbake/BpfSkeletonToolchain.cmake" -DCMAKE_SYSTEM_PROCESSOR="$1" \
		-DCMAKE_SIZEOF_VOID_P="$5" -DCMAKE_C_BYTE_ORDER="$6" -P ask.cmake
	[ "$(cat "$WORK/err")" = "$4" ] || fail "$1, $2, $3: $(cat "$WORK/err")"
}

is x86_64 8 LITTLE_ENDIAN 'amd64;bpfeb optional bpfeb'
is AMD64 - - 'amd64;bpfeb optional bpfeb'
is x86_64 4 LITTLE_ENDIAN '386;amd64;bpfeb optional bpfeb'
is i686 4 LITTLE_ENDIAN '386;amd64;bpfeb optional bpfeb'
is aarch64 8 LITTLE_ENDIAN 'arm64;bpfeb optional bpfeb'
is aarch64 4 LITTLE_ENDIAN 'arm;bpfeb optional bpfeb'
is aarch64 8 BIG_ENDIAN 'bpfel;bpfeb optional '
is armv7l 4 LITTLE_ENDIAN 'arm;bpfeb optional bpfeb'
is armv7 4 BIG_ENDIAN 'bpfel;bpfeb optional '
is s390x 8 BIG_ENDIAN 's390x;bpfel optional bpfel'
is ppc64le 8 LITTLE_ENDIAN 'ppc64le;bpfeb optional bpfeb'
is ppc64 8 BIG_ENDIAN 'ppc64;bpfel optional bpfel'
is riscv64 8 LITTLE_ENDIAN 'riscv64;bpfeb optional bpfeb'
is riscv32 4 LITTLE_ENDIAN 'bpfel;bpfeb optional '
is loongarch64 8 LITTLE_ENDIAN 'loong64;bpfeb optional bpfeb'
is mips 4 BIG_ENDIAN 'mips;bpfel optional bpfel'
is mips64el 8 LITTLE_ENDIAN 'bpfel;bpfeb optional '
is sparc64 8 BIG_ENDIAN 'bpfel;bpfeb optional '
