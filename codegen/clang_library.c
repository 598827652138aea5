/* SPDX-License-Identifier: BSD-2-Clause */
#include "clang_library.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "bug.h"
#include "path.h"

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
	SYMBOL(parseTranslationUnit2),
	SYMBOL(getTranslationUnitCursor),
	SYMBOL(visitChildren),
	SYMBOL(getCursorSpelling),
	SYMBOL(Cursor_getRawCommentText),
	SYMBOL(Cursor_getCommentRange),
	SYMBOL(getCursorLocation),
	SYMBOL(Location_isInSystemHeader),
	SYMBOL(getFileLocation),
	SYMBOL(getSpellingLocation),
	SYMBOL(getFileName),
	SYMBOL(getCString),
	SYMBOL(getClangVersion),
	SYMBOL(disposeString),
	SYMBOL(getCursorType),
	SYMBOL(Type_getSizeOf),
	SYMBOL(Cursor_Evaluate),
	SYMBOL(EvalResult_getKind),
	SYMBOL(EvalResult_getAsLongLong),
	SYMBOL(EvalResult_isUnsignedInt),
	SYMBOL(EvalResult_getAsUnsigned),
	SYMBOL(EvalResult_dispose),
	SYMBOL(getCursorReferenced),
	SYMBOL(equalCursors),
	SYMBOL(equalTypes),
	SYMBOL(isCursorDefinition),
	SYMBOL(getCursorLinkage),
	SYMBOL(getCursorResultType),
	SYMBOL(getCursorExtent),
	SYMBOL(getRangeStart),
	SYMBOL(getRangeEnd),
	SYMBOL(getFileContents),
	SYMBOL(Cursor_getTranslationUnit),
	SYMBOL(getTypeSpelling),
	SYMBOL(getCanonicalType),
	SYMBOL(getPointeeType),
	SYMBOL(getArrayElementType),
	SYMBOL(getArraySize),
	SYMBOL(Type_getNamedType),
	SYMBOL(getTypeDeclaration),
	SYMBOL(getTypedefDeclUnderlyingType),
	SYMBOL(getEnumDeclIntegerType),
	SYMBOL(getEnumConstantDeclValue),
	SYMBOL(Type_visitFields),
	SYMBOL(Cursor_getOffsetOfField),
	SYMBOL(Cursor_isBitField),
	SYMBOL(getFieldDeclBitWidth),
	SYMBOL(getNumDiagnostics),
	SYMBOL(getDiagnostic),
	SYMBOL(disposeDiagnostic),
	SYMBOL(getDiagnosticSeverity),
	SYMBOL(getDiagnosticSpelling),
	SYMBOL(getDiagnosticLocation),
};

static void die_without_memory(void *data, const char *reason, bool wants_core)
{
	(void)data;
	(void)reason;
	(void)wants_core;
	bug_out_of_memory();
}

/*
 * What C++ does without memory, handlers decide: libclang's own abort, and clean up nothing. The
 * second one is LLVM's, for what it takes by malloc; it may be set once.
 */
static void set_memory_handlers(void *handle)
{
	static atomic_flag is_set = ATOMIC_FLAG_INIT;
	void (*set_new_handler)(void (*handler)(void));
	void (*install_bad_alloc_error_handler)(void (*handler)(void *, const char *, bool),
						void *);
	void *address = dlsym(handle, "_ZSt15set_new_handlerPFvvE");

	if (address) {
		memcpy(&set_new_handler, &address, sizeof(address));
		set_new_handler(bug_out_of_memory);
	}
	address = dlsym(handle, "_ZN4llvm31install_bad_alloc_error_handlerEPFvPvPKcbES0_");
	if (address && !atomic_flag_test_and_set(&is_set)) {
		memcpy(&install_bad_alloc_error_handler, &address, sizeof(address));
		install_bad_alloc_error_handler(die_without_memory, NULL);
	}
}

/* As much as libclang and what it needs are. */
#define LIBRARY_SIZE (256UL << 20)

/* Has the loader failed for want of memory? A library that is there would be taken for none. Where
 * it cannot map a file, it does not say why. */
