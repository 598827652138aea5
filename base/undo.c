/* SPDX-License-Identifier: BSD-2-Clause */
#include "undo.h"

#include <pthread.h>
#include <stddef.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct undo *newest;

void undo_push(struct undo *undo)
{
	pthread_mutex_lock(&lock);
	undo->newer = NULL;
	undo->older = newest;
	if (newest)
		newest->newer = undo;
	newest = undo;
	pthread_mutex_unlock(&lock);
}

void undo_pop(struct undo *undo)
{
	pthread_mutex_lock(&lock);
	if (undo->newer)
		undo->newer->older = undo->older;
	else if (newest == undo)
		newest = undo->older;
	if (undo->older)
		undo->older->newer = undo->newer;
	undo->newer = undo->older = NULL;
	pthread_mutex_unlock(&lock);
}

void undo_all(void)
{
	/* Never given back: nobody goes on behind it. */
	pthread_mutex_lock(&lock);
	for (const struct undo *undo = newest; undo; undo = undo->older)
		undo->run(undo->context);
}
