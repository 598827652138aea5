/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How the view is put together: one function for each part of it, all on the same state. Private to
 * view*.c; others call header_view.
 */
#ifndef CODEGEN_VIEW_H
#define CODEGEN_VIEW_H

#include "header.h"
#include "names.h"
#include "types.h"

/* What belongs to one variant of the model set. */
struct view_variant {
	const struct model *model;
	struct types defined;  /* the definitions in the header */
	struct types source;   /* the same types as the source names them */
	struct types *declare; /* of the two: by which members and parameters are declared */
	struct name_context context;
	struct name_scope tags, identifiers;
};

/* The type of the records of a map. */
struct view_event {
	uint32_t type;       /* BTF id in variant 0; 0: not known, or several */
	const char *what;    /* the type, for a comment */
	const char *others;  /* for a comment, when it is none: what it may be; or NULL */
	bool has_several;    /* others */
	struct strvec types; /* all that it may be, by name */
	const char *option;  /* the type as -event names it, or NULL */
	bool is_said;        /* by BPFBAKE_EVENT */
};

struct view {
	struct arena *arena;
	struct diag *diag;
	const struct header_options *options;
	const struct model_set *set;
	const struct source_facts *facts; /* of variant 0: what does not depend on the target */
	const char *name;                 /* N */
	struct value *root;
	struct view_variant *variants; /* as many as the set has */
	size_t n_variants;
	struct view_event *events;    /* by index in the models' maps */
	const char **section_members; /* by index in the models' sections; NULL: no variables */
};

/* A piece of text in each variant; NULL where the variant lacks it. */
struct view_branch {
	const char *text, *assertions;
	uint32_t fingerprint;
};

/*
 * Sets "variants" of `item`: one entry when all branches are equal, else one for each under its
 * condition ("open"), and the "close" that ends them. Texts are given without a last newline.
 */
void view_set_branches(struct view *, struct value *item, const struct view_branch *);

/* How many dimensions an array has; 0: it is none. Before C23, ISO C lets nobody pass a T (*)[n]
 * for a const T (*)[n], so what points to arrays is not const. */
int view_dimensions(const struct type_declaration *);

/* The features (MAP_…) of a map that the header has functions for. */
uint32_t view_map_features(const struct view *, const struct model_map *);
uint32_t view_inner_features(const struct view *, const struct model_map *outer);

/* A member of struct N: sets "member", and "c_member" where C keeps the source's name that C++
 * cannot have (only bpftool's face). Returns "member", or NULL after an error. */
const char *view_take_member(struct view *, struct value *item, struct name_scope *,
			     const char *name, struct name_owner);

/* Takes N__<name> for a function or macro of the header. 0, or -1 after an error. */
int view_reserve(struct view *, struct view_variant *, const char *name, struct name_owner);

/* Where the map or variable of that name is declared; `fallback` where that is not known. */
const char *view_where(const struct view *, const char *name, const char *fallback);

/* "; did you mean 'peers'? It is at a.bpf.c:9."; `where` may be NULL. "" when `best` is NULL. */
const char *view_suggest(const struct view *, const char *best, const char *where);

/* `text` without its last newline. */
const char *view_chomp(struct arena *, const char *text);

/* Takes the tags of the section structs, before the types of the program get theirs. */
int view_reserve_sections(struct view *, struct view_variant *);

/* Finds the types of events, and has them defined; before view_add_types is over. */
int view_find_events(struct view *);

/* The definitions that events need, in one variant. */
int view_require_events(struct view *, struct types *);

/* A type that BTF lacks. */
struct view_missing_type {
	const struct model *model;
	const char *name;
	const char *option; /* that names it: "-event closed=conn: "; or "" */
	const char *where;  /* for the message */
};

/* Returns -1. */
int view_report_missing_type(struct view *, const struct view_missing_type *);

/* Sets "event" of a map's item. */
void view_set_event(struct view *, struct value *item, size_t map_index);

/* The parts, in order: each fills the root. 0, or -1 after an error. */
int view_add_types(struct view *);
int view_add_sections(struct view *);
int view_add_maps(struct view *);
int view_add_programs(struct view *);
int view_add_struct_ops(struct view *); /* after maps and programs */
void view_add_needs(struct view *);     /* after maps and programs */
/* Whether -btf has put something into the header. */
bool view_has_btfs(const struct view *);

/* The C string literals of bytes. */
const char *view_literal(struct view *, struct bytes);

void view_add_btfs(struct view *);
int view_add_objects(struct view *); /* after view_add_btfs */
void view_add_cxx(struct view *);
void view_add_constants(struct view *); /* after the types */
void view_add_globals(struct view *);   /* after maps and programs */

/* Sets a key of the root to true, however many need it. */
void view_set_flag(struct view *, const char *key);

/* What light skeletons differ in (view_light.c): of the root, before all others; of a map and of a
 * program, once they have their "member"; functions of a program, besides its `features`
 * (PROGRAM_…); after view_add_objects. */
void view_add_light(struct view *);
void view_set_light_map(struct view *, struct value *item, const struct model_map *);
void view_set_light_program(struct view *, struct value *item, const struct model_program *);
void view_add_light_functions(struct view *, struct value *item, const struct model_program *,
			      uint32_t features);
int view_add_loaders(struct view *);

/* Takes the names of the functions of programs. */
int view_reserve_programs(struct view *, struct view_variant *);

/* Defines what programs of SEC("syscall") are run with. */
int view_require_contexts(struct view *, struct view_variant *);

/* Takes the names of the functions and constants for variables and names. */
int view_reserve_globals(struct view *, struct view_variant *);

#endif
