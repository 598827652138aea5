# SPDX-License-Identifier: BSD-2-Clause
# The command that makes the header, and when it is run.

include_guard(GLOBAL)

# Ninja's depfiles go to it as bpfbake writes them, with paths relative to the top of the build. With the policy's
# new behaviour CMake writes them anew and forgets to quote '$' and '#'.
cmake_policy(PUSH)
cmake_policy(VERSION 3.21)
if(CMAKE_GENERATOR MATCHES "Ninja")
	if(DEFINED CMAKE_WARN_DEPRECATED)
		cmake_policy(SET CMP0116 OLD)
	else()
		set(CMAKE_WARN_DEPRECATED FALSE)
		cmake_policy(SET CMP0116 OLD)
		unset(CMAKE_WARN_DEPRECATED)
	endif()
endif()

# Where the command is run: what the paths in its depfile are relative to.
function(_bpfbake_working_directory result)
	set(directory "${CMAKE_CURRENT_BINARY_DIR}")
	if(CMAKE_GENERATOR MATCHES "Ninja")
		set(directory "${CMAKE_BINARY_DIR}")
	endif()
	set(${result} "${directory}" PARENT_SCOPE)
endfunction()

# The output directory as the build knows it: the header's name in the depfile has to be the build's.
function(_bpfbake_output_path result)
	set(directory "${arg_OUTPUT_DIRECTORY}")
	cmake_path(IS_PREFIX CMAKE_BINARY_DIR "${directory}" is_inside)
	if(is_inside AND CMAKE_GENERATOR MATCHES "Ninja")
		file(RELATIVE_PATH directory "${CMAKE_BINARY_DIR}" "${directory}")
	endif()
	if(directory STREQUAL "")
		set(directory ".")
	endif()
	set(${result} "${directory}" PARENT_SCOPE)
endfunction()

# _bpfbake_include_path(<result> <directory>): absolute; in the project relative to the working
# directory, so that ccache knows the command in another copy of the project.
function(_bpfbake_include_path result directory)
	if(directory MATCHES "\\$<")
		set(${result} "${directory}" PARENT_SCOPE)
		return()
	endif()
	get_filename_component(directory "${directory}" ABSOLUTE)
	foreach(top IN ITEMS "${CMAKE_SOURCE_DIR}" "${CMAKE_BINARY_DIR}")
		cmake_path(IS_PREFIX top "${directory}" is_inside)
		if(is_inside)
			_bpfbake_working_directory(here)
			file(REAL_PATH "${here}" here)
			file(REAL_PATH "${directory}" directory)
			file(RELATIVE_PATH directory "${here}" "${directory}")
			break()
		endif()
	endforeach()
	if(directory STREQUAL "")
		set(directory ".")
	endif()
	set(${result} "${directory}" PARENT_SCOPE)
endfunction()

# Appends <flag><item> for an item; for a generator expression, which may give none or a list of them, for each.
function(_bpfbake_append_each list flag item)
	if(item MATCHES "\\$<")
		set(item "$<$<BOOL:${item}>:${flag}$<JOIN:${item},;${flag}>>")
	else()
		set(item "${flag}${item}")
	endif()
	string(REPLACE ";" "\\;" item "${item}")
	list(APPEND ${list} "${item}")
	set(${list} "${${list}}" PARENT_SCOPE)
endfunction()

# _bpfbake_clang_flags(<result>): what stands behind "--".
function(_bpfbake_clang_flags result)
	set(flags "")
	foreach(directory IN LISTS arg_INCLUDE_DIRECTORIES)
		_bpfbake_include_path(directory "${directory}")
		_bpfbake_append_each(flags "-I" "${directory}")
	endforeach()
	foreach(definition IN LISTS arg_DEFINITIONS)
		string(REGEX REPLACE "^-D" "" definition "${definition}")
		_bpfbake_append_each(flags "-D" "${definition}")
	endforeach()
	foreach(option IN LISTS arg_OPTIONS)
		string(REPLACE ";" "\\;" option "${option}")
		list(APPEND flags "${option}")
	endforeach()
	_bpfbake_libbpf_flags(libbpf)
	_bpfbake_system_flags(system)
	set(${result} "${flags};${libbpf};${system}" PARENT_SCOPE)
endfunction()

# _bpfbake_options(<result>): bpfbake's.
function(_bpfbake_options result)
	string(REPLACE ";" "," targets "${arg_TARGETS}")
	_bpfbake_output_path(directory)
	set(options -output-dir "${directory}" -target "${targets}")
	_bpfbake_compiler(compiler)
	if(NOT compiler STREQUAL "")
		list(APPEND options -cc "${compiler}")
	endif()
	if(arg_OPTIONAL)
		list(APPEND options -optional "${arg_OPTIONAL}")
	endif()
	foreach(type IN LISTS arg_TYPES)
		list(APPEND options "-type=${type}")
	endforeach()
	foreach(event IN LISTS arg_EVENTS)
		list(APPEND options "-event=${event}")
	endforeach()
	if(DEFINED arg_TYPE_PREFIX)
		list(APPEND options "-type-prefix=${arg_TYPE_PREFIX}")
	endif()
	if(DEFINED arg_VMLINUX)
		list(APPEND options -vmlinux "${arg_VMLINUX}" -lean "${arg_LEAN}")
	endif()
	foreach(place IN LISTS arg_BTF)
		list(APPEND options -btf "${place}")
	endforeach()
	if(NOT arg_EMBED STREQUAL literal)
		list(APPEND options -embed "${arg_EMBED}")
	endif()
	if(arg_COMPRESS)
		list(APPEND options -compress)
	endif()
	if(arg_SPLIT)
		list(APPEND options -split)
	endif()
	if(arg_LIGHT)
		list(APPEND options -light)
	endif()
	set(${result} "${options}" PARENT_SCOPE)
