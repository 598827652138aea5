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
	/* Object-like macros whose body could be an expression, in the order of their definitions,
	 * each once. */
	struct strvec macros;
	/* Its macros and conditions speak of byte orders, or of architectures: what libclang finds
	 * for one target may not hold for another. */
	bool speaks_of_byte_order, speaks_of_architecture;
	/* Ring buffers and perf event arrays whose type no BPFBAKE_EVENT names. */
	struct strvec event_maps;
	bool has_hidden_event_maps; /* and some that a macro defines */
};

/*
 * Reads `path` and what it includes, looked for as the compiler would beside the file and in
 * `directories` (-I). System headers, libbpf's and vmlinux.h are left out, and so is what cannot be
 * read. False when the file itself cannot be read.
 */
bool source_text_read(struct source_text *, struct arena *, const char *path,
		      const struct strvec *directories);

/* A header of libbpf's or a vmlinux.h, by its name: not the user's own, wherever it stands. */
bool source_text_is_foreign(const char *path);

#endif
