#include <stdio.h>
#include <bpf/libbpf.h>
#include "today.skel.h"
#pragma GCC diagnostic ignored "-Wunused-parameter"
static struct ring_buffer *buffer;
BLOCK
int main(void)
{
	return !buffer && watch(NULL, 0) && on_event(NULL, NULL, 0);
}
