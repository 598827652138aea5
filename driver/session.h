/* SPDX-License-Identifier: BSD-2-Clause */
/* What every command works with, and the commands. */
#ifndef DRIVER_SESSION_H
#define DRIVER_SESSION_H

#include <stdbool.h>

#include "diag.h"
#include "strmap.h"
#include "strvec.h"

/* Exit status. */
enum status {
	STATUS_DONE = 0,
	STATUS_FAILED = 1, /* the input is wrong, or a tool failed */
	STATUS_USAGE = 2,  /* the command line is wrong */
	STATUS_DIFFERS = 3 /* -check has found a difference */
};

/* How errors are printed. */
enum error_format {
	ERRORS_TEXT, /* on standard error */
	ERRORS_JSON, /* on standard output, as bpftool does it */
	ERRORS_PRETTY_JSON,
};

struct session {
	struct arena arena; /* for all that lives as long as the run */
	struct diag diag;
	struct strmap said; /* messages */
	enum error_format error_format;
	bool is_verbose; /* the commands are shown */
};

/* "bpfbake 0.1.0" */
extern const char session_tool[];

/* The commands. `argv` is what follows the command's name, NULL ends it. */
enum status command_btf(struct session *, char *const *argv);
enum status command_build(struct session *, char *const *argv);
enum status command_gen(struct session *, char *const *argv);
enum status command_inspect(struct session *, char *const *argv);
enum status command_make_include(struct session *, char *const *argv);
enum status command_vmlinux(struct session *, char *const *argv);

/* Their help texts; appended. */
struct strbuf;
void command_btf_help(struct strbuf *);
void command_build_help(struct strbuf *);
void command_gen_help(struct strbuf *);
void command_inspect_help(struct strbuf *);
void command_vmlinux_help(struct strbuf *);

#endif
