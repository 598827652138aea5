/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Places for USDT probes, as <sys/sdt.h> makes them: an instruction that does nothing, and a note
 * in the ELF file that says where it is, whose it is, and where its arguments are found
 * (systemtap's notes of type 3, which libbpf reads). x86_64, i386, arm64 and s390x.
 *
 *   unsigned long number = 5;
 *   USDT("provider", "name", "0", "-4@" USDT_REGISTER(0), "r"(number));
 *
 * An argument is SIZE@PLACE, with a space before the next one; a negative size is a signed
 * number's. The semaphore is the name of an unsigned short in the section ".probes", which counts
 * who listens, or "0". Operands are those of asm, each as wide as a register.
 */
#ifndef TESTS_KERNEL_USDT_H
#define TESTS_KERNEL_USDT_H

#if __SIZEOF_POINTER__ == 8
#define USDT_ADDRESS ".8byte "
#else
#define USDT_ADDRESS ".4byte "
#endif

#if defined(__x86_64__) || defined(__i386__)
#define USDT_NOTHING                 "nop"
#define USDT_REGISTER(operand)       "%" #operand
#define USDT_MEMORY(offset, operand) #offset "(%" #operand ")"
#define USDT_CONSTANT(number)        "$" #number
#elif defined(__aarch64__)
#define USDT_NOTHING                 "nop"
#define USDT_REGISTER(operand)       "%" #operand
#define USDT_MEMORY(offset, operand) "[%" #operand ", " #offset "]"
#define USDT_CONSTANT(number)        #number
#elif defined(__s390x__)
#define USDT_NOTHING                 "nop 0"
#define USDT_REGISTER(operand)       "%" #operand
#define USDT_MEMORY(offset, operand) #offset "(%" #operand ")"
#define USDT_CONSTANT(number)        #number
#else
#error "no notes for this machine"
#endif

/* The length of a name and of what follows it, the type, the name, then what the type says. */
#define USDT(provider, name, semaphore, arguments, ...)                               \
	__asm__ volatile("1: " USDT_NOTHING "\n"                                      \
			 ".pushsection .note.stapsdt, \"\", %%note\n"                 \
			 ".balign 4\n"                                                \
			 ".4byte 8, 3f - 2f, 3\n"                                     \
			 ".asciz \"stapsdt\"\n"                                       \
			 "2: " USDT_ADDRESS "1b, 0, " semaphore "\n"                  \
			 ".asciz \"" provider "\", \"" name "\", \"" arguments "\"\n" \
			 "3: .balign 4\n"                                             \
			 ".popsection"                                                \
			 :                                                            \
			 : __VA_ARGS__                                                \
			 : "memory")

#endif
