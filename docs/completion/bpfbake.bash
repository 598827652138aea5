# bash completion for bpfbake. Made from docs/source/bpfbake.bash.mustache and the tables of options.

# What an option of a command has for a value: in $kind what it is, in $choices words that it may be. Fails
# where it has none.
_bpfbake_value() {
	choices=
	case $1:$2 in
	build:cc) kind=program choices='' ;;
	build:cflags) kind=none choices='' ;;
	build:target) kind=targets choices='' ;;
	build:embed) kind=none choices='literal incbin c23' ;;
	build:optional) kind=targets choices='' ;;
	build:type) kind=none choices='' ;;
	build:event) kind=none choices='' ;;
	build:type-prefix) kind=none choices='' ;;
	build:output-stem) kind=none choices='' ;;
	build:output-suffix) kind=none choices='' ;;
	build:output-dir) kind=directory choices='' ;;
	build:tags) kind=none choices='' ;;
	build:depfile) kind=file choices='' ;;
	build:makebase) kind=directory choices='' ;;
	build:compile-commands) kind=file choices='' ;;
	build:strip) kind=program choices='' ;;
	build:vmlinux) kind=file choices='auto' ;;
	build:lean) kind=none choices='auto off only verify' ;;
	build:btf) kind=file choices='' ;;
	build:template) kind=file choices='' ;;
	build:o) kind=file choices='' ;;
	build:go-package) kind=none choices='' ;;
	build:j) kind=none choices='' ;;
	gen:base-btf) kind=file choices='' ;;
	btf:base-btf) kind=file choices='' ;;
	inspect:template) kind=file choices='' ;;
	inspect:event) kind=none choices='' ;;
	inspect:o) kind=file choices='' ;;
	vmlinux:btf) kind=file choices='' ;;
	vmlinux:base-btf) kind=file choices='' ;;
	vmlinux:for) kind=source choices='' ;;
	vmlinux:type) kind=none choices='' ;;
	vmlinux:cc) kind=program choices='' ;;
	vmlinux:o) kind=file choices='' ;;
	doctor:cc) kind=program choices='' ;;
	doctor:strip) kind=program choices='' ;;
	*) return 1 ;;
	esac
}

_bpfbake_command() {
	options= words= inner=
	case $1 in
	build)
		options='cc cflags target check split embed compress light optional type event no-global-types no-constants no-accessors type-prefix output-stem output-suffix output-dir tags depfile makebase compile-commands strip no-strip no-sys-include vmlinux lean btf template o go-package j n verbose version help '
		words=source inner=''
		;;
	gen)
		options='json pretty debug base-btf version use-loader legacy help '
		words=file inner='skeleton subskeleton object min_core_btf'
		;;
	btf)
		options='json pretty debug base-btf version use-loader legacy help '
		words=file inner='dump'
		;;
	inspect)
		options='json dot template event o help '
		words=object inner=''
		;;
	vmlinux)
		options='btf base-btf for type cc o help '
		words=source inner=''
		;;
	doctor)
		options='cc strip json help '
		words=none inner=''
		;;
	help)
		options=''
		words=command inner=''
		;;
	version)
		options=''
		words=none inner=''
		;;
	--make-include)
		options=''
		words=none inner=''
		;;
	esac
}

# The words that stand for themselves behind "gen skeleton" and the like.
_bpfbake_keywords() {
	case $1:$2 in
	gen:skeleton) choices='name' ;;
	gen:subskeleton) choices='name' ;;
	gen:object) choices='' ;;
	gen:min_core_btf) choices='' ;;
	btf:dump) choices='file format raw c unsorted root_id' ;;
	esac
}

