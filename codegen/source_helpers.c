/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which function a call is of. A helper is a pointer whose value is the helper's number, so that it
 * may have any name:
 *
 *	static int (*send)(void *ctx, …) = (void *)BPF_FUNC_perf_event_output;
 */
#include "bug.h"
#include "source_flow.h"

/* enum bpf_func_id of linux/bpf.h, as far as it matters here */
static const struct {
	long long number;
	const char *name;
} helpers[] = {
	{1, "bpf_map_lookup_elem"},
	{25, "bpf_perf_event_output"},
	{111, "bpf_skb_output"},
	{121, "bpf_xdp_output"},
	{130, "bpf_ringbuf_output"},
	{131, "bpf_ringbuf_reserve"},
	{195, "bpf_map_lookup_percpu_elem"},
	{198, "bpf_ringbuf_reserve_dynptr"},
	{201, "bpf_dynptr_read"},
	{202, "bpf_dynptr_write"},
	{203, "bpf_dynptr_data"},
	{209, "bpf_user_ringbuf_drain"},
};

CXCursor source_flow_strip(struct source_reader *reader, CXCursor cursor)
{
	while (cursor.kind == CLANG_UNEXPOSED || cursor.kind == CLANG_PARENTHESES ||
	       cursor.kind == CLANG_CAST) {
		struct source_children children = source_children(reader, cursor);

		if (!children.count)
			break;
		/* A cast's type stands first. */
		cursor = children.items[children.count - 1];
	}
	return cursor;
}

long long source_flow_number(struct source_reader *reader, CXCursor cursor)
{
	const struct clang_library *clang = reader->clang;
	void *result = clang->Cursor_Evaluate(cursor);
	long long value = -1;

	if (result && clang->EvalResult_getKind(result) == CLANG_EVAL_INT)
		value = clang->EvalResult_getAsLongLong(result);
	if (result)
		clang->EvalResult_dispose(result);
	return value;
}

const char *source_flow_callee(struct source_reader *reader, CXCursor call)
{
	struct source_children children = source_children(reader, call);
	CXCursor declaration;
	long long number;

	if (!children.count)
		return "";
	declaration = source_flow_strip(reader, children.items[0]);
	if (declaration.kind != CLANG_REFERENCE)
		return "";
	declaration = reader->clang->getCursorReferenced(declaration);
	children = source_children(reader, declaration);
	if (declaration.kind == CLANG_VARIABLE && children.count) {
		number = source_flow_number(
			reader, source_flow_strip(reader, children.items[children.count - 1]));
		for (size_t i = 0; i < ARRAY_SIZE(helpers); i++) {
			if (helpers[i].number == number)
				return helpers[i].name;
		}
	}
	return source_name(reader, declaration);
}
