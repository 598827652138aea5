/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The generated header: a view (JSON values) is made from the models, and the templates are
 * rendered from it. Everything that can be wrong with the input is found while the view is made.
 */
#ifndef CODEGEN_HEADER_H
#define CODEGEN_HEADER_H

#include "btf_archive.h"
#include "merge.h"
#include "mustache.h"
#include "strvec.h"
#include "value.h"

enum header_face {
	HEADER_BPFBAKE, /* our own: both byte orders, types, accessors */
	HEADER_BPFTOOL, /* as `bpftool gen skeleton` prints it: the skeleton alone, for one object
			 */
};

/* How the bytes of the objects come into the program. */
enum header_embed {
	HEADER_EMBED_LITERAL, /* string literals */
	HEADER_EMBED_INCBIN,  /* by the assembler, from the object's file; only when it is split */
	HEADER_EMBED_C23,     /* #embed of that file */
};

struct header_options {
	enum header_face face;
	enum header_embed embed;
	bool is_light;           /* a loader in place of the object: light_loader.h */
	bool is_subskeleton;     /* HEADER_BPFTOOL: of an object that is linked into another one */
	bool is_split;           /* the bytes stand in a C file of their own */
	bool is_compressed;      /* by zlib; only literals */
	const char *name;        /* IDENT, a C identifier */
	const char *type_prefix; /* NULL: NAME and two underscores */
	struct strvec types;     /* further types to define, by name */
	struct strvec events;    /* types of events: "MAP=TYPE", checked */
	bool omit_global_types;  /* none from maps and variables */
	bool omit_accessors;     /* no functions for maps, variables, programs */
	bool has_graph;          /* the view has "graph", which our templates have no need of */
	const char *condition;   /* preprocessor expression around the whole header, or NULL */
	const char *source;      /* for the first comment: "execs.bpf.c" */
	const char *compiler;    /* for the first comment: "Debian clang version 14.0.6", or NULL */
	const char *flags;       /* for the first comment: "-O2 -DX", or NULL */
	const char *tool;        /* for the first comment: "bpfbake 0.1.0" */
	const struct btf_archives *btfs; /* of kernels that have none, or NULL */
};

/*
 * The values that the templates see (docs/model.md), or NULL after errors: two names that would
 * become one, a type that is not in BTF, models that do not agree.
 */
struct value *header_view(struct arena *, struct diag *, const struct header_options *,
			  const struct model_set *);

/* Appends the header to `out`. 0, or -1 after an error. */
int header_render(struct strbuf *out, struct arena *, struct diag *, const struct value *view);

/* The same with the header of a subskeleton. */
int header_render_subskeleton(struct strbuf *, struct arena *, struct diag *,
			      const struct value *view);

/* The same with the C file that has the bytes of a split header. */
int header_render_bytes(struct strbuf *out, struct arena *, struct diag *,
			const struct value *view);

/* Appends what a user's own template (its text; `path` for messages) gives for the view. Partials
 * are bpfbake's own templates. */
int header_render_template(struct strbuf *out, struct arena *, struct diag *, const char *path,
			   struct bytes text, const struct value *view);

/* Appends a picture of the object for Graphviz, of a view that has_graph. */
int header_render_graph(struct strbuf *out, struct arena *, struct diag *,
			const struct value *view);

/* Appends the table that `bpfbake inspect` prints. */
int header_render_summary(struct strbuf *out, struct arena *, struct diag *,
			  const struct value *view);

/* The text of bpf/bpfbake.bpf.h. */
struct bytes header_bpf_side(void);

/*
 * The name that bpftool gives to the skeleton of an object file: the first 63 bytes of the base
 * name, without an ".o" at their end, each byte but letters, digits and '_' replaced by '_'.
 */
char *header_name_from_path(struct arena *, const char *path);

/* 0 when `name` can be an IDENT: a C identifier that is no keyword of C or C++; else -1 after an
 * error. */
int header_check_name(struct diag *, const char *name);

/* 0 when each is "MAP=TYPE", else -1 after an error. */
int header_check_events(struct diag *, const struct strvec *events);

#endif