# _bpfbake_files ENDING...: files with such an ending (any, where there is none), and directories.
_bpfbake_files() {
	local file ending typed=${cur#[\"\']}
	compopt -o filenames 2>/dev/null
	while IFS= read -r file; do
		if [[ -d $file || $# -eq 0 ]]; then
			COMPREPLY+=("$prefix$file")
			continue
		fi
		for ending; do
			[[ $file != *"$ending" ]] || COMPREPLY+=("$prefix$file")
		done
	done < <(compgen -f -- "${typed//\\/}")
}

_bpfbake_words() {
	local word
	for word in $1; do
		[[ $word != "$cur"* ]] || COMPREPLY+=("$prefix$word")
	done
}

# A list with ',' between, without what is in it already.
_bpfbake_targets() {
	local name list=
	if [[ $cur == *,* ]]; then
		list=${cur%,*},
		prefix+=$list cur=${cur##*,}
	fi
	compopt -o nospace 2>/dev/null
	for name in bpf bpfel bpfeb native 386 amd64 arm arm64 loong64 mips ppc64 ppc64le riscv64 s390x; do
		[[ ,$list == *",$name,"* ]] || _bpfbake_words "$name"
	done
}

_bpfbake_complete() {
	_bpfbake_words "$choices"
	case $1 in
	file) _bpfbake_files ;;
	source) _bpfbake_files .c .o ;;
	object) _bpfbake_files .o ;;
	directory)
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -P "$prefix" -d -- "$cur")
		;;
	program) mapfile -t COMPREPLY < <(compgen -P "$prefix" -c -- "$cur") ;;
	command) _bpfbake_words 'build gen btf inspect vmlinux doctor help version' ;;
	targets) _bpfbake_targets ;;
	esac
}

_bpfbake() {
	local cur=${COMP_WORDS[COMP_CWORD]} command=build prefix= name= is_value=
	local options words inner kind choices= first= count=0 i=1 word
	COMPREPLY=()
	for word in build gen btf inspect vmlinux doctor help version; do
		if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} == "$word" ]]; then
			command=$word i=2
		fi
	done
	_bpfbake_command "$command"
	# What stands before the cursor: options with their values, "--", other words.
	for (( ; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]} is_value=
		case $word in
		--)
			compopt -o default 2>/dev/null
			return
			;;
		-?*)
			name=${word#-} name=${name#-}
			# Where '=' breaks words, it is one.
			if [[ ${COMP_WORDS[i + 1]} == = ]]; then
				i=$((i + 1))
				if ((i >= COMP_CWORD)); then
					cur= is_value=1
				elif ((i + 1 == COMP_CWORD)); then
					is_value=1
				fi
				i=$((i + 1))
			elif [[ $word != *=* ]] && _bpfbake_value "$command" "$name"; then
				i=$((i + 1)) is_value=1
				((i >= COMP_CWORD)) || is_value=
			fi
			;;
		*)
			count=$((count + 1)) first=${first:-$word}
			;;
		esac
	done
	if [[ -z $is_value && $cur == -*=* ]]; then
		prefix=${cur%%=*}= name=${cur%%=*} cur=${cur#*=} is_value=1
		name=${name#-} name=${name#-}
	fi
	if [[ $is_value ]]; then
		if _bpfbake_value "$command" "$name"; then
			_bpfbake_complete "$kind"
		else
			_bpfbake_words 'true false'
		fi
		return
	fi
	if [[ $cur == -* ]]; then
		prefix=-
		[[ $cur != --* ]] || prefix=--
		cur=${cur#"$prefix"}
		_bpfbake_words "$options"
		return
	fi
	choices=
	if ((COMP_CWORD == 1)); then
		_bpfbake_words 'build gen btf inspect vmlinux doctor help version'
	elif [[ $inner && $count -eq 0 ]]; then
		_bpfbake_words "$inner"
	elif [[ $inner ]]; then
		_bpfbake_keywords "$command" "$first"
		_bpfbake_complete "$words"
	elif [[ $command != build || $count -gt 0 ]]; then
		# The first word of build is a name to think of.
		_bpfbake_complete "$words"
	fi
}

complete -F _bpfbake bpfbake
