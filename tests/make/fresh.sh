# SPDX-License-Identifier: BSD-2-Clause
# What is remade when something changes, and that nothing else is.
. "$(dirname "$0")/project.sh"
strange='system dir/a$b#c'
project . conns other
mkdir -p "$strange"
echo '#define STRANGE 0' >"$strange/strange h.h"
mkdir -p system/bpf
cp /usr/include/bpf/*.h system/bpf
printf '#include "strange h.h"\n' >>conns.bpf.c
cp "$PREFIX/bin/bpfbake" tool
cat >>Makefile <<'END'
BPF_CFLAGS = -isystem system
conns.skel.h: BPF_CFLAGS += '-I$(STRANGE)' -DANSWER=$(ANSWER)
STRANGE = system dir/a$$b\#c
ANSWER = 1
END

# change N FILE: it makes N skeletons to have it changed, and then no more.
change() {
	touch "$2"
	makes "$1" BPFBAKE=./tool
	idle BPFBAKE=./tool
}

makes 2 BPFBAKE=./tool
prints ' conns '
idle BPFBAKE=./tool
idle BPFBAKE=./tool conns.skel.h
change 1 conns.bpf.c
change 1 other.h
change 1 "$strange/strange h.h"
change 2 system/bpf/bpf_helpers.h
change 2 tool

# Flags are compared by what they say, of each skeleton alone.
makes 1 BPFBAKE=./tool ANSWER=2
prints '-DANSWER=2'
idle BPFBAKE=./tool ANSWER=2
touch Makefile
idle BPFBAKE=./tool ANSWER=2
makes 2 BPFBAKE=./tool ANSWER=2 BPFBAKE_FLAGS=-no-accessors
makes 2 BPFBAKE=./tool ANSWER=2
makes 1 BPFBAKE=./tool
makes 2
idle
# -n shows it and does nothing.
run 0 make -n ANSWER=3
[ "$(count)" -eq 1 ] || fail '-n does not show the command'
run 1 make -q ANSWER=3
idle

# What is deleted comes back.
rm other.skel.h
makes 1
idle
rm -r .bpfbake
makes 2
idle

# A header that went away is no error where nothing includes it any more.
echo '#include "gone.h"' >>conns.bpf.c
: >gone.h
makes 1
sed -i '/gone.h/d' conns.bpf.c
rm gone.h
makes 1
idle

# A compile that fails leaves nothing that is taken for good, however often; then it is mended.
echo 'no C' >>conns.bpf.c
run 2 make
run 2 make
sed -i '$d' conns.bpf.c
makes 1
idle
run 2 make ANSWER='1 -no-such-flag'
run 2 make ANSWER='1 -no-such-flag'
# The header is as it was, but who would know.
makes 1
idle
echo '#error "no"' >>other.h
run 2 make -k
run 2 make -k
sed -i '$d' other.h
makes 1
idle
