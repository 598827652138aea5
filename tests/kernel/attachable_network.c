/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs on packets, sockets and cgroups, in a network namespace and a cgroup of the test's own.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/netfilter.h>
#include <sched.h>
#include <sys/stat.h>

#include "attached.h"
#include "network.h"

static int loopback, device, peer;
static char cgroup[64];

#define LOCAL(number)                                          \
	((const struct sockaddr *)&(const struct sockaddr_in){ \
		.sin_family = AF_INET,                         \
		.sin_port = htons(number),                     \
		.sin_addr = {htonl(INADDR_LOOPBACK)},          \
	})

/* Two sockets for datagrams, and what goes from one to the other. */
static int sender, receiver;

static int open_socket(int type, unsigned short port)
{
	int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0), on = 1;

	CHECK(fd >= 0);
	CHECK(!setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof(on)));
	CHECK(!setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)));
	if (port)
		CHECK(!bind(fd, LOCAL(port), sizeof(struct sockaddr_in)));
	return fd;
}

static void transfer(void)
{
	char byte = 0;

	CHECK(sendto(sender, "x", 1, 0, LOCAL(7000), sizeof(struct sockaddr_in)) == 1);
	CHECK(recv(receiver, &byte, 1, 0) == 1 && byte == 'x');
}

static void send_to(const char *address)
{
	struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(7003)};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	CHECK(fd >= 0 && inet_aton(address, &there.sin_addr));
	CHECK(sendto(fd, "z", 1, 0, (struct sockaddr *)&there, sizeof(there)) == 1);
	CHECK(!close(fd));
}

/* Out of the device, and in at its peer. */
static void send_out(void)
{
	send_to("10.9.9.2");
}

/* Nobody listens there. */
static void refused(void)
{
	int fd = open_socket(SOCK_STREAM, 0);

	CHECK(connect(fd, LOCAL(7001), sizeof(struct sockaddr_in)) && errno == ECONNREFUSED);
	CHECK(!close(fd));
}

/* A connection: both ends. */
static void open_connection(int ends[2])
{
	int listener = open_socket(SOCK_STREAM, 7002);

	CHECK(!listen(listener, 1));
	ends[0] = open_socket(SOCK_STREAM, 0);
	CHECK(!connect(ends[0], LOCAL(7002), sizeof(struct sockaddr_in)));
	ends[1] = accept(listener, NULL, NULL);
	CHECK(ends[1] >= 0 && !close(listener));
}

static void connect_once(void)
{
	int ends[2];

	open_connection(ends);
	CHECK(!close(ends[0]) && !close(ends[1]));
}

static __u32 xdp_id(int ifindex)
{
	__u32 id = 0;

	CHECK(!bpf_xdp_query_id(ifindex, 0, &id));
	return id;
}

static void xdp(void)
{
	struct bpf_link *link;

	CYCLE(on_packet, transfer, loopback, 0);
	CYCLE(on_packet, transfer, loopback, XDP_FLAGS_SKB_MODE);
	CYCLE(on_packets, transfer, loopback, XDP_FLAGS_SKB_MODE | XDP_FLAGS_UPDATE_IF_NOEXIST);
	CHECK(xdp_id(loopback) == 0);

	/* Whatever is attached, attach is busy. */
	CHECK(!attachable__on_packet__attach(skel, loopback, XDP_FLAGS_SKB_MODE));
	CHECK(attachable__on_packet__attach(skel, loopback, 0) == -EBUSY);
	CHECK(xdp_id(loopback) == program_id(skel->progs.on_packet));
	/* Another's program stays. */
	CHECK(!attachable__on_packets__attach(skel, loopback, XDP_FLAGS_SKB_MODE));
	CHECK(attachable__on_packet__detach(skel) < 0);
	CHECK(xdp_id(loopback) == program_id(skel->progs.on_packets));
	CHECK(!attachable__on_packets__detach(skel) && !xdp_id(loopback));

	/* The same program on another interface, by the driver. */
	CHECK(!attachable__on_packet__attach(skel, loopback, 0));
	link = attachable__on_packet__attach_link(skel, device);
	CHECK(link && xdp_id(device) == program_id(skel->progs.on_packet));
	CHECK(!bpf_link__destroy(link) && !xdp_id(device));
	CHECK(!attachable__on_packet__detach(skel));
	CHECK(attachable__on_packet__attach(skel, 12345, 0) < 0 && !skel->links.on_packet);
	CHECK(attachable__on_packet__attach(skel, 12345, XDP_FLAGS_SKB_MODE) == -ENODEV);
	CHECK(!attachable__on_packet__detach(skel));
}

