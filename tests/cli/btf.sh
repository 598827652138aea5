# SPDX-License-Identifier: BSD-2-Clause
# -btf: which kernels' BTFs come into the header, and which one a kernel gets. That a program then runs
# without the kernel's BTF is tests/kernel/without_btf.sh's.
. "$(dirname "$0")/../lib/test.sh"
needs llvm-objcopy bpftool
source=$SOURCE_DIR/tests/objects/core.bpf.c

# kernel FILE TYPE [TARGET]: BTF of a kernel, which has a member of that type before the others.
kernel() {
	mkdir -p "$(dirname "$1")"
	printf 'struct unused_%s { int x; };
		struct task_struct { %s a; int pid, tgid; char comm[16]; struct unused_%s *unused; } *task;' "$2" "$2" "$2" |
		clang -target "${3:-bpfel}" -g -c -x c - -o kernel.o
	llvm-objcopy --dump-section .BTF="$1" kernel.o
}
# BTFHub's way, shorter ones, none; ELF; four kernels of which two are alike but for what is not needed.
kernel hub/debian/10/x86_64/4.19.0-1-amd64.btf int
kernel hub/debian/11/arm64/5.10.0-1-arm64.btf long
kernel hub/debian/11/x86_64/5.10.0-1-amd64.btf long
kernel hub/ol/7/x86_64/3.10.0-1.el7.x86_64.btf char
kernel hub/rhel/7/x86_64/3.10.0-1.el7.x86_64.btf long
kernel hub/rhel/8/x86_64/4.18.0-1.btf int
kernel hub/centos/8/x86_64/4.18.0-1.btf int
kernel hub/debian/12/s390x/6.1.0-1-s390x.btf long bpfeb
kernel short/x86_64/5.15.1.btf char
kernel short/5.15.2.btf char
kernel elf.btf char
mkdir boot
cp kernel.o boot/vmlinux-6.6.6
echo nothing >hub/README.md
mkdir hub/.git
echo nothing >hub/.git/1.0.0.btf
quiet "$BPFBAKE" -btf hub -btf short -btf boot/vmlinux-6.6.6 core "$source"

# The program that says what a kernel gets.
cat >which.c <<'END'
#include "core.skel.h"
#include "same.h"
int main(int argc, char **argv)
{
	struct bpfbake_kernel kernel = { NULL, NULL, NULL, NULL };
	size_t size = 0;
	void *btf;

	kernel.release = argv[1];
	kernel.machine = argv[2];
	kernel.distribution = argc > 3 ? argv[3] : NULL;
	kernel.version = argc > 4 ? argv[4] : NULL;
	btf = core__btf_for(&kernel, &size);
	if (!btf)
		return errno == ENOENT ? 3 : errno == ENOTUNIQ ? 4 : 1;
	if (fwrite(btf, 1, size, stdout) != size)
		return 1;
	free(btf);
	return same();
}
END
printf '#include "core.skel.h"\n#include "same.h"\nint same(void) { return 0; }\n' >same.c
printf '#ifdef __cplusplus\nextern "C"\n#endif\nint same(void);\n' >same.h

# compile FILE...: as C and C++, by $compilers, without a warning.
compile() {
	echo "$compilers" | while read -r compiler; do
		# shellcheck disable=SC2086 # words
		$compiler -O1 -Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -pedantic -Werror -I. which.c same.c \
			"$@" -o which -lbpf -lz || fail "does not compile with $compiler"
	done || exit 1
}
compilers="cc -std=c11
c++ -x c++ -std=c++17
clang -std=c11
clang -x c++ -std=c++17"
compile

