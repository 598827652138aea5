/* SPDX-License-Identifier: BSD-2-Clause */
/* What reports have to say, by what was wrong. */
#ifndef TESTS_KERNEL_REPORT_TEXTS_H
#define TESTS_KERNEL_REPORT_TEXTS_H

#define REASONS 8
static const struct {
	const char *name;
	const char *says[REASONS];
} reasons[] = {
	{"unchecked",
	 {"refused: load of program 'unchecked' (SEC(\"raw_tp/sys_enter\")) was refused: "
	  "Permission denied\n",
	  "return *value; /* may be NULL */", "\n    R0 invalid mem access 'map_value_or_null'\n"}},
	{"lengthy",
	 {"refused: load of program 'lengthy'", "return *value; /* far down */",
	  "\n    R0 invalid mem access 'map_value_or_null'\n"}},
	{"branches",
	 {"program 'branches'", " jumps is too complex",
	  "\n  the verifier has too many ways to follow"}},
	{"member",
	 {"program 'member' (SEC(\"tp_btf/sys_enter\"))", "return task->bake_member;",
	  "struct task_struct.bake_member", "  this kernel has no such type or member"}},
	{"type",
	 {"program 'type'", "struct bake_struct.member",
	  "  this kernel has no such type or member"}},
	{"btf",
	 {"program 'btf' (SEC(\"tp_btf/bake_tracepoint\")) failed",
	  "  'bake_tracepoint': this kernel has no such function, tracepoint or hook to attach "
	  "to"}},
	{"endless",
	 {"program 'endless'", "BPF program is too large. Processed 1000001 insn\n  the verifier "
			       "has too many ways to follow"}},
	{"tracepoint",
	 {"refused: attach of program 'tracepoint' (SEC(\"tracepoint/syscalls/bake_tracepoint\")) "
	  "failed: "
	  "No such file or directory\n",
	  "tracepoint 'syscalls/bake_tracepoint'", "trac"}},
	{"raw",
	 {"attach of program 'raw' (SEC(\"raw_tp/bake_tracepoint\")) failed",
	  "  'bake_tracepoint': this kernel has no such tracepoint"}},
	{"kprobe", {"attach of program 'kprobe'", "'bake_function+0x0'", "  th"}},
	{"uprobe",
	 {"attach of program 'uprobe'", "'bake_function' in '/proc/self/exe'",
	  "'bake_function': the binary has no such symbol"}},
	{"large",
	 {"refused: load of map 'large' (array) failed",
	  "  the map is too large: 268435456 entries of 4 + 4096 bytes"}},
	{"odd",
	 {"load of map 'odd' (array) failed: Invalid argument\n",
	  "  the kernel does not take these sizes or flags: 1 entries of 8 + 4 bytes"}},
	{"empty",
	 {"load of map 'empty' (array) failed: Invalid argument\n",
	  ": 0 entries of 4 + 4 bytes, flags 0x0; set max_entries, in the source or before "
	  "load\n"}},
	{"unknown",
	 {"load of map 'unknown' failed", "  this kernel does not know the map type 200\n"}},
};

/* What other kernels and libbpf say, and attachments that need devices. */
static const struct {
	const char *action;
	int error;
	const char *said;
	const char *says[REASONS];
} others[] = {
	/* Before Linux 6.9. */
	{"load",
	 -EACCES,
	 "libbpf: prog 'p': BPF program load failed: Permission denied\n"
	 "libbpf: prog 'p': -- BEGIN PROG LOAD LOG --\n"
	 "; return *value;\n; \n0: (61) r0 = *(u32 *)(r0 +0)\nR0 invalid mem access 'scalar'\n"
	 "verification time 5 usec\nstack depth 0\nprocessed 1 insns (limit 1000000)\n"
	 "-- END PROG LOAD LOG --\nlibbpf: prog 'p': failed to load: -13\n",
	 {"refused: load was refused: Permission denied\n  at: return *value;\n  the verifier's "
	  "log:\n"
	  "    ; return *value;\n    ; \n    0: (61) r0 = *(u32 *)(r0 +0)\n    R0 invalid mem "
	  "access "
	  "'scalar'\n"}},
	{"load",
	 -EINVAL,
	 "libbpf: prog 'p': -- BEGIN PROG LOAD LOG --\n; x @ a.bpf.c:7\n;  @ a.bpf.c:0\n3: (85) "
	 "call "
	 "unknown#195896080\n"
	 "invalid func unknown#195896080\n-- END PROG LOAD LOG --\n",
	 {"\n  at a.bpf.c:7: x\n",
	  "invalid func unknown#195896080\n  this kernel has no such type or member"}},
	{"load",
	 -EINVAL,
	 "libbpf: prog 'p': -- BEGIN PROG LOAD LOG --\nprocessed 0 insns (limit 1000000)\n-- END "
	 "PROG LOAD LOG --\n",
	 {"refused: load failed: Invalid argument\n"}},
	/* Nothing of it is there. */
	{"load", -ENOMEM, "", {"refused: load failed: Cannot allocate memory\n"}},
	{"load",
	 -E2BIG,
	 "libbpf: prog 'p': BPF program load failed: Argument list too long\n",
	 {"'p': the kernel takes 4096 instructions"}},
	{"load", -ENOSYS, "libbpf: x", {": Function not implemented\n", "there is no bpf(2) here"}},
	{"load",
	 -EINVAL,
	 "libbpf: map 'm': error reusing pinned map\n",
	 {"a map that differs is pinned there"}},
	{"load",
	 -EINVAL,
	 "libbpf: extern 'CONFIG_X' (strong): not resolved\n",
	 {"'CONFIG_X': neither the kernel's symbols nor its configuration"}},
	{"attach",
	 -EBUSY,
	 "libbpf: prog 'p': failed to attach to xdp: Device or resource busy\n",
	 {"refused: attach failed: Device or resource busy\n",
	  "something is attached there already"}},
	{"attach", -ENODEV, "", {"no such network interface"}},
	{"attach",
	 -524,
	 "",
	 {"attach failed: Operation not supported\n", "cannot attach that there"}},
	{"attach",
	 -EACCES,
	 "libbpf: failed to determine tracepoint 'a/b' perf event ID: Permission denied\n",
	 {"attach was refused", "'a/b': tracefs is closed to this user"}},
	/* Of libbpf 1.1. */
	{"open",
	 -EINVAL,
	 "libbpf: map 'a': attr 'map_extra': expected PTR, got enum64.\n",
	 {"refused: open failed: Invalid argument\n", "need libbpf 1.4: this one is older"}},
	{"open",
	 -LIBBPF_ERRNO__RELOC,
	 "libbpf: prog 'p': bad map relo against '.addr_space.1' in section '.addr_space.1'\n",
	 {"refused: open failed: Relocation failed\n", "need libbpf 1.4: this one is older"}},
};

#endif
