# SPDX-License-Identifier: BSD-2-Clause
# examples/meson, built by Meson where it is there. It is not asked for, since it brings Python.
. "$(dirname "$0")/project.sh"
command -v meson >/dev/null || skip 'no meson here; muon builds the same example in make.muon'
meson=meson
. "$(dirname "$0")/meson_example.sh"
