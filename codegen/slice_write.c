/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types as a header, in the words of `bpftool btf dump file … format c`. What older libbpfs than
 * bpftool's newest say otherwise is mended here: attributes that BTF has as type tags with a flag,
 *
 *	void __attribute__((btf_type_tag("address_space(1)"))) *page
 *
 * and functions without parameters, which are "f(void)".
 */
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_query.h"
#include "slice.h"
#include "strmap.h"

struct writer {
	struct arena arena;
	struct strbuf *out;
	const struct btf *btf;
	struct btf_dump *dump;
	struct strmap attributes; /* type tags that stand for themselves */
	bool is_slice;
};

struct kfunc {
	const char *name;
	uint32_t id, proto;
	bool is_fast;
};

static const char head[] =
	"#ifndef __VMLINUX_H__\n"
	"#define __VMLINUX_H__\n"
	"\n"
	"#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
	"#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)\n"
	"#endif\n"
	"\n"
	"#ifndef __ksym\n"
	"#define __ksym __attribute__((section(\".ksyms\")))\n"
	"#endif\n"
	"\n"
	"#ifndef __weak\n"
	"#define __weak __attribute__((weak))\n"
	"#endif\n"
	"\n"
	"#ifndef __bpf_fastcall\n"
	"#if __has_attribute(bpf_fastcall)\n"
	"#define __bpf_fastcall __attribute__((bpf_fastcall))\n"
	"#else\n"
	"#define __bpf_fastcall\n"
	"#endif\n"
	"#endif\n"
	"\n";

static const char tail[] = "#ifndef BPF_NO_PRESERVE_ACCESS_INDEX\n"
			   "#pragma clang attribute pop\n"
			   "#endif\n"
			   "\n"
			   "#endif /* __VMLINUX_H__ */\n";

/* `text` is all that btf_dump says of a tag. */
static void mend_tag(struct writer *writer, size_t start)
{
	static const char before[] = "btf_type_tag(\"";
	const char *tag = strstr(writer->out->text + start, before), *name;

	if (!tag)
		return;
	tag += strlen(before);
	name = arena_strndup(&writer->arena, tag, strcspn(tag, "\""));
	if (!strmap_get(&writer->attributes, name))
		return;
	strbuf_truncate(writer->out, start);
	strbuf_add_format(writer->out, " __attribute__((%s))", name);
}

/* Padding is bitfields, which clang 14 takes together to one number of many bits, aligned to more
 * than any that a program can load: bpf_core_field_size() of a bitfield in that struct is an error
 * then. */
static void break_padding(struct writer *writer, size_t start)
{
	const char *text = writer->out->text + start;

	if (!strcmp(text + strspn(text, "\n\t"), "long: 64;"))
		strbuf_add_string(writer->out, " long: 0;");
}

__attribute__((format(printf, 2, 0))) static void add_text(void *context, const char *format,
							   va_list arguments)
{
	struct writer *writer = context;
	size_t start = writer->out->length;

	strbuf_add_vformat(writer->out, format, arguments);
	if (writer->attributes.count)
		mend_tag(writer, start);
	if (writer->is_slice)
		break_padding(writer, start);
}

static void find_attributes(struct writer *writer)
{
	for (uint32_t id = 1; id < btf__type_cnt(writer->btf); id++) {
		const struct btf_type *type = btf__type_by_id(writer->btf, id);

		if (btf_kind(type) == BTF_KIND_TYPE_TAG && btf_kflag(type))
			*strmap_at(&writer->attributes, &writer->arena,
				   btf_query_type_name(writer->btf, id)) = writer;
	}
}

static int compare_names(const void *a, const void *b)
{
	const struct kfunc *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void mark_fast(struct writer *writer, struct kfunc *kfuncs, size_t count)
{
	uint32_t n_types = btf__type_cnt(writer->btf);
	bool *is_fast = ARENA_ARRAY(&writer->arena, bool, n_types);

	for (uint32_t id = 1; id < n_types; id++) {
		const struct btf_type *type = btf__type_by_id(writer->btf, id);

		if (btf_query_is_function_tag(writer->btf, type, BTF_FASTCALL_TAG))
			is_fast[type->type] = true;
	}
	for (size_t i = 0; i < count; i++)
		kfuncs[i].is_fast = is_fast[kfuncs[i].id];
}

/* By name. */
static struct kfunc *find_kfuncs(struct writer *writer, size_t *count)
{
	struct kfunc *kfuncs = NULL;

	for (uint32_t id = 1; id < btf__type_cnt(writer->btf); id++) {
		const struct btf_type *type = btf__type_by_id(writer->btf, id);
		struct kfunc *kfunc;

		if (!btf_query_is_function_tag(writer->btf, type, BTF_KFUNC_TAG))
			continue;
		kfunc = ARENA_PUSH(&writer->arena, kfuncs, *count);
		kfunc->id = type->type;
		kfunc->name = btf_query_type_name(writer->btf, type->type);
		kfunc->proto = btf__type_by_id(writer->btf, type->type)->type;
	}
	if (!*count)
		return NULL;
	mark_fast(writer, kfuncs, *count);
	qsort(kfuncs, *count, sizeof(*kfuncs), compare_names);
	return kfuncs;
}

static int write_kfunc(struct writer *writer, const struct kfunc *kfunc)
{
	LIBBPF_OPTS(btf_dump_emit_type_decl_opts, options, .field_name = kfunc->name);
	struct strbuf *out = writer->out;

	strbuf_add_string(out, kfunc->is_fast ? "extern __bpf_fastcall " : "extern ");
	if (btf_dump__emit_type_decl(writer->dump, kfunc->proto, &options) < 0)
		return -1;
	if (!strcmp(out->text + out->length - 2, "()")) {
		strbuf_truncate(out, out->length - 2);
		strbuf_add_string(out, "(void)");
	}
	strbuf_add_string(out, " __weak __ksym;\n");
	return 0;
}

static int write_kfuncs(struct writer *writer)
{
	size_t count = 0;
	const struct kfunc *kfuncs = find_kfuncs(writer, &count);
	int result = 0;

	if (!count)
		return 0;
	strbuf_add_string(writer->out, "\n/* BPF kfuncs */\n#ifndef BPF_NO_KFUNC_PROTOTYPES\n");
	for (size_t i = 0; i < count && !result; i++)
		result = write_kfunc(writer, &kfuncs[i]);
	strbuf_add_string(writer->out, "#endif\n\n");
	return result;
}

int slice_write_types(struct strbuf *out, const struct btf *btf, bool is_slice)
{
	struct writer writer = {.arena = ARENA_INIT, .out = out, .btf = btf, .is_slice = is_slice};
	uint32_t count = btf__type_cnt(btf);
	int result;

	writer.dump = btf_dump__new(btf, add_text, &writer, NULL);
	result = libbpf_get_error(writer.dump) ? -1 : 0;
	find_attributes(&writer);
	strbuf_add_string(out, head);
	for (uint32_t id = 1; id < count && !result; id++)
		result = btf_dump__dump_type(writer.dump, id) < 0 ? -1 : 0;
	if (!result)
		result = write_kfuncs(&writer);
	strbuf_add_string(out, tail);
	btf_dump__free(writer.dump);
	arena_release(&writer.arena);
	return result;
}

int slice_write_all(struct strbuf *out, const struct btf *btf)
{
	return slice_write_types(out, btf, false);
}
