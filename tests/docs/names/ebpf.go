// SPDX-License-Identifier: BSD-2-Clause

// What docs/moving.md names of cilium/ebpf, with the types that it has there: this compiles, or the page is wrong.
package ebpfnames

import (
	"encoding/binary"
	"errors"
	"syscall"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/btf"
	"github.com/cilium/ebpf/features"
	"github.com/cilium/ebpf/link"
	"github.com/cilium/ebpf/perf"
	"github.com/cilium/ebpf/ringbuf"
	"github.com/cilium/ebpf/rlimit"
)

type any = interface{}

// Open, load.
var (
	_ func(string) (*ebpf.CollectionSpec, error)                     = ebpf.LoadCollectionSpec
	_ func(*ebpf.CollectionSpec) (*ebpf.Collection, error)           = ebpf.NewCollection
	_ func(*ebpf.CollectionSpec, any, *ebpf.CollectionOptions) error = (*ebpf.CollectionSpec).LoadAndAssign
	_ func(*ebpf.CollectionSpec, map[string]any) error               = (*ebpf.CollectionSpec).RewriteConstants
	_ func(*ebpf.CollectionSpec, map[string]*ebpf.Map) error         = (*ebpf.CollectionSpec).RewriteMaps
	_ func(*ebpf.Collection)                                         = (*ebpf.Collection).Close
	_ map[string]*ebpf.MapSpec                                       = ebpf.CollectionSpec{}.Maps
	_ map[string]*ebpf.ProgramSpec                                   = ebpf.CollectionSpec{}.Programs
	_ uint32                                                         = ebpf.MapSpec{}.MaxEntries
	_ ebpf.MapType                                                   = ebpf.MapSpec{}.Type
	_ string                                                         = ebpf.ProgramSpec{}.SectionName + ebpf.ProgramSpec{}.AttachTo
	_ *ebpf.Program                                                  = ebpf.ProgramSpec{}.AttachTarget
	_ map[string]*ebpf.Map                                           = ebpf.CollectionOptions{}.MapReplacements
	_ string                                                         = ebpf.CollectionOptions{}.Maps.PinPath
	_ *btf.Spec                                                      = ebpf.CollectionOptions{}.Programs.KernelTypes
	_ uint32                                                         = ebpf.CollectionOptions{}.Programs.LogLevel
	_                                                                = errors.As
	_ error                                                          = &ebpf.VerifierError{}
	_ func() error                                                   = rlimit.RemoveMemlock
	_ func(ebpf.MapType) error                                       = features.HaveMapType
	_ func(ebpf.ProgramType, asm.BuiltinFunc) error                  = features.HaveProgramHelper
)

// Maps.
var (
	_ func(*ebpf.Map, any, any) error                                      = (*ebpf.Map).Lookup
	_ func(*ebpf.Map, any, any) error                                      = (*ebpf.Map).LookupAndDelete
	_ error                                                                = ebpf.ErrKeyNotExist
	_ func(*ebpf.Map, any, any) error                                      = (*ebpf.Map).Put
	_ func(*ebpf.Map, any, any, ebpf.MapUpdateFlags) error                 = (*ebpf.Map).Update
	_ func(*ebpf.Map, any) error                                           = (*ebpf.Map).Delete
	_ func(*ebpf.Map, any, any) error                                      = (*ebpf.Map).NextKey
	_ func(*ebpf.Map) *ebpf.MapIterator                                    = (*ebpf.Map).Iterate
	_ func(*ebpf.MapIterator, any, any) bool                               = (*ebpf.MapIterator).Next
	_ func(*ebpf.Map, any, any, any, any, *ebpf.BatchOptions) (int, error) = (*ebpf.Map).BatchLookup
	_ func(*ebpf.Map, any, any, any, any, *ebpf.BatchOptions) (int, error) = (*ebpf.Map).BatchLookupAndDelete
	_ func(*ebpf.Map, any, any, *ebpf.BatchOptions) (int, error)           = (*ebpf.Map).BatchUpdate
	_ func(*ebpf.Map, any, *ebpf.BatchOptions) (int, error)                = (*ebpf.Map).BatchDelete
	_ func(*ebpf.Map) int                                                  = (*ebpf.Map).FD
	_ func(*ebpf.Map) (*ebpf.MapInfo, error)                               = (*ebpf.Map).Info
	_ func(*ebpf.Map, string) error                                        = (*ebpf.Map).Pin
	_ func(*ebpf.Map) error                                                = (*ebpf.Map).Unpin
	_ func(*ebpf.Map) error                                                = (*ebpf.Map).Freeze
	_ func(string, *ebpf.LoadPinOptions) (*ebpf.Map, error)                = ebpf.LoadPinnedMap
	_ func(*ebpf.MapSpec) (*ebpf.Map, error)                               = ebpf.NewMap
)

