# SPDX-License-Identifier: BSD-2-Clause
# What ./check and ./demo need of the machine: packages of Debian, and the file systems of tracing
# and BPF. Sourced by sh; works as root, and as a user with sudo.

# To build the tool and its programs.
build_packages="gcc libc6-dev make cmake ninja-build pkg-config clang libbpf-dev libelf-dev
	libdw-dev zlib1g-dev libjansson-dev linux-libc-dev libclang1-14"
# To test it, on two kernels in qemu too, one of which is big-endian.
test_packages="g++ libcmocka-dev bpftool llvm ccache cpio strace qemu-system-x86 qemu-system-misc
	gcc-s390x-linux-gnu distcc dpkg-dev autoconf automake muon-meson musl-tools graphviz man-db
	groff-base jq libcap2-bin lz4 mandoc procps sccache xz-utils zsh zstd"
# For ./check --kernels.
kernel_packages="qemu-system-arm binutils-aarch64-linux-gnu"
# For ./check --all.
more_packages="clang-16 clang-19 valgrind golang-go golang-github-cilium-ebpf-dev golang-github-iovisor-gobpf-dev
	libbpfcc-dev libc6-dev-s390x-cross libclang-rt-14-dev"
# For CI alone: icecc starts a daemon when it is installed, which takes jobs from the network.
ci_packages="icecc iproute2"

say() {
	printf '%s\n' "$*"
}

die() {
	printf '%s\n' "$*" >&2
	exit 1
}

as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "root's rights are needed for: $* (there is no sudo)"
	fi
}

is_installed() {
	[ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_packages PACKAGE...: those that are missing. Touches the network only for these.
install_packages() {
	missing=
	for package; do
		is_installed "$package" || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	command -v apt-get >/dev/null ||
		die "these packages of Debian are missing, or what they hold:$missing"
	say "installing:$missing"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq update
	# shellcheck disable=SC2086 # a list of words
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends \
		$missing >/dev/null
}

# mount_kernel_file_systems: tracefs and bpffs, where the machine lets us.
mount_kernel_file_systems() {
	if [ ! -e /sys/kernel/tracing/events ]; then
		(as_root mount -t tracefs tracefs /sys/kernel/tracing) 2>/dev/null || :
	fi
	if ! grep -q " /sys/fs/bpf bpf " /proc/mounts; then
		(as_root mount -t bpf bpf /sys/fs/bpf) 2>/dev/null || :
	fi
}

