/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How programs are attached, by the kind of their section, and what else is generated for them.
 */
#ifndef CODEGEN_PROGRAM_KINDS_H
#define CODEGEN_PROGRAM_KINDS_H

#include <stdbool.h>
#include <stdint.h>

struct model_program;

/* Where attach keeps what it did: one template each. */
enum program_place {
	PROGRAM_NOWHERE, /* no attach */
	PROGRAM_LINK,    /* skel->links.p */
	PROGRAM_KEPT,    /* skel->bpfbake_attached.p: libbpf has no link for it */
	PROGRAM_XDP,     /* a link, or kept where a mode is asked for */
	PROGRAM_TCX,     /* a link, or kept where libbpf or the kernel has no tcx */
};

/*
 * One way to attach. The functions of the header take `parameters` behind the skeleton and hand on
 * `arguments`; what attaches is called as function(program[, is_return] passed).
 */
struct program_form {
	enum program_place place;
	const char *parameters; /* ", int cgroup_fd" */
	const char *arguments;  /* ", cgroup_fd" */
	const char *function;   /* libbpf's, or one of templates/program_helpers.mustache */
	const char *passed;     /* ", cgroup_fd" */
	bool takes_return;      /* the function is told whether it is for a return probe */
	bool takes_type;        /* and the attach type of its section, last */
	unsigned since;         /* libbpf 1.<since> has it; 0: each that bpfbake supports */
	const char *helper;     /* the key of the helper that it needs, or NULL */
	/* The same with libbpf's struct of options behind; NULL where it has none. */
	struct {
		const char *type; /* "const struct bpf_kprobe_opts" */
		const char *parameters, *arguments, *function, *passed;
		unsigned since;
	} options;
};

/* A group of functions besides attach. Bits, so that a program can have several. */
enum program_feature {
	PROGRAM_RETURN = 1 << 0,     /* attached to the return of a function */
	PROGRAM_TEST_RUN = 1 << 1,   /* the kernel can run it on given data */
	PROGRAM_SYSCALL = 1 << 2,    /* it is run, never attached */
	PROGRAM_READ = 1 << 3,       /* iterators */
	PROGRAM_SET_TARGET = 1 << 4, /* its target may be chosen before load */
	PROGRAM_BARE_TARGET = 1 << 5 /* the same, where the section names none */
};

struct program_feature_name {
	uint32_t feature;
	const char *key; /* that templates test */
	const char *verb;
};

extern const struct program_feature_name program_feature_names[];
extern const unsigned program_feature_count;

/* What a program has. `form` is NULL where there is no attach. */
struct program_kind {
	const struct program_form *form;
	uint32_t features;   /* PROGRAM_… */
	bool is_auto;        /* the section says where: nothing is to be given */
	const char *options; /* what options.function is passed, for the section's target; or NULL:
			      * no options */
};

struct arena;

struct program_kind program_kind_find(struct arena *, const struct model_program *);

#endif
