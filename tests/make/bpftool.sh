# SPDX-License-Identifier: BSD-2-Clause
# make BPFTOOL=…/bpfbake: a project that was made for bpftool, built by a Makefile of its own, does what it
# does with bpftool. The rules are those of libbpf-bootstrap, bcc's libbpf-tools and the kernel's selftests.
. "$(dirname "$0")/project.sh"
needs bpftool c++
btf=/sys/kernel/btf/vmlinux
[ -r $btf ] || skip 'the kernel has no BTF'

mkdir project
cd project
cat >Makefile <<'END'
CLANG ?= clang
LLVM_STRIP ?= llvm-strip
BPFTOOL ?= bpftool
LINKER ?= $(BPFTOOL)
OUTPUT := .output
CFLAGS := -g -Wall -Wextra -Werror
ARCH := $(shell uname -m | sed -e s/x86_64/x86/ -e s/aarch64/arm64/ -e s/s390x/s390/)
INCLUDES := -I$(OUTPUT) -I.
APPS = minimal counts
CLANG_BPF_SYS_INCLUDES := $(shell $(CLANG) -v -E - </dev/null 2>&1 | sed -n '/<...> search starts here:/,/End of search list./{ s| \(/.*\)|-idirafter \1|p }')
ifneq ($(shell $(BPFTOOL) gen help 2>&1 | grep 'gen skeleton.*name'),)
HAS_SKELETON := 1
else
$(error $(BPFTOOL) cannot make skeletons)
endif

.DELETE_ON_ERROR:
.SECONDARY:
all: $(APPS) classes
$(OUTPUT):
	mkdir -p $@
$(OUTPUT)/vmlinux.h: | $(OUTPUT)
	$(BPFTOOL) btf dump file /sys/kernel/btf/vmlinux format c > $@
# Theirs build it here, where there is no such file.
$(BPFTOOL): | $(OUTPUT)
	 there is no $@ >&2; exit 1
$(OUTPUT)/%.bpf.o: %.bpf.c $(wildcard *.h) $(OUTPUT)/vmlinux.h | $(OUTPUT)
	$(CLANG) -g -O2 -target bpf -D__TARGET_ARCH_$(ARCH) $(INCLUDES) $(CLANG_BPF_SYS_INCLUDES) \
		-c $(filter %.c,$^) -o $(patsubst %.bpf.o,%.tmp.bpf.o,$@)
	$(LINKER) gen object $@ $(patsubst %.bpf.o,%.tmp.bpf.o,$@)
	$(LLVM_STRIP) -g $@
$(OUTPUT)/%.skel.h: $(OUTPUT)/%.bpf.o | $(BPFTOOL)
	$(BPFTOOL) gen skeleton $< > $@
$(OUTPUT)/%.o: %.c $(OUTPUT)/%.skel.h $(wildcard *.h)
	$(CC) $(CFLAGS) $(INCLUDES) -c $< -o $@
$(APPS): %: $(OUTPUT)/%.o
	$(CC) $(CFLAGS) $^ -lbpf -lelf -lz -o $@
# As the selftests do it: a name that is given, a subskeleton, and C++.
$(OUTPUT)/linked.bpf.o: $(OUTPUT)/classes.bpf.o $(OUTPUT)/library.bpf.o
	$(LINKER) gen object $@ $^
$(OUTPUT)/linked.lskel.h: $(OUTPUT)/linked.bpf.o
	$(BPFTOOL) gen skeleton $< name linked > $@
$(OUTPUT)/library.subskel.h: $(OUTPUT)/library.bpf.o
	$(BPFTOOL) gen subskeleton $< name library > $@
classes: classes.cpp $(OUTPUT)/linked.lskel.h $(OUTPUT)/library.subskel.h
	$(CXX) -std=gnu++17 $(CFLAGS) $(INCLUDES) $< -lbpf -lelf -lz -o $@
END

