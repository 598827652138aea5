# fish completion for bpfbake. Made from docs/source/bpfbake.fish.mustache and the tables of options.

function __bpfbake_is --description 'Whether the command line is of this command, before any "--"'
	set -l words (commandline -opc)
	contains -- -- $words; and return 1
	set -l command build
	if set -q words[2]; and contains -- $words[2] build gen btf inspect vmlinux doctor help version
		set command $words[2]
	end
	test $command = $argv[1]
end

function __bpfbake_is_first --description 'Whether the first word is being typed'
	test (count (commandline -opc)) -eq 1
end

function __bpfbake_inner --description 'Whether the line begins with these words; without a second, with no more than the first'
	set -l words (commandline -opc)
	test "$words[2]" = $argv[1]; or return 1
	test "$words[3]" = "$argv[2]"
end

function __bpfbake_files --description 'Files with one of these endings, and directories'
	set -l typed (commandline -ct | string unescape)
	set -q typed[1]; or set typed ''
	set -l files
	for ending in $argv
		set -a files $typed*$ending
	end
	printf '%s\n' $files
	__fish_complete_directories $typed ''
end

function __bpfbake_targets
	__fish_append , bpf bpfel bpfeb native 386 amd64 arm arm64 loong64 mips ppc64 ppc64le riscv64 s390x
end

function __bpfbake_commands
	printf '%s\n' build gen btf inspect vmlinux doctor help version
end

