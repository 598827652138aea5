/* SPDX-License-Identifier: BSD-2-Clause */
/* The typed accessors of hash and array maps, each verb on each kind that has it. */
#include <unistd.h>

#include "kernel.h"
#include "maps.skel.h"

static void hash(const struct maps *skel)
{
	struct maps__pair key = {.a = 1, .b = 2}, value = {.a = 3, .b = 4}, other = {.a = 9};
	struct maps__pair found = {0}, next;

	CHECK(maps__hash__lookup(skel, &key, &found) == -ENOENT);
	CHECK(maps__hash__next_key(skel, NULL, &next) == -ENOENT);
	CHECK(maps__hash__update(skel, &key, &value, BPF_EXIST) == -ENOENT);
	CHECK(maps__hash__update(skel, &key, &value, BPF_NOEXIST) == 0);
	CHECK(maps__hash__update(skel, &key, &value, BPF_NOEXIST) == -EEXIST);
	CHECK(maps__hash__lookup(skel, &key, &found) == 0);
	EQUAL(found.a, 3);
	EQUAL(found.b, 4);
	CHECK(maps__hash__update(skel, &other, &value, BPF_ANY) == 0);
	CHECK(maps__hash__next_key(skel, NULL, &next) == 0);
	CHECK(next.a == 1 || next.a == 9);
	CHECK(maps__hash__next_key(skel, &next, &next) == 0);
	CHECK(maps__hash__next_key(skel, &next, &next) == -ENOENT);
	CHECK(maps__hash__delete(skel, &key) == 0);
	CHECK(maps__hash__delete(skel, &key) == -ENOENT);
	CHECK(maps__hash__lookup(skel, &other, &found) == 0);
}

static void by_descriptor(const struct maps *skel)
{
	int fd = dup(bpf_map__fd(skel->maps.lru));
	__u64 key = 7, next;
	__u8 value[16] = "fifteen letters", found[16];

	CHECK(maps__lru__update_fd(fd, &key, value, BPF_ANY) == 0);
	CHECK(maps__lru__lookup_fd(fd, &key, found) == 0);
	CHECK(!memcmp(value, found, sizeof(value)));
	CHECK(maps__lru__next_key_fd(fd, NULL, &next) == 0 && next == 7);
	CHECK(maps__lru__delete_fd(fd, &key) == 0);
	CHECK(maps__lru__lookup(skel, &key, found) == -ENOENT);
	close(fd);
	CHECK(maps__lru__lookup_fd(fd, &key, found) == -EBADF);
}

static void lpm(const struct maps *skel)
{
	struct maps__lpm_key net = {.prefixlen = 8, .address = {10}};
	struct maps__lpm_key host = {.prefixlen = 32, .address = {10, 1, 2, 3}};
	__u32 value = 5, found = 0;

	CHECK(maps__lpm__update(skel, &net, &value, BPF_ANY) == 0);
	CHECK(maps__lpm__lookup(skel, &host, &found) == 0 && found == 5);
	CHECK(maps__lpm__delete(skel, &net) == 0);
}

/* Never lets the walk find the key that comes next: another one is there each time. */
static int replace_the_other(void *ctx, const struct maps__lpm_key *key, const __u32 *value)
{
	const struct maps *skel = ctx;
	struct maps__lpm_key next, fresh = {.prefixlen = 32, .address = {10, 0, 0, 0}};
	static unsigned char last = 1;

	while (!maps__lpm__next_key(skel, NULL, &next))
		CHECK(!maps__lpm__delete(skel, &next));
	fresh.address[3] = ++last;
	CHECK(!maps__lpm__update(skel, &fresh, value, BPF_ANY));
	fresh.address[3] = ++last;
	CHECK(!maps__lpm__update(skel, &fresh, value, BPF_ANY));
	CHECK(key->prefixlen == 32);
	return 0;
}

static int delete_it(void *ctx, const struct maps__lpm_key *key, const __u32 *value)
{
	(void)value;
	return maps__lpm__delete(ctx, key);
}

static void walk_by_keys(struct maps *skel)
{
	struct maps__lpm_key key = {.prefixlen = 32, .address = {10, 0, 0, 0}};
	__u32 value = 1;

	for (unsigned char i = 0; i < 2; i++) {
		key.address[3] = i;
		CHECK(!maps__lpm__update(skel, &key, &value, BPF_ANY));
	}
	CHECK(maps__lpm__for_each(skel, replace_the_other, skel) == -EAGAIN);
	CHECK(maps__lpm__for_each(skel, delete_it, skel) == 2);
	CHECK(maps__lpm__for_each(skel, delete_it, skel) == 0);
	CHECK(maps__lpm__for_each_fd(-1, delete_it, skel) < 0);
}

static void array(const struct maps *skel)
{
	struct maps__pair value = {.a = 6, .b = 7}, found = {.a = 1};
	__u32 next;

	CHECK(maps__array__lookup(skel, 3, &found) == 0 && !found.a);
	CHECK(maps__array__update(skel, 3, &value, BPF_ANY) == 0);
	CHECK(maps__array__lookup(skel, 3, &found) == 0 && found.b == 7);
	CHECK(maps__array__update(skel, 4, &value, BPF_ANY) == -E2BIG);
	CHECK(maps__array__lookup(skel, 4, &found) == -ENOENT);
	CHECK(maps__array__next_key(skel, NULL, &next) == 0 && next == 0);
	CHECK(maps__array__next_key(skel, &next, &next) == 0 && next == 1);
}

static void untyped(const struct maps *skel)
{
	char key[6] = "six bt", value[10] = "ten bytes", found[10];
	unsigned char three[3] = {1, 2, 3}, got[3];

	CHECK(maps__untyped__update(skel, key, value, BPF_ANY) == 0);
	CHECK(maps__untyped__lookup(skel, key, found) == 0);
	CHECK(!memcmp(value, found, sizeof(value)));
	CHECK(maps__untyped_array__update(skel, 1, three, BPF_ANY) == 0);
	CHECK(maps__untyped_array__lookup(skel, 1, got) == 0 && got[2] == 3);
}

int main(void)
{
	struct maps *skel;

	need_bpf();
	skel = maps__open();
	CHECK(skel);
	CHECK(!bpf_map__set_pin_path(skel->maps.pinned, NULL));
	CHECK(!maps__load(skel));
	RUN(hash, skel);
	RUN(by_descriptor, skel);
	RUN(lpm, skel);
	RUN(walk_by_keys, skel);
	RUN(array, skel);
	RUN(untyped, skel);
	maps__destroy(skel);
	maps__destroy(NULL);
	return end_of_test();
}
