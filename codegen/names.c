/* SPDX-License-Identifier: BSD-2-Clause */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "source_facts.h"

struct reserved {
	const char *name;
	enum name_reserved as;
};

/* Sorted by name, for bsearch. */
static const struct reserved reserved[] = {
	{"alignas", NAME_C_KEYWORD},
	{"alignof", NAME_C_KEYWORD},
	{"and", NAME_CXX_KEYWORD},
	{"and_eq", NAME_CXX_KEYWORD},
	{"asm", NAME_C_KEYWORD},
	{"auto", NAME_C_KEYWORD},
	{"bitand", NAME_CXX_KEYWORD},
	{"bitor", NAME_CXX_KEYWORD},
	{"bool", NAME_C_KEYWORD},
	{"break", NAME_C_KEYWORD},
	{"case", NAME_C_KEYWORD},
	{"catch", NAME_CXX_KEYWORD},
	{"char", NAME_C_KEYWORD},
	{"char16_t", NAME_CXX_KEYWORD},
	{"char32_t", NAME_CXX_KEYWORD},
	{"char8_t", NAME_CXX_KEYWORD},
	{"class", NAME_CXX_KEYWORD},
	{"co_await", NAME_CXX_KEYWORD},
	{"co_return", NAME_CXX_KEYWORD},
	{"co_yield", NAME_CXX_KEYWORD},
	{"compl", NAME_CXX_KEYWORD},
	{"concept", NAME_CXX_KEYWORD},
	{"const", NAME_C_KEYWORD},
	{"const_cast", NAME_CXX_KEYWORD},
	{"consteval", NAME_CXX_KEYWORD},
	{"constexpr", NAME_C_KEYWORD},
	{"constinit", NAME_CXX_KEYWORD},
	{"continue", NAME_C_KEYWORD},
	{"decltype", NAME_CXX_KEYWORD},
	{"default", NAME_C_KEYWORD},
	{"delete", NAME_CXX_KEYWORD},
	{"do", NAME_C_KEYWORD},
	{"double", NAME_C_KEYWORD},
	{"dynamic_cast", NAME_CXX_KEYWORD},
	{"else", NAME_C_KEYWORD},
	{"enum", NAME_C_KEYWORD},
	{"errno", NAME_MACRO},
	{"explicit", NAME_CXX_KEYWORD},
	{"export", NAME_CXX_KEYWORD},
	{"extern", NAME_C_KEYWORD},
	{"false", NAME_C_KEYWORD},
	{"float", NAME_C_KEYWORD},
	{"for", NAME_C_KEYWORD},
	{"friend", NAME_CXX_KEYWORD},
	{"goto", NAME_C_KEYWORD},
	{"i386", NAME_MACRO},
	{"if", NAME_C_KEYWORD},
	{"inline", NAME_C_KEYWORD},
	{"int", NAME_C_KEYWORD},
	{"linux", NAME_MACRO},
	{"long", NAME_C_KEYWORD},
	{"mips", NAME_MACRO},
	{"mutable", NAME_CXX_KEYWORD},
	{"namespace", NAME_CXX_KEYWORD},
	{"new", NAME_CXX_KEYWORD},
	{"noexcept", NAME_CXX_KEYWORD},
	{"not", NAME_CXX_KEYWORD},
	{"not_eq", NAME_CXX_KEYWORD},
	{"nullptr", NAME_C_KEYWORD},
	{"operator", NAME_CXX_KEYWORD},
	{"or", NAME_CXX_KEYWORD},
	{"or_eq", NAME_CXX_KEYWORD},
	{"private", NAME_CXX_KEYWORD},
	{"protected", NAME_CXX_KEYWORD},
	{"public", NAME_CXX_KEYWORD},
	{"register", NAME_C_KEYWORD},
	{"reinterpret_cast", NAME_CXX_KEYWORD},
	{"requires", NAME_CXX_KEYWORD},
	{"restrict", NAME_C_KEYWORD},
	{"return", NAME_C_KEYWORD},
	{"short", NAME_C_KEYWORD},
	{"signed", NAME_C_KEYWORD},
	{"sizeof", NAME_C_KEYWORD},
	{"static", NAME_C_KEYWORD},
	{"static_assert", NAME_C_KEYWORD},
	{"static_cast", NAME_CXX_KEYWORD},
	{"struct", NAME_C_KEYWORD},
	{"switch", NAME_C_KEYWORD},
	{"template", NAME_CXX_KEYWORD},
	{"this", NAME_CXX_KEYWORD},
	{"thread_local", NAME_C_KEYWORD},
	{"throw", NAME_CXX_KEYWORD},
	{"true", NAME_C_KEYWORD},
	{"try", NAME_CXX_KEYWORD},
	{"typedef", NAME_C_KEYWORD},
	{"typeid", NAME_CXX_KEYWORD},
	{"typename", NAME_CXX_KEYWORD},
	{"typeof", NAME_C_KEYWORD},
	{"typeof_unqual", NAME_C_KEYWORD},
	{"union", NAME_C_KEYWORD},
	{"unix", NAME_MACRO},
	{"unsigned", NAME_C_KEYWORD},
	{"using", NAME_CXX_KEYWORD},
	{"virtual", NAME_CXX_KEYWORD},
	{"void", NAME_C_KEYWORD},
	{"volatile", NAME_C_KEYWORD},
	{"wchar_t", NAME_CXX_KEYWORD},
	{"while", NAME_C_KEYWORD},
	{"xor", NAME_CXX_KEYWORD},
	{"xor_eq", NAME_CXX_KEYWORD},
};

