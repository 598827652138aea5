# SPDX-License-Identifier: BSD-2-Clause
# BPF sources in compile_commands.json. CMake writes that file anew each time it runs, so each skeleton keeps its entry
# in a file of its own, and one target of the project puts them in whenever one of these files has changed.

include_guard(GLOBAL)

function(_bpfbake_wants_compile_command result)
	set(${result} FALSE PARENT_SCOPE)
	if(CMAKE_EXPORT_COMPILE_COMMANDS AND CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
		set(${result} TRUE PARENT_SCOPE)
	endif()
endfunction()

# _bpfbake_compile_command_options(<result>): bpfbake's.
function(_bpfbake_compile_command_options result)
	_bpfbake_wants_compile_command(is_wanted)
	_bpfbake_private_directory(private)
	set(${result} "" PARENT_SCOPE)
	if(is_wanted)
		set(${result} -compile-commands "${private}/compile_commands.json" PARENT_SCOPE)
	endif()
endfunction()

# The first call of the project has the target made when all its directories have been read.
function(_bpfbake_note_compile_command header)
	_bpfbake_wants_compile_command(is_wanted)
	if(NOT is_wanted)
		return()
	endif()
	get_property(targets GLOBAL PROPERTY _BPFBAKE_COMMAND_TARGETS)
	if(NOT targets)
		cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _bpfbake_add_compile_commands)
	endif()
	_bpfbake_private_directory(private)
	set_property(GLOBAL APPEND PROPERTY _BPFBAKE_COMMAND_TARGETS "${target}")
	set_property(GLOBAL APPEND PROPERTY _BPFBAKE_COMMAND_HEADERS "${header}")
	set_property(GLOBAL APPEND PROPERTY _BPFBAKE_COMMAND_FILES "${private}/compile_commands.json")
endfunction()

# The target bpfbake-compile-commands, a part of "all".
function(_bpfbake_add_compile_commands)
	get_property(targets GLOBAL PROPERTY _BPFBAKE_COMMAND_TARGETS)
	get_property(headers GLOBAL PROPERTY _BPFBAKE_COMMAND_HEADERS)
	get_property(files GLOBAL PROPERTY _BPFBAKE_COMMAND_FILES)
	set(database "${CMAKE_BINARY_DIR}/compile_commands.json")
	set(private "${CMAKE_BINARY_DIR}/CMakeFiles/bpfbake")
	set(script "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/MergeCompileCommands.cmake")
	if(NOT EXISTS "${database}")
		# CMake writes none where nothing is compiled.
		file(WRITE "${database}" "[\n]\n")
	endif()
	list(JOIN files "\n" text)
	file(GENERATE OUTPUT "${private}/files" CONTENT "${text}\n")
	add_custom_command(
		OUTPUT "${private}/merged"
		COMMAND "${CMAKE_COMMAND}" "-DDATABASE=${database}" "-DPRIVATE=${private}" -P "${script}"
		DEPENDS "${database}" "${private}/files" "${script}" ${headers}
		COMMENT "Putting BPF sources into compile_commands.json"
		VERBATIM)
	add_custom_target(bpfbake-compile-commands ALL DEPENDS "${private}/merged")
	add_dependencies(bpfbake-compile-commands ${targets})
endfunction()
