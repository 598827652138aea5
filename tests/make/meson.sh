# SPDX-License-Identifier: BSD-2-Clause
# examples/meson, built by meson, or by muon, which is meson without Python.
. "$(dirname "$0")/project.sh"
needs ninja
if command -v meson >/dev/null; then
	meson=meson
elif command -v muon-meson >/dev/null; then
	meson=muon-meson
else
	skip 'no meson, and no muon (Debian: muon-meson)'
fi
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
# What a header has to do with it is in the depfile, whose target is the output as Ninja names it.
grep -q '^execs\.skel\.h:' build/execs.skel.h.d || fail 'the depfile is for another target'
has build/execs.skel.h.d 'bpf/own.h'
if sed -n '/^build execs.skel.h/,/^$/p' build/build.ninja | grep -qiE '^ *depfile ='; then
	touch ../../bpf/own.h
	bakes 1
	bakes 0
else
	echo "$meson leaves the depfile of a custom_target out of build.ninja: Ninja was not asked"
fi
