/* SPDX-License-Identifier: BSD-2-Clause */
/* The accessors of every kind of map, on the kernel. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "kernel.h"
#include "kinds.skel.h"

#define MAX_CPUS 512

static struct kinds *skel;

static struct kinds__odd odd(unsigned char first)
{
	return (struct kinds__odd){.bytes = {first, 2, 3, 4, 5}};
}

static void fill_hash(__u64 count)
{
	for (__u64 key = 0; key < count; key++) {
		struct kinds__odd value = odd((unsigned char)key);

		CHECK(!kinds__hash__update(skel, &key, &value, BPF_ANY));
	}
}

struct walk {
	__u64 seen, sum, stop_at;
	int answer;
};

static int visit_hash(void *ctx, const __u64 *key, const struct kinds__odd *value)
{
	struct walk *walk = ctx;

	CHECK(value->bytes[0] == (unsigned char)*key && value->bytes[4] == 5);
	walk->seen++;
	walk->sum += *key;
	return walk->stop_at && walk->seen == walk->stop_at ? walk->answer : 0;
}

static int delete_hash(void *ctx, const __u64 *key, const struct kinds__odd *value)
{
	(void)ctx, (void)value;
	CHECK(!kinds__hash__delete(skel, key));
	return 0;
}

static void hash_for_each(void)
{
	struct walk walk = {0}, stopped = {.stop_at = 7, .answer = 1};
	struct walk failed = {.stop_at = 7, .answer = -EXDEV};

	fill_hash(300);
	CHECK(kinds__hash__for_each(skel, visit_hash, &walk) == 300);
	CHECK(walk.sum == 299 * 300 / 2);
	CHECK(kinds__hash__for_each(skel, visit_hash, &stopped) == 7);
	CHECK(kinds__hash__for_each(skel, visit_hash, &failed) == -EXDEV);
	CHECK(kinds__hash__for_each(skel, delete_hash, NULL) == 300);
	CHECK(kinds__hash__for_each(skel, visit_hash, &walk) == 0);
}

static void hash_batches(void)
{
	struct kinds__hash__cursor cursor = {0}, again = {0}, take = {0}, small = {0};
	struct kinds__odd values[300];
	__u64 keys[300], sum = 0;
	int got, total = 0;

	for (__u64 i = 0; i < 300; i++) {
		keys[i] = i;
		values[i] = odd((unsigned char)i);
	}
	CHECK(kinds__hash__update_batch(skel, keys, values, 300, BPF_ANY) == 300);
	while ((got = kinds__hash__lookup_batch(skel, &cursor, keys, values, 100)) > 0) {
		for (int i = 0; i < got; i++) {
			CHECK(values[i].bytes[0] == (unsigned char)keys[i]);
			sum += keys[i];
		}
		total += got;
	}
	CHECK(got == 0 && total == 300 && sum == 299 * 300 / 2);
	CHECK(kinds__hash__lookup_batch(skel, &cursor, keys, values, 100) == 0);
	CHECK(kinds__hash__lookup_batch(skel, &small, keys, values, 0) == -EINVAL);
	CHECK(kinds__hash__lookup_batch(skel, &again, keys, values, 300) == 300);
	CHECK(kinds__hash__delete_batch(skel, keys, 200) == 200);
	total = 0;
	while ((got = kinds__hash__lookup_and_delete_batch(skel, &take, keys, values, 60)) > 0)
		total += got;
	CHECK(got == 0 && total == 100);
	CHECK(kinds__hash__next_key(skel, NULL, keys) == -ENOENT);
	/* One bucket holds more than one element. */
	fill_hash(300);
	small = (struct kinds__hash__cursor){0};
	do
		got = kinds__hash__lookup_batch(skel, &small, keys, values, 1);
	while (got > 0);
	CHECK(got == -ENOSPC);
	CHECK(kinds__hash__for_each(skel, delete_hash, NULL) == 300);
}

