# SPDX-License-Identifier: BSD-2-Clause
# -tags: a guard around the header.
. "$(dirname "$0")/../lib/test.sh"
tiny a.bpf.c

count() {
	printf '#include "t.skel.h"\n#ifdef __T_SKEL_H__\nint yes;\n#else\nint no;\n#endif\n' >m.c
	cc "$@" -E -P m.c 2>/dev/null | tail -1
}

quiet "$BPFBAKE" -tags linux,FAST t a.bpf.c
[ "$(count -DFAST)" = 'int yes;' ] || fail 'not there where both hold'
[ "$(count)" = 'int no;' ] || fail 'there where one does not hold'
quiet "$BPFBAKE" -tags '!FAST' t a.bpf.c
[ "$(count)" = 'int yes;' ] || fail 'not there without FAST'
[ "$(count -DFAST)" = 'int no;' ] || fail 'there with FAST'
quiet "$BPFBAKE" -tags 'amd64,!linux' t a.bpf.c
[ "$(count)" = 'int no;' ] || fail 'there on linux'
quiet "$BPFBAKE" -tags '' t a.bpf.c
[ "$(count)" = 'int yes;' ] || fail 'not there without tags'
