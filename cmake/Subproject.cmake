# SPDX-License-Identifier: BSD-2-Clause
# bpfbake in another project, by add_subdirectory() or FetchContent. The tool is made in a build tree of its own when
# CMake runs: for the machine that builds, without the project's flags, sanitizers and toolchain, and nothing of
# ours gets among the project's targets, options, tests and installed files.
include(${CMAKE_CURRENT_LIST_DIR}/BpfbakeTool.cmake)

# What the environment says of the machine that the project is for.
set(bpfbake_unset "")
foreach(name IN ITEMS CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS PKG_CONFIG PKG_CONFIG_PATH PKG_CONFIG_LIBDIR
		PKG_CONFIG_SYSROOT_DIR CMAKE_TOOLCHAIN_FILE DESTDIR)
	list(APPEND bpfbake_unset "--unset=${name}")
endforeach()

function(bpfbake_run_or_fail)
	execute_process(COMMAND "${CMAKE_COMMAND}" -E env ${bpfbake_unset} ${ARGN}
		RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
	if(NOT status EQUAL 0)
		message(FATAL_ERROR "bpfbake cannot be built for this machine:\n${output}\nInstall what is missing \
(${PROJECT_SOURCE_DIR}/README.md names it), or set BPFBAKE_EXECUTABLE to one that is built.")
	endif()
endfunction()

function(bpfbake_build_tool result)
	set(build "${PROJECT_BINARY_DIR}/tool")
	set(generator "${CMAKE_GENERATOR}")
	if(generator STREQUAL "Ninja Multi-Config")
		set(generator Ninja)
	endif()
	message(STATUS "Building bpfbake")
	cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
	bpfbake_run_or_fail("${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}" -B "${build}" -G "${generator}"
		"-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}" -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF)
	bpfbake_run_or_fail("${CMAKE_COMMAND}" --build "${build}" --parallel "${cores}")
	set(${result} "${build}/bpfbake" PARENT_SCOPE)
endfunction()

# In a cross build one that is there will do, when it is of this version.
function(bpfbake_choose_tool result)
	set(tool "${BPFBAKE_EXECUTABLE}")
	if(NOT tool AND CMAKE_CROSSCOMPILING)
		bpfbake_find_host_tool(tool)
	endif()
	if(tool AND NOT BPFBAKE_EXECUTABLE)
		bpfbake_version_of(version "${tool}")
		if(NOT version VERSION_EQUAL PROJECT_VERSION)
			set(tool "")
		endif()
	endif()
	if(NOT tool)
		bpfbake_build_tool(tool)
	endif()
	set(${result} "${tool}" PARENT_SCOPE)
endfunction()

if(NOT TARGET bpfbake::bpfbake)
	bpfbake_choose_tool(tool)
	add_executable(bpfbake::bpfbake IMPORTED GLOBAL)
	set_target_properties(bpfbake::bpfbake PROPERTIES IMPORTED_LOCATION "${tool}")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/AddBpfSkeleton.cmake)
