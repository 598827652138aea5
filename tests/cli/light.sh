# SPDX-License-Identifier: BSD-2-Clause
# Light skeletons: what a loader cannot do is an error when it is made, at the line where it is asked for; the
# same bytes for every user and in every directory; for bpftool's users what bpftool makes.
. "$(dirname "$0")/../lib/test.sh"
needs clang

# refuses LINE TEXT: standard input, behind the usual includes, is no light program, and TEXT of that line says why.
refuses() {
	{
		printf '#include <linux/bpf.h>\n#include <bpf/bpf_helpers.h>\n'
		cat
		echo 'char LICENSE[] SEC("license") = "GPL";'
	} >r.bpf.c
	run 1 "$BPFBAKE" -light r r.bpf.c
	says "$2"
	says "r.bpf.c:$1: "
	only r.bpf.c
	# Without the line numbers of a source the same is said of an object.
	quiet "$BPFBAKE" -target bpf r r.bpf.c
	run 1 "$BPFBAKE" gen skeleton -L r_bpf.o
	[ ! -s "$WORK/out" ] || fail 'half a header'
	says "$2"
	rm r_bpf.o r.skel.h
}

refuses 3 "program 'probe' stands in a section that libbpf cannot read" <<'END'
SEC("kprobe/do_exit+x") int probe(void *context) { return 0; }
END
refuses 3 "program 'probe' names a symbol that libbpf alone looks up" <<'END'
SEC("uprobe//bin/true:main") int probe(void *context) { return 0; }
END
refuses 3 "program 'probe' is attached by libbpf alone" <<'END'
SEC("kretprobe.multi/do_*") int probe(void *context) { return 0; }
END
refuses 3 "program 'bare' names no function to attach to" <<'END'
SEC("fentry") int bare(void *context) { return 0; }
END
refuses 3 "program 'wrong' stands in a section that libbpf cannot read" <<'END'
SEC("tp/task_rename") int wrong(void *context) { return 0; }
END
refuses 3 "program 'other' replaces a function of another program" <<'END'
SEC("freplace/x") int other(void *context) { return 0; }
END
refuses 3 "program 'later' is not to be loaded by itself (SEC(\"?xdp\"))" <<'END'
SEC("?xdp") int later(void *context) { return 0; }
END
refuses 3 "program 'odd' stands in section 'my_section'" <<'END'
SEC("my_section") int odd(void *context) { return 0; }
END
refuses 3 "extern 'LINUX_KERNEL_VERSION' is of .kconfig" <<'END'
extern int LINUX_KERNEL_VERSION __kconfig;
SEC("xdp") int get(void *context) { return LINUX_KERNEL_VERSION; }
END
refuses 3 "extern 'init_task' has no type" <<'END'
extern const void init_task __ksym;
SEC("xdp") int get(void *context) { return (long)&init_task; }
END
refuses 4 "map 'kept' is pinned by its definition" <<'END'
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 1); __type(key, int); __type(value, int);
	__uint(pinning, LIBBPF_PIN_BY_NAME); } kept SEC(".maps");
SEC("xdp") int get(void *context) { int key = 0; return bpf_map_lookup_elem(&kept, &key) != 0; }
END
refuses 5 "map 'jumps' has initial programs" <<'END'
SEC("xdp") int tail(void *context) { return 0; }
struct { __uint(type, BPF_MAP_TYPE_PROG_ARRAY); __uint(max_entries, 1); __uint(key_size, 4);
	__array(values, int (void *)); } jumps SEC(".maps") = { .values = { (void *)&tail } };
SEC("xdp") int jump(void *context) { bpf_tail_call(context, &jumps, 0); return 0; }
END
refuses 7 "map 'ops' registers functions with the kernel" <<'END'
struct tcp_congestion_ops { char name[16]; void *init; };
SEC("struct_ops/init") void init(void *context) {}
static int unused;
SEC(".struct_ops")
struct tcp_congestion_ops ops = { .name = "x", .init = (void *)init };
END

