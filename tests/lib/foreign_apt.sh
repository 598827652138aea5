# SPDX-License-Identifier: BSD-2-Clause
# apt-get for one of Debian's architectures and releases, with a private state: nothing is installed,
# and the machine's own lists are left alone. Sourced by sh.

# foreign_apt_mirror: where the machine itself has Debian from.
foreign_apt_mirror() {
	codename=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
	# shellcheck disable=SC2016 # apt-get's
	apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
		sed -n "s/^$codename main //p" | head -n 1
}

# foreign_apt_init ARCH RELEASE DIR: DIR is emptied for it; packages go to DIR/packages. RELEASE is its
# name, or - for what the machine itself has.
foreign_apt_init() {
	apt_arch=$1 apt_state=$3
	rm -rf "$apt_state"
	mkdir -p "$apt_state/lists/partial" "$apt_state/cache/archives/partial" "$apt_state/packages"
	: >"$apt_state/status"
	apt_sources=
	if [ "$2" != - ]; then
		apt_sources="-o Dir::Etc::sourcelist=$apt_state/sources.list -o Dir::Etc::sourceparts=-"
		echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(foreign_apt_mirror) $2 main" \
			>"$apt_state/sources.list"
	fi
	# One list that cannot be had (a mirror out of step) does not matter when the others have it all.
	foreign_apt apt-get update >"$apt_state/log" 2>&1 || :
}

# foreign_apt apt-get|apt-cache ARGUMENT...
foreign_apt() {
	apt_command=$1
	shift
	# shellcheck disable=SC2086 # words
	"$apt_command" -qq $apt_sources -o APT::Architecture="$apt_arch" -o APT::Architectures::="$apt_arch" \
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