static void hash_take(void)
{
	struct kinds__odd value = odd(9), got;
	__u64 key = 5;

	CHECK(!kinds__hash__update(skel, &key, &value, BPF_NOEXIST));
	CHECK(!kinds__hash__lookup_and_delete(skel, &key, &got) && got.bytes[0] == 9);
	CHECK(kinds__hash__lookup_and_delete(skel, &key, &got) == -ENOENT);
}

static void locked(void)
{
	struct kinds__locked value = {.count = 4}, got;
	__u32 key = 1;

	CHECK(!kinds__locked__update(skel, &key, &value, BPF_ANY));
	CHECK(!kinds__locked__lookup(skel, &key, &got) && got.count == 4);
	CHECK(!kinds__locked__update_fd(bpf_map__fd(skel->maps.locked), &key, &value, BPF_ANY));
	CHECK(!kinds__locked__lookup_fd(bpf_map__fd(skel->maps.locked), &key, &got));
}

static int visit_array(void *ctx, __u32 index, const struct kinds__odd *value)
{
	__u32 *next = ctx;

	CHECK(index == (*next)++ && value->bytes[0] == index * 2);
	return 0;
}

static void arrays(void)
{
	struct kinds__mapped__cursor cursor = {0};
	struct kinds__odd values[10];
	__u32 keys[10], next = 0;
	__u16 row[2][3] = {{1, 2, 3}, {4, 5, 6}};

	for (__u32 i = 0; i < 10; i++) {
		keys[i] = i;
		values[i] = odd((unsigned char)(i * 2));
	}
	CHECK(kinds__mapped__update_batch(skel, keys, values, 10, BPF_ANY) == 10);
	CHECK(kinds__mapped__for_each(skel, visit_array, &next) == 10);
	CHECK(kinds__mapped__lookup_batch(skel, &cursor, keys, values, 10) == 10);
	CHECK(values[9].bytes[0] == 18);
	CHECK(kinds__mapped__lookup_batch(skel, &cursor, keys, values, 10) == 0);

	CHECK(!kinds__mapped__at(skel, 0));
	CHECK(!kinds__mapped__mmap(skel) && !kinds__mapped__mmap(skel));
	CHECK(kinds__mapped__at(skel, 9)->bytes[0] == 18 && !kinds__mapped__at(skel, 10));
	kinds__mapped__at(skel, 3)->bytes[0] = 77;
	CHECK(!kinds__mapped__lookup(skel, 3, &values[0]) && values[0].bytes[0] == 77);

	CHECK(!kinds__rows__update(skel, 1, row, BPF_ANY));
	CHECK(!kinds__rows__mmap(skel));
	CHECK(kinds__rows__at(skel, 1)[1][2] == 6);
}

static int visit_percpu(void *ctx, const __u32 *key, const struct kinds__odd *values)
{
	int *cpus = ctx;

	for (int i = 0; i < *cpus; i++)
		CHECK(values[i].bytes[0] == (unsigned char)(*key + (unsigned)i));
	return kinds__percpu_hash__delete(skel, key);
}