refuses 5 "map 'outer' holds perf event arrays with as many entries as this machine has CPUs" <<'END'
struct inner { __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY); __uint(key_size, 4); __uint(value_size, 4); };
struct { __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS); __uint(max_entries, 1); __uint(key_size, 4);
	__array(values, struct inner); } outer SEC(".maps");
SEC("xdp") int get(void *context) { int key = 0; return bpf_map_lookup_elem(&outer, &key) != 0; }
END

# Limits of libbpf's generator, at which and behind which.
maps() {
	echo '#include <linux/bpf.h>'
	echo '#include <bpf/bpf_helpers.h>'
	for i in $(seq "$1"); do
		echo "struct { __uint(type, BPF_MAP_TYPE_ARRAY); __uint(max_entries, 1); __type(key, int);"
		echo "	__type(value, int); } m$i SEC(\".maps\");"
	done
	echo 'SEC("xdp") int pass(void *context) { return 2; }'
	echo 'char LICENSE[] SEC("license") = "GPL";'
}
functions() {
	echo '#include <linux/bpf.h>'
	echo '#include <bpf/bpf_helpers.h>'
	for i in $(seq "$1"); do
		echo "SEC(\"xdp\") int p$i(void *context) { return 2; }"
	done
	echo 'char LICENSE[] SEC("license") = "GPL";'
}
maps 64 >r.bpf.c
quiet "$BPFBAKE" -light r r.bpf.c
maps 65 >r.bpf.c
run 1 "$BPFBAKE" -light r r.bpf.c
says 'there are 65 maps'
functions 32 >r.bpf.c
quiet "$BPFBAKE" -light r r.bpf.c
functions 33 >r.bpf.c
run 1 "$BPFBAKE" -light r r.bpf.c
says 'there are 33 functions'
rm -f r*

# A constant that clang puts elsewhere than BTF says.
cat >r.bpf.c <<'END'
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
const volatile int first = 1;
static const char words[2][8] = {"a", "b"};
SEC("syscall") int get(int *which) { return words[*which & 1][0] + first; }
char LICENSE[] SEC("license") = "GPL";
END
run 1 "$BPFBAKE" -light r r.bpf.c
says "the BTF of section '.rodata' has variable 'words' where another one is"
rm -f r*

# Options that have nothing to work on.
tiny t.bpf.c
run 2 "$BPFBAKE" -light -compress t t.bpf.c
says '-light has no object'
run 2 "$BPFBAKE" -light -split -embed incbin t t.bpf.c
says '-light has no object'
only t.bpf.c

# Byte orders: libbpf before 1.5 serves the machine's own.
quiet "$BPFBAKE" -light t t.bpf.c
only t.bpf.c t.skel.h t_bpfel.o t_bpfeb.o
case $(printf '\1\0' | od -An -tu2 | tr -d ' ') in
1) own=bpfel other=bpfeb ;;
*) own=bpfeb other=bpfel ;;
esac
if "$BPFBAKE" gen skeleton -L t_$other.o >/dev/null 2>"$WORK/err"; then
	lacks t.skel.h 'for its own byte order alone'
	[ "$(grep -c 'char loader_insns' t.skel.h)" -eq 2 ] || fail 'no two loaders'
else
	says "and libbpf"
	says "for this machine's byte order alone"
	has t.skel.h 't has no loader for this host: libbpf'
	[ "$(grep -c 'char loader_insns' t.skel.h)" -eq 1 ] || fail 'no one loader'
	run 1 "$BPFBAKE" -light t t_$other.o
	says "for this machine's byte order alone"
fi

# The same bytes in another directory, for another user, and without any privilege.
"$BPFBAKE" gen skeleton -L t_$own.o name t >first.h
mkdir elsewhere
cp t.bpf.c elsewhere
(cd elsewhere && quiet "$BPFBAKE" -light t t.bpf.c)
cmp t.skel.h elsewhere/t.skel.h || fail 'another header in another directory'
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	chmod 755 "$WORK" "$WORK/w"
	if setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$BPFBAKE"; then
		setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$BPFBAKE" gen skeleton -L t_$own.o name t \
			>second.h || fail 'needs privileges'
		cmp first.h second.h || fail 'another header for another user'
	fi
