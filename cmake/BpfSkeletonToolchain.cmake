# SPDX-License-Identifier: BSD-2-Clause
# What the toolchain says of the machine that the program is for, in bpfbake's words.

include_guard(GLOBAL)

# _bpfbake_object_suffix(<name> <suffix> <known>): what stands in the names of the objects of this one of TARGETS;
# "" where only bpfbake knows, unset when there is no such target; and the names of all.
function(_bpfbake_object_suffix name suffix known)
	set(suffixes
		bpf=bpf bpfel=bpfel bpfeb=bpfeb native= 386=x86_bpfel amd64=x86_bpfel arm=arm_bpfel
		arm64=arm64_bpfel loong64=loongarch_bpfel mips=mips_bpfeb ppc64=powerpc_bpfeb
		ppc64le=powerpc_bpfel riscv64=riscv_bpfel s390x=s390_bpfeb)
	unset(${suffix} PARENT_SCOPE)
	set(names "")
	foreach(row IN LISTS suffixes)
		string(REGEX MATCH "^([^=]*)=(.*)$" row "${row}")
		list(APPEND names "${CMAKE_MATCH_1}")
		if(CMAKE_MATCH_1 STREQUAL name)
			set(${suffix} "${CMAKE_MATCH_2}" PARENT_SCOPE)
		endif()
	endforeach()
	set(${known} "${names}" PARENT_SCOPE)
endfunction()

# _bpfbake_expand_targets(<names>): the kernel's name of an architecture, as __TARGET_ARCH_x has it, stands for all of
# its targets.
function(_bpfbake_expand_targets names)
	set(x86 386 amd64)
	set(loongarch loong64)
	set(powerpc ppc64 ppc64le)
	set(riscv riscv64)
	set(s390 s390x)
	set(expanded "")
	foreach(name IN LISTS ${names})
		if(name MATCHES "^(x86|loongarch|powerpc|riscv|s390)$")
			list(APPEND expanded ${${name}})
		else()
			list(APPEND expanded "${name}")
		endif()
	endforeach()
	set(${names} "${expanded}" PARENT_SCOPE)
endfunction()

# The processor's name, as uname -m has it, in lower case.
function(_bpfbake_processor result)
	set(name "${CMAKE_SYSTEM_PROCESSOR}")
	if(name STREQUAL "")
		# A toolchain file that does not name it.
		string(REGEX REPLACE "-.*" "" name "${CMAKE_C_COMPILER_TARGET}")
	endif()
	if(name STREQUAL "")
		string(REGEX REPLACE "-.*" "" name "${CMAKE_LIBRARY_ARCHITECTURE}")
	endif()
	string(TOLOWER "${name}" name)
	set(${result} "${name}" PARENT_SCOPE)
endfunction()

# _bpfbake_byte_order(<result>): bpfel or bpfeb, as the compiler says; "" when no compiler has been asked.
function(_bpfbake_byte_order result)
	set(order "")
	foreach(language CXX C)
		if(CMAKE_${language}_BYTE_ORDER STREQUAL BIG_ENDIAN)
			set(order bpfeb)
		elseif(CMAKE_${language}_BYTE_ORDER STREQUAL LITTLE_ENDIAN)
			set(order bpfel)
		endif()
	endforeach()
	set(${result} "${order}" PARENT_SCOPE)
endfunction()