static void tc(void)
{
	CYCLE(on_filter, transfer, loopback, BPF_TC_INGRESS);
	CYCLE(on_filter, transfer, loopback, BPF_TC_EGRESS);
	/* Two on one hook. */
	CHECK(!attachable__on_filter__attach(skel, loopback, BPF_TC_EGRESS));
	CYCLE(on_second_filter, transfer, loopback, BPF_TC_EGRESS);
	CHECK_QUIET(on_filter, transfer);
	CHECK(attachable__on_filter__attach(skel, loopback, BPF_TC_CUSTOM) == -EINVAL);
	CHECK(attachable__on_filter__attach(skel, 12345, BPF_TC_EGRESS) < 0);
	CHECK(!attachable__on_filter__detach(skel));

	/* A filter that somebody took away is no longer ours. */
	CHECK(!attachable__on_filter__attach(skel, loopback, BPF_TC_EGRESS));
	CHECK(!network_delete_clsact(loopback));
	CHECK(attachable__on_filter__detach(skel) < 0);
	CHECK(!attachable__on_filter__attach(skel, loopback, BPF_TC_EGRESS));
	CHECK(!attachable__on_filter__detach(skel));

	/* By tcx, or as filters. */
	CYCLE(on_ingress, send_out, peer);
	CHECK(!*report());
	CYCLE(on_egress, send_out, device);
	CYCLE(on_filter, send_out, peer, BPF_TC_INGRESS);
	CHECK(!attachable__on_ingress__attach(skel, device));
	CHECK(!attachable__on_filter__attach(skel, peer, BPF_TC_EGRESS));
	CHECK_QUIET(on_ingress, send_out);
	CHECK_QUIET(on_filter, send_out);
	CHECK(!attachable__on_ingress__detach(skel) && !attachable__on_filter__detach(skel));
}

/* Linux 6.6, libbpf 1.3. */
static void tcx(void)
{
	struct bpf_link *link = attachable__on_ingress__attach_link(skel, peer);

	MAY_BE_REFUSED(link ? 0 : -errno);
	CHECK_FIRES(on_ingress, send_out);
	CHECK(!bpf_link__destroy(link));
	CHECK_QUIET(on_ingress, send_out);
	CHECK(!attachable__on_ingress__attach(skel, peer) && skel->links.on_ingress);
	CHECK_FIRES(on_ingress, send_out);
	CHECK(!attachable__on_ingress__detach(skel));
}

static int open_network_namespace(void)
{
	int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);

	CHECK(fd >= 0);
	return fd;
}

static void lookups(void)
{
	int fd = open_network_namespace();

	CYCLE(on_lookup, refused, fd);
	CHECK(!close(fd));
	CHECK(attachable__on_lookup__attach(skel, fd) == -EBADF && !skel->links.on_lookup);
}

/* What spreads packets by their flows asks the program for these. */
static void flow_dissector(void)
{
	int spread = 1 | PACKET_FANOUT_HASH << 16, fd = open_network_namespace();
	int packets = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_IP));
	char packet[64] = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = packet, .data_size_in = sizeof(packet));

	CHECK(packets >= 0);
	CHECK(!setsockopt(packets, SOL_PACKET, PACKET_FANOUT, &spread, sizeof(spread)));
	CYCLE(on_flow, transfer, fd);
	CHECK(!close(packets) && !close(fd));
	CHECK(!attachable__on_flow__test_run(skel, &opts) && opts.retval == BPF_OK);
}

static void sockets(void)
{
	int fd;

	CYCLE(on_socket, transfer, receiver);
	CYCLE(on_reuseport, transfer, receiver);
	CHECK(attachable__on_socket__attach(skel, -1) == -EBADF);

	/* A socket that is gone, and one that has its number now. */
	fd = open_socket(SOCK_DGRAM, 0);
	CHECK(!attachable__on_socket__attach(skel, fd) && !close(fd));
	CHECK(open_socket(SOCK_DGRAM, 0) == fd);
	CHECK(attachable__on_socket__detach(skel) == -EBADF);
	CHECK(!attachable__on_socket__detach(skel) && !close(fd));
}

static int connection[2];

static void talk(void)
{
	char byte = 0;

	CHECK(send(connection[0], "y", 1, 0) == 1);
	CHECK(recv(connection[1], &byte, 1, 0) == 1 && byte == 'y');
}

