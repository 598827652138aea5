# SPDX-License-Identifier: BSD-2-Clause
# Skeletons in a makefile for GNU make (4.0 and later; tested with 4.3 and 4.4):
#
#	include $(shell bpfbake --make-include)
#	app: LDLIBS = $(BPFBAKE_LIBS)
#	app.o: app.skel.h
#
# app.skel.h is then made of app.bpf.c: when that, a header that it includes, the flags, the compiler
# or bpfbake has changed, and at no other time. The name in C is the source's, without .bpf.c, with '_'
# for '-' and '.'. What make must remember is in the directory .bpfbake; delete it with the outputs.
#
# Of several sources, which are linked to one program; all prerequisites that end in .bpf.c are sources:
#
#	app.skel.h: app.bpf.c lib/more.bpf.c
#
# Variables; each may be set for one target (app.skel.h: BPF_CFLAGS += -DX), before or behind the
# include, unless it says otherwise:
#
#   BPFBAKE              the command. Default: bpfbake
#   BPFBAKE_FLAGS        its options: -type, -event, -split …
#   BPF_CFLAGS           flags for clang
#   BPFBAKE_CLANG        the compiler. Default: clang, or what BPFBAKE_CC of the environment says
#   BPFBAKE_LAUNCHER     stands before the compiler: ccache, sccache, distcc, icecc
#   BPFBAKE_TARGETS      what to compile for, as -target takes it. Default: the architecture that $(CC)
#                        compiles for, and the other byte order without an architecture, which is left
#                        out where the source needs one. A -target in BPFBAKE_FLAGS beats it
#   BPFBAKE_NAME         the name in C
#   BPFBAKE_OUT          a directory for outputs: $(BPFBAKE_OUT)/%.skel.h is made of %.bpf.c, which vpath
#                        finds too. Set before the include; for more than one directory, include again.
#                        Default: . (beside the source)
#
# and those that are only read:
#
#   BPFBAKE_CPPFLAGS     what a C file needs that includes the header
#   BPFBAKE_LIBS         what a program needs that links libbpf as a shared library
#   BPFBAKE_STATIC_LIBS  the same for a program that needs no library at run time; has -static
#
# PKG_CONFIG is the command that knows the libraries. With -split, STEM.skel.c is a target like
# STEM.skel.h. A header of another name than its source, or in another directory:
#
#	hooks/second.skel.h: first.bpf.c bpfbake_always
#		$(bpfbake_recipe)
#
# Names that have no capitals are this file's own.

# What is the first target of the makefile stays the user's business.
bpfbake_goal := $(.DEFAULT_GOAL)

ifneq ($(origin bpfbake_outs),file)
bpfbake_outs :=

BPFBAKE ?= bpfbake
BPFBAKE_OUT ?= .
BPFBAKE_FLAGS ?=
BPF_CFLAGS ?=
BPFBAKE_CLANG ?=
BPFBAKE_LAUNCHER ?=
BPFBAKE_TARGETS ?=
BPFBAKE_NAME ?= $(subst .,_,$(subst -,_,$(patsubst %.bpf.c,%,$(notdir $<))))
PKG_CONFIG ?= pkg-config

# $(call bpfbake_once,VARIABLE,COMMAND): what the command prints; it runs when first asked for.
bpfbake_once = $(if $1,$(eval $1 := $$(shell $$2))$($1))

# What -target calls the processors that compilers and uname name so.
bpfbake_cpu = $(patsubst armv%,arm,$(patsubst i%86,i386,$(firstword $(subst -, ,$1))))
bpfbake_cpu.x86_64 := amd64
bpfbake_cpu.i386 := 386
bpfbake_cpu.aarch64 := arm64
bpfbake_cpu.arm := arm
bpfbake_cpu.loongarch64 := loong64
bpfbake_cpu.mips := mips
bpfbake_cpu.powerpc64 := ppc64
bpfbake_cpu.ppc64 := ppc64
bpfbake_cpu.powerpc64le := ppc64le
bpfbake_cpu.ppc64le := ppc64le
bpfbake_cpu.riscv64 := riscv64
bpfbake_cpu.s390x := s390x

