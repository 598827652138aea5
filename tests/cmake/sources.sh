# SPDX-License-Identifier: BSD-2-Clause
# A skeleton of several sources, one of which is generated, is made again when any of them has changed.
. "$(dirname "$0")/lib.sh"
mkdir -p src/lib
tiny src/t.bpf.c
cat >>src/t.bpf.c <<'END'
#include "own.h"
int more(int x);
SEC("socket") int sum(void *context) { return more(2); }
END
cat >src/lib/more.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "deep.h"
extern int seen;
int generated(void);
__noinline int more(int x) { seen += x; return generated(); }
END
cat >src/generated.in <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
int answer;
__noinline int generated(void) { return answer; }
END
: >src/own.h
: >src/lib/deep.h
user_of t >src/main.c
project src/CMakeLists.txt <<'END'
add_custom_command(OUTPUT made.bpf.c DEPENDS generated.in
	COMMAND ${CMAKE_COMMAND} -E copy ${CMAKE_CURRENT_SOURCE_DIR}/generated.in made.bpf.c)
add_bpf_skeleton(t_bpf SOURCES t.bpf.c lib/more.bpf.c ${CMAKE_CURRENT_BINARY_DIR}/made.bpf.c
	OUTPUT_DIRECTORY skeletons)
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf)
END

# touched FILE: for it the header is made again, once.
touched() {
	echo "$1" >&2
	touch "$1"
	build b
	makes 'Making t.skel.h from t.bpf.c, lib/more.bpf.c'
	idle b
}

for generator in $generators; do
	rm -rf b
	configure src b "$generator" -DCMAKE_EXPORT_COMPILE_COMMANDS=ON
	build b -j2
	idle b
	loads b/user
	has b/skeletons/t.skel.h 't__answer'
	for file in src/t.bpf.c src/lib/more.bpf.c b/made.bpf.c; do
		grep -q "\"file\": \"$PWD/$file\"" b/compile_commands.json || fail "no command of $file"
	done
	touched src/t.bpf.c
	touched src/lib/more.bpf.c
	touched src/generated.in
	touched src/own.h
	touched src/lib/deep.h
	run 0 cmake --build b --target t_bpf-check

	# One that does not compile is named, and the header that was there stays.
	cp b/skeletons/t.skel.h before.h
	cp src/lib/more.bpf.c more
	echo '#error no' >>src/lib/more.bpf.c
	! cmake --build b >all 2>&1 || fail 'it compiles'
	has all 'more.bpf.c: does not compile'
	cmp before.h b/skeletons/t.skel.h
	cp more src/lib/more.bpf.c
	build b
	idle b
done
