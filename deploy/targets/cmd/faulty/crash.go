package main

import (
	"log/slog"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// The values of CRASH_BY.
const (
	crashByExit  = "exit"
	crashByPanic = "panic"
	crashBySegv  = "SIGSEGV"
	crashByKill  = "SIGKILL"
)

// crash ends the process in the configured way.
func crash(config config) {
	if config.crashBy == crashByPanic {
		panic(config.crashWords)
	}
	slog.Error(config.crashWords)
	switch config.crashBy {
	case crashBySegv:
		die(syscall.SIGSEGV)
	case crashByKill:
		die(syscall.SIGKILL)
	default:
		os.Exit(config.crashCode)
	}
}

// die has the kernel end the process by a signal, as for a C program. Go's own
// handler of most signals would exit with code 2.
func die(signal syscall.Signal) {
	if signal != syscall.SIGKILL {
		// The kernel's struct sigaction, all zero: the default action.
		var action [4]uint64
		_, _, _ = syscall.RawSyscall6(syscall.SYS_RT_SIGACTION, uintptr(signal),
			uintptr(unsafe.Pointer(&action)), 0, unsafe.Sizeof(action[3]), 0, 0)
	}
	_ = syscall.Kill(os.Getpid(), signal)
	// The signal may reach another thread first.
	time.Sleep(time.Second)
	slog.Error("a signal did not end this program", "signal", signal.String())
	os.Exit(1)
}