static void percpu(void)
{
	int cpus = kinds__percpu_hash__cpus(skel);
	struct kinds__odd values[MAX_CPUS], got[MAX_CPUS];
	__u64 wide[MAX_CPUS];
	__u32 numbers[MAX_CPUS];

	CHECK(cpus > 0 && cpus <= MAX_CPUS && cpus == libbpf_num_possible_cpus());
	for (__u32 key = 0; key < 50; key++) {
		for (int i = 0; i < cpus; i++)
			values[i] = odd((unsigned char)(key + (unsigned)i));
		CHECK(!kinds__percpu_hash__update_percpu(skel, &key, values, (size_t)cpus,
							 BPF_ANY));
		CHECK(!kinds__percpu_hash__lookup_percpu(skel, &key, got, MAX_CPUS));
		CHECK(!memcmp(values, got, sizeof(values[0]) * (size_t)cpus));
	}
	CHECK(kinds__percpu_hash__lookup_percpu(skel, &(__u32){1}, got, (size_t)cpus - 1) ==
	      -ENOSPC);
	CHECK(kinds__percpu_hash__lookup_percpu(skel, &(__u32){99}, got, MAX_CPUS) == -ENOENT);
	CHECK(kinds__percpu_hash__for_each(skel, visit_percpu, &cpus) == 50);
	CHECK(kinds__percpu_hash__next_key(skel, NULL, numbers) == -ENOENT);

	for (int i = 0; i < cpus; i++) {
		wide[i] = (__u64)i << 40;
		numbers[i] = (__u32)i + 1;
	}
	CHECK(!kinds__percpu_lru__update_percpu(skel, &(__u32){1}, wide, (size_t)cpus, BPF_ANY));
	memset(wide, 0, sizeof(wide));
	CHECK(!kinds__percpu_lru__lookup_percpu(skel, &(__u32){1}, wide, (size_t)cpus));
	CHECK(wide[cpus - 1] == (__u64)(cpus - 1) << 40);
	CHECK(!kinds__percpu_array__update_percpu(skel, 2, numbers, (size_t)cpus, BPF_ANY));
	memset(numbers, 0, sizeof(numbers));
	CHECK(!kinds__percpu_array__lookup_percpu(skel, 2, numbers, (size_t)cpus));
	CHECK(numbers[cpus - 1] == (__u32)cpus);
}

static void queues(void)
{
	struct kinds__odd value, got;
	__u64 number;

	for (unsigned char i = 0; i < 3; i++) {
		value = odd(i);
		CHECK(!kinds__queue__push(skel, &value, 0));
	}
	CHECK(kinds__queue__push(skel, &value, 0) == -E2BIG);
	CHECK(!kinds__queue__push(skel, &value, BPF_EXIST));
	CHECK(!kinds__queue__peek(skel, &got) && got.bytes[0] == 1);
	CHECK(!kinds__queue__pop(skel, &got) && got.bytes[0] == 1);
	CHECK(!kinds__queue__pop_fd(bpf_map__fd(skel->maps.queue), &got) && got.bytes[0] == 2);
	for (number = 1; number <= 3; number++)
		CHECK(!kinds__stack__push(skel, &number, 0));
	CHECK(!kinds__stack__peek(skel, &number) && number == 3);
	for (int i = 0; i < 3; i++)
		CHECK(!kinds__stack__pop(skel, &number));
	CHECK(number == 1 && kinds__stack__pop(skel, &number) == -ENOENT);
}

static void bloom(void)
{
	static const struct kinds__odd constant = {.bytes = {1, 2, 3}};
	struct kinds__odd other = odd(200);

	CHECK(kinds__bloom__test(skel, &constant) == 0);
	CHECK(!kinds__bloom__add(skel, &constant));
	CHECK(kinds__bloom__test(skel, &constant) == 1);
	CHECK(kinds__bloom__test_fd(bpf_map__fd(skel->maps.bloom), &other) == 0);
}

static void programs(void)
{
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, options, .data_in = packet, .data_size_in = sizeof(packet));
	__u32 key = 1;
	__u64 value;

	CHECK(kinds__programs__clear(skel, 1) == -ENOENT);
	CHECK(!kinds__programs__set(skel, 1, skel->progs.second));
	CHECK(!bpf_prog_test_run_opts(bpf_program__fd(skel->progs.first), &options));
	CHECK(!kinds__lru__lookup(skel, &key, &value) && value == 1);
	CHECK(!kinds__programs__clear(skel, 1));
}

static void inner_maps(void)
{
	__u64 value = 12, found = 0, key = 6;
	int inner = kinds__outer_array__create_inner(skel, "made", 4);

	CHECK(inner >= 0);
	CHECK(!kinds__outer_array__inner__update_fd(inner, 2, &value, BPF_ANY));
	CHECK(!kinds__outer_array__inner__lookup_fd(inner, 2, &found) && found == 12);
	CHECK(!kinds__outer_array__set(skel, 1, inner));
	CHECK(!kinds__outer_hash__set(skel, &key, inner));
	CHECK(!kinds__outer_hash__delete(skel, &key));
	CHECK(kinds__outer_hash__delete(skel, &key) == -ENOENT);
	CHECK(!kinds__outer_array__delete(skel, 1));
	close(inner);
}

