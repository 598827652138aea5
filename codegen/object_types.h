/* SPDX-License-Identifier: BSD-2-Clause */
/* Types that the source has and the object's BTF lacks. */
#ifndef CODEGEN_OBJECT_TYPES_H
#define CODEGEN_OBJECT_TYPES_H

#include "object.h"
#include "source_facts.h"

/*
 * Appends to the object's BTF (not to its bytes) the types of object->facts that it lacks. What the
 * compiler says of them must agree with what libclang says, else there is a warning: a type of
 * which BTF says otherwise stays as it is there, and is disputed; one of which DWARF does is not
 * added. DWARF is looked at for what BTF lacks alone.
 */
void object_add_types(struct object *, struct arena *, struct diag *);

#endif
