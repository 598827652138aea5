/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_order.h"

#include <bpf/btf.h>
#include <string.h>

#include "test.h"

#define FIRST_DECLARATION 7

/*
 * A struct with pointers to struct a, union a and struct b, a function and an array of them, all of
 * which are declared in the order that `order` says.
 */
static struct btf *make(const char *order)
{
	static const enum btf_fwd_kind kinds[] = {BTF_FWD_STRUCT, BTF_FWD_UNION, BTF_FWD_STRUCT};
	static const char *const names[] = {"a", "a", "b"};
	struct btf *btf = btf__new_empty();
	int ids[3];

	for (int i = 0; i < 3; i++)
		ids[order[i] - '0'] = FIRST_DECLARATION + i;
	for (int i = 0; i < 3; i++)
		assert_int_equal(btf__add_ptr(btf, ids[i]), i + 1);
	assert_int_equal(btf__add_struct(btf, "s", 24), 4);
	for (int i = 0; i < 3; i++)
		assert_int_equal(btf__add_field(btf, "m", i + 1, (__u32)i * 64, 0), 0);
	assert_int_equal(btf__add_func_proto(btf, ids[1]), 5);
	assert_int_equal(btf__add_func_param(btf, "x", ids[2]), 0);
	assert_int_equal(btf__add_const(btf, ids[0]), 6);
	for (int i = 0; i < 3; i++)
		assert_int_equal(btf__add_fwd(btf, names[order[i] - '0'], kinds[order[i] - '0']),
				 FIRST_DECLARATION + i);
	assert_int_equal(btf__add_int(btf, "int", 4, 0), 10);
	assert_int_equal(btf__add_array(btf, 10, ids[2], 3), 11);
	return btf;
}

static struct btf *in_order(struct arena *arena, const struct btf *btf)
{
	struct btf_order order = btf_order_find(arena, btf);
	struct btf *result = btf__new_empty();

	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, order.old ? order.old[id] : id);

		assert_int_equal(btf__add_type(result, btf, type), id);
		if (order.new)
			btf_order_apply(&order, (struct btf_type *)btf__type_by_id(result, id));
	}
	return result;
}

static void declarations_come_in_one_order(void **state)
{
	static const char *const orders[] = {"012", "021", "102", "120", "201", "210"};
	struct arena arena = ARENA_INIT;
	const void *first = NULL;
	struct btf *all[6];
	__u32 size = 0;

	(void)state;
	for (int i = 0; i < 6; i++) {
		struct btf *btf = make(orders[i]);
		const void *data;

		assert_int_equal(btf_order_find(&arena, btf).old == NULL, i == 0);
		all[i] = in_order(&arena, btf);
		data = btf__raw_data(all[i], &size);
		first = first ? first : data;
		assert_memory_equal(first, data, size);
		btf__free(btf);
	}
	for (int i = 0; i < 6; i++)
		btf__free(all[i]);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(declarations_come_in_one_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
