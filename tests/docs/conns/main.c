/* SPDX-License-Identifier: BSD-2-Clause */
#include "conns.skel.h"

int main(void)
{
	struct conns *skel = conns__open_and_load();

	if (!skel)
		return 1;
	conns__destroy(skel);
	return 0;
}
