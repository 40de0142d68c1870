package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// Folders of a run at work, each with the name of the results and the number of
// the process: .staging-2026-10-4711.
const (
	staging = ".staging-" // the results to be
	before  = ".before-"  // the results that were
)

func mark(kind, name string) string { return fmt.Sprintf("%s%s-%d", kind, name, os.Getpid()) }

// marked reads what mark wrote.
func marked(kind, folder string) (name string, process int, ok bool) {
	rest, ok := strings.CutPrefix(folder, kind)
	cut := strings.LastIndexByte(rest, '-')
	if !ok || cut < 1 {
		return "", 0, false
	}
	process, err := strconv.Atoi(rest[cut+1:])
	return rest[:cut], process, err == nil && process > 0
}

// sweep removes what dead runs left. A run that died between its two renames
// left no results but those that it had moved aside: they are put back.
func sweep(root *os.Root) error {
	all, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return err
	}
	var aside []fs.FileInfo
	for _, d := range all {
		if _, process, ok := marked(staging, d.Name()); ok && !alive(process) {
			if err := root.RemoveAll(d.Name()); err != nil {
				return err
			}
		}
		if _, process, ok := marked(before, d.Name()); ok && !alive(process) {
			info, err := d.Info()
			if err != nil {
				return err
			}
			aside = append(aside, info)
		}
	}
	slices.SortFunc(aside, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	for _, info := range aside {
		if err := putBack(root, info.Name()); err != nil {
			return err
		}
	}
	return nil
}

// putBack gives results their place again, or removes them where there are newer ones.
func putBack(root *os.Root, folder string) error {
	name, _, _ := marked(before, folder)
	_, err := root.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return root.Rename(folder, name)
	case err != nil:
		return err
	}
	return root.RemoveAll(folder)
}

// alive tells whether a process is at work. A folder with this process's own
// number is of an earlier process that had it.
func alive(process int) bool {
	if process == os.Getpid() {
		return false
	}
	p, err := os.FindProcess(process)
	if err != nil {
		return false
	}
	defer p.Release()
	if runtime.GOOS == "windows" {
		return true // finding it is the proof there
	}
	err = p.Signal(syscall.Signal(0))
	return err == nil || errors.Is(err, syscall.EPERM)
}
