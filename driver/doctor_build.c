/* SPDX-License-Identifier: BSD-2-Clause */
/* What building needs. clang is not believed but tried: it compiles a file that is empty. */
#include <bpf/libbpf.h>
#include <dlfcn.h>
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "cache.h"
#include "clang_library.h"
#include "compile.h"
#include "doctor.h"
#include "path.h"
#include "process.h"

#define OLDEST_CLANG 14

/* The oldest libbpf that the headers work with, as 101 for 1.1. */
#define OLDEST_LIBBPF 101

static const char install_clang[] = "apt-get install clang, or name a compiler with -cc";

/* The first error of an operation, in place of the user's ears. */
static void keep_error(void *context, enum diag_level level, const char *where, const char *text)
{
	struct doctor_answer *answer = context;
	static char line[512];

	if (level != DIAG_ERROR || answer->found)
		return;
	snprintf(line, sizeof(line), "%s%s%s", where ? where : "", where ? ": " : "", text);
	line[strcspn(line, "\n")] = '\0';
	answer->found = line;
}

/* The program itself among the words of "ccache clang". */
static const char *program_of(const struct strvec *compiler)
{
	return compiler->items[compiler->count > 1 && compiler->items[1][0] != '-'];
}

static void look_at_compiler(struct doctor *doctor, struct doctor_answer *answer)
{
	const char *program = program_of(&doctor->compiler);
	const char *file = path_find_program(doctor->arena, program);
	struct diag diag = {.emit = keep_error, .context = answer};
	struct strvec command = {0}, none = {0};
	int major;

	search_make_command(&command, doctor->arena, &doctor->compiler, &none);
	if (!file) {
		answer->found = arena_printf(doctor->arena, "there is no %s", program);
	} else if (!search_find(&doctor->search, doctor->arena, &diag, &command)) {
		if (!doctor->search.version)
			doctor->search.version = "a version that it does not tell";
		answer->found = arena_printf(doctor->arena, "%s, %s", doctor->search.version, file);
	}
	if (!doctor->search.version) {
		answer->found = answer->found ? answer->found : "it was interrupted";
		doctor_answer(answer, DOCTOR_ERROR, "nothing can be compiled", install_clang);
		return;
	}
	major = search_major(&doctor->search);
	if (strstr(doctor->search.version, "clang") && major < OLDEST_CLANG)
		doctor_answer(answer, DOCTOR_WARNING, "bpfbake is made for clang 14 and later",
			      install_clang);
}

/* The command that compiles nothing but the headers for a target, to standard output. */
static char *const *trial_command(struct doctor *doctor, const struct target *target,
				  const struct strvec *flags)
{
	struct strvec none = {0}, *argv = ARENA_NEW(doctor->arena, struct strvec);
	struct compile compile = {
		.compiler = &doctor->compiler,
		.cflags = &none,
		.rest = flags,
		.search = &doctor->search.directories,
		.maps = &none,
		.target = target,
		.source = "/dev/null",
		.object = "-",
	};

	compile_make_command(argv, doctor->arena, &compile);
	return argv->items;
}

/* Why it failed: the compiler's first error, without the place and the word. */
static const char *first_error(struct doctor *doctor, const struct process *process)
{
	struct strbuf reason = STRBUF_INIT;
	const char *line = strstr(process->messages.text, "error: "), *text;

	line = line ? line + strlen("error: ") : process->messages.text;
	text = *line ? arena_strndup(doctor->arena, line, strcspn(line, "\n"))
		     : arena_strdup(doctor->arena, process_failure(process, &reason));
	strbuf_release(&reason);
	return text;
}

static bool is_object(const struct strbuf *output, enum byte_order order)
{
	int data = order == BYTE_ORDER_BIG ? ELFDATA2MSB : ELFDATA2LSB;

	return output->length > sizeof(Elf64_Ehdr) && !memcmp(output->text, ELFMAG, SELFMAG) &&
	       output->text[EI_DATA] == data;
}

/* One trial: NULL when it is an object of this byte order, else why it is none. */
static const char *try_target(struct doctor *doctor, enum byte_order order,
			      const struct strvec *flags)
{
	struct process process = PROCESS_INIT;
	struct strbuf reason = STRBUF_INIT;
	const char *error = NULL;

	process.argv = trial_command(doctor, target_of(order), flags);
	if (process_run_all(&process, 1, 1))
		error = "it was interrupted";
	else if (process_failure(&process, &reason))
		error = first_error(doctor, &process);
	else if (!is_object(&process.output, order))
		error = "what it writes is no BPF object";
	strbuf_release(&reason);
	strbuf_release(&process.output);
	strbuf_release(&process.messages);
	return error;
}

