/* SPDX-License-Identifier: (LGPL-2.1 OR BSD-2-Clause) */
/*
 * What a BPF source can tell bpfbake. It needs no path to find this header; for other tools it is
 * installed beside libbpf's. To them, and to the running program, what is said here means nothing.
 */
#ifndef __BPFBAKE_BPF_H__
#define __BPFBAKE_BPF_H__

/*
 * BPFBAKE_EXPORT(struct event); keeps a type in BTF that no map and no variable has, and puts it
 * into the header. clang drops what nothing uses, such as the type of ring buffer events. It costs
 * nothing: a pointer in a section of its own, which bpfbake takes out of the object. (To an array:
 * clang gives the type of a plain pointer only a name when a struct has such a pointer already.)
 */
#define BPFBAKE_EXPORT(type)         __BPFBAKE_EXPORT(type, __COUNTER__)
#define __BPFBAKE_EXPORT(type, n)    __BPFBAKE_EXPORT_AS(type, n)
#define __BPFBAKE_EXPORT_AS(type, n)                                                               \
	static type(*__bpfbake_export_##n)[1] __attribute__((section(".bpfbake.export"), used))

/*
 * BPFBAKE_EVENT(closed, struct event); the records of the ring buffer or perf event array `closed`
 * are of this type. It is exported too, and costs as little. Two of them on one map: its callback
 * gets a void pointer.
 */
#define BPFBAKE_EVENT(map, type)         __BPFBAKE_EVENT(map, type, __COUNTER__)
#define __BPFBAKE_EVENT(map, type, n)    __BPFBAKE_EVENT_AS(map, type, n)
#define __BPFBAKE_EVENT_AS(map, type, n)                                                           \
	static type(*__bpfbake_event_##n##_##map)[1]                                               \
		__attribute__((section(".bpfbake.export"), used))

#endif /* __BPFBAKE_BPF_H__ */
