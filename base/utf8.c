/* SPDX-License-Identifier: BSD-2-Clause */
#include "utf8.h"

size_t utf8_length(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = *bytes < 0x80   ? 1
			: *bytes < 0xc2 ? 0
			: *bytes < 0xe0 ? 2
			: *bytes < 0xf0 ? 3
			: *bytes < 0xf5 ? 4
					: 0;

	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
	}
	/* Longer than need be, halves of pairs, behind U+10FFFF. */
	if ((bytes[0] == 0xe0 && bytes[1] < 0xa0) || (bytes[0] == 0xed && bytes[1] > 0x9f) ||
	    (bytes[0] == 0xf0 && bytes[1] < 0x90) || (bytes[0] == 0xf4 && bytes[1] > 0x8f))
		return 0;
	return length;
}

bool utf8_is_hidden(const char *text)
{
	const unsigned char *bytes = (const unsigned char *)text;

	if (bytes[0] < ' ' || bytes[0] == 0x7f)
		return true;
	if (bytes[0] == 0xc2)
		return bytes[1] < 0xa0;
	return bytes[0] == 0xe2 && ((bytes[1] == 0x80 && bytes[2] >= 0xaa && bytes[2] <= 0xae) ||
				    (bytes[1] == 0x81 && bytes[2] >= 0xa6 && bytes[2] <= 0xa9));
}

static void add_escape(struct strbuf *out, const char *bytes, size_t length)
{
	if (*bytes == '\n') {
		strbuf_add_string(out, "\\n");
		return;
	}
	for (size_t i = 0; i < length; i++)
		strbuf_add_format(out, "\\x%02x", (unsigned char)bytes[i]);
}

void utf8_add_visible(struct strbuf *out, const char *text)
{
	while (*text) {
		size_t plain = 0, length, taken;

		while (text[plain] >= ' ' && text[plain] <= '~')
			plain++;
		strbuf_add(out, text, plain);
		text += plain;
		length = utf8_length(text);
		taken = !*text ? 0 : length ? length : 1;
		if (!length || (utf8_is_hidden(text) && *text != '\t'))
			add_escape(out, text, taken);
		else
			strbuf_add(out, text, taken);
		text += taken;
	}
}
