/* SPDX-License-Identifier: BSD-2-Clause */
/* replay FILE...: gives the files to a target, as libFuzzer would. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"

int main(int argc, char **argv)
{
	struct arena arena = ARENA_INIT;

	for (int i = 1; i < argc; i++) {
		struct bytes bytes;
		int error = file_read(&arena, argv[i], &bytes);

		if (error) {
			fprintf(stderr, "%s: %s\n", argv[i], strerror(-error));
			return 1;
		}
		LLVMFuzzerTestOneInput(bytes.data, bytes.size);
	}
	printf("%d files\n", argc - 1);
	arena_release(&arena);
	return argc < 2;
}
