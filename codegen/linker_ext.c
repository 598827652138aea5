/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * .BTF.ext of all objects: for each section of the result one block, with the records of the
 * objects one behind the other. libbpf drops what BTF has more than once, and is given .BTF.ext in
 * this machine's byte order, whose words refer to it.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>

#include "btf_query.h"
#include "linker_parts.h"

enum {
	HEADER_SIZE = 32,
	BTF_MAGIC_NUMBER = 0xeb9f,
};

/* The size of the records that are written, which is all that this knows of them. */
static const uint32_t record_sizes[] = {
	[BTF_EXT_FUNC_INFO] = 8,
	[BTF_EXT_LINE_INFO] = 16,
	[BTF_EXT_CORE_RELO] = 16,
};

struct ext_reader {
	struct linker *linker;
	const struct linker_input *input;
	struct btf_ext_data data;
	enum btf_ext_part part;
	struct linker_section *section; /* of the block; NULL: it is dropped */
	uint64_t offset;                /* that of the object in it */
	int result;
};

static void begin_block(void *context, size_t name)
{
	struct ext_reader *reader = context;
	const struct linker_input *input = reader->input;
	const struct object_section *section = object_find_section(
		input->object,
		btf_query_name(input->object->btf, btf_ext_load(&reader->data, name)));

	reader->section = section && !input->is_repeated[section->index]
				  ? input->sections[section->index]
				  : NULL;
	reader->offset = section ? input->offsets[section->index] : 0;
}

/* A string of the object's BTF in that of the result. */
static uint32_t move_string(struct ext_reader *reader, uint32_t offset)
{
	const char *text = btf__name_by_offset(reader->input->object->btf, offset);
	int moved = text ? btf__add_str(reader->linker->btf, text) : -EINVAL;

	if (moved < 0)
		reader->result = -1;
	return moved < 0 ? 0 : (uint32_t)moved;
}

static uint32_t move_type(struct ext_reader *reader, uint32_t id)
{
	if (id < btf__type_cnt(reader->input->object->btf))
		return reader->input->types[id];
	reader->result = -1;
	return 0;
}

static void add_record(void *context, size_t at)
{
	struct ext_reader *reader = context;
	struct linker_records *records;
	struct linker_record record = {0};

	if (!reader->section)
		return;
	for (uint32_t i = 0; i < record_sizes[reader->part] / 4; i++)
		record.words[i] = btf_ext_load(&reader->data, at + i * 4);
	record.words[0] += (uint32_t)reader->offset;
	if (reader->part == BTF_EXT_LINE_INFO) {
		record.words[1] = move_string(reader, record.words[1]);
		record.words[2] = move_string(reader, record.words[2]);
	} else {
		record.words[1] = move_type(reader, record.words[1]);
	}
	if (reader->part == BTF_EXT_CORE_RELO)
		record.words[2] = move_string(reader, record.words[2]);
	records = &reader->section->records[reader->part];
	*ARENA_PUSH(reader->linker->arena, records->items, records->count) = record;
}

static int read_input(struct linker *linker, const struct linker_input *input)
{
	const struct object_section *section = object_find_section(input->object, BTF_EXT_ELF_SEC);
	struct ext_reader reader = {.linker = linker, .input = input};
	const struct btf_ext_visitor visitor = {begin_block, add_record, &reader};

	if (!section || !section->data || !input->object->btf)
		return 0;
	reader.data = (struct btf_ext_data){
		.bytes = (unsigned char *)section->data,
		.size = section->size,
		.is_big = input->object->byte_order == BYTE_ORDER_BIG,
	};
	for (int part = 0; part < BTF_EXT_PART_COUNT; part++) {
		reader.part = (enum btf_ext_part)part;
		reader.section = NULL;
		if (btf_ext_visit(&reader.data, reader.part, &visitor) || reader.result)
			return diag_error(linker->diag, input->object->path,
					  "the object is damaged (its .BTF.ext); compile it again");
	}
	return 0;
}

struct ext_writer {
	struct linker *linker;
	uint32_t *words;
	size_t n_words;
};

static void put(struct ext_writer *writer, uint32_t word)
{
	*ARENA_PUSH(writer->linker->arena, writer->words, writer->n_words) = word;
}

static void write_part(struct ext_writer *writer, enum btf_ext_part part)
{
	struct linker *linker = writer->linker;
	size_t start = writer->n_words;
	const size_t header = 2 + (size_t)part * 2;

	for (size_t i = 0; i < linker->n_sections; i++) {
		const struct linker_section *section = linker->sections[i];
		const struct linker_records *records = &section->records[part];

		if (!records->count)
			continue;
		if (writer->n_words == start)
			put(writer, record_sizes[part]);
		put(writer, (uint32_t)btf__add_str(linker->btf, section->header.name));
		put(writer, (uint32_t)records->count);
		for (size_t j = 0; j < records->count; j++) {
			for (uint32_t k = 0; k < record_sizes[part] / 4; k++)
				put(writer, records->items[j].words[k]);
		}
	}
	writer->words[header] = (uint32_t)(start * 4) - HEADER_SIZE;
	writer->words[header + 1] = (uint32_t)((writer->n_words - start) * 4);
}

