# SPDX-License-Identifier: BSD-2-Clause
# cpack: a Debian package. What the tool is linked to is found out; clang it runs, and the headers and
# libraries are for those who build the programs.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "The bpfbake authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "clang (>= 1:14)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libclang1 (>= 1:14), libbpf-dev, libelf-dev, zlib1g-dev, pkg-config")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake")
# Whatever the umask of who builds it is.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
	OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/DebianFiles.cmake)
include(CPack)
