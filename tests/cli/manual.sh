# SPDX-License-Identifier: BSD-2-Clause
# The manual that is committed is what the tables and its template make; readers of manual pages find
# nothing wrong with it; all options and variables of the environment are in it.
. "$(dirname "$0")/../lib/test.sh"
run 0 "$MANUAL" "$SOURCE_DIR/docs/source" "$PWD"
for file in bpfbake.1 command.md completion/bpfbake.bash completion/_bpfbake completion/bpfbake.fish; do
	exists "$file"
	diff -u "$SOURCE_DIR/docs/$file" "$file" >&2 ||
		fail "docs/$file is out of date; make it anew: cmake --build DIR --target docs"
done
run 2 "$MANUAL"
run 1 "$MANUAL" "$PWD" "$PWD"
says 'command.md.mustache: cannot be read'

needs man lexgrog mandoc groff
page=$SOURCE_DIR/docs/bpfbake.1
# quiet_reader COMMAND...: it has nothing to say against the page.
quiet_reader() {
	run 0 "$@"
	[ ! -s "$WORK/err" ] || fail "$1: $(cat "$WORK/err")"
}
MANWIDTH=80 quiet_reader man --warnings -E ascii -l "$page"
cp "$WORK/out" text
quiet_reader groff -man -ww -z "$page"
run 0 mandoc -T lint "$page"
[ ! -s "$WORK/out" ] || fail "mandoc: $(cat "$WORK/out")"
# What tests alone read is no text.
lacks "$page" '\-\->'
run 0 lexgrog "$page"
prints 'bpfbake - turns BPF C into one typed C header with the bytecode inside'
[ "$(awk 'length > 80' text | wc -l)" -eq 0 ] || fail 'long lines'

# As man prints them: each option of --help with its argument, in each command.
for command in build gen inspect vmlinux doctor; do
	run 0 "$BPFBAKE" help $command
	sed -n 's/^  \(-[^ ].*\)/\1/p' "$WORK/out" | sed 's/  (environment.*//' >options
	[ -s options ] || fail "no options of $command"
	sed -n "/^   bpfbake $command/,/^   bpfbake [^ ]*$/p" text | sed 's/^ *//' >part
	while IFS= read -r option; do
		grep -qF -- "$option" part || fail "the manual of $command lacks $option"
	done <options
done
# Each variable that is read is there.
{
	sed -n 's/.*getenv("\([A-Z0-9_]*\)").*/\1/p' "$SOURCE_DIR"/base/*.c "$SOURCE_DIR"/codegen/*.c "$SOURCE_DIR"/driver/*.c
	grep -hE 'OPTION_[A-Z]*, AT' "$SOURCE_DIR"/driver/*.c | grep -oE '\{"[A-Z0-9_]+", ("[A-Z0-9_]+"|NULL)\}' | grep -oE '[A-Z0-9_]+'
} | sort -u | grep -vx NULL >variables
[ "$(wc -l <variables)" -ge 12 ] || fail "variables: $(cat variables)"
sed -n '/^ENVIRONMENT/,/^FILES/p' text >part
while IFS= read -r variable; do
	grep -qw -- "$variable" part || fail "the manual lacks \$$variable"
done <variables
# What a shell or a reader copies is ASCII.
! grep -nP '[^\x00-\x7f]' "$page" || fail 'not ASCII'
# The same words in the Markdown.
for text in '**-embed** **literal**|**incbin**|**c23**' 'PT\_REGS\_\*' '`-verbose`'; do
	has "$SOURCE_DIR/docs/command.md" "$text"
done