static bool lacks_compiler(struct doctor *doctor, struct doctor_answer *answer)
{
	if (doctor->search.version)
		return false;
	answer->found = "not tried: there is no compiler";
	doctor_answer(answer, DOCTOR_ERROR, "nothing can be compiled", install_clang);
	return true;
}

static void look_at_targets(struct doctor *doctor, struct doctor_answer *answer)
{
	static const enum byte_order orders[] = {BYTE_ORDER_LITTLE, BYTE_ORDER_BIG};
	struct strvec flags = {0};

	if (lacks_compiler(doctor, answer))
		return;
	strvec_push(&flags, doctor->arena, "-xc");
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		const char *error = try_target(doctor, orders[i], &flags);

		if (!error)
			continue;
		answer->found =
			arena_printf(doctor->arena, "%s: %s", target_of(orders[i])->name, error);
		doctor_answer(answer, DOCTOR_ERROR, "this compiler makes no BPF objects",
			      install_clang);
		return;
	}
	answer->found = "bpfel and bpfeb compile";
}

static void look_at_headers(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char *const headers[] = {"linux/bpf.h", "bpf/bpf_helpers.h",
					      "bpf/bpf_tracing.h"};
	struct strvec flags = {0};
	const char *error;

	if (lacks_compiler(doctor, answer))
		return;
	strvec_push(&flags, doctor->arena, "-xc");
	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		strvec_push(&flags, doctor->arena, "-include");
		strvec_push(&flags, doctor->arena, headers[i]);
	}
	error = try_target(doctor, BYTE_ORDER_LITTLE, &flags);
	answer->found = error ? error : "<linux/bpf.h>, <bpf/bpf_helpers.h>, <bpf/bpf_tracing.h>";
	if (error)
		doctor_answer(answer, DOCTOR_ERROR, "a source that includes them does not compile",
			      "apt-get install libbpf-dev linux-libc-dev");
}

static void look_at_libclang(struct doctor *doctor, struct doctor_answer *answer)
{
	struct clang_search search = {
		.major = search_major(&doctor->search),
		.compiler = program_of(&doctor->compiler),
	};
	struct clang_library library = {0};
	const char *file = NULL;
	void *address;
	Dl_info info;
	CXString version;

	if (!clang_library_load(&library, doctor->arena, &search)) {
		answer->found = library.error ? library.error : "there is none";
		doctor_answer(answer, DOCTOR_WARNING,
			      "headers lack the source's comments, constants, and types of events",
			      arena_printf(doctor->arena,
					   "apt-get install libclang1-%d, or name its file with "
					   "BPFBAKE_LIBCLANG",
					   clang_library_version(&search)));
		return;
	}
	memcpy(&address, &library.createIndex, sizeof(address));
	if (dladdr(address, &info))
		file = path_real(doctor->arena, info.dli_fname);
	version = library.getClangVersion();
	answer->found = arena_printf(doctor->arena, "%s, %s", library.getCString(version),
				     file ? file : "of a file that is gone");
	library.disposeString(version);
}

static void look_at_strip(struct doctor *doctor, struct doctor_answer *answer)
{
	const char *file;

	if (!doctor->strip) {
		answer->found = "bpfbake does it";
		return;
	}
	file = path_find_program(doctor->arena, doctor->strip);
	if (file && !access(file, X_OK)) {
		answer->found = file;
		return;
	}
	answer->found = arena_printf(doctor->arena, "there is no program %s", doctor->strip);
	doctor_answer(answer, DOCTOR_ERROR, "a build with this -strip fails",
		      "leave -strip and BPFBAKE_STRIP out, or: apt-get install llvm");
}

/* The tool's own: what it was compiled with, and what it runs with. */
static void look_at_libbpf(struct doctor *doctor, struct doctor_answer *answer)
{
	unsigned headers = LIBBPF_MAJOR_VERSION * 100 + LIBBPF_MINOR_VERSION;
	unsigned library = libbpf_major_version() * 100 + libbpf_minor_version();

	answer->found = arena_printf(doctor->arena, "%u.%u, compiled with the headers of %u.%u",
				     library / 100, library % 100, headers / 100, headers % 100);
	if (library < headers)
		doctor_answer(answer, DOCTOR_WARNING,
			      "bpfbake runs with an older libbpf than it was compiled with",
			      "compile and install bpfbake anew");
}

