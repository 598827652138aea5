/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * structs COUNT SEED: random struct definitions, the same ones for the same numbers. Writes
 *
 *	structs.h      the definitions, as C for BPF and for a host of 64 bits
 *	random.bpf.c   a program that exports them
 *	check.c        for each member, that the definition in random.skel.h has it at the same
 *place; for each bitfield, when it is run, that it means the same bits
 */
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_MEMBERS = 8, MAX_DEPTH = 3 };

static FILE *definitions, *program, *check;
static unsigned long long state;
static char bodies[1 << 16]; /* the bitfields of the struct at hand, as C for main() */
static int n_names;
static bool *is_flexible; /* by number: must stand in no other struct */

static unsigned pick(unsigned n)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % n;
}

static bool happens(unsigned percent)
{
	return pick(100) < percent;
}

static const char *const scalars[] = {
	"__u8",          "__u16",       "__u32",  "__u64",         "__s8",       "__s16",
	"__s32",         "__s64",       "char",   "short",         "int",        "long",
	"unsigned long", "long long",   "_Bool",  "unsigned char", "float",      "double",
	"s128_t",        "u128_t",      "void *", "const char *",  "enum plain", "enum negative",
	"enum small",    "typedefed_t", "pair_t",
};

static const struct {
	const char *type;
	unsigned bits;
} units[] = {
	{"__u8", 8},   {"__u16", 16}, {"__u32", 32},         {"__u64", 64}, {"__s8", 8},
	{"__s32", 32}, {"__s64", 64}, {"unsigned long", 64}, {"_Bool", 1},  {"int", 32},
};

static void indent(int depth)
{
	for (int i = 0; i < depth; i++)
		fputc('\t', definitions);
}

static void print_dimensions(void)
{
	for (unsigned n = 1 + happens(30); n; n--)
		fprintf(definitions, "[%u]", 1 + pick(4));
}

static void print_attributes(void)
{
	if (happens(8))
		fprintf(definitions, " __attribute__((aligned(%u)))", 1u << pick(6));
	if (happens(5))
		fputs(" __attribute__((packed))", definitions);
}

static void assert_offset(int number, const char *path)
{
	fprintf(check,
		"_Static_assert(offsetof(struct s%d, %s) == offsetof(struct t__s%d, %s), \"%s of "
		"s%d\");\n",
		number, path, number, path, path, number);
}

static void check_bits(int number, const char *path)
{
	size_t used = strlen(bodies);

	snprintf(bodies + used, sizeof(bodies) - used, "\tCHECK_BITS(s%d, %s);\n", number, path);
}

static void print_bitfield(int number, const char *path, int depth)
{
	unsigned unit = pick(sizeof(units) / sizeof(units[0]));
	unsigned width = 1 + pick(units[unit].bits);

	indent(depth);
	if (happens(10)) {
		fprintf(definitions, "%s : 0;\n", units[unit].type);
	} else if (happens(12)) {
		fprintf(definitions, "%s : %u;\n", units[unit].type, width);
	} else {
		char full[256];

		snprintf(full, sizeof(full), "%sm%d", path, n_names);
		fprintf(definitions, "%s m%d : %u", units[unit].type, n_names++, width);
		if (happens(5))
			fputs(" __attribute__((packed))", definitions);
		fputs(";\n", definitions);
		check_bits(number, full);
	}
}

static void print_members(int number, const char *path, int depth);

/* A struct or union in place, with a name or without. */
static void print_inner(int number, const char *path, int depth)
{
	bool has_name = happens(50);
	char inner[256];
	int name = has_name ? n_names++ : -1;

	indent(depth);
	fprintf(definitions, "%s {\n", happens(50) ? "struct" : "union");
	if (has_name)
		snprintf(inner, sizeof(inner), "%sm%d.", path, name);
	else
		snprintf(inner, sizeof(inner), "%s", path);
	print_members(number, inner, depth + 1);
	indent(depth);
	fputs("}", definitions);
	if (happens(15))
		fputs(" __attribute__((packed))", definitions);
	if (happens(8))
		fprintf(definitions, " __attribute__((aligned(%u)))", 1u << pick(5));
	if (has_name)
		fprintf(definitions, " m%d", name);
	fputs(";\n", definitions);
}

static void print_plain(int number, const char *path, int depth)
{
	char full[256];
	int other = number ? (int)pick((unsigned)number) : -1;

	indent(depth);
	snprintf(full, sizeof(full), "%sm%d", path, n_names);
	if (happens(6))
		fprintf(definitions, "int (*m%d)(int, void *)", n_names++);
	else if (other >= 0 && happens(8))
		fprintf(definitions, "struct s%d *m%d", other, n_names++);
	else if (other >= 0 && happens(15) && !is_flexible[other])
		fprintf(definitions, "struct s%d m%d", other, n_names++);
	else
		fprintf(definitions, "%s m%d", scalars[pick(sizeof(scalars) / sizeof(scalars[0]))],
			n_names++);
	if (happens(30))
		print_attributes();
	fputs(";\n", definitions);
	assert_offset(number, full);
}

