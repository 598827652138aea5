# SPDX-License-Identifier: BSD-2-Clause
# What the scripts here source: test.sh, the installed tool on PATH, a project to build.
. "$(dirname "$0")/../lib/test.sh"
needs make clang pkg-config
unset MAKEFLAGS MAKELEVEL MFLAGS CFLAGS CPPFLAGS LDFLAGS BPF_CFLAGS BPFBAKE_FLAGS BPFBAKE_OUT 2>/dev/null || :
export PATH="$PREFIX/bin:$PATH"
unset BPFBAKE

# project DIRECTORY [SKELETON...]: sources, each with a header of its own, a main.c that knows them all,
# and a Makefile.
project() {
	directory=$1
	shift
	[ $# -gt 0 ] || set -- conns
	mkdir -p "$directory"
	for name; do
		printf '#define %s_ANSWER 0\n' "$name" >"$directory/$name.h"
		tiny "$directory/$name.bpf.c"
		printf '#include "%s.h"\nSEC("socket") int answer(void *context) { return %s_ANSWER; }\n' \
			"$name" "$name" >>"$directory/$name.bpf.c"
		printf '#include "%s.skel.h"\n' "$name" >>"$directory/main.c"
	done
	{
		echo 'int main(void) { size_t size; return 0'
		printf '\t| !%s__elf_bytes(&size)\n' "$@"
		echo '; }'
	} >>"$directory/main.c"
	cat >"$directory/Makefile" <<END
include \$(shell bpfbake --make-include)
CPPFLAGS = \$(BPFBAKE_CPPFLAGS)
LDLIBS = \$(BPFBAKE_LIBS)
app: main.o
	\$(CC) \$(LDFLAGS) -o \$@ \$^ \$(LDLIBS)
main.o: $(printf '%s.skel.h ' "$@")
END
}

# count: how many skeletons the last make made.
count() {
	grep -cE '^(\./tool|bpfbake) ' "$WORK/out" || :
}

# makes N [ARGUMENT...]: make must succeed and make N skeletons.
makes() {
	wanted_count=$1
	shift
	run 0 make --no-print-directory "$@"
	[ "$(count)" -eq "$wanted_count" ] || {
		cat "$WORK/out" >&2
		fail "$(count) skeletons, not $wanted_count"
	}
}

# idle [ARGUMENT...]: make has nothing to do, and says so.
idle() {
	run 0 make --no-print-directory "$@"
	if ! grep -qE "up to date|Nothing to be done" "$WORK/out" || [ "$(wc -l <"$WORK/out")" -ne 1 ]; then
		cat "$WORK/out" >&2
		fail 'it does something, or does not say that nothing is to be done'
	fi
	run 0 make -q "$@"
}
