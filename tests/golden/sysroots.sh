# SPDX-License-Identifier: BSD-2-Clause
# Fetches the sysroots of other architectures and releases, one after the other; skipped where there is none.
. "$(dirname "$0")/../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
for sysroot in 'i386 -' 'armhf -' 'arm64 -' 's390x -' 'amd64 trixie'; do
	# shellcheck disable=SC2086 # words
	"$here/../lib/sysroot" $sysroot "$SYSROOTS" 2>"$WORK/err" || skip "$(sed 's/^SKIP: //' "$WORK/err")"
done
