/* SPDX-License-Identifier: BSD-2-Clause */
/* "objects": how the bytes of each one come into the program. */
#include <string.h>
#include <zlib.h>

#include "bug.h"
#include "c_literal.h"
#include "view.h"

const char *view_literal(struct view *view, struct bytes bytes)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	/* Most bytes of an object are zero: two characters. */
	strbuf_reserve(&text, bytes.size * 3);
	c_literal_bytes(&text, bytes, "\t\t");
	result = view_chomp(view->arena, arena_strndup(view->arena, text.text, text.length));
	strbuf_release(&text);
	return result;
}

static struct bytes compress_bytes(struct view *view, struct bytes bytes)
{
	uLong size = compressBound(bytes.size);
	unsigned char *packed = ARENA_ARRAY(view->arena, unsigned char, size);

	if (compress2(packed, &size, bytes.data, bytes.size, Z_BEST_COMPRESSION) != Z_OK)
		BUG("zlib: no room");
	return (struct bytes){packed, size};
}

/* For the assembler, in a string of C: "\t.incbin \"conns_bpfel.o\"\n". */
static const char *incbin(struct arena *arena, const char *file)
{
	struct strbuf text = STRBUF_INIT;
	const char *result;

	strbuf_add_string(&text, "\t.incbin \"");
	for (; *file; file++) {
		if (strchr("\\\"", *file))
			strbuf_add_char(&text, '\\');
		strbuf_add_char(&text, *file);
	}
	strbuf_add_string(&text, "\"\n");
	result = c_literal_string(arena, text.text);
	strbuf_release(&text);
	return result;
}

static void add_object(struct view *view, struct value *list, size_t index)
{
	const struct model_variant *variant = &view->set->variants[index];
	const struct header_options *options = view->options;
	struct arena *arena = view->arena;
	struct value *object = value_append(list, arena, value_object(arena));
	struct bytes bytes =
		options->is_compressed ? compress_bytes(view, variant->object) : variant->object;
	bool is_bpftool = options->face == HEADER_BPFTOOL;

	value_set_string(object, arena, "target", variant->target);
	value_set_string(object, arena, "byte_order",
			 variant->model->byte_order == BYTE_ORDER_BIG ? "big" : "little");
	value_set_integer(object, arena, "size", (long long)variant->object.size);
	value_set_integer(object, arena, "packed_size", (long long)bytes.size);
	value_set_string(object, arena, "open",
			 is_bpftool ? ""
				    : arena_printf(arena, "#%sif %s", index ? "el" : "",
						   variant->condition));
	if (options->embed == HEADER_EMBED_LITERAL && !options->is_light)
		value_set_string(object, arena, "literal", view_literal(view, bytes));
	if (options->embed == HEADER_EMBED_INCBIN)
		value_set_string(object, arena, "incbin", incbin(arena, variant->file));
	if (options->embed == HEADER_EMBED_C23)
		value_set_string(object, arena, "file", variant->file);
}

/* #embed has no way to say these. */
static int check_file(struct view *view, const char *file)
{
	if (view->options->embed != HEADER_EMBED_C23 || !strpbrk(file, "\"\n"))
		return 0;
	return diag_error(view->diag, file,
			  "cannot be named by #embed; choose another name with -output-stem, or "
			  "-embed literal");
}

int view_add_objects(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "objects", value_list(arena));
	const struct header_options *options = view->options;
	bool needs_zlib =
		options->is_compressed || value_is_true(value_get(view->root, "has_btfs"));
	bool is_bpftool = options->face == HEADER_BPFTOOL;

	for (size_t i = 0; i < view->n_variants; i++) {
		if (check_file(view, view->set->variants[i].file))
			return -1;
		add_object(view, list, i);
	}
	value_set_boolean(view->root, arena, "is_split", options->is_split);
	value_set_boolean(view->root, arena, "has_literals",
			  options->embed == HEADER_EMBED_LITERAL);
	value_set_boolean(view->root, arena, "needs_zlib", needs_zlib);
	value_set_boolean(view->root, arena, "includes_zlib", needs_zlib && !options->is_split);
	value_set_boolean(view->root, arena, "is_compressed", options->is_compressed);
	value_set_boolean(view->root, arena, "is_incbin", options->embed == HEADER_EMBED_INCBIN);
	value_set_boolean(view->root, arena, "is_embedded", options->embed == HEADER_EMBED_C23);
	value_set_string(view->root, arena, "objects_else",
			 is_bpftool
				 ? ""
				 : arena_printf(arena,
						"#else\n#error \"%s has no object for this host: "
						"name its target with bpfbake -target\"\n#endif",
						view->name));
	return 0;
}
