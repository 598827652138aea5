/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "nearest.h"

struct option_reader {
	const struct option_table *table;
	struct arena *arena;
	struct diag *diag;
	void *values;
	bool *is_set; /* by index in the table */
};

static const struct option_spec *find(const struct option_table *table, const char *name,
				      size_t length)
{
	for (size_t i = 0; i < table->count; i++) {
		if (!strncmp(table->specs[i].name, name, length) && !table->specs[i].name[length])
			return &table->specs[i];
	}
	return NULL;
}

static bool looks_like_clangs(const char *name)
{
	return strchr("DIUWOf", name[0]) || !strncmp(name, "std", 3) ||
	       !strncmp(name, "isystem", 7) || !strncmp(name, "include", 7) ||
	       !strncmp(name, "mcpu", 4);
}

static int unknown(struct option_reader *reader, const char *word, const char *name, size_t length)
{
	const char *wanted = arena_strndup(reader->arena, name, length);
	struct nearest nearest = nearest_init(wanted);

	for (size_t i = 0; i < reader->table->count; i++)
		if (reader->table->specs[i].help)
			nearest_offer(&nearest, reader->table->specs[i].name);
	if (nearest.best)
		return diag_error(reader->diag, NULL, "unknown option '%s'; did you mean '-%s'?",
				  word, nearest.best);
	if (looks_like_clangs(wanted))
		return diag_error(reader->diag, NULL,
				  "unknown option '%s'; flags for clang stand behind '--'", word);
	return diag_error(reader->diag, NULL, "unknown option '%s'; see bpfbake --help", word);
}

bool options_parse_boolean(const char *text, bool *value)
{
	static const char *const words[][2] = {
		{"1", "0"},        {"t", "f"},        {"T", "F"},
		{"true", "false"}, {"TRUE", "FALSE"}, {"True", "False"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		if (!strcmp(text, words[i][0]) || !strcmp(text, words[i][1])) {
			*value = !strcmp(text, words[i][0]);
			return true;
		}
	}
	return false;
}

/* `source` names where the text comes from: "-j", "$V". */
static int set(struct option_reader *reader, const struct option_spec *spec, const char *source,
	       const char *text)
{
	void *place = (char *)reader->values + spec->offset;
	unsigned long number;
	char *end;

	reader->is_set[spec - reader->table->specs] = true;
	switch (spec->kind) {
	case OPTION_FLAG:
		if (!text)
			*(bool *)place = true;
		else if (!options_parse_boolean(text, place))
			return diag_error(reader->diag, NULL,
					  "%s is '%s', which is neither true nor false", source,
					  text);
		return 0;
	case OPTION_STRING:
		*(const char **)place = text;
		return 0;
	case OPTION_LIST:
		strvec_push(place, reader->arena, text);
		return 0;
	case OPTION_COUNT:
		number = strtoul(text, &end, 10);
		if (end == text || *end || text[0] == '-' || number < 1 || number > INT_MAX)
			return diag_error(reader->diag, NULL,
					  "%s is '%s', which is no number of at least 1", source,
					  text);
		*(unsigned *)place = (unsigned)number;
		return 0;
	}
	BUG("option kind %d", (int)spec->kind);
}

/* One option, whose value may be the next word: the number of words that it takes, or -1. */
static int read_option(struct option_reader *reader, char *const *argv)
{
	const char *word = argv[0], *name = word + 1 + (word[1] == '-');
	size_t length = strcspn(name, "=");
	const struct option_spec *spec = find(reader->table, name, length);
	const char *source, *value = name[length] ? name + length + 1 : NULL;
	bool takes_next;

	if (!spec)
		return unknown(reader, word, name, length);
	source = arena_printf(reader->arena, "-%s", spec->name);
	takes_next = !value && spec->kind != OPTION_FLAG;
	if (takes_next && !argv[1])
		return diag_error(reader->diag, NULL, "%s needs a value: -%s %s", source,
				  spec->name, spec->argument);
	if (set(reader, spec, source, takes_next ? argv[1] : value))
		return -1;
	return takes_next ? 2 : 1;
}

/* V is a word that others read too: "V=2" is no mistake. */
static bool is_usable(const struct option_spec *spec, const char *value)
{
	bool ignored;

	return spec->kind != OPTION_FLAG || options_parse_boolean(value, &ignored);
}

static int read_environment(struct option_reader *reader)
{
	for (size_t i = 0; i < reader->table->count; i++) {
		const struct option_spec *spec = &reader->table->specs[i];

		for (size_t j = 0; j < ARRAY_SIZE(spec->environment) && !reader->is_set[i]; j++) {
			const char *name = spec->environment[j];
			const char *value = name ? getenv(name) : NULL;

			/* An empty one gives the default, and hides the next. */
			if (value && !*value)
				break;
			if (value && is_usable(spec, value) &&
			    set(reader, spec, arena_printf(reader->arena, "$%s", name), value))
				return -1;
		}
	}
	return 0;
}

int options_parse(const struct option_table *table, struct arena *arena, struct diag *diag,
		  char *const *argv, void *values, struct strvec *words, struct strvec *rest)
{
	struct option_reader reader = {
		.table = table,
		.arena = arena,
		.diag = diag,
		.values = values,
		.is_set = ARENA_ARRAY(arena, bool, table->count),
	};
	bool takes_options = true;

	while (*argv) {
		if (!strcmp(*argv, "--")) {
			argv++;
			if (takes_options && !words->count) {
				takes_options = false;
				continue;
			}
			if (!rest && *argv)
				return diag_error(diag, NULL, "nothing can stand behind '--' here");
			for (; *argv; argv++)
				strvec_push(rest, arena, *argv);
			break;
		}
		if (takes_options && (*argv)[0] == '-' && (*argv)[1]) {
			int taken = read_option(&reader, argv);

			if (taken < 0)
				return -1;
			argv += taken;
		} else {
			strvec_push(words, arena, *argv++);
		}
	}
	return read_environment(&reader);
}