# gets SIZE_OF_FIRST KERNEL...: the offset of `pid`; a number is the exit status where there is none.
gets() {
	wanted=$1
	shift
	status=0
	./which "$@" >found.btf || status=$?
	[ $status -eq 0 ] || [ "$status" = "${wanted#status }" ] || fail "$*: status $status"
	[ $status -eq 0 ] || return 0
	bpftool btf dump file found.btf >found.dump
	grep -q "'pid' type_id=[0-9]* bits_offset=$((wanted * 8))\$" found.dump || {
		cat found.dump
		fail "$*: another kernel's BTF"
	}
	lacks found.dump unused
}
case $(printf 1 | od -An -tx2) in
*0031*)
	gets 4 4.19.0-1-amd64 x86_64
	gets 4 4.19.0-1-amd64 amd64 debian 10
	gets 4 4.19.0-1-amd64 x86_64 alpine 3
	gets 8 5.10.0-1-arm64 aarch64
	gets 8 5.10.0-1-arm64 armv8l
	gets 'status 3' 5.10.0-1-arm64 x86_64
	gets 'status 3' 5.10.0-1-amd x86_64
	gets 'status 3' '' ''
	gets 'status 3' 6.1.0-1-s390x s390x
	# Of two distributions, which differ, and which do not.
	gets 'status 4' 3.10.0-1.el7.x86_64 x86_64
	gets 'status 4' 3.10.0-1.el7.x86_64 x86_64 debian 7
	gets 4 3.10.0-1.el7.x86_64 x86_64 ol 7.9
	gets 4 4.18.0-1 x86_64
	# Where less is known.
	gets 4 5.15.1 x86_64
	gets 'status 3' 5.15.1 aarch64
	gets 4 5.15.2 aarch64
	gets 4 6.6.6 anything
	;;
esac
# char and int make one BTF, long another.
echo '{{#btfs}}{{byte_order}} {{kernels}} {{count}} {{/btfs}}' >counts
quiet "$BPFBAKE" -btf hub -btf short -btf boot/vmlinux-6.6.6 -template counts -o counts.txt core "$source"
[ "$(cat counts.txt)" = 'little 10 2 big 1 1 ' ] || fail "the header has $(cat counts.txt)"

# Neither where they are nor their order matters; files that are named alone are the same.
cp core.skel.h first.skel.h
mkdir -p "else where/again"
cp -r hub short boot "else where/again/"
quiet "$BPFBAKE" -btf "else where/again/boot/vmlinux-6.6.6" -btf "else where/again/short" \
	-btf "else where/again/hub" core "$source"
cmp core.skel.h first.skel.h || fail 'another header elsewhere'
quiet "$BPFBAKE" -btf hub -btf short -btf hub -btf boot core "$source"
cmp core.skel.h first.skel.h || fail 'what is named twice is there twice'
quiet "$BPFBAKE" -check -btf hub -btf short -btf boot core "$source"
run 3 "$BPFBAKE" -check -btf hub -btf short core "$source"
says 'core.skel.h: has other BTFs of kernels'
run 3 "$BPFBAKE" -check core "$source"

# Each of them is in the dependency file, with its directory.
quiet "$BPFBAKE" -btf "else where" -depfile core.d core "$source"
for file in 'else\ where' 'else\ where/again/hub/debian/10/x86_64' \
	'else\ where/again/hub/debian/10/x86_64/4.19.0-1-amd64.btf' 'else\ where/again/boot/vmlinux-6.6.6'; do
	has core.d "  $file \\"
done
lacks core.d README

# In other forms of the header.
compilers="clang -std=c11
c++ -x c++ -std=c++17"
for options in -split -compress '-split -compress' '-split -embed incbin' -no-accessors; do
	rm -f core.skel.c
	# shellcheck disable=SC2086 # words
	quiet "$BPFBAKE" -btf hub $options core "$source"
	case $options in
	-split*) compile core.skel.c ;;
	*) compile ;;
	esac
	case $(printf 1 | od -An -tx2) in
	*0031*) gets 4 4.19.0-1-amd64 x86_64 ;;
	esac
done

# One byte order alone, and nothing to relocate: nothing is left of it.
quiet "$BPFBAKE" -target bpfel -btf hub core "$source"
lacks core.skel.h '#elif __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__'
tiny a.bpf.c
quiet "$BPFBAKE" -btf hub t a.bpf.c
cp t.skel.h with.skel.h
quiet "$BPFBAKE" t a.bpf.c
cmp t.skel.h with.skel.h