static void redirection(void)
{
	struct bpf_devmap_val device = {.ifindex = 1}, got_device;
	struct bpf_cpumap_val cpu = {.qsize = 64}, got_cpu;
	__u32 number = 1, key = 9;

	CHECK(!kinds__devices__update(skel, 2, &device, BPF_ANY));
	CHECK(!kinds__devices__lookup(skel, 2, &got_device) && got_device.ifindex == 1);
	CHECK(!kinds__devices__delete(skel, 2));
	CHECK(!kinds__device_numbers__update(skel, 0, &number, BPF_ANY));
	CHECK(!kinds__device_numbers__lookup(skel, 0, &number) && number == 1);
	CHECK(!kinds__device_hash__update(skel, &key, &device, BPF_ANY));
	CHECK(!kinds__device_hash__lookup(skel, &key, &got_device) && got_device.ifindex == 1);
	CHECK(!kinds__cpus__update(skel, 0, &cpu, BPF_ANY));
	CHECK(!kinds__cpus__lookup(skel, 0, &got_cpu) && got_cpu.qsize == 64);
	CHECK(!kinds__cpus__delete(skel, 0));
}

/* Two ends of a connection, which sockmaps take. */
static void connect_pair(int pair[2])
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(address);
	int listener = socket(AF_INET, SOCK_STREAM, 0);

	pair[0] = socket(AF_INET, SOCK_STREAM, 0);
	CHECK(listener >= 0 && pair[0] >= 0);
	CHECK(!bind(listener, (struct sockaddr *)&address, size) && !listen(listener, 1));
	CHECK(!getsockname(listener, (struct sockaddr *)&address, &size));
	CHECK(!connect(pair[0], (struct sockaddr *)&address, size));
	pair[1] = accept(listener, NULL, NULL);
	CHECK(pair[1] >= 0);
	close(listener);
}

static void sockets(void)
{
	struct kinds__odd key = odd(1), value = odd(8), got;
	__u64 cookie = 0, wanted = 0;
	socklen_t size = sizeof(wanted);
	int pair[2];

	connect_pair(pair);
	CHECK(!getsockopt(pair[0], SOL_SOCKET, SO_COOKIE, &wanted, &size));
	CHECK(!kinds__sockets__update(skel, 1, pair[0], BPF_ANY));
	CHECK(!kinds__sockets__lookup(skel, 1, &cookie) && cookie == wanted);
	CHECK(kinds__sockets__lookup(skel, 2, &cookie) == -ENOENT);
	CHECK(!kinds__sockets__delete(skel, 1));
	CHECK(!kinds__socket_hash__update(skel, &key, pair[1], BPF_ANY));
	CHECK(!kinds__socket_hash__lookup(skel, &key, &cookie) && cookie != wanted);
	CHECK(!kinds__socket_hash__delete(skel, &key));

	CHECK(!kinds__socket_storage__update(skel, pair[0], &value, BPF_ANY));
	CHECK(!kinds__socket_storage__lookup(skel, pair[0], &got) && got.bytes[0] == 8);
	CHECK(kinds__socket_storage__lookup(skel, pair[1], &got) == -ENOENT);
	CHECK(!kinds__socket_storage__delete(skel, pair[0]));
	close(pair[0]);
	close(pair[1]);
}

static void reuseport(void)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;
	__u64 cookie;

	CHECK(fd >= 0 && !setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)));
	CHECK(!bind(fd, (struct sockaddr *)&address, sizeof(address)));
	CHECK(!kinds__reuseport__update(skel, 0, fd, BPF_ANY));
	CHECK(!kinds__reuseport__lookup(skel, 0, &cookie) && cookie);
	CHECK(!kinds__reuseport__delete(skel, 0));
	close(fd);
}