bpfbake_machine = $(call bpfbake_once,bpfbake_machine,$(CC) -dumpmachine 2>/dev/null)
bpfbake_host = $(call bpfbake_once,bpfbake_host,uname -m)
bpfbake_arch = $(if $(filter -m32,$(CC) $(CFLAGS)),$(patsubst amd64,386,$(bpfbake_cc_arch)),$(bpfbake_cc_arch))
bpfbake_cc_arch = $(bpfbake_cpu.$(call bpfbake_cpu,$(bpfbake_machine)))
bpfbake_other = $(if $(filter mips ppc64 s390x,$(bpfbake_arch)),bpfel,bpfeb)
bpfbake_target_flags = $(if $(BPFBAKE_TARGETS),-target $(BPFBAKE_TARGETS),$(if \
	$(bpfbake_arch),-target $(bpfbake_arch)$(bpfbake_comma)$(bpfbake_other) -optional $(bpfbake_other)))
bpfbake_comma := ,
# In a cross build clang looks for headers where the target's are.
bpfbake_search_flags = $(if $(bpfbake_cc_arch),$(if $(filter \
	$(bpfbake_cc_arch),$(bpfbake_cpu.$(call bpfbake_cpu,$(bpfbake_host)))),,--target=$(bpfbake_machine)))

bpfbake_clang = $(if $(BPFBAKE_LAUNCHER)$(BPFBAKE_CLANG),-cc '$(strip $(BPFBAKE_LAUNCHER) $(or $(BPFBAKE_CLANG),clang))')
# The sources: those of the rule alone, see bpfbake_remember.
bpfbake_sources = $< $(filter-out $<,$(filter %.bpf.c,$^))
bpfbake_stem = $(patsubst %.skel.h,%,$(notdir $@))
bpfbake_directory = $(patsubst %/,%,$(dir $@))
bpfbake_header = $(patsubst ./%,%,$(bpfbake_directory)/$(bpfbake_stem).skel.h)
# The dependencies and the command of a header.
bpfbake_memory = $(bpfbake_state)/$(subst /,+,$(patsubst $(dir $(bpfbake_state))%,%,$(bpfbake_header))).d
bpfbake_command = $(strip $(BPFBAKE) $(bpfbake_clang) \
	$(if $(filter -target% --target%,$(BPFBAKE_FLAGS)),,$(bpfbake_target_flags)) $(BPFBAKE_FLAGS) \
	-output-dir '$(bpfbake_directory)' -output-stem '$(bpfbake_stem)' -depfile '$(bpfbake_memory)ep' \
	$(BPFBAKE_NAME) $(patsubst %,'%',$(bpfbake_sources)) $(if $(bpfbake_search_flags)$(BPF_CFLAGS),-- $(bpfbake_search_flags) $(BPF_CFLAGS)))

# Which bpfbake and which compilers these are: another file of the same name is another one.
bpfbake_programs = $(call bpfbake_once,bpfbake_programs,for word in $(BPFBAKE) $(or \
	$(BPFBAKE_CLANG),$${BPFBAKE_CC:-clang}); do stat -Lc '%n %s %y' "$$(command -v "$$word")"; done 2>/dev/null)
bpfbake_made = $(bpfbake_command) [$(bpfbake_programs)]

# $(call bpfbake_differ,A,B)
bpfbake_differ = $(subst <$1>,,<$2>)
bpfbake_bytes = $(if $(filter -split --split,$(BPFBAKE_FLAGS)),$(patsubst %.h,%.c,$(bpfbake_header)))
bpfbake_stale = $(strip $(filter-out bpfbake_always,$?) $(filter-out $(wildcard $(bpfbake_bytes)),$(bpfbake_bytes)) \
	$(call bpfbake_differ,$(value bpfbake_made_$(bpfbake_header)),$(bpfbake_made)))