static void print_array(int number, const char *path, int depth)
{
	char full[256];

	indent(depth);
	snprintf(full, sizeof(full), "%sm%d", path, n_names);
	fprintf(definitions, "%s m%d", scalars[pick(sizeof(scalars) / sizeof(scalars[0]))],
		n_names++);
	print_dimensions();
	fputs(";\n", definitions);
	assert_offset(number, full);
}

static void print_members(int number, const char *path, int depth)
{
	unsigned count = 1 + pick(MAX_MEMBERS);

	for (unsigned i = 0; i < count; i++) {
		if (happens(30))
			print_bitfield(number, path, depth);
		else if (depth < MAX_DEPTH && happens(15))
			print_inner(number, path, depth);
		else if (happens(15))
			print_array(number, path, depth);
		else
			print_plain(number, path, depth);
	}
	/* C wants one member with a name. */
	print_plain(number, path, depth);
}

static void print_struct(int number)
{
	char path[256];

	n_names = 0;
	fprintf(definitions, "struct s%d {\n", number);
	print_members(number, "", 1);
	if (happens(5)) {
		is_flexible[number] = true;
		snprintf(path, sizeof(path), "m%d", n_names);
		fprintf(definitions, "\t__u32 m%d[];\n", n_names++);
		assert_offset(number, path);
	}
	fputs("}", definitions);
	if (happens(20))
		fputs(" __attribute__((packed))", definitions);
	if (happens(10))
		fprintf(definitions, " __attribute__((aligned(%u)))", 1u << pick(7));
	fputs(";\n\n", definitions);
	fprintf(program, "BPFBAKE_EXPORT(struct s%d);\n", number);
	fprintf(check, "_Static_assert(sizeof(struct s%d) == sizeof(struct t__s%d), \"s%d\");\n",
		number, number, number);
}

static FILE *create(const char *name)
{
	FILE *file = fopen(name, "w");

	if (!file) {
		perror(name);
		exit(1);
	}
	return file;
}

int main(int argc, char **argv)
{
	int count = argc == 3 ? atoi(argv[1]) : 0;
	char *all = calloc(1, 1 << 22);

	is_flexible = calloc((size_t)count + 1, sizeof(*is_flexible));
	if (count < 1 || !all || !is_flexible) {
		fprintf(stderr, "usage: structs COUNT SEED\n");
		return 2;
	}
	state = strtoull(argv[2], NULL, 0) * 2654435761u + 1;
	definitions = create("structs.h");
	program = create("random.bpf.c");
	check = create("check.c");
	fputs("enum plain { PLAIN_A, PLAIN_B = 9 };\nenum negative { NEGATIVE_A = -7, NEGATIVE_B "
	      "};\n"
	      "enum __attribute__((packed)) small { SMALL_A, SMALL_B = 200 };\n"
	      "typedef const volatile long typedefed_t;\ntypedef struct { char a; int b; } "
	      "pair_t;\n"
	      "/* s390x alone aligns them to 8 bytes. */\n"
	      "typedef __int128 s128_t __attribute__((aligned(16)));\n"
	      "typedef unsigned __int128 u128_t __attribute__((aligned(16)));\n\n",
	      definitions);
	fputs("#include <linux/bpf.h>\n#include <linux/types.h>\n#include <bpf/bpf_helpers.h>\n"
	      "#include <bpfbake.bpf.h>\n#include \"structs.h\"\n"
	      "char LICENSE[] SEC(\"license\") = \"GPL\";\n"
	      "SEC(\"socket\") int nothing(void *context) { return 0; }\n",
	      program);
	fputs("#include <stddef.h>\n#include <string.h>\n#include \"random.skel.h\"\n"
	      "#include \"structs.h\"\n"
	      "/* All ones in the original: so many in the definition that was made from it, and "
	      "no "
	      "other bit. */\n"
	      "#define CHECK_BITS(s, member) do { struct s a; struct t__##s b; \\\n"
	      "\tmemset(&a, 0, sizeof(a)); a.member = (__typeof__(a.member + 0))-1; \\\n"
	      "\tmemcpy(&b, &a, sizeof(b)); \\\n"
	      "\tif (b.member != (__typeof__(b.member + 0))a.member) return __LINE__ % 250 + 1; "
	      "\\\n"
	      "\tb.member = 0; memset(&a, 0, sizeof(a)); \\\n"
	      "\tif (memcmp(&a, &b, sizeof(a))) return __LINE__ % 250 + 1; } while (0)\n",
	      check);
	for (int i = 0; i < count; i++) {
		bodies[0] = '\0';
		print_struct(i);
		strcat(all, bodies);
	}
	fprintf(check, "int main(void)\n{\n%s\treturn 0;\n}\n", all);
	free(all);
	free(is_flexible);
	return fclose(definitions) || fclose(program) || fclose(check);
}
