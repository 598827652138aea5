/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A source, and the headers of its own that it includes, as text: what is worth asking libclang
 * about, found before it is loaded.
 */
#ifndef CODEGEN_SOURCE_TEXT_H
#define CODEGEN_SOURCE_TEXT_H

#include <stdbool.h>

#include "file.h"
#include "strvec.h"

struct source_text {
	struct bytes source; /* the file itself */
	/* Macros that may be constants (source_macros.h). */
	struct strvec macros;
	/* Of these, those whose value turns around with the byte order, and the #include by which
	 * the source has bpf_endian.h, "" where it has none. */
	struct strvec swapped_macros;
	const char *endian_include;
	/* Its macros and conditions speak of byte orders, or of architectures: what libclang finds
	 * for one target may not hold for another. */
	bool speaks_of_byte_order, speaks_of_architecture;
	/* Ring buffers and perf event arrays whose type no BPFBAKE_EVENT names. */
	struct strvec event_maps;
	bool has_hidden_event_maps; /* and some that a macro defines */
};

/* What the command says of headers. */
struct source_includes {
	struct strvec directories; /* -I, -iquote */
	struct strvec files;       /* -include, -imacros */
};

/*
 * Reads `path` and what it includes, looked for as the compiler would beside the file and in the
 * directories. System headers, libbpf's and vmlinux.h are left out, and so is what cannot be read.
 * False when the file itself cannot be read.
 */
bool source_text_read(struct source_text *, struct arena *arena, const char *path,
		      const struct source_includes *);

/* A header of libbpf's or a vmlinux.h, by its name and text: not the user's own, wherever it
 * stands. */
bool source_text_is_foreign(const char *path, struct bytes text);

#endif
