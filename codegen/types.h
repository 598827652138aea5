/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BTF types as C for user space.
 *
 * The layout is the BPF program's on every host: a pointer and a long have 64 bits, 64-bit members
 * are aligned to 8 bytes also where the host's C aligns them to 4, and what C would place elsewhere
 * is moved by unnamed bitfields or by packing. Each definition carries assertions on its size and
 * on the offset of each member that is no bitfield, so a mistake here cannot go unseen.
 *
 * A type that C cannot say becomes an array of bytes of its size, with a warning.
 */
#ifndef CODEGEN_TYPES_H
#define CODEGEN_TYPES_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "names.h"
#include "source_facts.h"

enum type_naming {
	TYPE_DEFINED, /* by the definitions that are made here: "struct conns__event" */
	TYPE_SOURCE,  /* as the source has them; definitions are the includer's: "struct event" */
};

struct type_definition {
	const char *keyword;     /* "struct", "union", "enum" */
	const char *name;        /* in the header: "conns__event" */
	const char *source_name; /* "event"; "" for an anonymous type */
	const char *text;        /* the definition, with ';' and a newline */
	const char *assertions;  /* one _Static_assert a line; "" for an enum */
	const char *alias;    /* TYPE_SOURCE: the typedef that names an anonymous type, or NULL */
	uint32_t id;          /* in BTF */
	uint32_t size;        /* bytes */
	uint32_t fingerprint; /* of the text: two headers may only share what is equal */
};

/* A declarator, to be put together as: type " " NAME suffix. */
struct type_declaration {
	const char *type;      /* "struct conns__event", "__u32" */
	const char *suffix;    /* "[4][16]", or "" */
	const char *comment;   /* what the type cannot say ("struct sock *"), or NULL */
	uint32_t element_size; /* bytes of one element; of the whole where it is no array */
	bool is_array;
	bool is_scalar; /* an integer, an enumeration, a pointer; no array */
};

struct types {
	struct arena *arena;
	struct diag *diag;
	const struct btf *btf;
	const struct name_context *context; /* for messages */
	const char *prefix; /* before the names of types and enumerators: "conns__" */
	enum type_naming naming;
	/* What the header has at file scope already: tags, and everything else. */
	struct name_scope *tags, *identifiers;

	struct type_definition **definitions; /* in the order that C needs */
	size_t n_definitions;

	/*
	 * As bpftool has them: a pointer or a long is what C makes of it where that has 64 bits, by
	 * the macro BPFBAKE_64, which the header then needs; an anonymous struct stays in place. An
	 * enum is an integer, so it is not defined: the includer may do so.
	 */
	bool is_as_in_c;
	bool uses_macro; /* set where BPFBAKE_64 stands in a declaration */

	bool knows_signs;                 /* btf_query_enum_is_signed */
	const struct source_facts *facts; /* for comments; NULL: none */

	/* The rest is types.c's. */
	struct type_state *states; /* by BTF id */
	struct strmap by_name;     /* definition by the name in the source */
	int depth;
};

void types_init(struct types *, const struct name_context *, const struct btf *, const char *prefix,
		enum type_naming, struct name_scope *tags, struct name_scope *identifiers);

/*
 * Defines what an object of type `id` consists of, its own type last. `name_hint` is the name for
 * an anonymous type that no typedef names. 0, or -1 after an error (one name, two layouts, two
 * members that would have one name).
 */
int types_require(struct types *, uint32_t id, const char *name_hint);

/* Has the enum negative enumerators? The source knows, and BTF where it says so. */
bool types_enum_is_signed(const struct types *, uint32_t id);

/* Is it an array of no elements, or does it hold one by value? GNU C alone has these, and g++
 * -pedantic says so again where a member is of such a type. */
bool types_has_empty_array(struct types *, uint32_t id);

/* Before and behind a member of such a type. */
#define TYPES_EXTENSION_BEGIN           \
	"#pragma GCC diagnostic push\n" \
	"#pragma GCC diagnostic ignored \"-Wpedantic\"\n"
#define TYPES_EXTENSION_END "#pragma GCC diagnostic pop\n"

/* How an object of that type is declared. Its definitions must have been required, unless the
 * naming is TYPE_SOURCE. */
struct type_declaration types_declare(struct types *, uint32_t id);

/* The alignment that the declared type has on every host, in bytes; `least` gets the smaller one
 * that hosts with 32 bits may give it. */
uint32_t types_alignment(struct types *, uint32_t id, uint32_t *least);

/* Where a type of the source is declared; else the object. For messages. */
const char *types_where(const struct types *, const char *keyword, const char *source_name);

#endif
