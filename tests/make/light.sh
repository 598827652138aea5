# SPDX-License-Identifier: BSD-2-Clause
# A light skeleton by one variable: a program that needs the C library alone, also musl's.
. "$(dirname "$0")/project.sh"
needs readelf
project .
sed -i -e 's/^LDLIBS.*/BPFBAKE_FLAGS = -light -split/' -e 's/^app: main.o/& conns.skel.o/' Makefile
cat >main.c <<'END'
#include <stdio.h>
#include "conns.skel.h"
int main(void)
{
	struct conns *skel = conns__open_and_load();
	int key = 1;
	struct conns__event event = {.pid = 7};

	if (!skel)
		return errno == EPERM ? 77 : 1;
	if (conns__events__update(skel, &key, &event, 0) || conns__events__lookup(skel, &key, &event))
		return 1;
	printf("pid %d\n", event.pid);
	conns__destroy(skel);
	return 0;
}
END
makes 1
readelf -d app | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' >needed
[ "$(cat needed)" = libc.so.6 ] || fail "it needs $(cat needed)"
runs() {
	status=0
	"$@" >said || status=$?
	[ $status -ne 77 ] || return 0
	[ $status -eq 0 ] && has said 'pid 7' || fail "$1 ends with $status"
}
runs ./app
idle

command -v musl-gcc >/dev/null || exit 0
musl-gcc -std=c11 -static -Wall -Werror -idirafter /usr/include -idirafter "/usr/include/$(uname -m)-linux-gnu" \
	main.c conns.skel.c -o small || fail 'it does not compile with musl'
runs ./small
[ "$(wc -c <small)" -lt 200000 ] || fail "it has $(wc -c <small) bytes"