fi
# Nothing is asked of the kernel, of which the output would depend.
if command -v strace >/dev/null && strace -o /dev/null true 2>/dev/null; then
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=bpf,open,openat -o trace \
		"$BPFBAKE" gen skeleton -L "$OBJECT_DIR/light_$own.o" >/dev/null
	! grep -E 'bpf\(|"/(proc|sys)/(kallsyms|config|sys|kernel|devices)' trace || fail "the kernel is asked"
fi

# -check, and the bytes in a file of their own.
quiet "$BPFBAKE" -check -light t t.bpf.c
sed -i 's/seen++/seen += 2/' t.bpf.c
run 3 "$BPFBAKE" -check -light t t.bpf.c
says 't.skel.h'
quiet "$BPFBAKE" -light -split t t.bpf.c
lacks t.skel.h loader_insns
has t.skel.c loader_insns
cat >main.c <<'END'
#include "t.skel.h"
int main(void) { struct t *skel = t__open(); t__destroy(skel); return !skel; }
END
cc=$(command -v gcc || command -v clang)
"$cc" -std=c11 -Wall -Wextra -Werror -pedantic main.c t.skel.c -o main || fail 'the split header does not compile'
./main || fail 'open'
cp main.c main.cpp
if command -v g++ >/dev/null; then
	g++ -std=c++17 -Wall -Wextra -Werror -pedantic -c main.cpp -o main.cpp.o || fail 'nor as C++'
	"$cc" -c t.skel.c -o bytes.o
	g++ main.cpp.o bytes.o -o main || fail "nor does it link"
	./main || fail 'nor with C and C++'
fi

# What is missing is said: all capabilities, or one.
cat >caps.c <<'END'
#include "t.skel.h"
int main(void)
{
	struct t *skel = t__open();
	int err = t__load(skel);

	t__report(skel, stdout);
	t__destroy(skel);
	return err != 0;
}
END
quiet "$BPFBAKE" -light t t.bpf.c
"$cc" -std=c11 caps.c -o caps || fail 'caps.c'
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && ./caps >/dev/null; then
	nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
	# shellcheck disable=SC2086 # words
	run 1 $nobody --inh-caps=-all --ambient-caps=-all ./caps
	prints "the loader's map cannot be made: Operation not permitted"
	prints 'CAP_BPF and CAP_PERFMON'
	# shellcheck disable=SC2086 # words
	run 1 $nobody --inh-caps=-all,+bpf --ambient-caps=-all,+bpf ./caps
	prints 'the loader needs CAP_PERFMON too'
	# shellcheck disable=SC2086 # words
	run 0 $nobody --inh-caps=-all,+bpf,+perfmon --ambient-caps=-all,+bpf,+perfmon ./caps
fi

# A program that was written for bpftool's header, with that one and with ours.
command -v bpftool >/dev/null || exit 0
object=$OBJECT_DIR/light_$own.o
bpftool gen skeleton -L "$object" name face >bpftool.h 2>/dev/null || skip 'bpftool makes none'
for options in '-L OBJECT name face' 'OBJECT -L name face' '--use-loader OBJECT n face'; do
	# shellcheck disable=SC2046 # words
	"$BPFBAKE" gen skeleton $(echo "$options" | sed "s|OBJECT|$object|") >bpfbake.h || fail "gen skeleton $options"
