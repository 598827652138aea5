// SPDX-License-Identifier: BSD-2-Clause

// What docs/moving.md names of gobpf, with the types that it has there.
package gobpfnames

import (
	"github.com/iovisor/gobpf/bcc"
	"github.com/iovisor/gobpf/elf"
)

var (
	_ func(string, []string) *bcc.Module                               = bcc.NewModule
	_ func(*bcc.Module, string) (int, error)                           = (*bcc.Module).LoadKprobe
	_ func(*bcc.Module, string, int, int) error                        = (*bcc.Module).AttachKprobe
	_ func(*bcc.Module, string) (int, error)                           = (*bcc.Module).LoadTracepoint
	_ func(*bcc.Module, string) (int, error)                           = (*bcc.Module).LoadUprobe
	_ func(*bcc.Module, string, int) error                             = (*bcc.Module).AttachTracepoint
	_ func(*bcc.Module, string, string, int, int) error                = (*bcc.Module).AttachUprobe
	_ func(*bcc.Module, string, int) error                             = (*bcc.Module).AttachXDP
	_ func(*bcc.Module)                                                = (*bcc.Module).Close
	_ func(string) string                                              = bcc.GetSyscallFnName
	_                                                                  = bcc.NewTable
	_                                                                  = (*bcc.Module).TableId
	_ func(*bcc.Table, []byte) ([]byte, error)                         = (*bcc.Table).Get
	_ func(*bcc.Table, []byte, []byte) error                           = (*bcc.Table).Set
	_ func(*bcc.Table, []byte) error                                   = (*bcc.Table).Delete
	_ func(*bcc.Table) error                                           = (*bcc.Table).DeleteAll
	_ func(*bcc.Table) *bcc.TableIterator                              = (*bcc.Table).Iter
	_ func(*bcc.Table, chan []byte, chan uint64) (*bcc.PerfMap, error) = bcc.InitPerfMap
	_ func(*bcc.PerfMap)                                               = (*bcc.PerfMap).Start
	_ func(*bcc.PerfMap)                                               = (*bcc.PerfMap).Stop
	_ func(string) *elf.Module                                         = elf.NewModule
	_ func(*elf.Module, map[string]elf.SectionParams) error            = (*elf.Module).Load
	_ func(*elf.Module, int) error                                     = (*elf.Module).EnableKprobes
)