/* Sockets get the programs that the map has when they are put into it. */
#define CHECK_SOCKMAP(program, end, ...)                                                       \
	do {                                                                                   \
		int map_fd = bpf_map__fd(skel->maps.sockets);                                  \
                                                                                               \
		open_connection(connection);                                                   \
		CHECK(!attachable__##program##__attach(skel, map_fd, ##__VA_ARGS__));          \
		CHECK(attachable__##program##__attach(skel, map_fd, ##__VA_ARGS__) == -EBUSY); \
		CHECK(!attachable__sockets__update(skel, 0, connection[end], BPF_ANY));        \
		CHECK_FIRES(program, talk);                                                    \
		CHECK(!attachable__sockets__delete(skel, 0));                                  \
		CHECK(!attachable__##program##__detach(skel));                                 \
		CHECK(!attachable__sockets__update(skel, 0, connection[end], BPF_ANY));        \
		CHECK_QUIET(program, talk);                                                    \
		CHECK(!close(connection[0]) && !close(connection[1]));                         \
	} while (0)

static void sockmaps(void)
{
	CHECK_SOCKMAP(on_message, 0);
	CHECK_SOCKMAP(on_verdict, 1);
	CHECK_SOCKMAP(on_stream, 1, BPF_SK_SKB_STREAM_VERDICT);
	CHECK(attachable__on_message__attach(skel, -1) == -EBADF);
	check_report("on_message", "Bad file descriptor");
	CHECK(attachable__on_message__attach(skel, bpf_map__fd(skel->maps.numbers)) < 0);
}

static void cgroups(void)
{
	int fd = open(cgroup, O_RDONLY | O_CLOEXEC);
	struct bpf_link *link;

	CHECK(fd >= 0);
	CYCLE(on_cgroup_egress, transfer, fd);
	CYCLE(on_cgroup_packet, transfer, fd, BPF_CGROUP_INET_EGRESS);
	CYCLE(on_cgroup_packet, transfer, fd, BPF_CGROUP_INET_INGRESS);
	CYCLE(on_connect, connect_once, fd);
	CYCLE(on_sockops, connect_once, fd);

	/* The descriptor may be closed before. */
	CHECK(!attachable__on_cgroup_packet__attach(skel, fd, BPF_CGROUP_INET_EGRESS));
	CHECK(!close(fd) && !attachable__on_cgroup_packet__detach(skel));
	CHECK_QUIET(on_cgroup_packet, transfer);
	CHECK(attachable__on_connect__attach(skel, fd) == -EBADF && !skel->links.on_connect);
	check_report("on_connect", "Bad file descriptor");
	fd = open(cgroup, O_RDONLY | O_CLOEXEC);
	link = attachable__on_connect__attach_link(skel, fd);
	CHECK(link && !bpf_link__destroy(link) && !close(fd));
	CHECK(!*report());
	CHECK(!attachable__on_connect__attach_link(skel, fd) && errno == EBADF);
	check_report("on_connect", "Bad file descriptor");
}

/* Linux 6.0; 0 is for -EPERM. */
static void bind_once(void)
{
	int fd = open_socket(SOCK_DGRAM, 0);
	int answer = bind(fd, LOCAL(7004), sizeof(struct sockaddr_in));

	CHECK(skel->bss->is_forbidden ? answer < 0 && errno == EPERM : !answer);
	CHECK(!close(fd));
}

static void lsm_of_cgroups(void)
{
	int fd = open(cgroup, O_RDONLY | O_CLOEXEC);

	CHECK(fd >= 0);
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_lsm_cgroup));
	TRY_CYCLE(on_lsm_cgroup, bind_once, fd);
	CHECK(!attachable__on_lsm_cgroup__attach(skel, fd));
	skel->bss->is_forbidden = 1;
	CHECK_FIRES(on_lsm_cgroup, bind_once);
	CHECK(!attachable__on_lsm_cgroup__detach(skel) && !close(fd));
}

#if LIBBPF_AT_LEAST(3)
/* Linux 6.4. */
static void netfilter(void)
{
	LIBBPF_OPTS(bpf_netfilter_opts, opts, .pf = NFPROTO_IPV4, .hooknum = NF_INET_LOCAL_OUT,
		    .priority = 1);

	MAY_BE_REFUSED(load_alone(attachable__PROG_on_netfilter));
	TRY_CYCLE(on_netfilter, transfer, &opts);
	opts.hooknum = 77;
	CHECK(attachable__on_netfilter__attach(skel, &opts) < 0 && !skel->links.on_netfilter);
}

static void send_out_of_netkit(void)
{
	send_to("10.9.8.2");
}

/* Linux 6.7. */
static void netkit(void)
{
	int primary;

	MAY_BE_REFUSED(network_add_pair("netkit", "netkit0", "netkit1"));
	primary = (int)if_nametoindex("netkit0");
	CHECK(!network_up((int)if_nametoindex("netkit1")) && !network_up(primary));
	CHECK(!network_add_address(primary, inet_addr("10.9.8.1"), 24));
	MAY_BE_REFUSED(load_alone(attachable__PROG_on_netkit));
	TRY_CYCLE(on_netkit, send_out_of_netkit, primary);
	CHECK(!attachable__on_netkit__attach_opts(skel, primary, NULL));
	CHECK_FIRES(on_netkit, send_out_of_netkit);
	CHECK(!attachable__on_netkit__detach(skel));
	CHECK(attachable__on_netkit__attach(skel, loopback) < 0);
}
#else
static void netfilter(void)
{
	MAY_BE_REFUSED(libbpf_since(3));
}

static void netkit(void)
{
	MAY_BE_REFUSED(libbpf_since(3));
}
#endif

/* No devices for these here. */
static void wrong_descriptors(void)
{
	CHECK(attachable__on_socket__attach(skel, bpf_map__fd(skel->maps.sockets)) == -ENOTSOCK);
	CHECK(attachable__on_lirc__attach(skel, receiver) < 0);
	CHECK(!attachable__on_lirc__detach(skel));
}

/* Destroying the skeleton undoes all of them: no program stays. */
static void destroy(void)
{
	int fd = open(cgroup, O_RDONLY | O_CLOEXEC);

	CHECK(!attachable__on_packet__attach(skel, loopback, XDP_FLAGS_SKB_MODE));
	CHECK(!attachable__on_packets__attach(skel, device, 0));
	CHECK(!attachable__on_filter__attach(skel, loopback, BPF_TC_INGRESS));
	CHECK(!attachable__on_ingress__attach(skel, loopback));
	CHECK(!attachable__on_socket__attach(skel, receiver));
	CHECK(!attachable__on_cgroup_packet__attach(skel, fd, BPF_CGROUP_INET_EGRESS));
	CHECK(!attachable__on_connect__attach(skel, fd));
	CHECK(!attachable__on_message__attach(skel, bpf_map__fd(skel->maps.sockets)));
	destroy_and_check(skel->progs.on_packet, skel->progs.on_packets, skel->progs.on_filter,
			  skel->progs.on_ingress, skel->progs.on_socket,
			  skel->progs.on_cgroup_packet, skel->progs.on_connect,
			  skel->progs.on_message);
	CHECK(!xdp_id(loopback) && !xdp_id(device) && !close(fd));
}

static void join_cgroup(const char *path)
{
	char procs[128];
	FILE *file;

	snprintf(procs, sizeof(procs), "%s/cgroup.procs", path);
	file = fopen(procs, "w");
	CHECK(file && fprintf(file, "0") == 1 && !fclose(file));
}

static const char *cgroup_root;

static void leave_cgroup(void)
{
	join_cgroup(cgroup_root);
	rmdir(cgroup);
}

static void skip(const char *why)
{
	printf("SKIP: %s (%s)\n", why, strerror(errno));
	exit(77);
}

static void enter_cgroup(void)
{
	static const char *const roots[] = {"/sys/fs/cgroup/unified", "/sys/fs/cgroup"};
	char procs[64];

	for (int i = 0; i < 2 && !cgroup_root; i++) {
		snprintf(procs, sizeof(procs), "%s/cgroup.controllers", roots[i]);
		if (!access(procs, F_OK))
			cgroup_root = roots[i];
	}
	if (!cgroup_root)
		skip("no cgroup2");
	snprintf(cgroup, sizeof(cgroup), "%s/bpfbake-%d", cgroup_root, getpid());
	if (mkdir(cgroup, 0700))
		skip("no cgroup can be made");
	CHECK(!atexit(leave_cgroup));
	join_cgroup(cgroup);
}

static void enter_network(void)
{
	const __u8 ethernet[6] = {2, 0, 0, 0, 0, 2};
	int err;

	if (unshare(CLONE_NEWNET))
		skip("no network namespace can be made");
	err = network_add_pair("veth", "veth0", "veth1");
	if (err) {
		errno = -err;
		skip("no veth can be made");
	}
	loopback = (int)if_nametoindex("lo");
	device = (int)if_nametoindex("veth0");
	peer = (int)if_nametoindex("veth1");
	CHECK(!network_be_silent(device) && !network_be_silent(peer));
	CHECK(!network_up(loopback) && !network_up(device) && !network_up(peer));
	CHECK(!network_add_address(device, inet_addr("10.9.9.1"), 24));
	CHECK(!network_add_neighbour(device, inet_addr("10.9.9.2"), ethernet));
	receiver = open_socket(SOCK_DGRAM, 7000);
	sender = open_socket(SOCK_DGRAM, 0);
}

int main(void)
{
	need_bpf();
	enter_cgroup();
	enter_network();
	open_skeleton();
	CHECK(!bpf_program__set_autoload(skel->progs.on_ingress, true));
	CHECK(!bpf_program__set_autoload(skel->progs.on_egress, true));
	CHECK(!attachable__load(skel));
	RUN(xdp);
	RUN(tc);
	RUN(tcx);
	RUN(lookups);
	RUN(flow_dissector);
	RUN(sockets);
	RUN(sockmaps);
	RUN(cgroups);
	RUN(wrong_descriptors);
	RUN(destroy);
	RUN(lsm_of_cgroups);
	RUN(netfilter);
	RUN(netkit);
	attachable__destroy(skel);
	return end_of_test();
}
