# SPDX-License-Identifier: BSD-2-Clause
# examples/meson, built by muon, which is Meson without Python (Debian: muon-meson).
. "$(dirname "$0")/project.sh"
meson=muon-meson
. "$(dirname "$0")/meson_example.sh"
