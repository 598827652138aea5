# SPDX-License-Identifier: BSD-2-Clause
#[=======================================================================[
add_bpf_skeleton(<target> SOURCES <file>...
	[NAME <identifier>]
	[TARGETS <name>...]
	[INCLUDE_DIRECTORIES <directory>...]
	[DEFINITIONS <name>[=<value>]...]
	[OPTIONS <flag>...]
	[TYPES <name>...]
	[EVENTS <map>=<type>...]
	[TYPE_PREFIX <prefix>]
	[VMLINUX <file>|auto]
	[LEAN auto|off|only]
	[BTF <place>...]
	[EMBED literal|incbin|c23]
	[COMPRESS]
	[SPLIT]
	[LIGHT]
	[OUTPUT_DIRECTORY <directory>]
	[LIBBPF shared|static|none]
	[STATIC])

Compiles BPF C and makes a library target of it: who links <target> finds the header <name>.skel.h,
is built after it, and gets libbpf. The header is made anew when a source, a header that it
includes, the flags or bpfbake itself change.

The target bpfbake-check compares the outputs of all skeletons with what their sources give, and writes nothing; for one
alone it is <target>-check. It is for outputs that are committed, with OUTPUT_DIRECTORY in the source tree.

<target>
  Name of the library target; no target may have it yet. An INTERFACE library; with SPLIT a STATIC one.
SOURCES
  Files of C, relative to the current source directory. Each may be the output of a custom
  command of this directory. Several are linked to one program.
NAME
  The C identifier that the struct and the functions of the header begin with; the files are named by it in lower
  case. Default: the name of the first source without .bpf.c (or .c). Two of one name in one OUTPUT_DIRECTORY are
  an error.
TARGETS
  What to compile for: bpf bpfel bpfeb native 386 amd64 arm arm64 loong64 mips ppc64 ppc64le riscv64 s390x;
  also the kernel's names of architectures, x86 for 386 and amd64. Default: the architecture that the toolchain compiles
  for, and the generic target of the other byte order, which is left out where the source needs an architecture.
INCLUDE_DIRECTORIES
  Where the source's headers are, relative to the current source directory.
DEFINITIONS
  Macros for the source, as target_compile_definitions() takes them.
OPTIONS
  Flags for clang. They stand behind bpfbake's -O2 -mcpu=v1, which they override.
TYPES
  Types (struct, union, enum, typedef), or globs, that the header has to define besides those of
  maps and variables.
EVENTS
  The type of the records of a ring buffer or perf event array.
TYPE_PREFIX
  What stands before the names of types, enumerators and constants; may be "". Default: NAME and two underscores.
VMLINUX
  The kernel's types for a source that includes vmlinux.h: BTF, or an ELF file that has it, relative to the current
  source directory; auto: the running kernel's. Default: the vmlinux.h that the source includes.
LEAN
  With VMLINUX, whether the source is compiled against those of the types alone that it can reach. Default:
  auto, which takes all of them where that does not compile.
BTF
  BTFs of kernels that have none themselves: files <release>.btf or vmlinux-<release>, or directories of them, also as
  BTFHub has them, relative to the current source directory. The header gets what the program needs of each; <target>
  then needs zlib and finds it by pkg-config.
EMBED
  How the bytes come into the program: string literals, the assembler's .incbin (needs SPLIT), or
  #embed of C23. Default: literal.
COMPRESS
  The bytes are compressed; <target> then needs zlib and finds it by pkg-config. Not with another EMBED.
SPLIT
  The bytes stand in <name>.skel.c, which <target> compiles: once in a program.
LIGHT
  A light skeleton: a loader in place of the objects, which needs neither libbpf nor libelf when the program runs.
  Not with COMPRESS or another EMBED.
OUTPUT_DIRECTORY
  Where the outputs go, relative to the current binary directory; it becomes an include directory of who links
  <target>. Default: the current binary directory.
LIBBPF
  What <target> brings along: the shared libbpf that pkg-config finds; libbpf.a and the archives
  that it needs; or nothing. Default: shared, with STATIC: static, with LIGHT: none.
STATIC
  Who links <target> becomes a static program (-static), with LIBBPF static.

INCLUDE_DIRECTORIES, DEFINITIONS and OPTIONS may hold generator expressions; these give absolute directories. A ';' in
a name or a flag cannot be said.

Variables: BPFBAKE_EXECUTABLE, BPFBAKE_CLANG, BPFBAKE_LAUNCHER, see docs/cmake.md.

An unknown argument, one that is given twice, a missing value and a contradiction are fatal errors.
#]=======================================================================]

include_guard(GLOBAL)

cmake_policy(PUSH)
cmake_policy(VERSION 3.21)
if(POLICY CMP0174)
	cmake_policy(SET CMP0174 NEW) # of empty values; both are provided for
endif()
set(BPFBAKE_EXECUTABLE "" CACHE FILEPATH "The bpfbake that add_bpf_skeleton() runs; empty: bpfbake::bpfbake")
set(BPFBAKE_CLANG "" CACHE STRING "The clang that compiles BPF sources; empty: bpfbake's default")
mark_as_advanced(BPFBAKE_EXECUTABLE BPFBAKE_CLANG)

include(${CMAKE_CURRENT_LIST_DIR}/BpfSkeletonArguments.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/BpfSkeletonToolchain.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/BpfSkeletonLibbpf.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/BpfSkeletonCompileCommands.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/BpfSkeletonCommand.cmake)

function(add_bpf_skeleton target)
	set(flags COMPRESS LIGHT SPLIT STATIC)
	set(values NAME TYPE_PREFIX VMLINUX LEAN EMBED OUTPUT_DIRECTORY LIBBPF)
	set(lists SOURCES TARGETS INCLUDE_DIRECTORIES DEFINITIONS OPTIONS TYPES EVENTS BTF)
	cmake_parse_arguments(PARSE_ARGV 1 arg "${flags}" "${values}" "${lists}")
	_bpfbake_check_keywords("${flags};${values};${lists}" ${ARGN})
	_bpfbake_complete_arguments()
	_bpfbake_check_arguments()
	_bpfbake_claim_outputs()
	_bpfbake_warn_of_links()

	_bpfbake_add_command(header bytes)
	_bpfbake_add_check()
	_bpfbake_add_library("${header}" "${bytes}")
	_bpfbake_link_libraries()
	_bpfbake_note_compile_command("${header}")
endfunction()

# The library <target>. Its sources have the custom command run when it is built, and
# that it is built comes first for all who link it, in every directory.
function(_bpfbake_add_library header bytes)
	if(arg_SPLIT)
		add_library(${target} STATIC "${bytes}" "${header}")
		set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
		get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
		if(NOT C IN_LIST languages)
			set_source_files_properties("${bytes}" PROPERTIES LANGUAGE CXX)
		endif()
		target_include_directories(${target} PUBLIC "${arg_OUTPUT_DIRECTORY}")
	else()
		add_library(${target} INTERFACE)
		target_sources(${target} PRIVATE "${header}")
		target_include_directories(${target} INTERFACE "${arg_OUTPUT_DIRECTORY}")
	endif()
endfunction()
cmake_policy(POP)
