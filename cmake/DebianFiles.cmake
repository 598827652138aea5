# SPDX-License-Identifier: BSD-2-Clause
# What cpack runs before it packs: Debian wants manual pages compressed, without a name and a time in
# them, and its zsh looks for completion in a directory of its own.
set(share ${CPACK_TEMPORARY_INSTALL_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX}/share)
execute_process(COMMAND gzip -9nf ${share}/man/man1/bpfbake.1 COMMAND_ERROR_IS_FATAL ANY)
file(RENAME ${share}/zsh/site-functions ${share}/zsh/vendor-completions)
