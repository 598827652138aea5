/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libclang, loaded when it is first needed: only what is used of its C interface, which has been
 * the same from version 14 to 19 (clang-c/Index.h, CXString.h, CXSourceLocation.h).
 */
#ifndef CODEGEN_CLANG_LIBRARY_H
#define CODEGEN_CLANG_LIBRARY_H

#include <stdbool.h>

#include "arena.h"

typedef struct {
	const void *data;
	unsigned private_flags;
} CXString;

typedef struct {
	int kind;
	int xdata;
	const void *data[3];
} CXCursor;

typedef struct {
	int kind;
	void *data[2];
} CXType;

typedef struct {
	const void *ptr_data[2];
	unsigned int_data;
} CXSourceLocation;

struct CXUnsavedFile {
	const char *Filename, *Contents;
	unsigned long Length;
};

enum clang_cursor {
	CLANG_STRUCT = 2,
	CLANG_UNION = 3,
	CLANG_ENUM = 5,
	CLANG_FIELD = 6,
	CLANG_ENUMERATOR = 7,
	CLANG_FUNCTION = 8,
	CLANG_VARIABLE = 9,
	CLANG_TYPEDEF = 20,
};

enum clang_evaluation {
	CLANG_EVAL_INT = 1,
	CLANG_EVAL_STRING = 4,
};

enum clang_visit {
	CLANG_CONTINUE = 1,
	CLANG_RECURSE = 2,
};

struct clang_library {
	void *(*createIndex)(int exclude_pch, int display_diagnostics);
	void (*disposeIndex)(void *index);
	int (*parseTranslationUnit2)(void *index, const char *source, const char *const *args,
				     int n_args, struct CXUnsavedFile *, unsigned n_unsaved,
				     unsigned options, void **unit);
	void (*disposeTranslationUnit)(void *unit);
	CXCursor (*getTranslationUnitCursor)(void *unit);
	unsigned (*visitChildren)(CXCursor, int (*visit)(CXCursor, CXCursor, void *), void *);
	CXString (*getCursorSpelling)(CXCursor);
	CXString (*Cursor_getRawCommentText)(CXCursor);
	CXSourceLocation (*getCursorLocation)(CXCursor);
	int (*Location_isInSystemHeader)(CXSourceLocation);
	void (*getFileLocation)(CXSourceLocation, void **file, unsigned *line, unsigned *column,
				unsigned *offset);
	CXString (*getFileName)(void *file);
	const char *(*getCString)(CXString);
	void (*disposeString)(CXString);
	CXType (*getCursorType)(CXCursor);
	long long (*Type_getSizeOf)(CXType);
	void *(*Cursor_Evaluate)(CXCursor);
	int (*EvalResult_getKind)(void *);
	long long (*EvalResult_getAsLongLong)(void *);
	unsigned (*EvalResult_isUnsignedInt)(void *);
	unsigned long long (*EvalResult_getAsUnsigned)(void *);
	const char *(*EvalResult_getAsStr)(void *);
	void (*EvalResult_dispose)(void *);
};

/*
 * Loads $BPFBAKE_LIBCLANG, else the library of that major version, else the nearest newer one, else
 * any of 14 to 19. False when there is none. The library stays loaded.
 */
bool clang_library_load(struct clang_library *, struct arena *, int major);

#endif
