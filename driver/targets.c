/* SPDX-License-Identifier: BSD-2-Clause */
#include "targets.h"

#include <string.h>

#include "bug.h"
#include "strbuf.h"

#define IS_LITTLE "__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__"
#define IS_BIG    "__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__"

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define IS_HOST IS_BIG
#else
#define IS_HOST IS_LITTLE
#endif

/* The architecture that bpfbake itself was compiled for, by Go's name. */
#if defined(__x86_64__)
#define NATIVE "amd64"
#elif defined(__i386__)
#define NATIVE "386"
#elif defined(__aarch64__)
#define NATIVE "arm64"
#elif defined(__arm__)
#define NATIVE "arm"
#elif defined(__loongarch__)
#define NATIVE "loong64"
#elif defined(__mips__)
#define NATIVE "mips"
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define NATIVE "ppc64le"
#elif defined(__powerpc64__)
#define NATIVE "ppc64"
#elif defined(__riscv)
#define NATIVE "riscv64"
#elif defined(__s390x__)
#define NATIVE "s390x"
#else
#define NATIVE NULL
#endif

/* In the order of the help and of messages; "native" stands between the two kinds. */
static const struct target targets[] = {
	{"bpf", "bpf", NULL, "bpf", IS_HOST},
	{"bpfel", "bpfel", NULL, "bpfel", IS_LITTLE},
	{"bpfeb", "bpfeb", NULL, "bpfeb", IS_BIG},
	{"native", NULL, NULL, NULL, NULL},
	{"386", "bpfel", "x86", "x86_bpfel", "defined(__i386__)"},
	{"amd64", "bpfel", "x86", "x86_bpfel", "defined(__x86_64__)"},
	{"arm", "bpfel", "arm", "arm_bpfel", "defined(__arm__) && " IS_LITTLE},
	{"arm64", "bpfel", "arm64", "arm64_bpfel", "defined(__aarch64__) && " IS_LITTLE},
	{"loong64", "bpfel", "loongarch", "loongarch_bpfel", "defined(__loongarch_lp64)"},
	{"mips", "bpfeb", "mips", "mips_bpfeb", "defined(__mips__) && " IS_BIG},
	{"ppc64", "bpfeb", "powerpc", "powerpc_bpfeb", "defined(__powerpc64__) && " IS_BIG},
	{"ppc64le", "bpfel", "powerpc", "powerpc_bpfel", "defined(__powerpc64__) && " IS_LITTLE},
	{"riscv64", "bpfel", "riscv", "riscv_bpfel", "defined(__riscv) && __riscv_xlen == 64"},
	{"s390x", "bpfeb", "s390", "s390_bpfeb", "defined(__s390x__)"},
};

void targets_add_names(struct strbuf *out)
{
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++)
		strbuf_add_format(out, " %s", targets[i].name);
}

static const struct target *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		if (strcmp(targets[i].name, name) != 0)
			continue;
		if (!targets[i].clang)
			return NATIVE ? find(NATIVE) : NULL;
		return &targets[i];
	}
	return NULL;
}

/* Is it a target of the architecture that the kernel names so? */
static bool is_for(const struct target *target, const char *architecture)
{
	return target->architecture && !strcmp(target->architecture, architecture);
}

const struct target *target_of(enum byte_order order)
{
	return find(order == BYTE_ORDER_BIG ? "bpfeb" : "bpfel");
}

const char *target_architecture_condition(const char *name)
{
	const struct target *target = find(name);

	return target && target->architecture ? target->condition : NULL;
}

/* What uname and clang call what Go, and so bpf2go, has another name for. */
static const char *other_name(const char *name)
{
	static const char *const names[][2] = {
		{"x86_64", "amd64"},
		{"x86-64", "amd64"},
		{"i386", "386"},
		{"i686", "386"},
		{"aarch64", "arm64"},
		{"ppc64el", "ppc64le"},
		{"powerpc64le", "ppc64le"},
		{"loongarch64", "loong64"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		if (!strcmp(name, names[i][0]))
			return names[i][1];
	}
	return NULL;
}

static int refuse(struct arena *arena, struct diag *diag, const char *name)
{
	const char *other = other_name(name), *known;
	struct strbuf names = STRBUF_INIT;

	if (other)
		return diag_error(diag, NULL, "unknown target '%s'; write %s", name, other);
	targets_add_names(&names);
	known = arena_strdup(arena, names.text);
	strbuf_release(&names);
	return diag_error(diag, NULL, "unknown target '%s'; known:%s", name, known);
}

/* The targets compile to the same object: one more kind of host for it, or nothing new. */
static void merge(struct arena *arena, struct target *into, const struct target *target)
{
	if (!strstr(into->condition, target->condition))
		into->condition =
			arena_printf(arena, "%s || %s", into->condition, target->condition);
}

static void add(struct target_list *list, struct arena *arena, const struct target *target)
{
	for (size_t i = 0; i < list->count; i++) {
		if (!strcmp(list->items[i].suffix, target->suffix)) {
			merge(arena, &list->items[i], target);
			return;
		}
	}
	*ARENA_PUSH(arena, list->items, list->count) = *target;
}

/* Adds the target of that name, or all of an architecture by the kernel's name, as __TARGET_ARCH_x
 * has it ("x86"): those for an architecture, or the generic ones alone. False: there is none. */
static bool add_named(struct target_list *list, struct arena *arena, const char *name,
		      bool with_architecture)
{
	const struct target *named = find(name);
	bool is_known = named != NULL;

	if (named && !named->architecture != with_architecture)
		add(list, arena, named);
	for (size_t i = 0; i < ARRAY_SIZE(targets) && !named; i++) {
		if (!is_for(&targets[i], name))
			continue;
		is_known = true;
		if (with_architecture)
			add(list, arena, &targets[i]);
	}
	return is_known;
}

static int parse_pass(struct target_list *list, struct arena *arena, struct diag *diag,
		      const char *text, bool with_architecture)
{
	for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		const char *name = arena_strndup(arena, at, strcspn(at, ","));

		if (!add_named(list, arena, name, with_architecture))
			return refuse(arena, diag, name);
	}
	return 0;
}

/* False: none of the list has that name. */
static bool set_optional(struct target_list *list, const char *name)
{
	const struct target *target = find(name);
	bool is_listed = false;

	for (size_t i = 0; i < list->count; i++) {
		struct target *item = &list->items[i];

		if (target ? !strcmp(item->suffix, target->suffix) : is_for(item, name))
			is_listed = item->is_optional = true;
	}
	return is_listed;
}

int targets_set_optional(struct target_list *list, struct arena *arena, struct diag *diag,
			 const char *text)
{
	for (const char *at = text; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
		const char *name = arena_strndup(arena, at, strcspn(at, ","));

		if (!set_optional(list, name))
			return diag_error(diag, NULL,
					  "-optional names '%s', which -target does not; name "
					  "targets that are compiled",
					  name);
	}
	return 0;
}

int targets_parse(struct target_list *list, struct arena *arena, struct diag *diag,
		  const char *text)
{
	if (parse_pass(list, arena, diag, text, true))
		return -1;
	return parse_pass(list, arena, diag, text, false);
}
