/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices and addresses for the tests, by rtnetlink: a guest has no program for them. Addresses are
 * in network order. Each function returns 0 or a negative errno.
 *
 * A message is a header, a struct of its type, and attributes, which may hold others.
 */
#ifndef TESTS_KERNEL_NETWORK_H
#define TESTS_KERNEL_NETWORK_H

#include <errno.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct network_message {
	union {
		struct nlmsghdr header;
		char bytes[512];
	};
};

/* Where it stands, followed by zeros up to the next multiple of four. */
static inline void *network_append(struct network_message *message, const void *bytes, size_t size)
{
	void *place = message->bytes + message->header.nlmsg_len;

	memcpy(place, bytes, size);
	message->header.nlmsg_len += NLMSG_ALIGN((__u32)size);
	return place;
}

static inline struct network_message network_begin(__u16 type, __u16 flags, const void *body,
						   size_t size)
{
	struct network_message message = {
		.header =
			{
				.nlmsg_len = NLMSG_HDRLEN,
				.nlmsg_type = type,
				.nlmsg_flags = (__u16)(NLM_F_REQUEST | NLM_F_ACK | flags),
			},
	};

	network_append(&message, body, size);
	return message;
}

static inline struct rtattr *network_attribute(struct network_message *message, __u16 type,
					       const void *bytes, size_t size)
{
	struct rtattr attribute = {.rta_len = (__u16)RTA_LENGTH(size), .rta_type = type};
	struct rtattr *place = network_append(message, &attribute, sizeof(attribute));

	if (size)
		network_append(message, bytes, size);
	return place;
}

/* What is added from then on is in it, up to network_close. */
static inline struct rtattr *network_open(struct network_message *message, __u16 type)
{
	return network_attribute(message, type, NULL, 0);
}

static inline void network_close(struct network_message *message, struct rtattr *attribute)
{
	char *end = message->bytes + message->header.nlmsg_len;

	attribute->rta_len = (__u16)(end - (char *)attribute);
}

/* Sends it, and has the kernel's answer. */
static inline int network_send(const struct network_message *message)
{
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char rest[512];
	} answer;
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), err = 0;

	if (fd < 0)
		return -errno;
	if (send(fd, message, message->header.nlmsg_len, 0) < 0 ||
	    recv(fd, &answer, sizeof(answer), 0) < 0)
		err = -errno;
	close(fd);
	return err ? err : answer.error.error;
}

/* Two devices of that kind, "veth" or "netkit", each other's peers. */
static inline int network_add_pair(const char *kind, const char *name, const char *peer)
{
	const __u16 info_of_peer = VETH_INFO_PEER; /* IFLA_NETKIT_PEER_INFO has this number too */
	struct ifinfomsg link = {0};
	struct network_message message =
		network_begin(RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &link, sizeof(link));
	struct rtattr *info, *data, *other;

	network_attribute(&message, IFLA_IFNAME, name, strlen(name) + 1);
	info = network_open(&message, IFLA_LINKINFO);
	network_attribute(&message, IFLA_INFO_KIND, kind, strlen(kind));
	data = network_open(&message, IFLA_INFO_DATA);
	other = network_open(&message, info_of_peer);
	network_append(&message, &link, sizeof(link));
	network_attribute(&message, IFLA_IFNAME, peer, strlen(peer) + 1);
	network_close(&message, other);
	network_close(&message, data);
	network_close(&message, info);
	return network_send(&message);
}

/* Without an address of IPv6, so that the device says nothing by itself. */
static inline int network_be_silent(int ifindex)
{
	const __u8 none = IN6_ADDR_GEN_MODE_NONE;
	struct ifinfomsg link = {.ifi_index = ifindex};
	struct network_message message = network_begin(RTM_NEWLINK, 0, &link, sizeof(link));
	struct rtattr *families = network_open(&message, IFLA_AF_SPEC);
	struct rtattr *family = network_open(&message, AF_INET6);

	network_attribute(&message, IFLA_INET6_ADDR_GEN_MODE, &none, sizeof(none));
	network_close(&message, family);
	network_close(&message, families);
	return network_send(&message);
}

static inline int network_up(int ifindex)
{
	struct ifinfomsg link = {.ifi_index = ifindex, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
	struct network_message message = network_begin(RTM_NEWLINK, 0, &link, sizeof(link));

	return network_send(&message);
}

static inline int network_add_address(int ifindex, __u32 address, __u8 prefix)
{
	struct ifaddrmsg body = {
		.ifa_family = AF_INET,
		.ifa_prefixlen = prefix,
		.ifa_index = (__u32)ifindex,
	};
	struct network_message message =
		network_begin(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &body, sizeof(body));

	network_attribute(&message, IFA_LOCAL, &address, sizeof(address));
	network_attribute(&message, IFA_ADDRESS, &address, sizeof(address));
	return network_send(&message);
}

/* Whom nobody has to ask for. */
static inline int network_add_neighbour(int ifindex, __u32 address, const __u8 ethernet[6])
{
	struct ndmsg body = {
		.ndm_family = AF_INET,
		.ndm_ifindex = ifindex,
		.ndm_state = NUD_PERMANENT,
	};
	struct network_message message =
		network_begin(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, &body, sizeof(body));

	network_attribute(&message, NDA_DST, &address, sizeof(address));
	network_attribute(&message, NDA_LLADDR, ethernet, 6);
	return network_send(&message);
}

/* With all its filters. */
static inline int network_delete_clsact(int ifindex)
{
	struct tcmsg body = {
		.tcm_ifindex = ifindex,
		.tcm_handle = TC_H_MAKE(TC_H_CLSACT, 0),
		.tcm_parent = TC_H_CLSACT,
	};
	struct network_message message = network_begin(RTM_DELQDISC, 0, &body, sizeof(body));

	network_attribute(&message, TCA_KIND, "clsact", sizeof("clsact"));
	return network_send(&message);
}

#endif
