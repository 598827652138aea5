# SPDX-License-Identifier: BSD-2-Clause
# Every argument reaches the command, generator expressions too, and what it makes is used by C and C++
# programs, in a build of several configurations too.
. "$(dirname "$0")/lib.sh"
mkdir -p include
echo 'struct extra { int x; };' >include/extra.h
cat >t.bpf.c <<'END'
#include "extra.h"
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#if LIMIT != 5 || A != 1 || B != 2 || !defined(FROM_OPTION)
#error the definitions
#endif
struct record { int pid; };
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } records SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 4096); } bare SEC(".maps");
struct extra *extra;
struct record *record;
int seen;
SEC("socket") int watch(void *context) { seen++; return bare.max_entries != 0; }
/* A macro with a value. */
#define SAID TEXT
char LICENSE[] SEC("license") = "GPL";
END
project CMakeLists.txt <<'END'
enable_language(CXX)
set(both A=1 B=2)
add_bpf_skeleton(options SOURCES t.bpf.c NAME Opts TARGETS bpfel bpfeb x86
	INCLUDE_DIRECTORIES "$<$<BOOL:1>:${CMAKE_CURRENT_SOURCE_DIR}/include>"
	DEFINITIONS -DLIMIT=5 "$<$<BOOL:1>:${both}>" "$<$<BOOL:0>:NEVER>" "TEXT=\"a, 'b' $c #d\""
	OPTIONS -mcpu=v2 "$<1:-DFROM_OPTION>"
	TYPES extra record EVENTS records=record TYPE_PREFIX "" OUTPUT_DIRECTORY generated)
add_bpf_skeleton(prefixed SOURCES t.bpf.c INCLUDE_DIRECTORIES include DEFINITIONS LIMIT=5 ${both} TEXT=\"\"
	OPTIONS -DFROM_OPTION TYPE_PREFIX my_ TYPES extra SPLIT)
add_executable(c main.c)
target_link_libraries(c PRIVATE options prefixed)
add_executable(cxx main.cpp)
target_link_libraries(cxx PRIVATE options prefixed)
END
cat >main.c <<'END'
#include "Opts.skel.h"
#include "t.skel.h"
static int on_record(void *context, const struct record *record, size_t size)
{
	(void)context;
	(void)size;
	return record->pid;
}
int main(void)
{
	struct Opts *skel = Opts__open();
	struct extra extra = {0};
	struct my_extra mine = {0};
	struct t *t = t__open();

	if (!skel || !t)
		return 1;
	(void)on_record;
	(void)Opts__records__ring_buffer;
	return extra.x + mine.x;
}
END
sed -i 's/Opts.skel.h/opts.skel.h/' main.c
cp main.c main.cpp

for generator in $generators Ninja_Multi-Config; do
	rm -rf b
	configure . b "$generator"
	build b
	exists b/generated/opts.skel.h b/generated/opts_bpfel.o b/generated/opts_bpfeb.o b/generated/opts_x86_bpfel.o
	has b/generated/opts.skel.h "a, 'b' \$c #d"
	idle b
	if [ "$generator" = Ninja_Multi-Config ]; then
		build b --config Release
		makes_no 'Making'
		b/Debug/c && b/Debug/cxx && b/Release/c && b/Release/cxx
		idle b --config Release
		idle b
	else
		b/c && b/cxx
	fi
done
