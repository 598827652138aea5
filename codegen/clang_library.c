/* SPDX-License-Identifier: BSD-2-Clause */
#include "clang_library.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"

#define OLDEST 14
#define NEWEST 19

#define SYMBOL(name)                                                 \
	{                                                            \
		"clang_" #name, offsetof(struct clang_library, name) \
	}

static const struct {
	const char *name;
	size_t offset;
} symbols[] = {
	SYMBOL(createIndex),
	SYMBOL(disposeIndex),
	SYMBOL(parseTranslationUnit2),
	SYMBOL(disposeTranslationUnit),
	SYMBOL(getTranslationUnitCursor),
	SYMBOL(visitChildren),
	SYMBOL(getCursorSpelling),
	SYMBOL(Cursor_getRawCommentText),
	SYMBOL(getCursorLocation),
	SYMBOL(Location_isInSystemHeader),
	SYMBOL(getFileLocation),
	SYMBOL(getFileName),
	SYMBOL(getCString),
	SYMBOL(disposeString),
	SYMBOL(getCursorType),
	SYMBOL(Type_getSizeOf),
	SYMBOL(Cursor_Evaluate),
	SYMBOL(EvalResult_getKind),
	SYMBOL(EvalResult_getAsLongLong),
	SYMBOL(EvalResult_isUnsignedInt),
	SYMBOL(EvalResult_getAsUnsigned),
	SYMBOL(EvalResult_getAsStr),
	SYMBOL(EvalResult_dispose),
};

static bool load(struct clang_library *library, const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	for (size_t i = 0; handle && i < ARRAY_SIZE(symbols); i++) {
		void *address = dlsym(handle, symbols[i].name);

		if (!address)
			return false;
		memcpy((char *)library + symbols[i].offset, &address, sizeof(address));
	}
	return handle != NULL;
}

static bool load_version(struct clang_library *library, struct arena *arena, int major)
{
	/* Where it stands beside its own headers first, as Debian and LLVM's packages have it. */
	return load(library,
		    arena_printf(arena, "/usr/lib/llvm-%d/lib/libclang-%d.so.1", major, major)) ||
	       load(library, arena_printf(arena, "/usr/lib/llvm-%d/lib/libclang.so.1", major)) ||
	       load(library, arena_printf(arena, "libclang-%d.so.1", major)) ||
	       load(library, arena_printf(arena, "libclang.so.%d", major));
}

bool clang_library_load(struct clang_library *library, struct arena *arena, int major)
{
	const char *path = getenv("BPFBAKE_LIBCLANG");

	if (path && *path)
		return load(library, path);
	if (major < OLDEST)
		major = OLDEST;
	for (int version = major; version <= NEWEST; version++) {
		if (load_version(library, arena, version))
			return true;
	}
	for (int version = major - 1; version >= OLDEST; version--) {
		if (load_version(library, arena, version))
			return true;
	}
	return load(library, "libclang.so.1") || load(library, "libclang.so");
}
