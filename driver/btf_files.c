/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel's name is read from the end of its file's path below the place that -btf names, so that
 * it does not depend on where that is: the machine is a directory with the name of one, the
 * distribution's version and the distribution are those above it.
 */
#include "btf_files.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "path.h"

#define PACKED ".btf.tar.xz"

/* Deeper there are circles. */
#define MAX_DEPTH 16

struct finder {
	struct btf_files *files;
	struct arena *arena;
	struct diag *diag;
	const char *place; /* the argument of -btf */
	size_t n_found;    /* there */
};

/* The names of the directories between the place and what is looked at. */
struct directory {
	const struct directory *above; /* NULL: it is the place itself */
	const char *name, *path;
	unsigned depth;
};

static bool has_suffix(const char *text, const char *suffix)
{
	size_t n = strlen(text), m = strlen(suffix);

	return n > m && !strcmp(text + n - m, suffix);
}

/* RELEASE.btf, or vmlinux-RELEASE; else NULL. */
static const char *release_of(struct arena *arena, const char *name)
{
	static const char kernel[] = "vmlinux-";

	if (has_suffix(name, ".btf"))
		return arena_strndup(arena, name, strlen(name) - strlen(".btf"));
	return strlen(name) > strlen(kernel) && !strncmp(name, kernel, strlen(kernel))
		       ? name + strlen(kernel)
		       : NULL;
}

/* In the archive a blank ends a word. */
static bool is_word(const char *text, size_t most)
{
	if (!*text || strlen(text) > most || !strcmp(text, "-"))
		return false;
	for (; *text; text++) {
		if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7f)
			return false;
	}
	return true;
}

static void name_kernel(struct btf_archive_kernel *kernel, const struct directory *directory)
{
	kernel->machine =
		directory && directory->above ? btf_archive_machine(directory->name) : NULL;
	if (!kernel->machine)
		return;
	directory = directory->above;
	if (!directory->above)
		return;
	kernel->version = directory->name;
	directory = directory->above;
	kernel->distribution = directory->above ? directory->name : NULL;
}

static int add_file(struct finder *finder, const struct directory *directory, const char *path)
{
	struct btf_archive_kernel kernel = {
		.path = path,
		.release = release_of(finder->arena, path_basename(path)),
	};

	name_kernel(&kernel, directory);
	if (!is_word(kernel.release, BTF_ARCHIVE_MAX_RELEASE) ||
	    (kernel.version && !is_word(kernel.version, BTF_ARCHIVE_MAX_WORD)) ||
	    (kernel.distribution && !is_word(kernel.distribution, BTF_ARCHIVE_MAX_WORD)))
		return diag_error(finder->diag, path,
				  "no kernel can have that name; write RELEASE.btf, as uname -r "
				  "prints it, or DISTRIBUTION/VERSION/MACHINE/RELEASE.btf");
	*ARENA_PUSH(finder->arena, finder->files->kernels, finder->files->count) = kernel;
	finder->n_found++;
	return 0;
}

static int cannot_read(struct finder *finder, const char *path)
{
	return diag_error(finder->diag, path, "cannot be read: %s", strerror(errno));
}

static int check_packed(struct finder *finder, const char *path)
{
	size_t length = strlen(path) - strlen(".tar.xz");

	if (path_exists(arena_strndup(finder->arena, path, length)))
		return 0;
	return diag_error(finder->diag, path,
			  "is packed; unpack it and its like: "
			  "find '%s' -name '*" PACKED "' -execdir tar xJf '{}' ';'",
			  finder->place);
}

static int look_into(struct finder *finder, const struct directory *directory);

static int look_at(struct finder *finder, const struct directory *directory, const char *name)
{
	const char *path = path_join(finder->arena, directory->path, name);
	struct directory below = {directory, name, path, directory->depth + 1};
	struct stat status;

	if (stat(path, &status))
		return errno == ENOENT ? 0 : cannot_read(finder, path);
	if (S_ISDIR(status.st_mode))
		return look_into(finder, &below);
	if (has_suffix(name, PACKED))
		return check_packed(finder, path);
	return S_ISREG(status.st_mode) && release_of(finder->arena, name)
		       ? add_file(finder, directory, path)
		       : 0;
}

static int look_into(struct finder *finder, const struct directory *directory)
{
	DIR *stream = directory->depth < MAX_DEPTH ? opendir(directory->path) : NULL;
	struct dirent *entry;
	int result = 0;

	if (directory->depth >= MAX_DEPTH)
		errno = ELOOP;
	if (!stream)
		return cannot_read(finder, directory->path);
	strvec_push(&finder->files->directories, finder->arena, directory->path);
	while (!result && (errno = 0, entry = readdir(stream))) {
		if (entry->d_name[0] != '.')
			result = look_at(finder, directory,
					 arena_strdup(finder->arena, entry->d_name));
	}
	if (!result && errno)
		result = cannot_read(finder, directory->path);
	closedir(stream);
	return result;
}

static int find(struct finder *finder)
{
	const struct directory top = {.name = "", .path = finder->place};
	struct stat status;

	if (stat(finder->place, &status))
		return cannot_read(finder, finder->place);
	if (!S_ISDIR(status.st_mode)) {
		if (has_suffix(finder->place, PACKED))
			return diag_error(finder->diag, finder->place,
					  "is packed; unpack it with tar xJf");
		if (!release_of(finder->arena, path_basename(finder->place)))
			return diag_error(finder->diag, finder->place,
					  "does not say which kernel it is of; name it RELEASE.btf "
					  "or vmlinux-RELEASE, with what uname -r prints there");
		return add_file(finder, NULL, finder->place);
	}
	if (look_into(finder, &top))
		return -1;
	return finder->n_found ? 0
			       : diag_error(finder->diag, finder->place,
					    "has no BTF of a kernel; its files are to be named "
					    "RELEASE.btf or vmlinux-RELEASE");
}

int btf_files_find(struct btf_files *files, struct arena *arena, struct diag *diag,
		   const struct strvec *places)
{
	for (size_t i = 0; i < places->count; i++) {
		struct finder finder = {files, arena, diag, places->items[i], 0};

		if (find(&finder))
			return -1;
	}
	return 0;
}
