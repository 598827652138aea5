/* SPDX-License-Identifier: BSD-2-Clause */
#include "header.h"

#include <string.h>

#include "templates.h"

static bool load_template(void *context, const char *name, const char **text, size_t *length)
{
	size_t low = 0, high = template_count;

	(void)context;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(name, template_texts[middle].name);

		if (!order) {
			*text = template_texts[middle].text;
			*length = strlen(*text);
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static const struct mustache_loader loader = {.load = load_template};

int header_render_template(struct strbuf *out, struct arena *arena, struct diag *diag,
			   const char *path, struct bytes text, const struct value *view)
{
	return mustache_render(out, arena, diag, path, (const char *)text.data, text.size, view,
			       &loader);
}

struct bytes header_bpf_side(void)
{
	struct bytes text = {0};
	const char *start = "";

	load_template(NULL, "bpfbake.bpf.h", &start, &text.size);
	text.data = (const unsigned char *)start;
	return text;
}

static bool is_light(const struct value *view)
{
	return value_is_true(value_get(view, "is_light"));
}

static int render(struct strbuf *out, struct arena *arena, struct diag *diag, const char *name,
		  const struct value *view)
{
	struct bytes text = {0};
	const char *start = NULL;

	load_template(NULL, name, &start, &text.size);
	text.data = (const unsigned char *)start;
	return header_render_template(out, arena, diag, name, text, view);
}

int header_render(struct strbuf *out, struct arena *arena, struct diag *diag,
		  const struct value *view)
{
	return render(out, arena, diag, is_light(view) ? "light.h" : "skeleton.h", view);
}

int header_render_subskeleton(struct strbuf *out, struct arena *arena, struct diag *diag,
			      const struct value *view)
{
	return render(out, arena, diag, "subskeleton.h", view);
}

int header_render_bytes(struct strbuf *out, struct arena *arena, struct diag *diag,
			const struct value *view)
{
	return render(out, arena, diag, is_light(view) ? "light.c" : "skeleton.c", view);
}

int header_render_graph(struct strbuf *out, struct arena *arena, struct diag *diag,
			const struct value *view)
{
	return render(out, arena, diag, "graph", value_get(view, "graph"));
}
