/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What must not outlive the process, though it may end at any allocation: temporary files and
 * children. Who makes one says here how it is undone; bug_out_of_memory undoes what is left.
 *
 * Any thread may run out of memory: while it undoes, undo_push and undo_pop of others wait, for
 * ever.
 */
#ifndef BASE_UNDO_H
#define BASE_UNDO_H

struct undo {
	void (*run)(void *context); /* allocates nothing, by no function of the C library either */
	void *context;
	struct undo *newer, *older;
};

/* The struct stays where it is until undo_pop. */
void undo_push(struct undo *);

/* It is done, or undone; also fine on one that was never pushed, when it is zeroed. */
void undo_pop(struct undo *);

/* Undoes all, the newest first. The process must end then. */
void undo_all(void);

#endif