complete -c bpfbake -f
complete -c bpfbake -n 'contains -- -- (commandline -opc)' -F
complete -c bpfbake -n __bpfbake_is_first -a build -d 'make the header of a BPF source'
complete -c bpfbake -n '__bpfbake_is build' -o cc -l cc -x -a '(__fish_complete_command)' -d 'The compiler, split at white space, so that \'ccache clang\' works'
complete -c bpfbake -n '__bpfbake_is build' -o cflags -l cflags -x -d 'Flags for the compiler, split at white space, with quotes and backslashes'
complete -c bpfbake -n '__bpfbake_is build' -o target -l target -x -a '(__bpfbake_targets)' -d 'What to compile for, a list with \',\' between'
complete -c bpfbake -n '__bpfbake_is build' -o check -l check -d 'Write nothing'
complete -c bpfbake -n '__bpfbake_is build' -o split -l split -d 'Also write STEM.skel.c, which has the bytes of the objects'
complete -c bpfbake -n '__bpfbake_is build' -o embed -l embed -x -a 'literal incbin c23' -d 'How the bytes come into the program'
complete -c bpfbake -n '__bpfbake_is build' -o compress -l compress -d 'Compress the bytes with zlib, which the program then needs (-lz)'
complete -c bpfbake -n '__bpfbake_is build' -o light -l light -d 'A light skeleton'
complete -c bpfbake -n '__bpfbake_is build' -o optional -l optional -x -a '(__bpfbake_targets)' -d 'Those of -target that may be left out'
complete -c bpfbake -n '__bpfbake_is build' -o type -l type -x -d 'Also define this type (struct, union, enum or typedef) in the header, or all that a glob fits (\'peer_*\')'
complete -c bpfbake -n '__bpfbake_is build' -o event -l event -x -d 'The records of this ring buffer, perf event array or user ring buffer are of this type'
complete -c bpfbake -n '__bpfbake_is build' -o no-global-types -l no-global-types -d 'Define no types for the keys and values of maps and for variables'
complete -c bpfbake -n '__bpfbake_is build' -o no-constants -l no-constants -d 'No constants for the source\'s macros, and no comments'
complete -c bpfbake -n '__bpfbake_is build' -o no-accessors -l no-accessors -d 'Make no functions for maps, variables and programs, and no IDENT__report'
complete -c bpfbake -n '__bpfbake_is build' -o type-prefix -l type-prefix -x -d 'What stands before the names of types, enumerators and constants'
complete -c bpfbake -n '__bpfbake_is build' -o output-stem -l output-stem -x -d 'The first part of the outputs\' names'
complete -c bpfbake -n '__bpfbake_is build' -o output-suffix -l output-suffix -x -d 'Stands behind the stem and the target in the outputs\' names'
complete -c bpfbake -n '__bpfbake_is build' -o output-dir -l output-dir -x -a '(__fish_complete_directories)' -d 'Where the outputs go'
complete -c bpfbake -n '__bpfbake_is build' -o tags -l tags -x -d 'An #if around the header'
complete -c bpfbake -n '__bpfbake_is build' -o depfile -l depfile -r -F -d 'Write the dependencies of the header for make or Ninja'
complete -c bpfbake -n '__bpfbake_is build' -o makebase -l makebase -x -a '(__fish_complete_directories)' -d 'Write <header>.d with the dependencies of all outputs, all paths relative to DIR'
complete -c bpfbake -n '__bpfbake_is build' -o compile-commands -l compile-commands -r -F -d 'Put the commands that compile the sources, for the first target of the header, into this compile_commands.json, so that clangd works in them'
complete -c bpfbake -n '__bpfbake_is build' -o strip -l strip -x -a '(__fish_complete_command)' -d 'Strip DWARF with this command (it is run as COMMAND -g OBJECT)'
complete -c bpfbake -n '__bpfbake_is build' -o no-strip -l no-strip -d 'Keep DWARF in the objects'
complete -c bpfbake -n '__bpfbake_is build' -o no-sys-include -l no-sys-include -d 'Do not ask the compiler for the directories of the system\'s headers and add them with -idirafter'
complete -c bpfbake -n '__bpfbake_is build' -o vmlinux -l vmlinux -r -F -a 'auto' -d 'The kernel\'s types for a source that includes vmlinux.h, in place of that header'
complete -c bpfbake -n '__bpfbake_is build' -o lean -l lean -x -a 'auto off only verify' -d 'Compile a source that includes vmlinux.h against those of its types that the source can reach, several times as fast'
complete -c bpfbake -n '__bpfbake_is build' -o btf -l btf -r -F -d 'BTFs of kernels that have none themselves'
complete -c bpfbake -n '__bpfbake_is build' -o template -l template -r -F -d 'Also render a Mustache template of your own from the model'
complete -c bpfbake -n '__bpfbake_is build' -o o -l o -r -F -d 'Where the text of -template goes'
complete -c bpfbake -n '__bpfbake_is build' -o go-package -l go-package -x -d 'Accepted for bpf2go\'s sake'
complete -c bpfbake -n '__bpfbake_is build' -o j -l j -x -d 'Run at most N compilers at once'
complete -c bpfbake -n '__bpfbake_is build' -o n -l n -d 'Print the commands and run nothing'
complete -c bpfbake -n '__bpfbake_is build' -o verbose -l verbose -d 'Print the commands that are run, each with its time, and what else may be worth knowing'
complete -c bpfbake -n '__bpfbake_is build' -o version -l version -d 'Print the version of bpfbake'
complete -c bpfbake -n '__bpfbake_is build' -o help -l help -d 'Print this text'
complete -c bpfbake -n '__bpfbake_is build; and not __bpfbake_is_first' -a '(__bpfbake_files .c .o)'
complete -c bpfbake -n __bpfbake_is_first -a gen -d 'bpftool\'s commands that make files'
complete -c bpfbake -n '__bpfbake_is gen' -o json -l json -d 'JSON of btf dump and of version'
complete -c bpfbake -n '__bpfbake_is gen' -o pretty -l pretty -d 'The same in many lines'
complete -c bpfbake -n '__bpfbake_is gen' -o debug -l debug -d 'What libbpf says of the object, on standard error'
complete -c bpfbake -n '__bpfbake_is gen' -o base-btf -l base-btf -r -F -d 'The BTF that a module\'s continues'
complete -c bpfbake -n '__bpfbake_is gen' -o version -l version -d 'Print the version of bpftool that this stands in for'
complete -c bpfbake -n '__bpfbake_is gen' -o use-loader -l use-loader -d 'gen skeleton'
complete -c bpfbake -n '__bpfbake_is gen' -o legacy -l legacy -d 'Taken for bpftool\'s sake, without effect'
complete -c bpfbake -n '__bpfbake_is gen' -o help -l help -d 'Print this text'
complete -c bpfbake -n '__bpfbake_inner gen' -a skeleton -d 'Prints the skeleton of an object as bpftool gen skeleton does'
complete -c bpfbake -n '__bpfbake_inner gen skeleton' -F -a 'name'
complete -c bpfbake -n '__bpfbake_inner gen' -a subskeleton -d 'Prints the subskeleton of an object that is linked into others, as a library'
complete -c bpfbake -n '__bpfbake_inner gen subskeleton' -F -a 'name'
complete -c bpfbake -n '__bpfbake_inner gen' -a object -d 'Links objects to one, with libbpf\'s rules, for either byte order'
complete -c bpfbake -n '__bpfbake_inner gen object' -F -a ''
complete -c bpfbake -n '__bpfbake_inner gen' -a min_core_btf -d 'Writes to OUTPUT that part of a kernel\'s BTF which the CO-RE relocations of the objects need, as raw BTF, for btf_custom_path'
complete -c bpfbake -n '__bpfbake_inner gen min_core_btf' -F -a ''
complete -c bpfbake -n __bpfbake_is_first -a btf -d 'bpftool\'s commands that read BTF'
complete -c bpfbake -n '__bpfbake_is btf' -o json -l json -d 'JSON of btf dump and of version'
complete -c bpfbake -n '__bpfbake_is btf' -o pretty -l pretty -d 'The same in many lines'
complete -c bpfbake -n '__bpfbake_is btf' -o debug -l debug -d 'What libbpf says of the object, on standard error'
complete -c bpfbake -n '__bpfbake_is btf' -o base-btf -l base-btf -r -F -d 'The BTF that a module\'s continues'
complete -c bpfbake -n '__bpfbake_is btf' -o version -l version -d 'Print the version of bpftool that this stands in for'
complete -c bpfbake -n '__bpfbake_is btf' -o use-loader -l use-loader -d 'gen skeleton'
complete -c bpfbake -n '__bpfbake_is btf' -o legacy -l legacy -d 'Taken for bpftool\'s sake, without effect'
complete -c bpfbake -n '__bpfbake_is btf' -o help -l help -d 'Print this text'
complete -c bpfbake -n '__bpfbake_inner btf' -a dump -d 'Prints the types of raw BTF, of an ELF file that has some (an object, vmlinux, a module), or of a vmlinux.h'
complete -c bpfbake -n '__bpfbake_inner btf dump' -F -a 'file format raw c unsorted root_id'
complete -c bpfbake -n __bpfbake_is_first -a inspect -d 'show what an object holds'
complete -c bpfbake -n '__bpfbake_is inspect' -o json -l json -d 'Print the model as JSON'
complete -c bpfbake -n '__bpfbake_is inspect' -o dot -l dot -d 'Print a picture for Graphviz'
complete -c bpfbake -n '__bpfbake_is inspect' -o template -l template -r -F -d 'Render this Mustache template from the model'
complete -c bpfbake -n '__bpfbake_is inspect' -o event -l event -x -d 'The records of this map are of this type, which an object does not tell once it is built'
complete -c bpfbake -n '__bpfbake_is inspect' -o o -l o -r -F -d 'Write to FILE'
complete -c bpfbake -n '__bpfbake_is inspect' -o help -l help -d 'Print this text'
complete -c bpfbake -n '__bpfbake_is inspect; and not __bpfbake_is_first' -a '(__bpfbake_files .o)'
complete -c bpfbake -n __bpfbake_is_first -a vmlinux -d 'print a kernel\'s types as a header'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o btf -l btf -r -F -d 'The types'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o base-btf -l base-btf -r -F -d 'The BTF that a module\'s continues'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o for -l for -x -a '(__bpfbake_files .c .o)' -d 'Only what this BPF source and the headers that it includes can reach'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o type -l type -x -d 'Only this type and what it needs'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o cc -l cc -x -a '(__fish_complete_command)' -d 'The compiler, which is asked where the system\'s headers are'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o o -l o -r -F -d 'Write to FILE'
complete -c bpfbake -n '__bpfbake_is vmlinux' -o help -l help -d 'Print this text'
complete -c bpfbake -n '__bpfbake_is vmlinux; and not __bpfbake_is_first' -a '(__bpfbake_files .c .o)'
complete -c bpfbake -n __bpfbake_is_first -a doctor -d 'look at what this machine lacks'
complete -c bpfbake -n '__bpfbake_is doctor' -o cc -l cc -x -a '(__fish_complete_command)' -d 'The compiler that is looked at'
complete -c bpfbake -n '__bpfbake_is doctor' -o strip -l strip -x -a '(__fish_complete_command)' -d 'Also look at this command, which build gets as -strip'
complete -c bpfbake -n '__bpfbake_is doctor' -o json -l json -d 'Print what was found as JSON'
complete -c bpfbake -n '__bpfbake_is doctor' -o help -l help -d 'Print this text'
complete -c bpfbake -n __bpfbake_is_first -a help -d 'print the help of a command'
complete -c bpfbake -n '__bpfbake_is help; and not __bpfbake_is_first' -a '(__bpfbake_commands)'
complete -c bpfbake -n __bpfbake_is_first -a version -d 'print the version of bpfbake'
