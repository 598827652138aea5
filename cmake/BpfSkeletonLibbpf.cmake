# SPDX-License-Identifier: BSD-2-Clause
# libbpf for the programs that link a skeleton, and what it needs itself.

include_guard(GLOBAL)

# _bpfbake_find_packages(<prefix> <keyword> <package>...): pkg_check_modules(), in a cross build with a sysroot in that
# alone unless the environment says where to look: pkg-config would find this machine's.
function(_bpfbake_find_packages prefix keyword)
	find_package(PkgConfig QUIET)
	if(NOT PKG_CONFIG_FOUND)
		_bpfbake_fail("${keyword} needs pkg-config; install it, or give LIBBPF none and link your own")
	endif()
	set(is_ours FALSE)
	if(CMAKE_SYSROOT AND NOT DEFINED ENV{PKG_CONFIG_LIBDIR} AND NOT DEFINED ENV{PKG_CONFIG_SYSROOT_DIR})
		set(is_ours TRUE)
		set(ENV{PKG_CONFIG_SYSROOT_DIR} "${CMAKE_SYSROOT}")
		set(usr "${CMAKE_SYSROOT}/usr")
		set(ENV{PKG_CONFIG_LIBDIR}
			"${usr}/lib/${CMAKE_LIBRARY_ARCHITECTURE}/pkgconfig:${usr}/lib64/pkgconfig:\
${usr}/lib/pkgconfig:${usr}/share/pkgconfig")
	endif()
	pkg_check_modules(${prefix} QUIET IMPORTED_TARGET GLOBAL ${ARGN})
	if(is_ours)
		unset(ENV{PKG_CONFIG_SYSROOT_DIR})
		unset(ENV{PKG_CONFIG_LIBDIR})
	endif()
	if(NOT ${prefix}_FOUND)
		string(REPLACE ";" ", " packages "${ARGN}")
		_bpfbake_fail("${keyword}: pkg-config does not find ${packages}; install it (Debian: libbpf-dev, \
zlib1g-dev), say with PKG_CONFIG_PATH where it is, or give LIBBPF none and link your own")
	endif()
endfunction()

# _bpfbake_machine(<result> <file>): class, byte order and machine of the first ELF file in it, which may be an archive;
# "" where there is none near its beginning.
function(_bpfbake_machine result file)
	set(${result} "" PARENT_SCOPE)
	if(NOT IS_ABSOLUTE "${file}" OR NOT EXISTS "${file}")
		return()
	endif()
	file(READ "${file}" text LIMIT 262144 HEX)
	string(FIND "${text}" 7f454c46 at)
	string(LENGTH "${text}" length)
	math(EXPR class "${at} + 8")
	math(EXPR machine "${at} + 36")
	if(at GREATER_EQUAL 0 AND machine LESS length)
		string(SUBSTRING "${text}" ${class} 4 class)
		string(SUBSTRING "${text}" ${machine} 4 machine)
		set(${result} "${class}${machine}" PARENT_SCOPE)
	endif()
endfunction()

# _bpfbake_check_machine(<keyword> <library>...): pkg-config finds this machine's libraries in a cross build, and the
# linker says then that all functions are missing. The toolchain's machine is that of the program by which CMake has
# looked at the compiler.
function(_bpfbake_check_machine keyword)
	_bpfbake_machine(wanted "${CMAKE_PLATFORM_INFO_DIR}/CMakeDetermineCompilerABI_C.bin")
	foreach(library IN LISTS ARGN)
		_bpfbake_machine(machine "${library}")
		if(wanted AND machine AND NOT machine STREQUAL wanted)
			_bpfbake_fail("${keyword}: ${library} is for another machine than the toolchain; install \
libbpf for that one (Debian: libbpf-dev:arm64) and set CMAKE_SYSROOT in the toolchain file or PKG_CONFIG_LIBDIR in the \
environment to where it is, or give LIBBPF none and link your own")
		endif()
	endforeach()
endfunction()