# The rule runs always and is empty where all is as it was; then make says that there is nothing to
# do, and the '+' keeps -n and -q from taking the header for new. The command is noted when the
# header is there, never before.
bpfbake_recipe = $(if $(bpfbake_stale),$(bpfbake_steps),+)
define bpfbake_steps
@set -e; mkdir -p '$(bpfbake_directory)' '$(bpfbake_state)'; rm -f '$(bpfbake_memory)'
$(bpfbake_command)
@{ $(bpfbake_remember); printf 'define %s\n%s\nendef\n' 'bpfbake_made_$(bpfbake_header)' \
	'$(subst ','\'',$(bpfbake_made))'; } >'$(bpfbake_memory)'.$$$$ && mv '$(bpfbake_memory)'.$$$$ '$(bpfbake_memory)'
endef

# What the header depends on. As a direct prerequisite BPF C is a source; what sources include of it goes by a
# file in between, as new as the header, which is touched where that is not new enough.
bpfbake_is_c := \.bpf\.c\( \\\)*$$
bpfbake_included = $(patsubst %.d,%.included,$(bpfbake_memory))
define bpfbake_remember
grep -v '$(bpfbake_is_c)' '$(bpfbake_memory)ep'; included=$$(sed -n 's/^  \(.*\)$(bpfbake_is_c)/\1.bpf.c/p' \
	'$(bpfbake_memory)ep' | grep -vxF $(patsubst %,-e '%',$(bpfbake_sources)) | tr '\n' ' ') || :; \
	if [ -n "$$included" ]; then touch -r '$(bpfbake_header)' '$(bpfbake_included)'; \
		printf '%s: %s\n%s: %s; @touch $$@\n' '$(bpfbake_header)' '$(bpfbake_included)' \
			'$(bpfbake_included)' "$$included"; fi
endef

# The header is written last; now its bytes are the newer ones, for those that are made of them.
define bpfbake_bytes_recipe
@test -e '$@' || { echo "bpfbake.mk: $@ is made with -split in BPFBAKE_FLAGS" >&2; exit 1; }
@touch '$@'
endef

# pkg-config's answer, or what stands without it.
bpfbake_zlib = $(if $(filter -compress --compress -btf --btf -btf=% --btf=%,$(BPFBAKE_FLAGS)),zlib)
bpfbake_cflags = $(call bpfbake_once,bpfbake_cflags,$(PKG_CONFIG) --cflags libbpf 2>/dev/null)
BPFBAKE_CPPFLAGS = $(addprefix -I,$(bpfbake_outs)) $(bpfbake_cflags)
BPFBAKE_LIBS = $(call bpfbake_once,BPFBAKE_LIBS,$(PKG_CONFIG) --libs libbpf $(bpfbake_zlib) 2>/dev/null || echo -lbpf $(bpfbake_zlib:zlib=-lz))
BPFBAKE_STATIC_LIBS = $(call bpfbake_once,BPFBAKE_STATIC_LIBS,echo -static && \
	$(PKG_CONFIG) --static --libs libbpf $(bpfbake_zlib) 2>/dev/null || echo -lbpf -lelf -lz)

# What was made before. An empty rule: make does not look for a way to remake these files.
bpfbake_state := $(patsubst ./%,%,$(BPFBAKE_OUT)/.bpfbake)
bpfbake_memories := $(wildcard $(bpfbake_state)/*.d $(bpfbake_state)/..*.d)
ifneq ($(bpfbake_memories),)
$(bpfbake_memories): ;
-include $(bpfbake_memories)
endif

.DELETE_ON_ERROR:
.PRECIOUS: %.skel.h %.skel.c
.PHONY: bpfbake_always
bpfbake_always:
endif

ifeq ($(filter $(BPFBAKE_OUT),$(bpfbake_outs)),)
bpfbake_outs += $(BPFBAKE_OUT)
bpfbake_prefix := $(patsubst ./%,%,$(BPFBAKE_OUT)/)
$(bpfbake_prefix)%.skel.h: %.bpf.c bpfbake_always
	$(bpfbake_recipe)
$(bpfbake_prefix)%.skel.c: $(bpfbake_prefix)%.skel.h
	$(bpfbake_bytes_recipe)
endif

.DEFAULT_GOAL := $(bpfbake_goal)