static void tasks_and_cgroups(void)
{
	int task = (int)syscall(SYS_pidfd_open, getpid(), 0);
	int cgroup = open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY);
	__u64 value = 31, got = 0;
	int err;

	CHECK(task >= 0);
	CHECK(!kinds__task_storage__update(skel, task, &value, BPF_ANY));
	CHECK(!kinds__task_storage__lookup(skel, task, &got) && got == 31);
	CHECK(!kinds__task_storage__delete(skel, task));
	CHECK(kinds__task_storage__lookup(skel, task, &got) == -ENOENT);
	close(task);
	/* Only cgroups of version 2 can be in it. */
	err = cgroup < 0 ? -EBADF : kinds__cgroups__update(skel, 1, cgroup, BPF_ANY);
	CHECK(!err || err == -EBADF);
	if (!err)
		CHECK(!kinds__cgroups__delete(skel, 1));
	if (cgroup >= 0)
		close(cgroup);
}

static void stack_traces(void)
{
	__u64 frames[127] = {0};
	__u32 key = 2, id;
	__u64 found;
	int depth;

	CHECK(!kinds__attach(skel));
	for (int i = 0; i < 100 && kinds__lru__lookup(skel, &key, &found); i++)
		syscall(SYS_getppid);
	kinds__detach(skel);
	CHECK(!kinds__lru__lookup(skel, &key, &found));
	id = (__u32)found;
	depth = kinds__stacks__lookup(skel, id, frames, 127);
	CHECK(depth > 0 && depth <= 127 && frames[0] && frames[depth - 1]);
	memset(frames, 0, sizeof(frames));
	CHECK(kinds__stacks__lookup(skel, id, frames, 1) == depth && frames[0] && !frames[1]);
	CHECK(!kinds__stacks__delete(skel, id));
	CHECK(kinds__stacks__lookup(skel, id, frames, 127) == -ENOENT);
}

static void before_load(void)
{
	struct kinds *other = kinds__open();
	struct kinds__odd value = odd(3);
	__u64 key = 40;
	int fd = bpf_map__fd(skel->maps.hash);

	CHECK(other);
	CHECK(kinds__lru__reuse_fd(other, fd) == -EINVAL);
	CHECK(!kinds__hash__reuse_fd(other, fd));
	CHECK(!kinds__stack__set_max_entries(other, 1));
	CHECK(!kinds__load(other));
	CHECK(!kinds__hash__update(other, &key, &value, BPF_ANY));
	CHECK(!kinds__hash__lookup(skel, &key, &value) && !kinds__hash__delete(skel, &key));
	CHECK(!kinds__stack__push(other, &key, 0) && kinds__stack__push(other, &key, 0) == -E2BIG);
	CHECK(kinds__stack__set_max_entries(other, 5) == -EBUSY);
	kinds__destroy(other);
}

static void pinned(void)
{
	static const char path[] = "/sys/fs/bpf/bpfbake_test_kinds";
	int fd;

	unlink(path);
	if (bpf_obj_pin(bpf_map__fd(skel->maps.queue), path)) {
		printf("note: no bpffs at /sys/fs/bpf: nothing is pinned\n");
		return;
	}
	fd = kinds__queue__open_pinned(path);
	CHECK(fd >= 0);
	close(fd);
	CHECK(kinds__stack__open_pinned(path) == -EINVAL);
	CHECK(kinds__queue__open_pinned("/sys/fs/bpf/bpfbake_none") == -ENOENT);
	CHECK(!unlink(path));
}

int main(void)
{
	need_bpf();
	skel = kinds__open_and_load();
	CHECK(skel);
	RUN(hash_for_each);
	RUN(hash_batches);
	RUN(hash_take);
	RUN(locked);
	RUN(arrays);
	RUN(percpu);
	RUN(queues);
	RUN(bloom);
	RUN(programs);
	RUN(inner_maps);
	RUN(redirection);
	RUN(sockets);
	RUN(reuseport);
	RUN(tasks_and_cgroups);
	RUN(stack_traces);
	RUN(before_load);
	RUN(pinned);
	kinds__destroy(skel);
	return end_of_test();
}