endfunction()

# The target that compares the outputs with what the source gives, and is one of bpfbake-check.
function(_bpfbake_add_check)
	_bpfbake_tool(tool)
	_bpfbake_options(options)
	_bpfbake_clang_flags(flags)
	_bpfbake_working_directory(here)
	set(command "${tool};-check;${options};${arg_NAME};${arg_SOURCES};--;${flags}")
	add_custom_target(${target}-check
		COMMAND ${command}
		WORKING_DIRECTORY "${here}"
		COMMENT "Checking ${arg_STEM}.skel.h"
		COMMAND_EXPAND_LISTS
		VERBATIM)
	if(NOT TARGET bpfbake-check)
		add_custom_target(bpfbake-check)
	endif()
	add_dependencies(bpfbake-check ${target}-check)
endfunction()

# _bpfbake_tool(<result>): the command's first word; its change has all made anew.
function(_bpfbake_tool result)
	if(BPFBAKE_EXECUTABLE)
		if(NOT IS_ABSOLUTE "${BPFBAKE_EXECUTABLE}" OR NOT EXISTS "${BPFBAKE_EXECUTABLE}")
			_bpfbake_fail("BPFBAKE_EXECUTABLE is '${BPFBAKE_EXECUTABLE}', which is no file; give the \
full path of bpfbake")
		endif()
		set(${result} "${BPFBAKE_EXECUTABLE}" PARENT_SCOPE)
	elseif(TARGET bpfbake::bpfbake)
		set(${result} "$<TARGET_FILE:bpfbake::bpfbake>" PARENT_SCOPE)
	else()
		_bpfbake_fail("there is no bpfbake::bpfbake; call find_package(bpfbake CONFIG REQUIRED) before, or \
set BPFBAKE_EXECUTABLE")
	endif()
endfunction()

# _bpfbake_objects(<sure> <maybe>): the objects that are written, and those that may be left out.
function(_bpfbake_objects sure maybe)
	set(${sure} "")
	set(${maybe} "")
	foreach(name IN LISTS arg_TARGETS)
		_bpfbake_object_suffix("${name}" suffix known)
		set(object "${arg_OUTPUT_DIRECTORY}/${arg_STEM}_${suffix}.o")
		if(name IN_LIST arg_OPTIONAL)
			list(APPEND ${maybe} "${object}")
		elseif(NOT suffix STREQUAL "")
			list(APPEND ${sure} "${object}")
		endif()
	endforeach()
	list(REMOVE_DUPLICATES ${sure})
	set(${sure} "${${sure}}" PARENT_SCOPE)
	set(${maybe} "${${maybe}}" PARENT_SCOPE)
endfunction()

# Where the files go that only the build needs.
function(_bpfbake_private_directory result)
	set(${result} "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.bpf" PARENT_SCOPE)
endfunction()

# What the Makefile generators remember of a depfile they add to what the next one says, in this file: a header that
# went away would have all made anew for ever. So it is removed.
function(_bpfbake_forget_command result)
	set(${result} "" PARENT_SCOPE)
	if(CMAKE_GENERATOR MATCHES "Makefiles")
		set(${result} COMMAND "${CMAKE_COMMAND}" -E rm -f
			"${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/compiler_depend.internal" PARENT_SCOPE)
	endif()
endfunction()

# _bpfbake_show_sources(<result>): their names, as people know them.
function(_bpfbake_show_sources result)
	set(names "")
	foreach(source IN LISTS arg_SOURCES)
		file(RELATIVE_PATH source "${CMAKE_SOURCE_DIR}" "${source}")
		list(APPEND names "${source}")
	endforeach()
	list(JOIN names ", " names)
	set(${result} "${names}" PARENT_SCOPE)
endfunction()

# _bpfbake_add_command(<header> <bytes>): the custom command; the header that it makes and, with SPLIT, the C file.
function(_bpfbake_add_command header bytes)
	_bpfbake_tool(tool)
	_bpfbake_options(options)
	_bpfbake_clang_flags(flags)
	_bpfbake_objects(objects optional_objects)
	_bpfbake_private_directory(private)
	_bpfbake_working_directory(here)
	set(stem "${arg_OUTPUT_DIRECTORY}/${arg_STEM}")
	set(bytes_file "")
	if(arg_SPLIT)
		set(bytes_file "${stem}.skel.c")
	endif()
	_bpfbake_compile_command_options(database)
	set(command "${tool};-depfile;${private}/depfile;${database};${options};${arg_NAME};${arg_SOURCES};--;${flags}")
	_bpfbake_forget_command(forget)
	file(MAKE_DIRECTORY "${arg_OUTPUT_DIRECTORY}" "${private}")
	_bpfbake_show_sources(shown)
	add_custom_command(
		OUTPUT "${stem}.skel.h" ${bytes_file} ${objects}
		COMMAND ${command}
		${forget}
		DEPENDS ${arg_SOURCES} "${tool}"
		DEPFILE "${private}/depfile"
		WORKING_DIRECTORY "${here}"
		COMMENT "Making ${arg_STEM}.skel.h from ${shown}"
		COMMAND_EXPAND_LISTS
		VERBATIM)
	set_property(DIRECTORY APPEND PROPERTY ADDITIONAL_CLEAN_FILES ${optional_objects} "${private}/depfile")
	if(arg_SPLIT AND NOT arg_EMBED STREQUAL literal)
		set_property(SOURCE "${bytes_file}" APPEND PROPERTY OBJECT_DEPENDS "${objects}")
	endif()
	set(${header} "${stem}.skel.h" PARENT_SCOPE)
	set(${bytes} "${bytes_file}" PARENT_SCOPE)
endfunction()
cmake_policy(POP)
