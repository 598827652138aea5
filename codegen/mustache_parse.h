/* SPDX-License-Identifier: BSD-2-Clause */
/* A template as nodes. Private to mustache_*.c. */
#ifndef CODEGEN_MUSTACHE_PARSE_H
#define CODEGEN_MUSTACHE_PARSE_H

#include "mustache.h"

/* Sections nested deeper than this, and partials too, are refused. */
#define MUSTACHE_MAX_DEPTH 64

enum mustache_kind {
	MUSTACHE_TEXT,     /* `text` as it stands */
	MUSTACHE_ESCAPED,  /* {{name}} */
	MUSTACHE_RAW,      /* {{{name}}}, {{&name}} */
	MUSTACHE_SECTION,  /* {{#name}} */
	MUSTACHE_INVERTED, /* {{^name}} */
	MUSTACHE_PARTIAL,  /* {{>name}} */
};

struct mustache_key {
	const char *text;
	uint32_t hash; /* value_hash */
};

struct mustache_node {
	enum mustache_kind kind;
	const char *text; /* TEXT; PARTIAL: the white space before it when it stands alone */
	size_t length;    /* of `text` */
	const char *name; /* as written, without white space around */
	struct mustache_key *keys; /* the name split at its dots; none for the implicit iterator */
	size_t n_keys;
	struct mustache_node *children; /* SECTION, INVERTED */
	size_t n_children;
	const struct mustache_template *partial; /* PARTIAL: what it names, from its first use on */
};

struct mustache_template {
	const char *name;
	struct mustache_node *nodes;
	size_t n_nodes;
};

/* NULL after an error. The nodes point into `text`. */
struct mustache_template *mustache_parse(struct arena *, struct diag *, const char *name,
					 const char *text, size_t length);

#endif
