# SPDX-License-Identifier: BSD-2-Clause
# A program that needs nothing but the kernel, by one variable; and what musl makes of the header.
. "$(dirname "$0")/project.sh"
needs readelf ldd
project .
sed -i 's/^LDLIBS.*/LDLIBS = $(BPFBAKE_STATIC_LIBS)/' Makefile
cat >main.c <<'END'
#include <stdio.h>
#include "conns.skel.h"
int main(void)
{
	struct conns *skel = conns__open_and_load();
	int key = 1;
	struct conns__event event = {.pid = 7};

	if (!skel || conns__events__update(skel, &key, &event, 0) ||
	    conns__events__lookup(skel, &key, &event)) {
		conns__report(skel, stderr);
		return 1;
	}
	printf("pid %d\n", event.pid);
	conns__destroy(skel);
	return 0;
}
END
makes 1
ldd app 2>&1 | grep -qE 'not a dynamic executable|statically linked' || fail "$(ldd app)"
run 0 readelf -d app
lacks "$WORK/out" NEEDED
run 0 readelf -l app
lacks "$WORK/out" INTERP

# The closure is pkg-config's, and so is the order.
[ "$(printf 'include %s\nx:;@echo $(BPFBAKE_STATIC_LIBS)\n' "$(bpfbake --make-include)" | make -s -f - x)" = \
	"$(echo -static $(pkg-config --static --libs libbpf))" ] || fail 'other libraries than pkg-config says'
run 0 make BPFBAKE_FLAGS=-compress
ldd app 2>&1 | grep -qE 'not a dynamic executable|statically linked' || fail 'with -compress'
# zlib, for BTF that the header brings.
for flags in "-btf kernels" --btf=kernels; do
	printf 'BPFBAKE_FLAGS = %s\ninclude %s\nx:;@echo $(BPFBAKE_LIBS)\n' "$flags" "$(bpfbake --make-include)" | make -s -f - x |
		grep -q -- -lz || fail "no zlib with $flags"
done

# musl takes the headers, without a warning. Debian's libbpf.a and libelf.a are made for glibc, so no program
# links here; docs/make.md has what does.
if command -v musl-gcc >/dev/null; then
	musl="musl-gcc -std=gnu11 -Wall -Wextra -Werror -idirafter /usr/include -idirafter /usr/include/$(cc -print-multiarch)"
	run 0 $musl -c main.c
	mkdir musl
	for source in "$SOURCE_DIR"/bpf/*.bpf.c "$SOURCE_DIR"/tests/objects/[acekmpstv]*s.bpf.c; do
		name=$(basename "$source" .bpf.c)
		run 0 bpfbake -output-dir musl "$name" "$source"
		echo "#include \"musl/$name.skel.h\"" >musl.c
		run 0 $musl -fsyntax-only musl.c
	done
	run 0 $musl -Imusl -fsyntax-only "$SOURCE_DIR/examples/execs/main.c" "$SOURCE_DIR/examples/packets/main.c"
else
	echo 'no musl-gcc (Debian: musl-tools): not looked at'
fi

# An empty root directory.
[ "$(id -u)" -eq 0 ] || skip 'not root, so no chroot; all else passed'
./app >/dev/null 2>&1 || skip 'BPF may not be loaded here; all else passed'
mkdir -p root/proc root/sys
cp app root
mount -t proc proc root/proc 2>/dev/null && mount --bind /sys root/sys 2>/dev/null || {
	umount root/proc 2>/dev/null || :
	skip 'nothing can be mounted here; all else passed'
}
status=0
chroot root /app >"$WORK/out" 2>"$WORK/err" || status=$?
umount root/proc root/sys
[ $status -eq 0 ] || fail "in an empty root: $(cat "$WORK/err")"
prints 'pid 7'
