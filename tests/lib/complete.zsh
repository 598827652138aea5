# SPDX-License-Identifier: BSD-2-Clause
# zsh -f complete.zsh DIRECTORY LINE...: what an interactive zsh, with the functions of DIRECTORY, offers
# when the tabulator is pressed behind each LINE, a word a line; behind each an empty line. What a shell
# says by itself is shown with a '!' before it.
emulate -R zsh
zmodload zsh/zpty
work=$(mktemp -d) results=$work/results
: >$results
directory=$1
shift
export HOME=$work TERM=dumb
zpty shell zsh -f -i
zpty -w shell "PS1=; fpath=(${(q)directory} \$fpath); autoload -Uz compinit; compinit -D -u; results=${(q)results}"
# Matches go to the file instead of to the line.
zpty -w shell 'compadd() {
	local -a hits
	[[ "$*" == *-[OAD]* ]] && { builtin compadd "$@"; return }
	builtin compadd -A hits "$@"
	print -rl -- $hits >>$results
	builtin compadd "$@"
}'
zpty -w shell 'offer() { _main_complete; print -r -- @end >>$results; zle -U $'"'\C-u'"' }'
zpty -w shell 'zle -C offer complete-word offer; bindkey "^I" offer; print -r -- @ready >>$results'
# await WORD: until the shell has written it.
await() {
	repeat 300; do
		grep -qxF -- $1 $results && return
		zpty -rt shell output && said+=$output
		sleep 0.05
	done
	print -ru2 -- "no $1: $said"
	rm -rf $work
	exit 1
}
await @ready
for line; do
	: >$results
	zpty -n -w shell $line$'\t'
	await @end
	grep -v '^@end$' $results | grep . | sort -u
	print
done
zpty -d shell
rm -rf $work
