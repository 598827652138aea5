# SPDX-License-Identifier: BSD-2-Clause
# What is installed besides the tool. CMake's files go where every architecture looks for them.
include(CMakePackageConfigHelpers)

set(bpfbake_cmake_directory ${CMAKE_INSTALL_DATADIR}/cmake/bpfbake)
configure_package_config_file(cmake/bpfbakeConfig.cmake.in ${PROJECT_BINARY_DIR}/bpfbakeConfig.cmake
	INSTALL_DESTINATION ${bpfbake_cmake_directory} PATH_VARS CMAKE_INSTALL_BINDIR)
# The tool runs where the program is built: a 64-bit one serves 32-bit programs.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/bpfbakeConfigVersion.cmake
	COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
	${PROJECT_BINARY_DIR}/bpfbakeConfig.cmake
	${PROJECT_BINARY_DIR}/bpfbakeConfigVersion.cmake
	cmake/AddBpfSkeleton.cmake
	cmake/BpfSkeletonArguments.cmake
	cmake/BpfSkeletonCommand.cmake
	cmake/BpfSkeletonCompileCommands.cmake
	cmake/BpfSkeletonLibbpf.cmake
	cmake/BpfSkeletonToolchain.cmake
	cmake/BpfbakeTool.cmake
	cmake/MergeCompileCommands.cmake
	DESTINATION ${bpfbake_cmake_directory})
install(FILES bpf/bpfbake.bpf.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/bpf)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)
install(FILES cmake/bpfbake.mk DESTINATION ${CMAKE_INSTALL_DATADIR}/bpfbake)
# As seen from its own directory, so that the installed tree may be moved.
file(RELATIVE_PATH bpfbake_pc_prefix ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/bpfbake.pc.in bpfbake.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/bpfbake.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