/* The version that pkg-config knows of, or NULL. */
static const char *ask_pkg_config(struct doctor *doctor)
{
	struct strvec argv = {0};
	struct process process = PROCESS_INIT;
	struct strbuf reason = STRBUF_INIT;
	const char *line = NULL;

	strvec_push(&argv, doctor->arena, "pkg-config");
	strvec_push(&argv, doctor->arena, "--modversion");
	strvec_push(&argv, doctor->arena, "libbpf");
	process.argv = argv.items;
	if (!process_run_all(&process, 1, 1) && !process_failure(&process, &reason))
		line = arena_strndup(doctor->arena, process.output.text,
				     strcspn(process.output.text, "\n"));
	strbuf_release(&reason);
	strbuf_release(&process.output);
	strbuf_release(&process.messages);
	return line;
}

/* That of the programs that include a header, as their builds find it. */
static void look_at_libbpf_of_programs(struct doctor *doctor, struct doctor_answer *answer)
{
	const char *version = ask_pkg_config(doctor);
	unsigned major = 0, minor = 0;

	if (!path_find_program(doctor->arena, "pkg-config")) {
		answer->found = "there is no pkg-config";
		doctor_answer(
			answer, DOCTOR_WARNING,
			"bpfbake's CMake functions, its makefile and Meson do not find libbpf",
			"apt-get install pkg-config libbpf-dev libelf-dev zlib1g-dev");
	} else if (!version) {
		answer->found = "pkg-config knows of none";
		doctor_answer(answer, DOCTOR_WARNING,
			      "programs that include the headers cannot be built",
			      "apt-get install libbpf-dev libelf-dev zlib1g-dev");
	} else {
		answer->found = arena_printf(doctor->arena, "%s, by pkg-config", version);
		if (sscanf(version, "%u.%u", &major, &minor) == 2 &&
		    major * 100 + minor < OLDEST_LIBBPF)
			doctor_answer(answer, DOCTOR_WARNING,
				      "the headers need libbpf 1.1 or later",
				      "install a later libbpf");
	}
}

static void look_at_shared_libbpf(struct doctor *doctor, struct doctor_answer *answer)
{
	void *handle = dlopen("libbpf.so.1", RTLD_LAZY | RTLD_LOCAL);
	const char *(*version)(void);
	void *address = NULL;

	if (handle)
		address = dlsym(handle, "libbpf_version_string");
	memcpy(&version, &address, sizeof(version));
	if (version)
		answer->found = arena_printf(doctor->arena, "libbpf.so.1 is %s", version());
	else
		answer->found = "no libbpf.so.1; programs that link it statically need none";
	/* It stays loaded: its text may be in use. */
}

static void look_at_cache(struct doctor *doctor, struct doctor_answer *answer)
{
	static const char key[] = "doctor", text[] = "a trial";
	const char *place = cache_place(doctor->arena, "", key), *kept;

	if (!place) {
		answer->found = "off: BPFBAKE_CACHE is empty, or there is no HOME";
		return;
	}
	answer->found = path_dirname(doctor->arena, place);
	cache_store(doctor->arena, key, text);
	kept = cache_load(doctor->arena, key);
	(void)unlink(place);
	if (!kept || strcmp(kept, text) != 0)
		doctor_answer(answer, DOCTOR_WARNING,
			      "nothing can be kept there: each build asks the compiler again, and "
			      "reads all of the kernel's types",
			      "make it writable, or name another directory with BPFBAKE_CACHE");
}

static const struct doctor_check checks[] = {
	{"compiler", look_at_compiler},
	{"BPF targets", look_at_targets},
	{"headers", look_at_headers},
	{"libclang", look_at_libclang},
	{"strip", look_at_strip},
	{"libbpf", look_at_libbpf},
	{"libbpf-dev", look_at_libbpf_of_programs},
	{"shared libbpf", look_at_shared_libbpf},
	{"cache", look_at_cache},
};

const struct doctor_checks doctor_build_checks = {
	"build",
	"To build:",
	checks,
	ARRAY_SIZE(checks),
};
