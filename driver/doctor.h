/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bpfbake doctor: what this machine lacks for building, and for loading. A check is a row of a
 * table: a name, and a function that looks and answers.
 */
#ifndef DRIVER_DOCTOR_H
#define DRIVER_DOCTOR_H

#include "search.h"
#include "session.h"

enum doctor_state {
	DOCTOR_OK,
	DOCTOR_WARNING, /* something works less well */
	DOCTOR_ERROR,   /* something does not work */
};

/* All zero: what was looked at is fine. */
struct doctor_answer {
	enum doctor_state state;
	const char *found;    /* what is there */
	const char *prevents; /* what does not work; NULL when it is fine */
	const char *mend;     /* the command that mends it, or what to do; NULL when it is fine */
};

struct doctor {
	struct session *session;
	struct arena *arena;
	const char *strip;      /* the command of -strip, or NULL */
	struct strvec compiler; /* the words of -cc */
	/* What the checks find out for those that follow. */
	struct search search; /* version: NULL: there is no compiler */
	unsigned kernel;      /* 612 for Linux 6.12; 0: not known */
	bool can_load;        /* no capability is missing */
};

struct doctor_check {
	const char *name;
	void (*look)(struct doctor *, struct doctor_answer *);
};

struct doctor_checks {
	const char *section; /* "build" */
	const char *title;
	const struct doctor_check *items;
	size_t count;
};

extern const struct doctor_checks doctor_build_checks, doctor_load_checks;

/* Sets all of an answer that is not fine. `found` and the others live as long as the run. */
void doctor_answer(struct doctor_answer *, enum doctor_state, const char *prevents,
		   const char *mend);

/* The first line of a file without its newline, or NULL with errno set. */
const char *doctor_read_line(struct doctor *, const char *path);

#endif
