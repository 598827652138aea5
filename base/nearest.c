/* SPDX-License-Identifier: BSD-2-Clause */
/* Levenshtein's distance, one row at a time. */
#include "nearest.h"

#include <string.h>

#define MAX_LENGTH 63 /* of names that are compared at all */

struct nearest nearest_init(const char *name)
{
	size_t length = strlen(name);

	/* A single letter is near to every other one. */
	return (struct nearest){.name = name, .distance = length > 1 ? (length + 2) / 3 + 1 : 0};
}

static size_t min3(size_t a, size_t b, size_t c)
{
	if (b < a)
		a = b;
	return c < a ? c : a;
}

static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t row[MAX_LENGTH + 1];

	for (size_t j = 0; j <= b_length; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_length; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_length; j++) {
			size_t above = row[j];

			row[j] =
				min3(row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1]));
			diagonal = above;
		}
	}
	return row[b_length];
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
	size_t a = strlen(nearest->name), b = strlen(candidate);
	size_t apart = a > b ? a - b : b - a, d;

	if (!b || a > MAX_LENGTH || b > MAX_LENGTH || apart >= nearest->distance)
		return;
	d = distance(nearest->name, a, candidate, b);
	if (d < nearest->distance) {
		nearest->distance = d;
		nearest->best = candidate;
	}
}
