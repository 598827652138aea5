# SPDX-License-Identifier: BSD-2-Clause
# -btf on this kernel, with its own BTF and with that hidden.
. "$(dirname "$0")/../lib/test.sh"
needs unshare
[ "$(id -u)" -eq 0 ] || skip "not root"
[ -r /sys/kernel/btf/vmlinux ] || skip "this kernel has no BTF"
release=$(uname -r) machine=$(uname -m)
for place in /boot/vmlinux-"$release" /lib/modules/"$release"/vmlinux-"$release" \
	/lib/modules/"$release"/build/vmlinux /usr/lib/modules/"$release"/kernel/vmlinux \
	/usr/lib/debug/boot/vmlinux-"$release" /usr/lib/debug/lib/modules/"$release"/vmlinux; do
	[ ! -e "$place" ] || skip "$place may have BTF, too"
done
mkdir -p "hub/some/1/$machine" other empty
cp /sys/kernel/btf/vmlinux "hub/some/1/$machine/$release.btf"
cp /sys/kernel/btf/vmlinux "hub/some/1/$machine/5.4.0-1-old.btf"
cp /sys/kernel/btf/vmlinux other/4.19.0-other.btf

# hidden COMMAND...: it finds no BTF of the kernel.
hidden() {
	unshare -m sh -c 'mount --make-rprivate / && mount --bind empty /sys/kernel/btf && exec "$@"' sh "$@"
}
hidden true 2>"$WORK/err" || skip "nothing can be mounted: $(cat "$WORK/err")"

# build DIR OPTION...: the test, with the BTFs of a directory.
build() {
	btf=$1
	shift
	quiet "$BPFBAKE" -btf "$btf" "$@" without_btf "$SOURCE_DIR/tests/objects/core.bpf.c"
	bytes=
	[ ! -e without_btf.skel.c ] || bytes=without_btf.skel.c
	cc -Wall -Wextra -Werror -I. "$SOURCE_DIR/tests/kernel/without_btf.c" $bytes -o test -lbpf -lz
}
for options in '' '-split' '-compress'; do
	# shellcheck disable=SC2086 # words
	build hub $options
	run 0 ./test
	run 0 hidden ./test
	prints 'without_btf.the_fields_are_this_kernels: ok'
done

# None fits: N__report says so.
cat >report.c <<'END'
#include "without_btf.skel.h"
int main(void)
{
	struct without_btf *skel = without_btf__open();

	if (!skel && errno == ESRCH)
		without_btf__report(NULL, stdout);
	without_btf__destroy(skel);
	return !skel;
}
END
cat >silent.c <<'END'
#include "without_btf.skel.h"
int main(void)
{
	return !without_btf__open();
}
END
rm -f without_btf.skel.c
quiet "$BPFBAKE" -btf other without_btf "$SOURCE_DIR/tests/objects/core.bpf.c"
cc -Wall -Wextra -Werror -I. report.c -o report -lbpf -lz
cc -Wall -Wextra -Werror -I. silent.c -o silent -lbpf -lz
run 0 ./report
run 1 hidden ./report
prints "this kernel, $release ($machine"
prints "has no BTF, and this program brings that of 1 others alone"
[ ! -s "$WORK/err" ] || fail 'it is said twice'
run 1 hidden ./silent
says "without_btf: this kernel, $release"
quiet "$BPFBAKE" -no-accessors -btf other without_btf "$SOURCE_DIR/tests/objects/core.bpf.c"
cc -Wall -Wextra -Werror -I. silent.c -o silent -lbpf -lz
run 1 hidden ./silent
says "without_btf: this kernel, $release"

# Two that differ, and nothing says whose the kernel is; then the distribution does.
mkdir -p "two/first/1/$machine" "two/second/1/$machine"
cp /sys/kernel/btf/vmlinux "two/first/1/$machine/$release.btf"
echo 'struct task_struct { int pid; }; struct task_struct *task;' |
	clang -target bpf -g -c -x c - -o other.o
llvm-objcopy --dump-section .BTF="two/second/1/$machine/$release.btf" other.o
quiet "$BPFBAKE" -btf two without_btf "$SOURCE_DIR/tests/objects/core.bpf.c"
cc -Wall -Wextra -Werror -I. report.c -o report -lbpf -lz
with_os_release() {
	printf "%b" "$1" >os-release
	shift
	hidden sh -c 'mount --bind os-release /etc/os-release && exec "$@"' sh "$@"
}
run 1 hidden ./report
prints 'different ones of several distributions for that release'
run 0 with_os_release 'NAME=x\nID=first\nVERSION_ID="1"\n' ./report
run 0 with_os_release "ID='second'\n" ./report

# The file in memory has no name without /proc.
build hub
cc -Wall -Wextra -Werror -I. report.c -o report -lbpf -lz
cc -Wall -Wextra -Werror -I. silent.c -o silent -lbpf -lz
run 1 hidden sh -c 'mount --bind empty /proc && exec ./silent'
says '/proc must be mounted'
