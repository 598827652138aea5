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

#endif
