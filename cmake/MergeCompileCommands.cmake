# SPDX-License-Identifier: BSD-2-Clause
# Usage: cmake -DDATABASE=<compile_commands.json> -DPRIVATE=<directory> -P MergeCompileCommands.cmake
#
# Puts the entries of the files that <directory>/files names, one a line, behind what CMake has written. That is
# kept in <directory>/base, since a later run finds them in the database already: <directory>/merged has the
# digest of what the last one wrote.
cmake_minimum_required(VERSION 3.21)

function(entries_of result file)
	set(${result} "" PARENT_SCOPE)
	if(EXISTS "${file}")
		file(READ "${file}" text)
		string(REGEX REPLACE "^[ \t\r\n]*\\[[ \t\r\n]*" "" text "${text}")
		string(REGEX REPLACE "[ \t\r\n]*\\][ \t\r\n]*$" "" text "${text}")
		set(${result} "${text}" PARENT_SCOPE)
	endif()
endfunction()

# A new file takes the place of the old one: a reader never sees half of it.
function(replace_file file text)
	file(WRITE "${file}.bpfbake" "${text}")
	file(RENAME "${file}.bpfbake" "${file}")
endfunction()

set(last "")
if(EXISTS "${PRIVATE}/merged")
	file(READ "${PRIVATE}/merged" last)
endif()
file(SHA256 "${DATABASE}" digest)
if(NOT digest STREQUAL last OR NOT EXISTS "${PRIVATE}/base")
	file(COPY_FILE "${DATABASE}" "${PRIVATE}/base")
endif()

# Not file(STRINGS), which knows no letters beyond ASCII.
file(READ "${PRIVATE}/files" files)
string(REPLACE "\n" ";" files "${files}")
set(text "")
foreach(file IN ITEMS "${PRIVATE}/base" LISTS files)
	entries_of(entries "${file}")
	if(NOT entries STREQUAL "" AND NOT text STREQUAL "")
		string(APPEND text ",\n")
	endif()
	string(APPEND text "${entries}")
endforeach()
string(SHA256 new "[\n${text}\n]\n")
if(NOT new STREQUAL digest)
	replace_file("${DATABASE}" "[\n${text}\n]\n")
endif()
# Last, so that it is newer than the database.
file(WRITE "${PRIVATE}/merged" "${new}")
