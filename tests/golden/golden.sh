# SPDX-License-Identifier: BSD-2-Clause
# golden.sh NAME [update]: its header is NAME.skel.h of this directory, but for the bytes, the flags, the versions
# of the tools and, in all but one, the code behind the largest functions, which is the same. With
# "update" it becomes so: read the difference before it is committed.
. "$(dirname "$0")/../lib/test.sh"
here=$(cd "$(dirname "$0")" && pwd)
name=$1

# Other compilers order BTF otherwise, and so maps and types.
version=$("${CLANG:-clang}" --version | sed -n 's/.*version \([0-9]*\).*/\1/p')
[ "$version" = 14 ] || skip "the golden headers are of clang 14, not of $version"
sed -e '/^\t\t"/d' -e '/^ \* Flags: /d' -e 's/^ \* Made by .*/ * Made by …/' -e 's/\(sz = \).*;/\1…;/' \
	"$OBJECT_DIR/$name.skel.h" >header
for block in REPORT2 LOAD_ONLY PIN COMPARISON; do
	[ "$name" = attach ] || sed -i "/^#ifndef BPFBAKE_$block/,/^#endif .* BPFBAKE_$block/d" header
done
if [ "${2-}" = update ]; then
	cp header "$here/$name.skel.h"
else
	diff -u "$here/$name.skel.h" header || fail "another header than the golden one"
fi
