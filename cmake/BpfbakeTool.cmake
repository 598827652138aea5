# SPDX-License-Identifier: BSD-2-Clause
# Which bpfbake a build runs: one of the machine that builds, whatever the program is built for.

include_guard(GLOBAL)

# bpfbake_find_host_tool(<result>): a bpfbake of this machine, found on PATH and in prefixes of it, or "".
function(bpfbake_find_host_tool result)
	find_program(BPFBAKE_HOST_EXECUTABLE bpfbake NO_CMAKE_FIND_ROOT_PATH)
	mark_as_advanced(BPFBAKE_HOST_EXECUTABLE)
	set(${result} "" PARENT_SCOPE)
	if(BPFBAKE_HOST_EXECUTABLE)
		set(${result} "${BPFBAKE_HOST_EXECUTABLE}" PARENT_SCOPE)
	endif()
endfunction()

# bpfbake_version_of(<result> <tool>): "0.1.0"; "" when it cannot be run.
function(bpfbake_version_of result tool)
	execute_process(COMMAND "${tool}" --version RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_QUIET)
	set(${result} "" PARENT_SCOPE)
	if(status STREQUAL 0 AND output MATCHES "([0-9]+(\\.[0-9]+)+)")
		set(${result} "${CMAKE_MATCH_1}" PARENT_SCOPE)
	endif()
endfunction()

# bpfbake_choose_installed_tool(<installed> <result> <problem>): the tool of the package. In a cross build
# that may be one of the machine that the program is for; then one that runs here. <problem> says why there
# is none, or is "".
function(bpfbake_choose_installed_tool installed result problem)
	set(${result} "${installed}" PARENT_SCOPE)
	set(${problem} "" PARENT_SCOPE)
	if(BPFBAKE_EXECUTABLE)
		set(${result} "${BPFBAKE_EXECUTABLE}" PARENT_SCOPE)
	elseif(CMAKE_CROSSCOMPILING)
		bpfbake_version_of(version "${installed}")
		bpfbake_find_host_tool(host_tool)
		if(version STREQUAL "" AND host_tool STREQUAL "")
			set(${problem} "'${installed}' does not run on this machine, and no other bpfbake is found; \
install one here, or set BPFBAKE_EXECUTABLE" PARENT_SCOPE)
		elseif(version STREQUAL "")
			set(${result} "${host_tool}" PARENT_SCOPE)
		endif()
	endif()
endfunction()
