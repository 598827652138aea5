# SPDX-License-Identifier: BSD-2-Clause
# examples/meson, built by $meson, behind project.sh. Sourced by meson.sh and muon.sh.
needs ninja "$meson"
export CC=cc # Meson takes sccache by itself, where it finds it, whose server stays when all is done
mkdir -p source/examples
cp -r "$SOURCE_DIR/bpf" source
cp -r "$SOURCE_DIR/examples/meson" "$SOURCE_DIR/examples/execs" source/examples
cd source/examples/meson
echo '#include "own.h"' >>../../bpf/execs.bpf.c
: >../../bpf/own.h

# bakes N: a build that runs bpfbake as often.
bakes() {
	run 0 ninja -C build -v
	[ "$(grep -c ' execs [.][.]' "$WORK/out")" -eq "$1" ] || {
		cat "$WORK/out" >&2
		fail "it does not run bpfbake $1 times"
	}
}

run 0 $meson setup build
bakes 1
ldd build/execs 2>&1 | grep -qE 'not a dynamic executable|statically linked' || fail "$(ldd build/execs)"
bakes 0
prints 'no work to do'
touch ../../bpf/execs.bpf.c
bakes 1
rm build/execs.skel.h
bakes 1
bakes 0
# What a header has to do with it. Ninja remembers what is in a depfile, and takes it away; muon leaves the depfile of a
# custom_target out of build.ninja.
if sed -n '/^build execs.skel.h/,/^$/p' build/build.ninja | grep -qiE '^ *depfile ='; then
	run 0 ninja -C build -t deps execs.skel.h
	prints 'bpf/own.h'
	prints 'linux/bpf.h'
	touch ../../bpf/own.h
	bakes 1
	bakes 0
	rm ../../bpf/own.h
	sed -i '$d' ../../bpf/execs.bpf.c
	bakes 1
	bakes 0
else
	grep -q '^execs\.skel\.h:' build/execs.skel.h.d || fail 'the depfile is for another target'
	has build/execs.skel.h.d 'bpf/own.h'
	echo "$meson leaves the depfile of a custom_target out of build.ninja: Ninja was not asked"
fi