static bool lacks_memory(const char *error)
{
	void *room;

	if (strstr(error, "Cannot allocate memory") || strstr(error, "out of memory"))
		return true;
	if (!strstr(error, "failed to map segment"))
		return false;
	room = mmap(NULL, LIBRARY_SIZE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1,
		    0);
	if (room == MAP_FAILED)
		return true;
	munmap(room, LIBRARY_SIZE);
	return false;
}

/* `error`, unless it is NULL, becomes the loader's; valid until the next library. */
static bool load(struct clang_library *library, const char *path, const char **error)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const char *found = handle ? NULL : dlerror();

	if (found && lacks_memory(found))
		bug_out_of_memory();
	if (error)
		*error = found;

	for (size_t i = 0; handle && i < ARRAY_SIZE(symbols); i++) {
		void *address = dlsym(handle, symbols[i].name);

		if (!address) {
			dlclose(handle);
			return false;
		}
		memcpy((char *)library + symbols[i].offset, &address, sizeof(address));
	}
	if (handle)
		set_memory_handlers(handle);
	return handle != NULL;
}

/* By the names that distributions give it, in a directory or, where that is NULL, wherever the
 * loader looks. */
static bool load_version(struct clang_library *library, struct arena *arena, const char *directory,
			 int major)
{
	static const char *const forms[] = {"libclang-%d.so.1", "libclang-%d.so.%d",
					    "libclang.so.%d.1", "libclang.so.%d"};

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		const char *name;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		name = arena_printf(arena, forms[i], major, major);
#pragma GCC diagnostic pop
		if (load(library, directory ? path_join(arena, directory, name) : name, NULL))
			return true;
	}
	return false;
}

/* Where a program of LLVM's has its libraries: /usr/bin/llvm-config-14 is a link to
 * /usr/lib/llvm-14/bin/llvm-config, so in /usr/lib/llvm-14/lib. NULL: there is no such program. */
static const char *library_directory(struct arena *arena, const char *program)
{
	const char *file = path_find_program(arena, program);

	file = file ? path_real(arena, file) : NULL;
	return file ? path_join(arena, path_dirname(arena, path_dirname(arena, file)), "lib")
		    : NULL;
}

static bool load_beside(struct clang_library *library, struct arena *arena, const char *program,
			int major)
{
	const char *directory = program ? library_directory(arena, program) : NULL;

	return directory && (load_version(library, arena, directory, major) ||
			     load(library, path_join(arena, directory, "libclang.so"), NULL) ||
			     load(library, path_join(arena, directory, "libclang.so.1"), NULL));
}

static bool load_major(struct clang_library *library, struct arena *arena, int major)
{
	/* Where it stands beside its own headers first. */
	return load_version(library, arena, arena_printf(arena, "/usr/lib/llvm-%d/lib", major),
			    major) ||
	       load_beside(library, arena, arena_printf(arena, "llvm-config-%d", major), major) ||
	       load_version(library, arena, NULL, major);
}

static bool load_named(struct clang_library *library, struct arena *arena, const char *path)
{
	const char *error;

	if (load(library, path, &error))
		return true;
	library->error = arena_printf(arena, "BPFBAKE_LIBCLANG is '%s', which cannot be loaded%s%s",
				      path, error ? ": " : "", error ? error : " as libclang");
	return false;
}

int clang_library_version(const struct clang_search *search)
{
	return search->major >= OLDEST ? search->major : OLDEST;
}

bool clang_library_load(struct clang_library *library, struct arena *arena,
			const struct clang_search *search)
{
	const char *path = getenv("BPFBAKE_LIBCLANG");
	int major = search->major < OLDEST ? OLDEST : search->major;
	int newest = major < NEWEST ? NEWEST : major;

	if (path && *path)
		return load_named(library, arena, path);
	if (load_beside(library, arena, search->compiler, major))
		return true;
	for (int version = major; version <= newest; version++) {
		if (load_major(library, arena, version))
			return true;
	}
	for (int version = major - 1; version >= OLDEST; version--) {
		if (load_major(library, arena, version))
			return true;
	}
	return load_beside(library, arena, "llvm-config", major) ||
	       load(library, "libclang.so.1", NULL) || load(library, "libclang.so", NULL);
}