# _bpfbake_find_archive(<result> <library> <directory>...): the archive; -l<library> for a part of the C
# library, which may have none.
function(_bpfbake_find_archive result library)
	find_library(BPFBAKE_ARCHIVE_${library} lib${library}.a HINTS ${ARGN})
	mark_as_advanced(BPFBAKE_ARCHIVE_${library})
	if(BPFBAKE_ARCHIVE_${library})
		set(${result} "${BPFBAKE_ARCHIVE_${library}}" PARENT_SCOPE)
	elseif(library MATCHES "^(c|m|dl|rt|pthread)$")
		set(${result} "-l${library}" PARENT_SCOPE)
	else()
		_bpfbake_fail("LIBBPF static: lib${library}.a is not found, which pkg-config names; install it, or \
give LIBBPF shared")
	endif()
endfunction()

# Archives, since -lelf would take the shared library where there are both. In pkg-config's order.
function(_bpfbake_static_libraries result)
	_bpfbake_find_packages(BPFBAKE_LIBBPF "LIBBPF static" "libbpf>=1.1")
	set(archives "")
	foreach(library IN LISTS BPFBAKE_LIBBPF_STATIC_LIBRARIES)
		_bpfbake_find_archive(archive "${library}" ${BPFBAKE_LIBBPF_STATIC_LIBRARY_DIRS})
		list(APPEND archives "${archive}")
	endforeach()
	set(${result} "${archives}" PARENT_SCOPE)
endfunction()

# _bpfbake_libbpf_flags(<result>): clang's flags for the headers of libbpf, where they are not
# among the system's.
function(_bpfbake_libbpf_flags result)
	set(flags "")
	if(NOT arg_LIBBPF STREQUAL none)
		_bpfbake_find_packages(BPFBAKE_LIBBPF "LIBBPF ${arg_LIBBPF}" "libbpf>=1.1")
		foreach(directory IN LISTS BPFBAKE_LIBBPF_INCLUDE_DIRS)
			list(APPEND flags "-idirafter" "${directory}")
		endforeach()
	endif()
	set(${result} "${flags}" PARENT_SCOPE)
endfunction()

# What <target> brings to those who link it.
function(_bpfbake_link_libraries)
	set(libraries "")
	if(arg_LIBBPF STREQUAL static)
		_bpfbake_static_libraries(libraries)
		_bpfbake_check_machine("LIBBPF static" ${libraries})
		target_include_directories(${target} SYSTEM INTERFACE ${BPFBAKE_LIBBPF_INCLUDE_DIRS})
	elseif(arg_LIBBPF STREQUAL shared)
		set(libraries PkgConfig::BPFBAKE_LIBBPF)
		_bpfbake_check_machine("LIBBPF shared" ${BPFBAKE_LIBBPF_LINK_LIBRARIES})
		# Where CMake does not look in a cross build, -lbpf is all that it has.
		if(NOT CMAKE_SYSROOT AND NOT DEFINED ENV{PKG_CONFIG_SYSROOT_DIR})
			_bpfbake_check_machine("LIBBPF shared" "${BPFBAKE_LIBBPF_LIBDIR}/libbpf.so")
		endif()
	endif()
	set(inflates "")
	if(arg_COMPRESS)
		set(inflates COMPRESS)
	elseif(arg_BTF)
		set(inflates BTF)
	endif()
	if(inflates AND NOT arg_LIBBPF STREQUAL static)
		_bpfbake_find_packages(BPFBAKE_ZLIB ${inflates} zlib)
		set(zlib PkgConfig::BPFBAKE_ZLIB)
		if(arg_STATIC)
			_bpfbake_find_archive(zlib z ${BPFBAKE_ZLIB_STATIC_LIBRARY_DIRS})
		endif()
		list(APPEND libraries "${zlib}")
	endif()
	target_link_libraries(${target} INTERFACE ${libraries})
	if(arg_STATIC)
		target_link_options(${target} INTERFACE -static)
	endif()
	if(arg_SPLIT AND inflates)
		# zlib.h, for <name>.skel.c.
		target_link_libraries(${target} PRIVATE ${libraries})
	endif()
endfunction()