# _bpfbake_architecture(<names> <order>): the TARGETS of the toolchain's architecture, "" when bpfbake has none for
# it, and its byte order, bpfel or bpfeb.
function(_bpfbake_architecture names order)
	# Processor, size of a pointer, names, byte order. 32-bit programs of x86 are compiled on
	# processors of both names, and x32 is one of them.
	set(rows
		"^(x86_64|amd64)$ 8 amd64 bpfel"
		"^(x86_64|amd64|i[3-6]86|x86)$ 4 386,amd64 bpfel"
		"^(aarch64|arm64)$ 8 arm64 bpfel"
		"^(arm|armv[4-8].*|aarch64|arm64)$ 4 arm bpfel"
		"^(loongarch64|loong64)$ 8 loong64 bpfel"
		"^mips(64)?(r[0-9]+)?$ 4|8 mips bpfeb"
		"^(ppc64|powerpc64)$ 8 ppc64 bpfeb"
		"^(ppc64le|powerpc64le)$ 8 ppc64le bpfel"
		"^riscv64$ 8 riscv64 bpfel"
		"^s390x$ 8 s390x bpfeb")
	_bpfbake_processor(processor)
	_bpfbake_byte_order(real)
	set(${names} "" PARENT_SCOPE)
	set(${order} "${real}" PARENT_SCOPE)
	foreach(row IN LISTS rows)
		string(REPLACE " " ";" row "${row}")
		list(POP_FRONT row pattern widths row_names row_order)
		# The compiler knows better: there is arm of both byte orders.
		if(processor MATCHES "${pattern}" AND "${CMAKE_SIZEOF_VOID_P}" MATCHES "^(${widths})?$"
				AND row_order MATCHES "^${real}")
			string(REPLACE "," ";" row_names "${row_names}")
			set(${names} "${row_names}" PARENT_SCOPE)
			set(${order} "${row_order}" PARENT_SCOPE)
			return()
		endif()
	endforeach()
endfunction()

# _bpfbake_default_targets(<targets> <optional>): what to compile for, and what of it may be left out.
function(_bpfbake_default_targets targets optional)
	_bpfbake_architecture(names order)
	set(other bpfeb)
	if(order STREQUAL bpfeb)
		set(other bpfel)
	endif()
	if(names STREQUAL "")
		set(${targets} bpfel bpfeb PARENT_SCOPE)
		set(${optional} "" PARENT_SCOPE)
	else()
		set(${targets} ${names} ${other} PARENT_SCOPE)
		set(${optional} ${other} PARENT_SCOPE)
	endif()
endfunction()

# clang's flags for the headers of the machine that the program is for. Without any, bpfbake asks clang for those of
# this machine.
function(_bpfbake_system_flags result)
	set(flags "")
	if(CMAKE_CROSSCOMPILING OR CMAKE_SYSROOT)
		set(triple "${CMAKE_C_COMPILER_TARGET}")
		if(triple STREQUAL "")
			set(triple "${CMAKE_LIBRARY_ARCHITECTURE}")
		endif()
		if(triple STREQUAL "")
			_bpfbake_processor(processor)
			set(triple "${processor}-linux-gnu")
		endif()
		list(APPEND flags "--target=${triple}")
		if(CMAKE_SYSROOT)
			list(APPEND flags "--sysroot=${CMAKE_SYSROOT}")
		endif()
		set(language C)
		if(NOT CMAKE_C_COMPILER)
			set(language CXX)
		endif()
		foreach(directory IN LISTS CMAKE_${language}_STANDARD_INCLUDE_DIRECTORIES
				CMAKE_${language}_IMPLICIT_INCLUDE_DIRECTORIES)
			# Not those of gcc, clang and C++ themselves.
			if(NOT directory MATCHES "/lib(32|64)?/(gcc|gcc-cross|clang|llvm[^/]*)/|/c\\+\\+(/|$)")
				list(APPEND flags "-idirafter" "${directory}")
			endif()
		endforeach()
	endif()
	set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# The value of -cc: launcher and clang; "" for bpfbake's default.
function(_bpfbake_compiler result)
	set(words "${CMAKE_C_COMPILER_LAUNCHER}")
	if(DEFINED BPFBAKE_LAUNCHER)
		set(words "${BPFBAKE_LAUNCHER}")
	endif()
	if(BPFBAKE_CLANG)
		list(APPEND words "${BPFBAKE_CLANG}")
	elseif(NOT words STREQUAL "")
		list(APPEND words clang)
	endif()
	foreach(word IN LISTS words)
		if(word MATCHES "[ \t\n]")
			_bpfbake_fail("'${word}' has white space, at which bpfbake splits the compiler's command; \
set BPFBAKE_CLANG and BPFBAKE_LAUNCHER to names without (a symbolic link), the words of a launcher as a list")
		endif()
	endforeach()
	string(REPLACE ";" " " words "${words}")
	set(${result} "${words}" PARENT_SCOPE)
endfunction()