# libbpf-bootstrap's minimal.
cat >minimal.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
char LICENSE[] SEC("license") = "Dual BSD/GPL";
int my_pid = 0;
long calls;
u64 last;
SEC("tp/syscalls/sys_enter_getpgid")
int handle_tp(void *ctx)
{
	int pid = bpf_get_current_pid_tgid() >> 32;
	if (pid != my_pid)
		return 0;
	bpf_printk("called by %d", pid);
	calls++;
	last = bpf_ktime_get_ns();
	return 0;
}
END
cat >minimal.c <<'END'
#include <stdio.h>
#include <unistd.h>
#include <linux/types.h>
typedef __u64 u64;
#include <bpf/libbpf.h>
#include "minimal.skel.h"
int main(void)
{
	struct minimal_bpf *skel = minimal_bpf__open();
	long *calls;
	if (!skel)
		return 1;
	skel->bss->my_pid = getpid();
	if (minimal_bpf__load(skel) || minimal_bpf__attach(skel))
		return 2;
	for (int i = 0; i < 3; i++)
		getpgid(0);
	calls = &skel->bss->calls;
	printf("%d calls: %ld, at %d; %s\n", skel->bss->my_pid == getpid(), *calls, skel->bss->last > 0,
	       bpf_program__name(skel->progs.handle_tp));
	minimal_bpf__destroy(skel);
	return 0;
}
END

# bcc's way: a header for both sides, settings in .rodata, a ring buffer, a hash of structs.
cat >counts.h <<'END'
#ifndef COUNTS_H
#define COUNTS_H
enum mode { MODE_ALL = 1, MODE_ONE };
struct limits { int low, high; };
struct event { int pid; unsigned int number; char comm[16]; };
#endif
END
cat >counts.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "counts.h"
const volatile pid_t target_pid = 0;
const volatile bool verbose = false;
const volatile enum mode mode = MODE_ALL;
const volatile struct limits limits = {};
const volatile char name[8] = "none";
__u32 dropped = 0;
struct { int first; u32 second; } pair = {};
struct task_struct *task;
struct event last;
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} events SEC(".maps");
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, u32);
	__type(value, struct event);
} by_pid SEC(".maps");
SEC("raw_tp/sys_enter")
int BPF_sys_enter(void *ctx)
{
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	struct event event = {};
	if (pid != target_pid)
		return 0;
	task = (struct task_struct *)bpf_get_current_task();
	event.pid = BPF_CORE_READ(task, tgid);
	event.number = pair.second++;
	bpf_get_current_comm(event.comm, sizeof(event.comm));
	last = event;
	bpf_map_update_elem(&by_pid, &pid, &event, 0);
	if (event.number < limits.high && bpf_ringbuf_output(&events, &event, sizeof(event), 0))
		dropped++;
	return 0;
}
char LICENSE[] SEC("license") = "GPL";
END
cat >counts.c <<'END'
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <linux/types.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include "counts.h"
typedef __u32 u32;
#include "counts.skel.h"
static int got;
static int handle(void *ctx, void *data, size_t size)
{
	const struct event *event = data;
	(void)ctx;
	got += size >= sizeof(*event) && event->pid == getpid() && !strcmp(event->comm, "counts");
	return 0;
}
int main(void)
{
	const struct limits limits = {1, 5};
	struct counts_bpf *obj = counts_bpf__open();
	struct ring_buffer *rb;
	struct event event;
	void *task;
	u32 pid = getpid();
	if (!obj)
		return 1;
	obj->rodata->target_pid = pid;
	obj->rodata->mode = MODE_ONE;
	obj->rodata->verbose = true;
	obj->rodata->limits = limits;
	strcpy(obj->rodata->name, "counts");
	bpf_map__set_max_entries(obj->maps.by_pid, 32);
	if (counts_bpf__load(obj) || counts_bpf__attach(obj))
		return 2;
	rb = ring_buffer__new(bpf_map__fd(obj->maps.events), handle, NULL, NULL);
	for (int i = 0; i < 20; i++)
		getppid();
	counts_bpf__detach(obj);
	ring_buffer__consume(rb);
	task = obj->bss->task;
	if (bpf_map_lookup_elem(bpf_map__fd(obj->maps.by_pid), &pid, &event))
		return 3;
	printf("%d events, last %s, mode %d, %s, %d dropped, %d\n", got, obj->bss->last.comm,
	       obj->rodata->mode == MODE_ONE, obj->rodata->name, obj->bss->dropped,
	       task != NULL && obj->bss->pair.second >= 20 && event.number == obj->bss->last.number);
	ring_buffer__free(rb);
	counts_bpf__destroy(obj);
	return 0;
}
END