done
cat >places.c <<'END'
#include <errno.h>
#include <stdbool.h>
#include HEADER
#include <stddef.h>
#include <stdio.h>
#define PLACE(what) \
	printf("%s: %zu, %zu\n", #what, offsetof(struct face, what), sizeof(((struct face *)0)->what))
#define VARIABLE(section, what) \
	printf("%s: %zu, %zu\n", #what, offsetof(struct face##__##section, what), sizeof(((struct face##__##section *)0)->what))
int main(void)
{
	PLACE(ctx);
	PLACE(maps.first);
	PLACE(maps.events.map_fd);
	PLACE(maps.samples.max_entries);
	PLACE(maps.rodata.initial_value);
	PLACE(maps.data_kept);
	PLACE(maps.bss);
	PLACE(progs.on_rename);
	PLACE(progs.emit_large.prog_fd);
	PLACE(links.on_rename_fd);
	PLACE(links.emit_large_fd);
	PLACE(rodata);
	PLACE(data_kept);
	PLACE(bss);
	VARIABLE(rodata, wanted_pid);
	VARIABLE(rodata, label);
	VARIABLE(data, step);
	VARIABLE(data, has_gone);
	VARIABLE(data_kept, kept);
	VARIABLE(bss, seen);
	VARIABLE(bss, traced);
	return 0;
}
END
# bpftool's header has the types of the BPF side, and leaves them to who includes it.
sed -i 's/^#include HEADER/typedef unsigned int u32;\n&/' places.c
for header in bpftool bpfbake; do
	"$cc" -DHEADER="\"$header.h\"" places.c -o places || fail "$header's header does not compile"
	./places >$header.places
done
diff bpftool.places bpfbake.places || fail "other places than bpftool's"
for function in open load open_and_load attach detach destroy on_rename__attach list_tasks__attach; do
	for header in bpftool bpfbake; do
		has $header.h "face__$function("
	done
done
cat >user.c <<'END'
#include <errno.h>
#include <stdbool.h>
#include HEADER
#include <stdio.h>
#include <sys/prctl.h>
int main(void)
{
	struct face *skel = face__open();
	char text[64] = "";
	int fd, length;

	if (!skel)
		return 1;
	skel->rodata->wanted_pid = getpid();
	skel->data->step = 4;
	skel->maps.counts.max_entries = 99;
	/* bpftool's header has the sizes of the machine where it was made. */
	skel->maps.samples.max_entries = 8;
	skel->maps.events.max_entries = 65536;
	if (face__load(skel))
		return errno == EPERM ? 77 : 2;
	if (face__on_rename__attach(skel) <= 0)
		return 3;
	prctl(PR_SET_NAME, "light");
	printf("seen %llu kept %llx\n", (unsigned long long)skel->bss->seen, (unsigned long long)skel->data_kept->kept);
	fd = face__list_tasks__attach(skel);
	if (fd <= 0 || fd != skel->links.list_tasks_fd)
		return 4;
	union bpf_attr attr = {.iter_create.link_fd = fd};
	fd = skel_sys_bpf(BPF_ITER_CREATE, &attr, sizeof(attr));
	length = read(fd, text, sizeof(text));
	printf("%d\n", length > 0 && atoi(text) == getpid());
	close(fd);
	printf("%d %d\n", skel->progs.pass.prog_fd > 0, skel->maps.outer.map_fd > 0);
	face__detach(skel);
	skel->links.on_rename_fd = skel->links.list_tasks_fd = 0;
	prctl(PR_SET_NAME, "light");
	printf("seen %llu\n", (unsigned long long)skel->bss->seen);
	face__destroy(skel);
	return 0;
}
END
sed -i 's/^#include HEADER/typedef unsigned int u32;\n&/' user.c
for header in bpftool bpfbake; do
	"$cc" -DHEADER="\"$header.h\"" user.c -o user || fail "a program for bpftool's header does not compile with $header's"
	status=0
	./user >$header.said || status=$?
	[ $status -ne 77 ] || skip 'BPF may not be loaded here'
	[ $status -eq 0 ] || fail "with $header's header it ends with $status"
done
diff bpftool.said bpfbake.said || fail 'it does something else'
grep -q 'seen 4 kept 1122334455667788' bpfbake.said || fail 'it does nothing'
