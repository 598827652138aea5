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

typedef struct {
	const void *ptr_data[2];
	unsigned begin_int_data, end_int_data;
} CXSourceRange;

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
	CLANG_PARAMETER = 10,
	CLANG_TYPEDEF = 20,
	CLANG_TYPE_REFERENCE = 43,
	CLANG_UNEXPOSED = 100, /* an expression: implicit casts, mostly */
	CLANG_REFERENCE = 101,
	CLANG_MEMBER_REFERENCE = 102,
	CLANG_CALL = 103,
	CLANG_STRING = 109,
	CLANG_PARENTHESES = 111,
	CLANG_UNARY = 112,
	CLANG_BINARY = 114,
	CLANG_ASSIGNMENT = 115, /* += and its like */
	CLANG_CONDITIONAL = 116,
	CLANG_CAST = 117,
	CLANG_STATEMENT_EXPRESSION = 121,
	CLANG_SIZEOF = 136, /* and alignof */
	CLANG_COMPOUND = 202,
	CLANG_RETURN = 214,
};

enum clang_type {
	CLANG_TYPE_INVALID = 0,
	CLANG_TYPE_VOID = 2,
	CLANG_TYPE_BOOL = 3,
	CLANG_TYPE_CHAR_UNSIGNED = 4, /* char, where it is unsigned */
	CLANG_TYPE_UCHAR = 5,
	CLANG_TYPE_UINT128 = 12,
	CLANG_TYPE_CHAR = 13,
	CLANG_TYPE_SCHAR = 14,
	CLANG_TYPE_INT128 = 20,
	CLANG_TYPE_FLOAT = 21,
	CLANG_TYPE_LONG_DOUBLE = 23,
	CLANG_TYPE_POINTER = 101,
	CLANG_TYPE_RECORD = 105,
	CLANG_TYPE_ENUM = 106,
	CLANG_TYPE_TYPEDEF = 107,
	CLANG_TYPE_FUNCTION_WITHOUT_PROTOTYPE = 110,
	CLANG_TYPE_FUNCTION = 111,
	CLANG_TYPE_ARRAY = 112,
	CLANG_TYPE_FLEXIBLE_ARRAY = 114,
	CLANG_TYPE_ELABORATED = 119,
};

/* Of a function: it is static. */
#define CLANG_LINKAGE_INTERNAL 2

enum clang_evaluation {
	CLANG_EVAL_INT = 1,
};

/* Of diagnostics: this and above is an error. */
#define CLANG_SEVERITY_ERROR 3

enum clang_visit {
	CLANG_CONTINUE = 1,
};

struct clang_library {
	const char *
		error; /* why $BPFBAKE_LIBCLANG cannot be loaded; NULL where it was not asked for */
	void *(*createIndex)(int exclude_pch, int display_diagnostics);
	int (*parseTranslationUnit2)(void *index, const char *source, const char *const *args,
				     int n_args, struct CXUnsavedFile *, unsigned n_unsaved,
				     unsigned options, void **unit);
	CXCursor (*getTranslationUnitCursor)(void *unit);
	unsigned (*visitChildren)(CXCursor, int (*visit)(CXCursor, CXCursor, void *), void *);
	CXString (*getCursorSpelling)(CXCursor);
	CXString (*Cursor_getRawCommentText)(CXCursor);
	CXSourceRange (*Cursor_getCommentRange)(CXCursor);
	CXSourceLocation (*getCursorLocation)(CXCursor);
	int (*Location_isInSystemHeader)(CXSourceLocation);
	void (*getFileLocation)(CXSourceLocation, void **file, unsigned *line, unsigned *column,
				unsigned *offset);
	void (*getSpellingLocation)(CXSourceLocation, void **file, unsigned *line, unsigned *column,
				    unsigned *offset);
	CXString (*getFileName)(void *file);
	const char *(*getCString)(CXString);
	CXString (*getClangVersion)(void);
	void (*disposeString)(CXString);
	CXType (*getCursorType)(CXCursor);
	long long (*Type_getSizeOf)(CXType);
	void *(*Cursor_Evaluate)(CXCursor);
	int (*EvalResult_getKind)(void *);
	long long (*EvalResult_getAsLongLong)(void *);
	unsigned (*EvalResult_isUnsignedInt)(void *);
	unsigned long long (*EvalResult_getAsUnsigned)(void *);
	void (*EvalResult_dispose)(void *);
	CXCursor (*getCursorReferenced)(CXCursor);
	unsigned (*equalCursors)(CXCursor, CXCursor);
	unsigned (*equalTypes)(CXType, CXType);
	unsigned (*isCursorDefinition)(CXCursor);
	int (*getCursorLinkage)(CXCursor);
	CXType (*getCursorResultType)(CXCursor);
	CXSourceRange (*getCursorExtent)(CXCursor);
	CXSourceLocation (*getRangeStart)(CXSourceRange);
	CXSourceLocation (*getRangeEnd)(CXSourceRange);
	const char *(*getFileContents)(void *unit, void *file, size_t *size);
	void *(*Cursor_getTranslationUnit)(CXCursor);
	CXString (*getTypeSpelling)(CXType);
	CXType (*getCanonicalType)(CXType);
	CXType (*getPointeeType)(CXType);
	CXType (*getArrayElementType)(CXType);
	long long (*getArraySize)(CXType);
	CXType (*Type_getNamedType)(CXType);
	CXCursor (*getTypeDeclaration)(CXType);
	CXType (*getTypedefDeclUnderlyingType)(CXCursor);
	CXType (*getEnumDeclIntegerType)(CXCursor);
	long long (*getEnumConstantDeclValue)(CXCursor);
	unsigned (*Type_visitFields)(CXType, int (*visit)(CXCursor, void *), void *);
	long long (*Cursor_getOffsetOfField)(CXCursor);
	unsigned (*Cursor_isBitField)(CXCursor);
	int (*getFieldDeclBitWidth)(CXCursor);
	unsigned (*getNumDiagnostics)(void *unit);
	void *(*getDiagnostic)(void *unit, unsigned index);
	void (*disposeDiagnostic)(void *);
	int (*getDiagnosticSeverity)(void *);
	CXString (*getDiagnosticSpelling)(void *);
	CXSourceLocation (*getDiagnosticLocation)(void *);
};

struct clang_search {
	int major;            /* the compiler's version; 0: not known */
	const char *compiler; /* its program, or NULL */
};

/*
 * Loads $BPFBAKE_LIBCLANG, else the library that stands beside the compiler, else the one of that
 * major version, else the nearest newer one, else any from 14 on. They are looked for in LLVM's
 * directories, beside llvm-config, and by name. False when there is none. The library stays loaded.
 */
bool clang_library_load(struct clang_library *, struct arena *, const struct clang_search *);

/* The major version to install. */
int clang_library_version(const struct clang_search *);

#endif