# What is wrong.
refuses() {
	what=$1
	shift
	rm -f core.skel.h
	run 1 "$BPFBAKE" "$@" core "$source"
	says "$what"
	[ ! -e core.skel.h ] || fail "a header in spite of: $what"
}
mkdir none
refuses 'nowhere: cannot be read: No such file or directory' -btf nowhere
refuses 'none: has no BTF of a kernel' -btf none
refuses 'kernel.o: does not say which kernel it is of' -btf kernel.o
mkdir packed
: >packed/5.0.0.btf.tar.xz
refuses "packed/5.0.0.btf.tar.xz: is packed; unpack it and its like: find 'packed' -name" -btf packed
refuses 'packed/5.0.0.btf.tar.xz: is packed' -btf packed/5.0.0.btf.tar.xz
cp hub/debian/10/x86_64/*.btf packed/5.0.0.btf
quiet "$BPFBAKE" -btf packed core "$source"
mkdir damaged
head -c 60 packed/5.0.0.btf >damaged/1.2.3.btf
refuses 'damaged/1.2.3.btf: its BTF cannot be read' -btf damaged
echo nothing >damaged/1.2.3.btf
refuses 'damaged/1.2.3.btf: ' -btf damaged
mkdir names
cp packed/5.0.0.btf 'names/5.0 0.btf'
refuses 'names/5.0 0.btf: no kernel can have that name' -btf names
mkdir twice
cp hub/debian/11/x86_64/5.10.0-1-amd64.btf twice/5.0.0.btf
refuses "is for the same kernel as" -btf packed -btf twice
refuses 'has BTF of the byte order only for which there is no object' -target bpfel -btf hub/debian/12/s390x
ln -s . names/loop
rm 'names/5.0 0.btf'
refuses 'cannot be read: Too many levels' -btf names

# The cache: found again when the code has changed, and only then; a damaged one is none.
export BPFBAKE_CACHE="$WORK/btf_cache"
cp "$source" changed.bpf.c
mkdir cached
cp packed/5.0.0.btf cached/
quiet "$BPFBAKE" -btf cached core changed.bpf.c
entry=$(ls "$BPFBAKE_CACHE"/btfs*)
cp core.skel.h before.skel.h
quiet "$BPFBAKE" -btf cached core changed.bpf.c
cmp core.skel.h before.skel.h
sed -i 's/^\thas_old_name = /\tnumber++;\n&/' changed.bpf.c
quiet "$BPFBAKE" -btf cached core changed.bpf.c
[ "$(ls "$BPFBAKE_CACHE"/btfs*)" = "$entry" ] || fail 'another program of the same types is not found'
cp core.skel.h before.skel.h
for damage in 'head -c 5000' 'head -c 40' 'tail -c +2' 'true'; do
	$damage <"$entry" >damaged.entry
	cp damaged.entry "$entry"
	quiet "$BPFBAKE" -btf cached core changed.bpf.c
	cmp core.skel.h before.skel.h || fail "a damaged entry ($damage) changes the header"
done
# A BTF of the same time.
quiet "$BPFBAKE" -btf cached core "$source"
cp core.skel.h before.skel.h
cp cached/5.0.0.btf time
cp hub/debian/11/x86_64/5.10.0-1-amd64.btf cached/5.0.0.btf
touch -r time cached/5.0.0.btf
quiet "$BPFBAKE" -btf cached core "$source"
! cmp -s core.skel.h before.skel.h || fail 'a changed BTF is not read'
# Another relocation.
entries=$(find "$BPFBAKE_CACHE" -name "btfs*" | wc -l)
sed -i 's/^\tpid = BPF_CORE_READ(task, pid)/\tpid = BPF_CORE_READ(task, tgid)/' changed.bpf.c
quiet "$BPFBAKE" -btf cached core changed.bpf.c
[ "$(find "$BPFBAKE_CACHE" -name "btfs*" | wc -l)" -eq $((entries + 1)) ] || fail 'other relocations find the same'
