# SPDX-License-Identifier: BSD-2-Clause
# Which libclang is loaded: the compiler's own version, else the nearest newer one, wherever it is.
. "$(dirname "$0")/../lib/test.sh"

needs unshare mount ldconfig
unset BPFBAKE_LIBCLANG 2>/dev/null || :
[ "$(id -u)" -eq 0 ] || skip 'not root'
unshare -m true 2>/dev/null || skip 'no mount namespaces'
[ -e /usr/lib/llvm-14/lib/libclang-14.so.1 ] || skip 'no libclang 14'
tiny a.bpf.c
echo '#define ANSWER 42' >>a.bpf.c

# without VERSION... -- COMMAND...: where these versions of libclang cannot be loaded.
without() {
	hidden=
	while [ "$1" != -- ]; do
		hidden="$hidden $1"
		shift
	done
	shift
	: >nothing
	HIDDEN=$hidden unshare -m sh -c 'for version in $HIDDEN; do
		for file in /usr/lib/llvm-$version/lib/libclang-$version.so.* /usr/lib/llvm-$version/lib/libclang.so* \
				/usr/lib/*/libclang-$version.so*; do
			if [ -e "$file" ]; then mount --bind nothing "$file" || exit 99; fi
		done
	done
	exec "$@"' sh "$@"
}

# loads TEXT COMMAND...: the library that is loaded has TEXT in its name, and is put to use.
loads() {
	library=$1
	shift
	rm -f ld.* t.skel.h
	LD_DEBUG=files LD_DEBUG_OUTPUT=ld run 0 "$@"
	[ ! -s "$WORK/err" ] || fail "not silent: $(cat "$WORK/err")"
	has t.skel.h 't__ANSWER 42'
	cat ld.* | sed -n 's/.*calling init: \(.*libclang[-.][^c].*\)/\1/p' | sort -u >loaded
	grep -q -- "$library" loaded || fail "'$library' is not loaded but: $(cat loaded)"
	[ "$(wc -l <loaded)" -eq 1 ] || fail "more than one is loaded: $(cat loaded)"
}

loads llvm-14 "$BPFBAKE" t a.bpf.c
newer=
for version in 16 19; do
	[ -e /usr/lib/llvm-$version/lib/libclang-$version.so.1 ] || continue
	newer="$newer $version"
	command -v clang-$version >/dev/null || continue
	loads llvm-$version "$BPFBAKE" -cc clang-$version t a.bpf.c
done
gone=14
for version in $newer; do
	loads llvm-$version without $gone -- "$BPFBAKE" t a.bpf.c
	gone="$gone $version"
done

# One that cannot be loaded is named, with the reason.
for bad in /none "$PWD" "$PWD/a.bpf.c"; do
	BPFBAKE_LIBCLANG=$bad run 0 "$BPFBAKE" t a.bpf.c
	says "BPFBAKE_LIBCLANG is '$bad', which cannot be loaded: "
done
BPFBAKE_LIBCLANG=$(ldconfig -p | sed -n 's/.*libz.so.1 .*=> //p' | head -n 1) run 0 "$BPFBAKE" t a.bpf.c
says 'which cannot be loaded'

# None at all: the rest works, and the user is told what to install.
run 0 without 14 15 16 17 18 19 -- "$BPFBAKE" t a.bpf.c
says 'bpfbake: note: no libclang'
says 'apt-get install libclang1-14'
lacks t.skel.h t__ANSWER
has t.skel.h t__events__lookup

# Beside the compiler, beside llvm-config, and by the environment.
mkdir -p 'my llvm/bin' 'my llvm/lib' path
cp /usr/lib/llvm-14/lib/libclang-14.so.1 'my llvm/lib/libclang.so'
printf '#!/bin/sh\nexec clang "$@"\n' >'my llvm/bin/my-clang'
printf '#!/bin/sh\n' >'my llvm/bin/llvm-config'
chmod +x 'my llvm/bin/my-clang' 'my llvm/bin/llvm-config'
ln -s "$PWD/my llvm/bin/my-clang" path/my-clang
PATH="$PWD/path:$PATH" loads 'my llvm' without 14 15 16 17 18 19 -- "$BPFBAKE" -cc my-clang t a.bpf.c
ln -s "$PWD/my llvm/bin/llvm-config" path/llvm-config
PATH="$PWD/path:$PATH" loads 'my llvm' without 14 15 16 17 18 19 -- "$BPFBAKE" t a.bpf.c
BPFBAKE_LIBCLANG="$PWD/my llvm/lib/libclang.so" loads 'my llvm' "$BPFBAKE" t a.bpf.c

# What an old one does not understand is a note; all else is there.
if command -v clang-19 >/dev/null; then
	sed 's/int seen;/int seen = 1;/' a.bpf.c >new.bpf.c
	cat >>new.bpf.c <<'E'
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } ring SEC(".maps");
SEC("socket") int send(void *context) { struct event e = {}; bpf_ringbuf_output(&ring, &e, sizeof(e), 0); return 0; }
constexpr int later = 3;
SEC("socket") int after(void *context) { return later; }
E
	old=/usr/lib/llvm-14/lib/libclang-14.so.1
	BPFBAKE_LIBCLANG=$old run 0 "$BPFBAKE" -cc clang-19 t new.bpf.c -- -std=gnu2x
	says "bpfbake: new.bpf.c:$(grep -n constexpr new.bpf.c | cut -d: -f1): note: libclang does not understand it as the compiler did"
	has t.skel.h 't__ANSWER 42'
	has t.skel.h 'on_event)(void *ctx, const struct t__event *event'
	# A flag that it does not know leaves nothing of it.
	# (It loses memory then, of which a sanitizer would speak.)
	ASAN_OPTIONS=detect_leaks=0 BPFBAKE_LIBCLANG=$old run 0 "$BPFBAKE" -cc clang-19 t new.bpf.c -- -std=gnu23
	says 'bpfbake: new.bpf.c: note: libclang cannot parse it'
	has t.skel.h t__events__lookup
	BPFBAKE_LIBCLANG= quiet "$BPFBAKE" -cc clang-19 t new.bpf.c -- -std=gnu23
fi
# The words of -cc are flags too.
cat >words.bpf.c <<'E'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#ifndef SAID
#error not said
#endif
#define ANSWER SAID
SEC("socket") int watch(void *context) { return 0; }
E
loads llvm-14 "$BPFBAKE" -cc "clang -DSAID=42" t words.bpf.c
! command -v ccache >/dev/null || loads llvm-14 "$BPFBAKE" -cc "ccache clang -DSAID=42" t words.bpf.c
# Flags that are for outputs say nothing to it.
run 0 "$BPFBAKE" t a.bpf.c -- -save-temps=obj
has t.skel.h 't__ANSWER 42'
# Neither do the compiler's own errors make it say anything.
echo 'int broken = ;' >broken.bpf.c
run 1 "$BPFBAKE" t broken.bpf.c
! grep -q libclang "$WORK/err" || fail 'libclang is named beside the errors of the compiler'
