# SPDX-License-Identifier: BSD-2-Clause
# bpfbake_warnings: an interface target with the warnings that every target here is compiled with.
option(BPFBAKE_WERROR "Treat warnings as errors" OFF)

# What a row of a table leaves out is zero: clang warns of that where gcc does not.
add_library(bpfbake_warnings INTERFACE)
target_compile_options(bpfbake_warnings INTERFACE
	-Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2
	-Wwrite-strings -Wundef -Wpointer-arith -Wno-missing-field-initializers
	$<$<BOOL:${BPFBAKE_WERROR}>:-Werror>)
