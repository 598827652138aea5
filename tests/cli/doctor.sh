# SPDX-License-Identifier: BSD-2-Clause
# bpfbake doctor: what it finds is what the system's own tools find; what is taken away is named, with the command
# that mends it, and that command mends it.
. "$(dirname "$0")/../lib/test.sh"
needs jq

# finds NAME STATE [TEXT [MEND]]: of the last run with -json.
finds() {
	jq -e --arg name "$1" --arg state "$2" --arg found "${3-}" --arg mend "${4-}" '.checks[] | select(.name == $name) |
		.state == $state and (.found | contains($found)) and ((.mend // "") | contains($mend)) and
		((.state == "ok") == (.prevents == null)) and ((.state == "ok") == (.mend == null))' \
		"$WORK/out" >/dev/null || {
		jq --arg name "$1" '.checks[] | select(.name == $name)' "$WORK/out" >&2
		fail "$1 is not $2: ${3-} ${4-}"
	}
}

# is BUILDS LOADS
is() {
	[ "$(jq -r '"\(.builds) \(.loads)"' "$WORK/out")" = "$1 $2" ] || fail "not builds $1, loads $2"
}

doctor() {
	run "$1" "$BPFBAKE" doctor -json
}

# As the machine is.
doctor 0
[ ! -s "$WORK/err" ] || fail "$(cat "$WORK/err")"
only_found=$WORK/found
cp "$WORK/out" "$only_found"
[ "$(jq -r .tool "$WORK/out")" = "$("$BPFBAKE" --version)" ] || fail 'another version'
[ "$(jq -r .builds "$WORK/out")" = true ] || fail 'it does not build'
finds compiler ok "$(clang --version | head -n 1), $(command -v clang)"
finds 'BPF targets' ok 'bpfel and bpfeb'
finds headers ok '<bpf/bpf_helpers.h>'
finds strip ok 'bpfbake does it'
finds libbpf-dev ok "$(pkg-config --modversion libbpf), by pkg-config"
finds libbpf ok "$(sed -n 's/.*MAJOR_VERSION //p; s/.*MINOR_VERSION //p' /usr/include/bpf/libbpf_version.h | paste -sd.)"
finds kernel ok "$(uname -s) $(uname -r), $(uname -m)"
finds cache ok "$XDG_CACHE_HOME/bpfbake"
! grep -rlq 'a trial' "$XDG_CACHE_HOME" || fail 'the trial is left in the cache'
library=$(jq -r '.checks[] | select(.name == "libclang") | .found | sub(".*, /"; "/")' "$WORK/out")
LD_DEBUG=files "$BPFBAKE" doctor 2>&1 | grep -q "calling init: .*libclang" || fail 'libclang is not loaded'
[ -s "$library" ] || fail "libclang is '$library'"
if [ -r /sys/kernel/btf/vmlinux ]; then
	finds "kernel's types" ok "$((($(stat -c %s /sys/kernel/btf/vmlinux) + 1023) / 1024)) KiB"
fi
[ ! -r /proc/sys/net/core/bpf_jit_enable ] || finds JIT "$(jq -r '.checks[] | select(.name == "JIT").state' "$WORK/out")" \
	"net.core.bpf_jit_enable=$(cat /proc/sys/net/core/bpf_jit_enable)"
finds 'other users' ok "unprivileged_bpf_disabled=$(cat /proc/sys/kernel/unprivileged_bpf_disabled)"
# The same as text.
run 0 "$BPFBAKE" doctor
sed -n 's/^  \([a-z]*\)  *\(.*\)/\1 \2/p' "$WORK/out" | grep -E '^(ok|warning|error) ' | sed 's/  .*//' >text
jq -r '.checks[] | "\(.state) \(.name)"' "$only_found" >json
diff text json >&2 || fail 'the text has other checks than the JSON'
! grep -q "$(printf '\033')" "$WORK/out" || fail 'colours in a file'

# Colours are for a terminal.
if command -v script >/dev/null; then
	colours() {
		env -u NO_COLOR TERM=xterm "$@" script -qec "'$BPFBAKE' doctor" /dev/null </dev/null | grep -c "$(printf '\033')" || :
	}
	[ "$(colours)" -gt 0 ] || fail 'no colour on a terminal'
	[ "$(colours NO_COLOR=1)" -eq 0 ] || fail 'colours in spite of NO_COLOR'
	[ "$(colours TERM=dumb)" -eq 0 ] || fail 'colours on a dumb terminal'
fi

# Words.
run 2 "$BPFBAKE" doctor all
says "not 'all'"
run 2 "$BPFBAKE" doctor -cc ' '
says '-cc is empty'
run 2 "$BPFBAKE" doctor -jsn
says "did you mean '-json'"
run 0 "$BPFBAKE" doctor -help
prints '-strip COMMAND'
run 1 sh -c '"$BPFBAKE" doctor >/dev/full'
says 'standard output: cannot be written'

# What builds.
PATH=$WORK/none doctor 1
finds compiler error 'there is no clang' 'apt-get install clang'
finds 'BPF targets' error 'not tried' 'apt-get install clang'
finds libbpf-dev warning 'there is no pkg-config' 'apt-get install pkg-config'
[ "$(jq .builds "$WORK/out")" = false ] || fail 'it builds without a compiler'
run 1 "$BPFBAKE" doctor -json -cc my-clang
finds compiler error 'there is no my-clang'
BPFBAKE_CC='my-clang -DX' run 1 "$BPFBAKE" doctor -json
finds compiler error 'there is no my-clang'

# imitation SCRIPT: a clang that is not quite one.
imitation() {
	printf '#!/bin/sh\n%s\nexec clang "$@"\n' "$1" >my-clang
	chmod +x my-clang
	BPFBAKE_CACHE='' run "$2" "$BPFBAKE" doctor -json -cc "$PWD/my-clang"
}
imitation 'case "$*" in *bpfeb*) echo "error: unable to create target: none for bpfeb" >&2; exit 1 ;; esac' 1
finds 'BPF targets' error 'bpfeb: unable to create target: none for bpfeb' 'apt-get install clang'
imitation 'case "$*" in *bpfel*) exit 0 ;; esac' 1
finds 'BPF targets' error 'bpfel: what it writes is no BPF object'
imitation 'case "$*" in *bpfel*) exec clang "$@" -target bpfeb ;; esac' 1
finds 'BPF targets' error 'bpfel: what it writes is no BPF object'
imitation 'case "$*" in *bpfel*) kill -9 $$ ;; esac' 1
finds 'BPF targets' error 'bpfel: was killed by signal 9'
imitation 'case "$*" in *" -v "*) clang "$@" 2>&1 | sed "s/version 1[0-9]/version 13/" >&2; exit ;; esac' 0
finds compiler warning 'version 13' 'apt-get install clang'
imitation 'exit 3' 1
finds compiler error 'ended with status 3'
rm my-clang
run 0 "$BPFBAKE" doctor -json -cc 'clang -DX=1'
finds compiler ok "$(command -v clang)"
for version in 16 19; do
	! command -v clang-$version >/dev/null || {
		run 0 "$BPFBAKE" doctor -json -cc clang-$version
		finds compiler ok " version $version."
		finds libclang ok " version $version."
	}
done
run 1 "$BPFBAKE" doctor -json -cc gcc
finds 'BPF targets' error bpfel

BPFBAKE_LIBCLANG=/none doctor 0
finds libclang warning "BPFBAKE_LIBCLANG is '/none', which cannot be loaded" 'apt-get install libclang1-'
run 0 "$BPFBAKE" doctor -json -strip llvm-strip
finds strip ok "$(command -v llvm-strip)"
BPFBAKE_STRIP=no-strip doctor 1
finds strip error 'there is no program no-strip' 'apt-get install llvm'
PKG_CONFIG_LIBDIR=$PWD doctor 0
finds libbpf-dev warning 'pkg-config knows of none' 'apt-get install libbpf-dev'
printf 'Name: libbpf\nDescription: old\nVersion: 0.8.1\n' >libbpf.pc
PKG_CONFIG_LIBDIR=$PWD doctor 0
finds libbpf-dev warning '0.8.1' 'later libbpf'
rm libbpf.pc
BPFBAKE_CACHE=/proc/none doctor 0
finds cache warning /proc/none BPFBAKE_CACHE
BPFBAKE_CACHE='' doctor 0
finds cache ok off
BPFBAKE_CACHE="$PWD/new cache/x" doctor 0
finds cache ok "$PWD/new cache/x"
rm -r 'new cache'

[ "$(id -u)" -eq 0 ] || skip 'not root: the rest takes things away'
needs unshare setpriv capsh mount setarch prlimit
unshare -m true 2>/dev/null || skip 'no mount namespaces'

# within COMMANDS STATUS: where the commands have been run, in a mount namespace of its own.
within() {
	run "$2" unshare -m sh -euc "$1; exec \"\$BPFBAKE\" doctor -json"
}

mkdir empty
within 'mount --bind empty /usr/include/bpf' 1
finds headers error "'bpf/bpf_helpers.h' file not found" 'apt-get install libbpf-dev'
rmdir empty

# Capabilities, and what the kernel makes of them.
if [ "$(jq .loads "$only_found")" = true ]; then
	for name in map 'socket filter' tracing network; do
		cp "$only_found" "$WORK/out"
		finds "$name" ok
	done
	run 0 capsh --drop=cap_sys_admin,cap_perfmon -- -c 'exec "$BPFBAKE" doctor -json'
	is true false
	finds capabilities error 'CAP_BPF, CAP_NET_ADMIN' '--cap-add=PERFMON'
	finds tracing error 'refused: ' 'capabilities above'
	finds network ok
	run 0 capsh --drop=cap_sys_admin,cap_net_admin -- -c 'exec "$BPFBAKE" doctor -json'
	finds network error 'refused: ' 'capabilities above'
	finds tracing ok
	run 0 capsh --drop=cap_sys_admin,cap_bpf -- -c 'exec "$BPFBAKE" doctor -json'
	finds map error refused
	finds tracing error refused
	run 0 capsh --drop=cap_bpf,cap_perfmon,cap_net_admin -- -c 'exec "$BPFBAKE" doctor -json'
	is true true
	finds capabilities ok CAP_SYS_ADMIN
	# What setcap is told to give is enough.
	cp "$BPFBAKE" own
	chmod 755 "$WORK" "$WORK/w"
	run 0 env HOME=/none setpriv --reuid 65534 --clear-groups "$PWD/own" doctor -json
	is true false
	finds capabilities error 'none of those' 'setcap cap_bpf,cap_perfmon,cap_net_admin=ep PROGRAM'
	if setcap cap_bpf,cap_perfmon,cap_net_admin=ep own 2>/dev/null; then
		run 0 env HOME=/none setpriv --reuid 65534 --clear-groups "$PWD/own" doctor -json
		is true true
		finds tracing ok
		finds tracefs warning 'closed to this user' 'cap_dac_read_search'
	fi
	rm own
fi
if unshare -Ur true 2>/dev/null; then
	run 0 unshare -Ur "$BPFBAKE" doctor -json
	is true false
	finds capabilities error CAP_BPF 'outside of the user namespace'
	finds map error 'refused: '
fi

# File systems: what is told mends it.
within 'mount -t tmpfs tmpfs /sys' 0
is true false
finds "kernel's types" error 'No such file' 'mount -t sysfs sysfs /sys'
finds bpffs warning 'is no bpffs' 'mount -t bpf bpf /sys/fs/bpf'
finds tracefs warning 'is no tracefs' 'mount -t tracefs tracefs /sys/kernel/tracing'
mends() {
	mend=$(jq -r --arg name "$1" '.checks[] | select(.name == $name) | .mend' "$WORK/out")
	within "$2; $mend" 0
	finds "$1" ok
}
mends "kernel's types" 'mount -t tmpfs tmpfs /sys'
for pair in 'bpffs /sys/fs/bpf' 'tracefs /sys/kernel/tracing'; do
	gone="mount -t tmpfs tmpfs ${pair#* }"
	within "$gone" 0
	finds "${pair% *}" warning "${pair#* } is no"
	mends "${pair% *}" "$gone"
done
within 'mount -o remount,ro,bind /sys/fs/bpf || mount -t bpf -o ro bpf /sys/fs/bpf' 0
finds bpffs warning 'not writable'
if unshare -m mount -t securityfs securityfs /sys/kernel/security 2>/dev/null; then
	mounted='mount -t securityfs securityfs /sys/kernel/security'
	within "$mounted; cat /sys/kernel/security/lsm >lsm 2>/dev/null || :" 0
	[ ! -s lsm ] || finds LSM "$(grep -qE '(^|,)bpf(,|$)' lsm && echo ok || echo warning)" "$(cat lsm)"
	rm -f lsm
fi
# Files in place of the kernel's, as kernels are that cannot be had here.
secure='mount -t tmpfs tmpfs /sys/kernel/security; cd /sys/kernel/security'
within "$secure; echo 'none [integrity] confidentiality' >lockdown; echo capability,bpf,yama >lsm" 0
finds lockdown warning '[integrity]' 'boot without lockdown='
finds LSM ok capability,bpf,yama
within "$secure; echo 'none integrity [confidentiality]' >lockdown; echo capability,bpfx >lsm" 0
is true false
finds lockdown error '[confidentiality]' 'boot without lockdown='
finds LSM warning capability,bpfx 'lsm=capability,bpfx,bpf'
within "$secure; echo '[none] integrity confidentiality' >lockdown" 0
finds lockdown ok '[none]'
for value in 0 2; do
	within "echo $value >jit; mount --bind jit /proc/sys/net/core/bpf_jit_enable" 0
	finds JIT warning "net.core.bpf_jit_enable=$value" 'sysctl net.core.bpf_jit_enable=1'
done
within 'echo 0 >jit; mount --bind jit /proc/sys/kernel/unprivileged_bpf_disabled' 0
finds 'other users' ok 'may load socket filters'
rm jit
# Without /proc, too, it says what it can. (A sanitizer cannot do without.)
within 'mount -t tmpfs tmpfs /proc/sys' 0
finds JIT ok 'not known'
if ! grep -q __asan_init "$BPFBAKE"; then
	within 'mount -t tmpfs tmpfs /proc' 0
	finds JIT ok 'not known'
fi

# An old kernel counts memory, and knows of fewer capabilities.
old="setarch $(uname -m) --uname-2.6"
if $old uname -r | grep -q '^2\.6'; then
	run 0 $old prlimit --memlock=65536:65536 capsh --drop=cap_sys_resource -- -c 'exec "$BPFBAKE" doctor -json'
	finds 'locked memory' warning '64 KiB may be locked' 'ulimit -l unlimited'
	# Where nobody may raise it, the kernel's answer is made to say so.
	if prlimit --memlock=unlimited:unlimited true 2>/dev/null; then
		run 0 $old prlimit --memlock=unlimited:unlimited "$BPFBAKE" doctor -json
		finds 'locked memory' ok unlimited
	elif command -v strace >/dev/null && ! grep -q __asan_init "$BPFBAKE"; then
		run 0 $old strace -qq -o /dev/null -e "inject=prlimit64:poke_exit=@arg4=$(printf '%032d' 0 | tr 0 f)" \
			"$BPFBAKE" doctor -json
		finds 'locked memory' ok unlimited
	fi
	run 0 $old capsh --drop=cap_sys_admin -- -c 'exec "$BPFBAKE" doctor -json'
	finds capabilities error 'CAP_BPF, CAP_PERFMON' '--privileged'
fi
only json text
