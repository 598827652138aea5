# SPDX-License-Identifier: BSD-2-Clause
# bpfbake_warnings: an interface target with the warnings that every target here is compiled with.
option(BPFBAKE_WERROR "Treat warnings as errors" OFF)

add_library(bpfbake_warnings INTERFACE)
target_compile_options(bpfbake_warnings INTERFACE
	-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2
	-Wwrite-strings -Wundef -Wpointer-arith
	$<$<BOOL:${BPFBAKE_WERROR}>:-Werror>)
