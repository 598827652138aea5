# SPDX-License-Identifier: BSD-2-Clause
# The libraries that the tool is made with: bpfbake_libraries, an interface target.
#
# They are linked into the tool where their archives are installed, which halves the time that it
# takes to start; the C library stays shared, since libclang is loaded at run time.
option(BPFBAKE_STATIC_LIBRARIES "Link libbpf, libdw, libelf, zlib and jansson into the tool" ON)

find_package(PkgConfig REQUIRED)
pkg_check_modules(LIBBPF REQUIRED IMPORTED_TARGET libbpf>=1.1)
pkg_check_modules(LIBDW REQUIRED IMPORTED_TARGET libdw>=0.171)
pkg_check_modules(LIBELF REQUIRED IMPORTED_TARGET libelf)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)

# bpfbake_find_archives(<result>): the archives of all of them in the order of the linker, with what
# pkg-config says that they need besides; empty when one is missing. Of libdw the archive alone: the
# bzip2, xz and zstd that it names are for files, which the part that is used here does not open.
function(bpfbake_find_archives result)
	set(archives "")
	foreach(library ${LIBBPF_STATIC_LIBRARIES} dw ${LIBELF_STATIC_LIBRARIES}
			${ZLIB_STATIC_LIBRARIES} ${JANSSON_STATIC_LIBRARIES})
		find_library(BPFBAKE_ARCHIVE_${library} lib${library}.a
			HINTS ${LIBBPF_STATIC_LIBRARY_DIRS} ${LIBDW_STATIC_LIBRARY_DIRS}
				${LIBELF_STATIC_LIBRARY_DIRS})
		mark_as_advanced(BPFBAKE_ARCHIVE_${library})
		if(NOT BPFBAKE_ARCHIVE_${library})
			set(${result} "" PARENT_SCOPE)
			return()
		endif()
		list(APPEND archives ${BPFBAKE_ARCHIVE_${library}})
	endforeach()
	set(${result} ${archives} PARENT_SCOPE)
endfunction()

add_library(bpfbake_libraries INTERFACE)
target_include_directories(bpfbake_libraries SYSTEM INTERFACE
	${LIBBPF_INCLUDE_DIRS} ${LIBDW_INCLUDE_DIRS} ${LIBELF_INCLUDE_DIRS} ${JANSSON_INCLUDE_DIRS})
set(archives "")
if(BPFBAKE_STATIC_LIBRARIES)
	bpfbake_find_archives(archives)
endif()
if(archives)
	target_link_libraries(bpfbake_libraries INTERFACE ${archives} ${CMAKE_DL_LIBS})
else()
	target_link_libraries(bpfbake_libraries INTERFACE
		PkgConfig::LIBBPF PkgConfig::LIBDW PkgConfig::LIBELF PkgConfig::ZLIB
		PkgConfig::JANSSON)
endif()
