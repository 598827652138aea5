# SPDX-License-Identifier: BSD-2-Clause
# Paths with blanks, '$', '#' and letters beyond ASCII, with make quotes too (Ninja reads none in a
# depfile); the source tree is not written to.
# shellcheck disable=SC2016 # the names have these letters
. "$(dirname "$0")/lib.sh"
mkdir -p 'src/a dir é' 'src/o $te #1' "src/q\"u'o \$te #1"
tiny 'src/a dir é/t é.bpf.c'
for directory in 'src/o $te #1' "src/q\"u'o \$te #1"; do
	tiny "$directory/\$1 #2.bpf.c"
done
for directory in 'src/a dir é' 'src/o $te #1' "src/q\"u'o \$te #1"; do
	echo 'struct own;' >"$directory/own.h"
	for source in "$directory"/*.bpf.c; do
		sed -i '1i #include <own.h>' "$source"
	done
done
user_of t >src/main.c
project src/CMakeLists.txt <<'END'
add_bpf_skeleton(t_bpf SOURCES "a dir é/t é.bpf.c" NAME t INCLUDE_DIRECTORIES "a dir é" OUTPUT_DIRECTORY "o é u t")
set(odd "o $te #1")
if(CMAKE_GENERATOR MATCHES Make)
	set(odd "q\"u'o $te #1")
endif()
add_bpf_skeleton(odd_bpf SOURCES "${odd}/$1 #2.bpf.c" NAME odd INCLUDE_DIRECTORIES "${odd}"
	DEFINITIONS "X=\"a 'b' $c #d\"")
add_executable(user main.c)
target_link_libraries(user PRIVATE t_bpf odd_bpf)
END
# root may write everywhere: that nothing is new or changed is the proof.
touch -d '1 hour ago' src/*.* src/*/*
chmod -R a-w src
find src -printf '%p %T@\n' | sort >before

for generator in $generators; do
	odd='src/o $te #1'
	[ "$generator" = Ninja ] || odd="src/q\"u'o \$te #1"
	rm -rf 'b é d'
	configure src 'b é d' "$generator"
	build 'b é d'
	exists 'b é d/o é u t/t.skel.h' 'b é d/odd.skel.h'
	loads 'b é d/user'
	idle 'b é d'
	find src -printf '%p %T@\n' | sort | diff before - || fail 'the source tree was written to'
	for header in 'src/a dir é/own.h' "$odd/own.h"; do
		touch "$header"
		build 'b é d'
		makes 'Making'
		idle 'b é d'
	done
	find src -printf '%p %T@\n' | sort >before
done
chmod -R u+w src
