/* SPDX-License-Identifier: BSD-2-Clause */
/* Datagrams that a socket does not hear. */
#define _GNU_SOURCE
#include "jobs.h"
#include "socket_filter.skel.h"

static void hear_some(struct socket_filter *skel)
{
	int receiver = open_datagrams("127.0.0.1", 7000), sender = open_datagrams("127.0.0.2", 0);

	CHECK(!socket_filter__filter__attach(skel, receiver));
	send_text(sender, 7000, "beware");
	send_text(sender, 7000, "all's well");
	CHECK(!socket_filter__first_byte__set(skel, 'b'));
	send_text(sender, 7000, "as you were");
	send_text(sender, 7000, "begin");
	CHECK(!socket_filter__filter__detach(skel));
	send_text(sender, 7000, "as you like");

	receive_text(receiver, "all's well");
	receive_text(receiver, "begin");
	receive_text(receiver, "as you like");
	CHECK(!close(receiver) && !close(sender));
}

int main(void)
{
	struct socket_filter *skel;

	need_bpf();
	enter_network();
	skel = socket_filter__open_and_load();
	CHECK(skel);
	RUN(hear_some, skel);
	socket_filter__destroy(skel);
	return end_of_test();
}
