/* SPDX-License-Identifier: BSD-2-Clause */
#include "fuzz.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "meaning.h"
#include "strip.h"

/* As the tool does it. */
__attribute__((constructor)) static void silence_libbpf(void)
{
	libbpf_set_print(NULL);
}

void fuzz_check(bool is_true, const char *what)
{
	if (is_true)
		return;
	dprintf(STDERR_FILENO, "%s\n", what);
	abort();
}

static int render(struct strbuf *out, struct arena *arena, struct diag *diag, struct object *object,
		  enum header_face face)
{
	struct model model;
	struct model_variant variant = {.model = &model, .target = "bpfel", .condition = "1"};
	struct model_set set = {&variant, 1};
	struct header_options options = {.face = face, .name = "fuzzed", .tool = "test"};
	struct strip_options strip = {.directory = "/nowhere"};
	const struct value *view;

	if (object_strip(object, arena, diag, &strip, &variant.object) ||
	    model_read(&model, arena, diag, object))
		return -1;
	meaning_read(arena, object, &model);
	view = header_view(arena, diag, &options, &set);
	if (!view)
		return -1;
	if (face == HEADER_BPFBAKE && header_render_summary(out, arena, diag, view))
		return -1;
	strbuf_truncate(out, 0);
	return header_render(out, arena, diag, view);
}

int fuzz_object(struct strbuf *out, struct bytes bytes, enum header_face face)
{
	struct arena arena = ARENA_INIT;
	struct diag diag = {0};
	struct object object = {0};
	int result = object_read(&object, &arena, &diag, "x.o", bytes);

	if (!result)
		result = render(out, &arena, &diag, &object, face);
	fuzz_check(!result == !diag.n_errors,
		   result ? "a failure without a message" : "an error, and a header all the same");
	object_release(&object);
	arena_release(&arena);
	return result;
}

struct bytes fuzz_copy(const uint8_t *data, size_t size)
{
	unsigned char *copy = calloc(1, size + 1);

	fuzz_check(copy != NULL, "no memory");
	if (size)
		memcpy(copy, data, size);
	return (struct bytes){copy, size};
}

const char *fuzz_file(const uint8_t *data, size_t size)
{
	static char path[64];
	static int fd = -1;

	if (fd < 0) {
		fd = memfd_create("fuzz", MFD_CLOEXEC);
		fuzz_check(fd >= 0, "no file in memory");
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	fuzz_check(!ftruncate(fd, 0) && lseek(fd, 0, SEEK_SET) == 0 && !file_write(fd, data, size),
		   "no file in memory");
	return path;
}
