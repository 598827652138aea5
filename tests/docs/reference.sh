# SPDX-License-Identifier: BSD-2-Clause
# docs/api.md names each function that a header can have, each kind of map with the release that brought it, as the
# header's reports have it, and each section whose programs can be attached.
. "$(dirname "$0")/../lib/test.sh"
page=$SOURCE_DIR/docs/api.md
# Functions of some headers alone have pages of their own.
cat "$page" "$SOURCE_DIR/docs/light.md" "$SOURCE_DIR/docs/old-kernels.md" >pages

# What the templates define; of these, what only the header itself calls is no part of the reference.
cat "$SOURCE_DIR"/templates/*.mustache | grep -oE '\{\{N\}\}__(\{\{(name|outer)\}\}__)?[a-z_]+\(' |
	sed -E 's/.*__([a-z_]+)\($/\1/; s/(.)_fd$/\1/; s/^reuse$/reuse_fd/' | sort -u >functions
[ "$(wc -l <functions)" -gt 50 ] || fail 'hardly a function was found'
grep -vxE 'assert|create_skeleton|open_bytes|deliver|lose|loader' functions >public
while read -r function; do
	grep -qE "(\`|__|[ *])$function(\(|\`)" pages || fail "api.md lacks the function $function"
done <public

# What other pages call is there, too.
for other in moving troubleshooting; do
	grep -ohE '(N|F|filter)__([mpxe]__)?[a-z_]+\(' "$SOURCE_DIR/docs/$other.md" | sed -E 's/.*__([a-z_]+)\($/\1/; s/(.)_fd$/\1/; s/^reuse$/reuse_fd/' |
		sort -u >called
	[ -s called ] || fail "$other.md calls nothing"
	while read -r function; do
		grep -qx "$function" public || fail "$other.md calls '$function', which no header has"
	done <called
done

sed -n '/bpfbake_report2_since/,/};/s/^\t\t\([0-9].*\)/\1/p' "$SOURCE_DIR/templates/report_advice.mustache" |
	tr -d '\n\t ' | tr ',' '\n' >releases
sed -n 's/^\t\[\([0-9]*\)\] = {"\([a-z_]*\)".*/\1 \2/p' "$SOURCE_DIR/codegen/map_kinds.c" >kinds
[ "$(wc -l <kinds)" -gt 30 ] || fail 'hardly a kind was found'
while read -r number kind; do
	release=$(sed -n "$((number + 1))p" releases)
	# Newer than what reports know.
	[ -n "$release" ] || continue
	row="^[|] $((release / 100))\\.$((release % 100)) [|].*\`$kind\`"
	grep -qE "$row" "$page" || fail "api.md does not have $kind since $release"
done <kinds

sed -n 's/^\t{"\([a-z_0-9./]*\)\**",.*/\1/p' "$SOURCE_DIR/codegen/program_kinds.c" | sed 's|/$||' >sections
[ "$(wc -l <sections)" -gt 30 ] || fail 'hardly a section was found'
sed -n '/^## What the kernel needs/,/^## The bytes/p' "$page" >needs
while read -r section; do
	case $section in
	raw_tracepoint.w | raw_tp.w) section='.w' ;;
	raw_) section=raw_tp ;;
	lwt_) section=lwt_in ;;
	esac
	has "$page" "\`$section"
	has needs "\`$section"
done <sections

# What the page says of capabilities is what kernel.capabilities asks kernels.
sed -n 's/^\t{"\([a-z_0-9/]*\)", \([A-Z_| 0]*\), .*/\1 \2/p' "$SOURCE_DIR/tests/kernel/capabilities.c" >capabilities
[ "$(wc -l <capabilities)" -gt 35 ] || fail 'hardly a capability was found'
while read -r name wanted; do
	case $name in
	hash | array | *_array | ringbuf | stack_trace | queue | *_sockarray) said=0 ;;
	devmap* | sockmap | sockhash | xskmap) said=$(sed -n "s/^.*\`$name\`.* need CAP_NET_ADMIN.*/NET_ADMIN/p" needs) ;;
	*) said=$(awk -F '|' -v name="\`$name\`" 'index($2, name) && NF > 5 {
			said = $4 ~ /PERFMON/ ? "PERFMON" : ""
			if ($4 ~ /NET_ADMIN/)
				said = said (said == "" ? "" : " | ") "NET_ADMIN"
			print said == "" ? 0 : said
			exit
		}' needs) ;;
	esac
	[ "$said" = "$wanted" ] || fail "api.md: $name needs '$wanted', not '$said'"
done <capabilities