cat >library.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
int used, unit = 1;
u32 table[4];
static int calls;
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, u32);
	__type(value, u64);
} sums SEC(".maps");
__noinline int library_add(int n)
{
	u32 key = n & 1;
	u64 *sum = bpf_map_lookup_elem(&sums, &key);
	used += unit;
	calls++;
	table[n & 3] = calls;
	if (sum)
		*sum += n;
	return used;
}
END
cat >classes.bpf.c <<'END'
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
extern int library_add(int n);
int class, answer;
SEC("syscall") int add(void *ctx) { answer = library_add(class); return 0; }
char LICENSE[] SEC("license") = "GPL";
END
# In C++ bpftool's skeleton of this one does not compile without the macro.
cat >classes.cpp <<'END'
#include <cstdio>
#include <linux/types.h>
typedef __u32 u32;
typedef __u64 u64;
#include <bpf/bpf.h>
#ifdef FROM_BPFTOOL
#define class class_
#endif
#include "linked.lskel.h"
#undef class
#include "library.subskel.h"
int main()
{
	linked *skel = linked::open();
	library *part = skel ? library::open(skel->obj) : nullptr;
	LIBBPF_OPTS(bpf_test_run_opts, opts);
	u64 sum = 0;
	u32 key = 1;
	if (!part)
		return 1;
	*part->data.unit = 5;
	skel->bss->class_ = 3;
	if (linked::load(skel))
		return 2;
	int error = bpf_prog_test_run_opts(bpf_program__fd(skel->progs.add), &opts);
	error |= bpf_map_lookup_elem(bpf_map__fd(part->maps.sums), &key, &sum);
	std::printf("%d: answer %d, used %d, table %u, sum %llu\n", error, skel->bss->answer, *part->bss.used,
		    (*part->bss.table)[3], (unsigned long long)sum);
	library::destroy(part);
	linked::destroy(skel);
	return 0;
}
END

# Linked by bpfbake too where it can.
linker=bpftool
! bpfbake gen help | grep -q 'gen object' || linker=bpfbake
for tool in bpftool bpfbake; do
	rm -rf .output minimal counts classes
	# Such a Makefile takes no path with a space.
	ln -s "$(command -v $tool)" "$WORK/$tool"
	set -- BPFTOOL="$WORK/$tool" LINKER=bpftool CXX='c++ -DFROM_BPFTOOL'
	[ $tool = bpftool ] || set -- BPFTOOL="$WORK/$tool" LINKER=$linker
	run 0 make "$@"
	run 0 make -q "$@"
	for app in minimal counts classes; do
		status=0
		./$app >../$tool.$app 2>&1 || status=$?
		echo "status $status" >>../$tool.$app
	done
	# The types that user space lacks, from the header.
	if [ $tool = bpfbake ]; then
		sed -e '/include "counts.h"/d' -e '/^typedef/d' -e 's/^#include "counts.skel.h"/#define counts_bpf__DEFINE_TYPES\n&/' \
			-e 's/u32 pid/__u32 pid/' -e 's/MODE_ONE/2/' counts.c >alone.c
		gcc -Wall -Wextra -Werror -I.output -fsyntax-only alone.c || fail 'the header does not stand alone'
	fi
done
cd ..
for app in minimal counts classes; do
	diff bpftool.$app bpfbake.$app || fail "$app does another thing with bpfbake"
	cat bpfbake.$app
done
if [ "$(id -u)" -eq 0 ] && grep -q 'status 0' bpftool.minimal; then
	has bpfbake.minimal 'calls: 3'
	has bpfbake.counts '5 events'
	has bpfbake.classes 'answer 5, used 5, table 1, sum 3'
fi
