# SPDX-License-Identifier: BSD-2-Clause
# apt-get for one of Debian's architectures, with a private state: nothing is installed, and the
# machine's own lists are left alone. Sourced by sh.

# foreign_apt_init ARCH DIR: DIR is emptied for it; packages go to DIR/packages.
foreign_apt_init() {
	apt_arch=$1 apt_state=$2
	rm -rf "$apt_state"
	mkdir -p "$apt_state/lists/partial" "$apt_state/cache/archives/partial" "$apt_state/packages"
	: >"$apt_state/status"
	# One list that cannot be had (a mirror out of step) does not matter when the others have it all.
	foreign_apt apt-get update >"$apt_state/log" 2>&1 || :
}

# foreign_apt apt-get|apt-cache ARGUMENT...
foreign_apt() {
	apt_command=$1
	shift
	"$apt_command" -qq -o APT::Architecture="$apt_arch" -o APT::Architectures::="$apt_arch" \
		-o Dir::State="$apt_state" -o Dir::State::lists="$apt_state/lists" \
		-o Dir::State::status="$apt_state/status" -o Dir::Cache="$apt_state/cache" \
		-o APT::Sandbox::User=root "$@"
}

# foreign_apt_download PACKAGE...: 77 and a reason where they cannot be had.
foreign_apt_download() {
	(cd "$apt_state/packages" && foreign_apt apt-get download "$@") >"$apt_state/log" 2>&1 || {
		echo "SKIP: packages of $apt_arch cannot be fetched: $(tail -n 1 "$apt_state/log")" >&2
		exit 77
	}
}
