# SPDX-License-Identifier: BSD-2-Clause
# guest.sh NAME ARCH RELEASE TRIPLE PACKAGE SOURCE...: the tests on a kernel of Debian's, in qemu. Each
# source becomes a program for that architecture, with the libbpf of that release; what they print
# is judged by the list of what is expected to fail there, expected/NAME. PACKAGE is the meta-package of
# the kernel; '-' is the kernel of this machine, with no qemu. RELEASE '-' is this machine's.
. "$(dirname "$0")/../../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
name=$1 arch=$2 release=$3 triple=$4 package=$5
shift 5

# fetch COMMAND...: $fetched is what a script of lib/ prints, or the test is skipped for its reason.
fetch() {
	fetched=$("$@" 2>"$WORK/err") || {
		grep -q '^SKIP: ' "$WORK/err" || fail "$(cat "$WORK/err")"
		skip "$(sed -n 's/^SKIP: //p' "$WORK/err")"
	}
}

# build_test SOURCE OUTPUT
build_test() {
	language='c -std=c11'
	[ "${1%.cpp}" = "$1" ] || language='c++ -std=c++17 -nostdinc++ -fno-exceptions -fno-rtti'
	# shellcheck disable=SC2086 # words
	(cd "$SOURCE_DIR" && clang --target="$triple" ${root:+--sysroot="$root"} -O1 -Wall -Wextra -Werror \
		-I"$OBJECT_DIR" -I"$WORK/guest.headers" -x $language -c "$1" -o "$2.o") &&
		clang --target="$triple" ${root:+--sysroot="$root"} $static -Wl,-S "$2.o" -o "$2" $libraries &&
		rm "$2.o"
}

# build_tests SOURCE...: two at a time; $tests are their names.
build_tests() {
	running=
	tests=
	for source; do
		test=$(basename "$source")
		test=${test%.*}
		tests="$tests $test"
		build_test "$source" "$WORK/guest/tests/$test" &
		running="$running $!"
		# shellcheck disable=SC2086 # words
		set -- $running
		if [ $# -ge 2 ]; then
			wait "$1" || fail "a test does not compile for $arch"
			shift
			running=$*
		fi
	done
	for process in $running; do
		wait "$process" || fail "a test does not compile for $arch"
	done
}

# take_libraries: for programs that are not static, since the libelf.a of elfutils 0.192 is not whole.
take_libraries() {
	static='' libraries=-lbpf
	ln -s lib guest/lib64
	cp "$root/lib64"/ld-linux-*.so.* guest/lib/
	for library in libc.so.6 libbpf.so.1 libelf.so.1 libz.so.1 libzstd.so.1; do
		cp "$root/usr/lib/$triple/$library" guest/lib/
	done
}

# make_header: of without_btf.c, with the BTF that tests/lib/kernel has made where the kernel has none. Any does for one
# that has its own: it must not be taken.
make_header() {
	hub=hub/debian/12/${triple%%-*}
	mkdir -p "$hub" guest.headers
	version=$(uname -r) btf=$OBJECT_DIR/maps_bpfel.o
	[ "$package" = - ] || version=$(basename "$kernel"/config-* | sed s/config-//)
	[ "$package" = - ] || [ ! -e "$kernel/btf" ] || btf=$kernel/btf
	cp "$btf" "$hub/vmlinux-$version"
	quiet "$BPFBAKE" -btf hub -output-dir guest.headers without_btf "$SOURCE_DIR/tests/objects/core.bpf.c"
}

# boot: with the root file system $WORK/guest; the console becomes $WORK/output.
boot() {
	(cd guest && find . | cpio -o -H newc) >guest.cpio 2>"$WORK/err" || fail "$(cat "$WORK/err")"
	console=ttyS0
	case $arch in
	amd64) set -- qemu-system-x86_64 -cpu max -serial stdio ;;
	s390x) set -- qemu-system-s390x -cpu max -chardev stdio,id=c -device sclpconsole,chardev=c ;;
	arm64)
		set -- qemu-system-aarch64 -machine virt -cpu cortex-a57 -serial stdio
		console=ttyAMA0
		;;
	esac
	timeout 200 "$@" -accel tcg -m 512 -display none -no-reboot -nodefaults -kernel "$kernel/vmlinuz" \
		-initrd guest.cpio -append "console=$console panic=-1 quiet loglevel=1" \
		</dev/null >output 2>&1 || :
}

# run_here: what /init does in a guest.
run_here() {
	count=0
	for test in $tests; do
		status=0
		count=$((count + 1))
		timeout 60 "guest/tests/$test" || status=$?
		case $status in
		0 | 1) ;;
		77) echo "$test: skipped, for what this machine lacks" ;;
		*) echo "$test: FAILED ended with $status" ;;
		esac
	done >output 2>&1
	if ! grep -q passed output; then
		skip "$(sed -n '/^SKIP: /{s/^SKIP: //p;q}' output)"
	fi
	echo "guest: $count passed, 0 failed, 0 skipped" >>output
}

needs clang cpio awk
root='' static=-static libraries='-lbpf -lelf -lz'
if [ "$arch,$release" != amd64,- ]; then
	case $arch in
	amd64 | i386) ;;
	*) needs "$triple-ld" ;;
	esac
	fetch "$here/../../lib/sysroot" "$arch" "$release" "$SYSROOTS"
	root=$fetched
fi
if [ "$package" != - ]; then
	needs "qemu-system-${triple%%-*}"
	fetch "$here/../../lib/kernel" "$arch" "$package" "$KERNELS"
	kernel=$fetched
fi
cd "$WORK" || exit
mkdir -p guest/tests guest/modules guest/boot guest/proc guest/sys guest/dev guest/tmp guest/lib
if [ "$release" != - ]; then
	take_libraries
fi
case $* in
*without_btf.c*) make_header ;;
esac
build_tests "$@"
if [ "$package" = - ]; then
	run_here
else
	clang --target="$triple" ${root:+--sysroot="$root"} -static -s -O1 -Wall -Wextra -Werror "$here/init.c" \
		-o guest/init
	cp "$kernel/modules/"* guest/modules/ 2>/dev/null || :
	cp "$kernel"/config-* guest/boot/
	[ ! -e "$kernel/btf" ] || cp "$kernel/btf" guest/boot/
	boot
fi
status=0
awk -f "$here/judge.awk" -v tests="$tests" -v kernel="$name" \
	"$here/expected/$name" output >judged || status=$?
cat output
sort judged
exit $status
