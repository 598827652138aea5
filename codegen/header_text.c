/* SPDX-License-Identifier: BSD-2-Clause */
/* As templates/bytes.mustache writes the bytes: between a line that declares them and a semicolon.
 */
#include "header_text.h"

#include <string.h>
#include <zlib.h>

#include "bug.h"
#include "strbuf.h"

#define DATA_START   "\tstatic const char data[] "
#define DATA_END     "\t\t;"
#define MADE_START   "Made by bpfbake "
#define COMMENT_LINE " *"
#define COMMENT_END  " */"

/* Lines that follow from others: the size of compressed bytes, the fingerprint of a type. */
static const char *const derived[] = {
	"\tconst size_t size = ",
	"#define BPFBAKE_TYPE_",
	"#elif BPFBAKE_TYPE_",
};

/* Lines of a difference that are shown, and lines in which both go on alike. */
enum { MAX_LINES = 4, MAX_LOOK_AHEAD = 300 };

static unsigned read_octal(const char **text)
{
	unsigned value = 0;

	for (int i = 0; i < 3 && **text >= '0' && **text <= '7'; i++)
		value = value * 8 + (unsigned)(*(*text)++ - '0');
	return value;
}

/* The escapes that c_literal_bytes writes. */
static char read_escape(const char **text)
{
	static const char names[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
	const char *name;

	if (**text >= '0' && **text <= '7')
		return (char)read_octal(text);
	name = **text ? strchr(names, **text) : NULL;
	return name ? (*text)++, values[name - names] : *(*text)++;
}

static void read_literal(struct strbuf *out, const char *text)
{
	text += strcspn(text, "\"");
	text += *text == '"';
	while (*text && *text != '"') {
		char c = *text++;

		if (c == '\\' && *text)
			c = read_escape(&text);
		strbuf_add_char(out, c);
	}
}

static void end_object(struct header_text *text, struct arena *arena, struct strbuf *bytes)
{
	if (!bytes->length)
		return;
	*ARENA_PUSH(arena, text->objects, text->n_objects) = (struct bytes){
		arena_memdup(arena, bytes->text, bytes->length),
		bytes->length,
	};
	strbuf_truncate(bytes, 0);
}

static void read_line(struct header_text *text, struct arena *arena, const char *line,
		      unsigned number)
{
	for (size_t i = 0; i < ARRAY_SIZE(derived); i++) {
		if (!strncmp(line, derived[i], strlen(derived[i])))
			return;
	}
	text->has_begun |= !strcmp(line, COMMENT_END);
	if (text->has_begun || strncmp(line, COMMENT_LINE, strlen(COMMENT_LINE)) != 0)
		*ARENA_PUSH(arena, text->lines, text->n_lines) = (struct header_line){line, number};
	else if (strstr(line, MADE_START))
		text->made_by = strstr(line, MADE_START);
}

void header_text_read(struct header_text *text, struct arena *arena, struct bytes bytes)
{
	const char *at = (const char *)bytes.data, *end = at + bytes.size;
	struct strbuf object = STRBUF_INIT;
	bool is_data = false;

	*text = (struct header_text){.made_by = ""};
	for (unsigned number = 1; at < end; number++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		const char *line = arena_strndup(arena, at, (size_t)(stop - at));

		if (is_data && strcmp(line, DATA_END) != 0) {
			read_literal(&object, line);
		} else {
			end_object(text, arena, &object);
			read_line(text, arena, line, number);
			is_data = !strncmp(line, DATA_START, strlen(DATA_START));
		}
		at = stop + 1;
	}
	end_object(text, arena, &object);
	strbuf_release(&object);
}

struct bytes header_text_inflate(struct arena *arena, struct bytes packed)
{
	z_stream stream = {.next_in = (unsigned char *)packed.data, .avail_in = (uInt)packed.size};
	struct strbuf text = STRBUF_INIT;
	struct bytes result = {0};
	unsigned char room[1 << 14];
	int status = inflateInit(&stream);

	while (status == Z_OK) {
		stream.next_out = room;
		stream.avail_out = sizeof(room);
		status = inflate(&stream, Z_NO_FLUSH);
		strbuf_add(&text, room, sizeof(room) - stream.avail_out);
	}
	inflateEnd(&stream);
	if (status == Z_STREAM_END)
		result = (struct bytes){arena_memdup(arena, text.text, text.length), text.length};
	strbuf_release(&text);
	return result;
}

/* Where both go on alike: how many lines of each are skipped to get there. */
static void find_common(const struct header_text *a, size_t i, const struct header_text *b,
			size_t j, size_t *skip_a, size_t *skip_b)
{
	for (size_t sum = 1; sum < MAX_LOOK_AHEAD; sum++) {
		for (size_t x = 0; x <= sum; x++) {
			size_t y = sum - x;

			if (i + x < a->n_lines && j + y < b->n_lines && *a->lines[i + x].text &&
			    !strcmp(a->lines[i + x].text, b->lines[j + y].text)) {
				*skip_a = x;
				*skip_b = y;
				return;
			}
		}
	}
	*skip_a = a->n_lines - i;
	*skip_b = b->n_lines - j;
}

/* Without the lines at its end that are the same. */
static void trim_common(const struct header_text *a, size_t i, size_t *skip_a,
			const struct header_text *b, size_t j, size_t *skip_b)
{
	while (*skip_a && *skip_b &&
	       !strcmp(a->lines[i + *skip_a - 1].text, b->lines[j + *skip_b - 1].text)) {
		--*skip_a;
		--*skip_b;
	}
}

static void add_lines(struct strbuf *out, char mark, const struct header_text *text, size_t first,
		      size_t count)
{
	size_t shown = count > MAX_LINES ? MAX_LINES : count;

	for (size_t i = 0; i < shown; i++)
		strbuf_add_format(out, "\n  %c%s", mark, text->lines[first + i].text);
	if (shown < count)
		strbuf_add_format(out, "\n  %c… %zu more lines", mark, count - shown);
}

bool header_text_compare(struct strvec *differences, struct arena *arena, const char *path,
			 const struct header_text *theirs, const struct header_text *ours,
			 size_t max_places)
{
	size_t i = 0, j = 0, n_places = 0;

	while (i < theirs->n_lines || j < ours->n_lines) {
		struct strbuf text = STRBUF_INIT;
		size_t skip_i, skip_j;

		if (i < theirs->n_lines && j < ours->n_lines &&
		    !strcmp(theirs->lines[i].text, ours->lines[j].text)) {
			i++, j++;
			continue;
		}
		find_common(theirs, i, ours, j, &skip_i, &skip_j);
		trim_common(theirs, i, &skip_i, ours, j, &skip_j);
		if (n_places++ < max_places) {
			strbuf_add_format(&text, "%s:%u: is not what the source gives now", path,
					  i < theirs->n_lines ? theirs->lines[i].number
					  : theirs->n_lines   ? theirs->lines[i - 1].number
							      : 1);
			add_lines(&text, '-', theirs, i, skip_i);
			add_lines(&text, '+', ours, j, skip_j);
			strvec_push(differences, arena, text.text);
		}
		strbuf_release(&text);
		i += skip_i;
		j += skip_j;
	}
	if (n_places > max_places)
		strvec_push_format(differences, arena, "%s: %zu more places differ", path,
				   n_places - max_places);
	return n_places > 0;
}