/* Of <errno.h>, on any architecture of Linux; and EOF of <stdio.h>. Sorted by name, for bsearch. */
static const char error_numbers[][16] = {
	"E2BIG",           "EACCES",       "EADDRINUSE",      "EADDRNOTAVAIL", "EADV",
	"EAFNOSUPPORT",    "EAGAIN",       "EALREADY",        "EBADE",         "EBADF",
	"EBADFD",          "EBADMSG",      "EBADR",           "EBADRQC",       "EBADSLT",
	"EBFONT",          "EBUSY",        "ECANCELED",       "ECANCELLED",    "ECHILD",
	"ECHRNG",          "ECOMM",        "ECONNABORTED",    "ECONNREFUSED",  "ECONNRESET",
	"EDEADLK",         "EDEADLOCK",    "EDESTADDRREQ",    "EDOM",          "EDOTDOT",
	"EDQUOT",          "EEXIST",       "EFAULT",          "EFBIG",         "EHOSTDOWN",
	"EHOSTUNREACH",    "EHWPOISON",    "EIDRM",           "EILSEQ",        "EINIT",
	"EINPROGRESS",     "EINTR",        "EINVAL",          "EIO",           "EISCONN",
	"EISDIR",          "EISNAM",       "EKEYEXPIRED",     "EKEYREJECTED",  "EKEYREVOKED",
	"EL2HLT",          "EL2NSYNC",     "EL3HLT",          "EL3RST",        "ELIBACC",
	"ELIBBAD",         "ELIBEXEC",     "ELIBMAX",         "ELIBSCN",       "ELNRNG",
	"ELOOP",           "EMEDIUMTYPE",  "EMFILE",          "EMLINK",        "EMSGSIZE",
	"EMULTIHOP",       "ENAMETOOLONG", "ENAVAIL",         "ENETDOWN",      "ENETRESET",
	"ENETUNREACH",     "ENFILE",       "ENOANO",          "ENOBUFS",       "ENOCSI",
	"ENODATA",         "ENODEV",       "ENOENT",          "ENOEXEC",       "ENOKEY",
	"ENOLCK",          "ENOLINK",      "ENOMEDIUM",       "ENOMEM",        "ENOMSG",
	"ENONET",          "ENOPKG",       "ENOPROTOOPT",     "ENOSPC",        "ENOSR",
	"ENOSTR",          "ENOSYS",       "ENOTBLK",         "ENOTCONN",      "ENOTDIR",
	"ENOTEMPTY",       "ENOTNAM",      "ENOTRECOVERABLE", "ENOTSOCK",      "ENOTSUP",
	"ENOTTY",          "ENOTUNIQ",     "ENXIO",           "EOF",           "EOPNOTSUPP",
	"EOVERFLOW",       "EOWNERDEAD",   "EPERM",           "EPFNOSUPPORT",  "EPIPE",
	"EPROCLIM",        "EPROTO",       "EPROTONOSUPPORT", "EPROTOTYPE",    "ERANGE",
	"EREMCHG",         "EREMDEV",      "EREMOTE",         "EREMOTEIO",     "EREMOTERELEASE",
	"ERESTART",        "ERFKILL",      "EROFS",           "ERREMOTE",      "ESHUTDOWN",
	"ESOCKTNOSUPPORT", "ESPIPE",       "ESRCH",           "ESRMNT",        "ESTALE",
	"ESTRPIPE",        "ETIME",        "ETIMEDOUT",       "ETOOMANYREFS",  "ETXTBSY",
	"EUCLEAN",         "EUNATCH",      "EUSERS",          "EWOULDBLOCK",   "EXDEV",
	"EXFULL",
};

