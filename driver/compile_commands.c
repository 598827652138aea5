/* SPDX-License-Identifier: BSD-2-Clause */
/* The lock is on the directory: a lock file would stay behind, and the database is replaced. */
#include "compile_commands.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "file.h"
#include "path.h"
#include "strbuf.h"
#include "tempfile.h"
#include "value_json.h"

struct database {
	struct arena *arena;
	struct diag *diag;
	const char *path;
	struct bytes old;
	struct value *entries; /* a list */
};

static int read_database(struct database *db)
{
	int error = file_read(db->arena, db->path, &db->old);

	if (error == -ENOENT || (!error && !db->old.size)) {
		db->entries = value_list(db->arena);
		return 0;
	}
	if (error)
		return diag_error(db->diag, db->path, "cannot be read: %s", strerror(-error));
	db->entries = value_from_json(db->arena, db->diag, db->path, (const char *)db->old.data,
				      db->old.size);
	if (!db->entries)
		return -1;
	if (db->entries->kind != VALUE_LIST)
		return diag_error(db->diag, db->path,
				  "is no list of commands; give the file that CMake or bear made");
	return 0;
}

static const char *text_of(const struct value *entry, const char *key)
{
	const struct value *value = value_get(entry, key);

	return value && value->kind == VALUE_STRING ? value->string : "";
}

static bool is_of_file(struct database *db, const struct value *entry, const char *file)
{
	return !strcmp(path_join(db->arena, text_of(entry, "directory"), text_of(entry, "file")),
		       file);
}

static struct value *make_entry(struct arena *arena, const struct compile_command *command)
{
	struct value *entry = value_object(arena);
	struct value *arguments = value_list(arena);

	for (size_t i = 0; i < command->arguments.count; i++)
		value_append(arguments, arena, value_string(arena, command->arguments.items[i]));
	value_set_string(entry, arena, "directory", command->directory);
	value_set(entry, arena, "arguments", arguments);
	value_set_string(entry, arena, "file", command->file);
	return entry;
}

static void put_entry(struct database *db, const struct compile_command *command)
{
	struct value *entry = make_entry(db->arena, command);

	for (size_t i = 0; i < db->entries->count; i++) {
		if (is_of_file(db, db->entries->items[i], command->file)) {
			db->entries->items[i] = entry;
			return;
		}
	}
	value_append(db->entries, db->arena, entry);
}

static int write_database(struct database *db)
{
	struct strbuf text = STRBUF_INIT;
	struct tempfile file = {0};
	int error = 0;

	value_to_json(db->entries, &text);
	if (text.length != db->old.size || memcmp(text.text, db->old.data, text.length) != 0) {
		error = tempfile_write(&file, db->arena, db->path, text.text, text.length);
		error = error ? error : tempfile_commit(&file);
		tempfile_drop(&file);
	}
	strbuf_release(&text);
	return error ? diag_error(db->diag, db->path, "cannot be written: %s", strerror(-error))
		     : 0;
}

static int open_locked(struct database *db)
{
	const char *directory = path_dirname(db->arena, db->path);
	int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX)) {
		close(fd);
		fd = -1;
	}
	return fd < 0 ? diag_error(db->diag, directory,
				   "%s; give -compile-commands a directory "
				   "that is there",
				   strerror(errno))
		      : fd;
}

int compile_commands_put(struct arena *arena, struct diag *diag, const char *path,
			 const struct compile_command *command)
{
	struct database db = {.arena = arena, .diag = diag, .path = path};
	int lock = open_locked(&db), result;

	if (lock < 0)
		return -1;
	result = read_database(&db);
	if (!result) {
		put_entry(&db, command);
		result = write_database(&db);
	}
	close(lock);
	return result;
}
