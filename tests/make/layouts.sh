# SPDX-License-Identifier: BSD-2-Clause
# Outputs in another directory, sources in several, sub-makes, included makefiles, names with blanks.
. "$(dirname "$0")/project.sh"

# Sources in subdirectories, outputs beside them, one makefile with a part in each directory.
project lib/one conns
project lib/two peers
cat >Makefile <<'END'
all:
include lib/one/part.mk lib/two/part.mk
END
for part in one:conns two:peers; do
	cat >"lib/${part%:*}/part.mk" <<END
include \$(shell bpfbake --make-include)
all: lib/${part%:*}/${part#*:}.skel.h
lib/${part%:*}/${part#*:}.skel.h: BPF_CFLAGS += -DPART=${part%:*}
END
done
makes 2
prints '-DPART=one'
idle
touch lib/two/peers.h
makes 1
prints '-DPART=two'
idle
rm -r lib Makefile .bpfbake

# Sub-makes; what is said on the command line reaches them.
project a conns
project b peers
cat >Makefile <<'END'
all:
	$(MAKE) -C a
	$(MAKE) -C b
.PHONY: all
END
makes 2 BPF_CFLAGS=-DX
makes 0 BPF_CFLAGS=-DX
touch b/peers.h
makes 1 BPF_CFLAGS=-DX
rm -r a b Makefile

# Another directory, from a source tree that cannot be written.
project source conns peers
cat >source/Makefile <<'END'
OUT = ../out
BPFBAKE_OUT = $(OUT)
include $(shell bpfbake --make-include)
$(OUT)/app: $(OUT)/main.o ; $(CC) -o $@ $^ $(BPFBAKE_LIBS)
$(OUT)/main.o: main.c $(OUT)/conns.skel.h $(OUT)/peers.skel.h
	$(CC) $(BPFBAKE_CPPFLAGS) -c -o $@ $<
END
chmod -R a-w source
makes 2 -C source
[ -z "$(find source -newer source/Makefile -type f ! -name Makefile ! -name '*.c' ! -name '*.h')" ] ||
	fail 'something was written to the source tree'
exists out/conns_bpfeb.o out/app
idle -C source
chmod -R u+w source
touch source/peers.h
makes 1 -C source
idle -C source
makes 2 -C source OUT="$PWD/absolute/out"
idle -C source OUT="$PWD/absolute/out"

# The build tree's makefile, with vpath.
mkdir build
cat >build/Makefile <<'END'
include $(shell bpfbake --make-include)
vpath %.bpf.c ../source
vpath %.c ../source
CPPFLAGS = $(BPFBAKE_CPPFLAGS)
app: main.o ; $(CC) -o $@ $^ $(BPFBAKE_LIBS)
main.o: conns.skel.h peers.skel.h
END
makes 2 -C build
idle -C build
touch source/conns.h
makes 1 -C build
idle -C build

# Two directories of outputs.
cat >source/two.mk <<'END'
BPFBAKE_OUT = ../x
include $(shell bpfbake --make-include)
BPFBAKE_OUT = ../y
include $(shell bpfbake --make-include)
all: ../x/conns.skel.h ../y/peers.skel.h
END
makes 2 -C source -f two.mk all
idle -C source -f two.mk all

# A directory with a blank above the project is nothing to make, whatever letters it has; in the name of
# a target make has no way to write one.
mkdir 'a b ü'
mv source 'a b ü/source'
makes 2 -C 'a b ü/source'
idle -C 'a b ü/source'