// Events.
var (
	_ func(*ebpf.Map) (*ringbuf.Reader, error)      = ringbuf.NewReader
	_ func(*ringbuf.Reader) (ringbuf.Record, error) = (*ringbuf.Reader).Read
	_ func(*ringbuf.Reader) error                   = (*ringbuf.Reader).Close
	_ func(*ebpf.Map, int) (*perf.Reader, error)    = perf.NewReader
	_ uint64                                        = perf.Record{}.LostSamples
	_                                               = binary.Read
)

// Programs.
var (
	_ func(string, *ebpf.Program, *link.KprobeOptions) (link.Link, error)                   = link.Kprobe
	_ func(string, *ebpf.Program, *link.KprobeOptions) (link.Link, error)                   = link.Kretprobe
	_ func(string) (*link.Executable, error)                                                = link.OpenExecutable
	_ func(*link.Executable, string, *ebpf.Program, *link.UprobeOptions) (link.Link, error) = (*link.Executable).Uprobe
	_ func(*link.Executable, string, *ebpf.Program, *link.UprobeOptions) (link.Link, error) = (*link.Executable).Uretprobe
	_ func(string, string, *ebpf.Program, *link.TracepointOptions) (link.Link, error)       = link.Tracepoint
	_ func(link.RawTracepointOptions) (link.Link, error)                                    = link.AttachRawTracepoint
	_ func(link.TracingOptions) (link.Link, error)                                          = link.AttachTracing
	_ func(link.LSMOptions) (link.Link, error)                                              = link.AttachLSM
	_ func(*ebpf.Program, string, *ebpf.Program) (link.Link, error)                         = link.AttachFreplace
	_ func(link.IterOptions) (*link.Iter, error)                                            = link.AttachIter
	_                                                                                       = (*link.Iter).Open
	_ func(link.XDPOptions) (link.Link, error)                                              = link.AttachXDP
	_ func(link.CgroupOptions) (link.Link, error)                                           = link.AttachCgroup
	_ func(int, *ebpf.Program) (*link.NetNsLink, error)                                     = link.AttachNetNs
	_ func(syscall.Conn, *ebpf.Program) error                                               = link.AttachSocketFilter
	_ func(link.RawAttachProgramOptions) error                                              = link.RawAttachProgram
	_ func(link.RawLinkOptions) (*link.RawLink, error)                                      = link.AttachRawLink
	_ uint64                                                                                = link.KprobeOptions{}.Cookie + link.UprobeOptions{}.Offset
	_ func(string, *ebpf.LoadPinOptions) (link.Link, error)                                 = link.LoadPinnedLink
	_ func(link.Link, string) error                                                         = link.Link.Pin
	_ func(link.Link) error                                                                 = link.Link.Close
	_ func(*ebpf.Program, []byte) (uint32, []byte, error)                                   = (*ebpf.Program).Test
	_ func(*ebpf.Program, *ebpf.RunOptions) (uint32, error)                                 = (*ebpf.Program).Run
)
