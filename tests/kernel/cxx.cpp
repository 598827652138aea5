/* SPDX-License-Identifier: BSD-2-Clause */
/* The members that the skeleton has in C++, and names that only C allows. */
#include "attach.skel.h"
#include "kernel.h"
#include "names.skel.h"

static void escaped_names()
{
	struct names *named = names::open();
	CHECK(named);
	CHECK(!names::load(named));
	__u32 key = 3;
	names__data_ value = {}, found = {};
	value.class_ = 1;
	value.value = 2;
	CHECK(!names__class__update(named, &key, &value, BPF_ANY));
	CHECK(!names__class__lookup(named, &key, &found) && found.class_ == 1);
	CHECK(named->progs.new_ && named->maps.bss_ && named->maps.bss);
	CHECK(!strcmp(bpf_map__name(named->maps.class_), "class"));
	names::destroy(named);
}

static void members()
{
	struct attach *skel = attach::open_and_load();
	CHECK(skel);
	size_t size = 0;
	CHECK(attach::elf_bytes(&size) && size > 1000);
	attach::report(skel, stderr);
	attach::detach(skel);
	attach::destroy(skel);
}

int main()
{
	need_bpf();
	RUN(escaped_names);
	RUN(members);
	return end_of_test();
}
