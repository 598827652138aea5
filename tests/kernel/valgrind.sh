#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# valgrind.sh PROGRAM [ARGUMENT...]: under valgrind, which ends with 1 for what is lost or freed wrongly.
# Of uninitialised values it says nothing: it does not know what each command of bpf(2) writes.
# Its threads take turns: two that spin would keep a third one waiting for minutes.
. "$(dirname "$0")/../lib/test.sh"
needs valgrind
exec valgrind --quiet --fair-sched=yes --leak-check=full --undef-value-errors=no --track-fds=yes --error-exitcode=1 "$@"
