/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an object holds, as libbpf will see it: the hub between reading and rendering. A model is
 * read from one object (model_read); the models of one source for several targets are held
 * together by a model_set (merge.h).
 *
 * Names are the source's own; what they become in the header is decided in names.h and view.h.
 * Order is libbpf's wherever it has one: the skeleton's tables follow it.
 */
#ifndef CODEGEN_MODEL_H
#define CODEGEN_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "object.h"
#include "source_facts.h"

/* Where a map comes from, in the order in which libbpf creates them. */
enum map_origin {
	MAP_DEFINED,    /* a variable in .maps */
	MAP_SECTION,    /* the variables of .data*, .rodata*, .bss */
	MAP_KCONFIG,    /* the externs of .kconfig */
	MAP_STRUCT_OPS, /* a variable in .struct_ops or .struct_ops.link */
};

struct model_map {
	const char *name; /* as defined; ".data.x" for a section; ".kconfig" */
	enum map_origin origin;
	/* The definition. 0 where it says nothing. */
	uint32_t type;                 /* BPF_MAP_TYPE_, as a number: older headers lack some */
	uint32_t key_size, value_size; /* bytes; from the types where those are given */
	uint32_t key_type, value_type; /* BTF ids; 0: only a size, or nothing, is given */
	uint32_t max_entries;
	uint32_t flags; /* BPF_F_ */
	uint32_t numa_node;
	uint32_t pinning;        /* LIBBPF_PIN_ */
	uint64_t extra;          /* map_extra */
	struct model_map *inner; /* of a map in map: the definition of the inner map, or NULL */
	/* Of a prog array or a map in map with initial values: names by slot, NULL where empty. */
	const char **slots;
	size_t n_slots;
	bool is_weak, is_hidden;
	bool is_mmapable; /* of a section: it has a variable that is not static */
	/* MAP_SECTION, MAP_KCONFIG, and an arena with variables: the section, else NULL. */
	struct model_section *section;
	/* MAP_STRUCT_OPS: the kernel's struct. */
	uint32_t struct_ops_type; /* BTF id of struct T */
	bool has_link;            /* .struct_ops.link: attached by a link */
	bool is_optional;         /* "?.struct_ops…": only created when asked for */
};

struct model_variable {
	const char *name;
	uint32_t type;         /* BTF id */
	uint64_t offset, size; /* bytes; the offset in its section as the object has it */
	bool is_static, is_hidden, is_weak;
	bool is_extern; /* of .kconfig */
};

struct model_section {
	const char *name; /* ".bss" */
	uint64_t size;
	bool is_read_only;
	bool is_arena; /* ".addr_space.1": lies in the arena, not in a map of its own */
	struct model_variable *variables; /* by offset; static and hidden ones too */
	size_t n_variables;
};

struct model_program {
	const char *name;
	const char *section;   /* as in the source: "?tp_btf/sched_switch" */
	const char *kind;      /* the part of the section that decides the type: "tp_btf" */
	const char *target;    /* what follows the kind and its '/': "sched_switch", or NULL */
	uint32_t type;         /* BPF_PROG_TYPE_; 0: libbpf does not know the section */
	uint32_t attach_type;  /* BPF_ expected attach type */
	const char *type_name; /* "BPF_PROG_TYPE_TRACING", or NULL where type is 0 */
	bool is_autoload;      /* no '?' before the section */
	bool is_sleepable;
	uint32_t n_instructions; /* of its own, without subprograms */
};

/* A program or a map that does not load without another: indexes of maps, and behind those of all
 * maps, of programs. */
struct model_need {
	uint32_t user, used;
};

/* A function with code. */
struct model_code {
	const char *name;
	uint32_t n_instructions;
	bool is_program;
};

enum model_use_kind {
	MODEL_CALLS, /* a function: calls it, or takes its address */
	MODEL_USES_MAP,
};

/* What a function that a program reaches refers to, by its relocations and calls. */
struct model_use {
	uint32_t function; /* index of functions */
	enum model_use_kind kind;
	uint32_t used; /* index of functions or maps */
};

struct model {
	const char *path; /* of the object */
	enum byte_order byte_order;
	const char *license;            /* "" when there is none */
	uint32_t kernel_version;        /* of the section "version"; 0: none */
	struct model_program *programs; /* by section, then offset; subprograms are none of them */
	size_t n_programs;
	struct model_map *maps; /* in libbpf's order */
	size_t n_maps;
	struct model_section *sections; /* data sections in ELF order, then .kconfig */
	size_t n_sections;
	struct model_need *needs; /* sorted; without the maps of sections, which are always there */
	size_t n_needs;
	struct model_code *functions; /* by section, then offset; the programs among them are in the
				       * order of programs */
	size_t n_functions;
	struct model_use *uses; /* sorted; those of variables of .kconfig are left out */
	size_t n_uses;
	const struct btf *btf;            /* the object's; lives as long as the object */
	const struct source_facts *facts; /* the object's */
	struct strvec disputed_types;     /* the object's */
	bool knows_signs;                 /* btf_query_enum_is_signed */
};

/*
 * Reads the model of an object. 0, or -1 after errors: no BTF, maps of the old style
 * (SEC("maps")), a map definition that libbpf would refuse.
 */
int model_read(struct model *, struct arena *, struct diag *, const struct object *);

/* Is there a program or a map? 0, or -1 after an error. bpftool makes skeletons of less, and so
 * does its face. */
int model_check_content(struct diag *, const struct model *);

/* Does an object with BTF need nothing that only another object can give? 0, or -1 after errors,
 * which end with the advice. */
int model_check_externs(struct diag *, const struct object *, const char *advice);

/* By user, then by what is used: for qsort and bsearch. */
int model_compare_needs(const void *a, const void *b);

#endif
