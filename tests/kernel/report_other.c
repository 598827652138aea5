/* SPDX-License-Identifier: BSD-2-Clause */
/* For report.c: a load that fails in another file than the one that reports it. */
#include "refused_license.skel.h"

int load_elsewhere(void);

int load_elsewhere(void)
{
	struct refused_license *skel = refused_license__open_and_load();
	int error = skel ? 0 : errno;

	refused_license__destroy(skel);
	return error;
}
