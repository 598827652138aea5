# SPDX-License-Identifier: BSD-2-Clause
# install.sh CMAKE BUILD PREFIX: the tool as a packager installs it, once for all tests here.
set -eu
rm -rf "$3"
"$1" --install "$2" --prefix "$3" >/dev/null
for file in bin/bpfbake share/bpfbake/bpfbake.mk share/pkgconfig/bpfbake.pc; do
	[ -s "$3/$file" ] || {
		echo "FAIL: no $file is installed" >&2
		exit 1
	}
done
