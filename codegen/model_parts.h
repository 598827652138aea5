/* SPDX-License-Identifier: BSD-2-Clause */
/* How a model is read, part by part. Private to model*.c; others call model_read. */
#ifndef CODEGEN_MODEL_PARTS_H
#define CODEGEN_MODEL_PARTS_H

#include <bpf/btf.h>

#include "diag.h"
#include "model.h"

/* A function with code: a program, or a subprogram. */
struct model_function {
	const struct object_symbol *symbol;
	const struct object_section *section;
};

struct model_reader {
	struct model *model;
	struct arena *arena;
	struct diag *diag;
	const struct object *object;
	const struct btf *btf;
	struct model_function *functions; /* by section, then offset */
	size_t n_functions;
};

/* In this order. 0, or -1 after an error. */
int model_read_sections(struct model_reader *);
int model_read_maps(struct model_reader *); /* after the sections */
int model_read_programs(struct model_reader *);
void model_read_needs(struct model_reader *); /* after maps and programs */

/* Is it a program, and no subprogram? */
bool model_is_program(const struct model_function *);

/* The DATASEC of that name, or NULL. */
const struct btf_type *model_find_datasec(const struct model_reader *, const char *name);

/* Where a map or variable of a section stands. Offset and size are the symbol's: in the objects of
 * clang those of BTF are 0. NULL when the entry is no variable with a name. */
const struct model_variable *model_read_variable(struct model_reader *,
						 const struct btf_var_secinfo *,
						 const struct object_section *);

/* Where the "variable" or "function" of that name is declared; else the object. For messages. */
const char *model_where(const struct model_reader *, const char *kind, const char *name);

/* By offset, then name. */
int model_compare_variables(const void *a, const void *b);

#endif