/* In this machine's byte order; false: there is no record at all. */
static bool write_ext(struct linker *linker, struct bytes *out)
{
	struct ext_writer writer = {.linker = linker};
	const uint8_t version_and_flags[2] = {BTF_VERSION, 0};
	const uint16_t magic = BTF_MAGIC_NUMBER;

	for (int i = 0; i < HEADER_SIZE / 4; i++)
		put(&writer, 0);
	memcpy(writer.words, &magic, sizeof(magic));
	memcpy((char *)writer.words + 2, version_and_flags, 2);
	writer.words[1] = HEADER_SIZE;
	for (int part = 0; part < BTF_EXT_PART_COUNT; part++)
		write_part(&writer, (enum btf_ext_part)part);
	*out = (struct bytes){(const unsigned char *)writer.words, writer.n_words * 4};
	return writer.n_words > HEADER_SIZE / 4;
}

/* In all versions of the library; some headers have another name of it, which not all libraries
 * have. */
const void *btf_ext__get_raw_data(const struct btf_ext *, __u32 *size);

#define FEW_TYPES      8192
#define STACK_PER_TYPE 2048

struct dedup {
	struct btf *btf;
	struct btf_ext *ext;
	int error;
};

static void *run_dedup(void *argument)
{
	struct dedup *dedup = argument;
	LIBBPF_OPTS(btf_dedup_opts, options, .btf_ext = dedup->ext);

	dedup->error = btf__dedup(dedup->btf, &options);
	return NULL;
}

/* libbpf follows types by functions that call themselves, as deep as there are types; many of them
 * get a stack that is enough also where a damaged object chains them all. */
static int run_dedup_on_stack(struct dedup *dedup)
{
	pthread_attr_t attributes;
	sigset_t all, before;
	pthread_t thread;
	int error;

	pthread_attr_init(&attributes);
	error = pthread_attr_setstacksize(&attributes,
					  (size_t)btf__type_cnt(dedup->btf) * STACK_PER_TYPE);
	/* Signals are for the thread that cleans up. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (!error)
		error = pthread_create(&thread, &attributes, run_dedup, dedup);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attributes);
	if (!error)
		pthread_join(thread, NULL);
	return error ? -error : dedup->error;
}

static int dedup(struct btf *btf, struct btf_ext *ext)
{
	struct dedup dedup = {.btf = btf, .ext = ext};

	if (btf__type_cnt(btf) > FEW_TYPES)
		return run_dedup_on_stack(&dedup);
	run_dedup(&dedup);
	return dedup.error;
}

/* One of what BTF has more than once; *ext then speaks of that. */
static int deduplicate(struct linker *linker, struct bytes *ext)
{
	struct btf_ext *parsed = ext->size ? btf_ext__new(ext->data, (uint32_t)ext->size) : NULL;
	int error = ext->size && !parsed ? -errno : dedup(linker->btf, parsed);
	const void *raw;
	uint32_t size = 0;

	if (!error && parsed) {
		raw = btf_ext__get_raw_data(parsed, &size);
		*ext = (struct bytes){arena_memdup(linker->arena, raw, size), size};
	}
	btf_ext__free(parsed);
	return error ? diag_error(linker->diag, linker->inputs[0].object->path,
				  "its BTF cannot be linked: %s", strerror(-error))
		     : 0;
}

/* From this machine's byte order into the other one: all are words but the header's first. */
static void swap(unsigned char *data, size_t size)
{
	for (size_t i = 0; i + 4 <= size; i += 4) {
		unsigned char first = data[i], second = data[i + 1];

		if (i == 0) {
			data[0] = second;
			data[1] = first;
			continue;
		}
		data[i] = data[i + 3];
		data[i + 1] = data[i + 2];
		data[i + 2] = second;
		data[i + 3] = first;
	}
}

static bool is_foreign(const struct linker *linker)
{
	const uint16_t one = 1;
	bool is_host_big = *(const unsigned char *)&one == 0;

	return is_host_big != (linker->inputs[0].object->byte_order == BYTE_ORDER_BIG);
}

int linker_merge_ext(struct linker *linker, struct bytes *ext)
{
	*ext = (struct bytes){0};
	for (size_t i = 0; i < linker->n_inputs; i++) {
		if (read_input(linker, &linker->inputs[i]))
			return -1;
	}
	if (!write_ext(linker, ext))
		*ext = (struct bytes){0};
	if (deduplicate(linker, ext))
		return -1;
	if (ext->size && is_foreign(linker))
		swap((unsigned char *)ext->data, ext->size);
	return 0;
}