static int compare(const void *name, const void *entry)
{
	return strcmp(name, ((const struct reserved *)entry)->name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool is_error_number(const char *name)
{
	return bsearch(name, error_numbers, ARRAY_SIZE(error_numbers), sizeof(error_numbers[0]),
		       compare_names) != NULL;
}

enum name_reserved name_reserved_as(const char *name)
{
	const struct reserved *found =
		bsearch(name, reserved, ARRAY_SIZE(reserved), sizeof(reserved[0]), compare);

	return found ? found->as : is_error_number(name) ? NAME_MACRO : NAME_FREE;
}

/* Not <ctype.h>'s: these must not depend on the locale. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool name_is_identifier(const char *name)
{
	if (!is_letter(*name))
		return false;
	while (is_letter(*name) || is_digit(*name))
		name++;
	return *name == '\0';
}

bool name_is_of_number(const char *name)
{
	for (; is_letter(*name); name += *name == ' ') {
		while (is_letter(*name) || is_digit(*name))
			name++;
		if (!*name)
			return true;
	}
	return false;
}

const char *name_bare(const char *name)
{
	static const char *const keywords[] = {"struct ", "union ", "enum "};

	for (size_t i = 0; i < ARRAY_SIZE(keywords); i++) {
		if (!strncmp(name, keywords[i], strlen(keywords[i])))
			return name + strlen(keywords[i]);
	}
	return name;
}

char *name_sanitize(struct arena *arena, const char *name)
{
	char *clean = arena_printf(arena, "%s%s", is_digit(*name) || !*name ? "_" : "", name);

	for (char *c = clean; *c; c++) {
		if (!is_letter(*c) && !is_digit(*c))
			*c = '_';
	}
	return clean;
}

struct name_owner name_owner(struct arena *arena, const char *what, const char *kind,
			     const char *name)
{
	return (struct name_owner){
		.what = arena_printf(arena, "%s '%s'", what, name),
		.declared = arena_printf(arena, "%s %s", kind, name),
	};
}

static const char *place_of(const struct name_context *context, const struct name_owner *owner)
{
	return owner->declared
		       ? source_facts_where(context->arena, context->facts, owner->declared, NULL)
		       : NULL;
}

static void report_clash(const struct name_scope *scope, const char *name,
			 const struct name_owner *first, const struct name_owner *second)
{
	const struct name_context *context = scope->context;
	const char *there = place_of(context, first), *here = place_of(context, second);

	diag_error(context->diag,
		   here    ? here
		   : there ? there
			   : context->path,
		   "%s%s%s%s and %s would both be '%s' in %s; rename one of them", first->what,
		   there ? " (" : "", there ? there : "", there ? ")" : "", second->what, name,
		   scope->where);
}

/* Only a damaged object, or another compiler than clang, has such a name. */
static const char *report_no_identifier(const struct name_scope *scope, struct name_owner owner)
{
	const struct name_context *context = scope->context;
	const char *there = place_of(context, &owner);
	char *what = arena_strdup(context->arena, owner.what);

	for (char *c = what; *c; c++)
		*c = (unsigned char)*c < ' ' ? '?' : *c;
	diag_error(context->diag, there ? there : context->path,
		   "%s cannot have that name in %s: it is no identifier of C; rename it", what,
		   scope->where);
	return NULL;
}

/* Who has the name as one of a family, or NULL. */
static const struct name_owner *find_in_families(const struct name_scope *scope, const char *name)
{
	const struct name_family *family;
	const char *rest = NULL, *head;

	for (const char *c = name; scope->families.count && (c = strstr(c, "__")); c++)
		rest = c + 2;
	if (!rest)
		return NULL;
	head = arena_strndup(scope->context->arena, name, (size_t)(rest - 2 - name));
	family = strmap_get(&scope->families, head);
	return family && family->has(family->bits, rest) ? &family->owner : NULL;
}

static const struct name_owner *find_owner(const struct name_scope *scope, const char *name)
{
	const struct name_owner *owner = strmap_get(&scope->names, name);

	return owner ? owner : find_in_families(scope, name);
}

bool name_is_taken(const struct name_scope *scope, const char *name)
{
	return find_owner(scope, name) != NULL;
}

int name_take_family(struct name_scope *scope, const char *head, struct name_family family)
{
	struct arena *arena = scope->context->arena;
	void **place;

	if (!name_is_identifier(head)) {
		report_no_identifier(scope, family.owner);
		return -1;
	}
	place = strmap_at(&scope->families, arena, head);
	if (*place) {
		report_clash(scope, arena_printf(arena, "%s__*", head),
			     &((struct name_family *)*place)->owner, &family.owner);
		return -1;
	}
	*place = arena_memdup(arena, &family, sizeof(family));
	return 0;
}

const char *name_take_exactly(struct name_scope *scope, const char *name, struct name_owner owner)
{
	struct arena *arena = scope->context->arena;
	const struct name_owner *first;

	if (!name_is_identifier(name))
		return report_no_identifier(scope, owner);
	first = find_owner(scope, name);
	if (first) {
		report_clash(scope, name, first, &owner);
		return NULL;
	}
	*strmap_at(&scope->names, arena, name) = arena_memdup(arena, &owner, sizeof(owner));
	return name;
}

const char *name_take(struct name_scope *scope, const char *name, struct name_owner owner)
{
	if (name_reserved_as(name) != NAME_FREE || name_is_taken(scope, name))
		name = arena_printf(scope->context->arena, "%s_", name);
	return name_take_exactly(scope, name, owner);
}
