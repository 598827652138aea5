# SPDX-License-Identifier: BSD-2-Clause
# Fetches the sysroots of other architectures, one after the other; skipped where there is none.
. "$(dirname "$0")/../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
for arch in i386 armhf arm64 s390x; do
	"$here/../lib/sysroot" $arch "$SYSROOTS" 2>"$WORK/err" || skip "$(sed 's/^SKIP: //' "$WORK/err")"
done
