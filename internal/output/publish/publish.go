// Package publish writes results whole or not at all. A folder of the user and a
// function that fills a staging folder come in; either all of it stands in the
// end, on the disk and readable by its owner alone, or everything is as it was.
// It never follows a link out of the folder and never looks into the results.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// Publish fills a staging folder beside out/name and swaps it in by two renames.
// A failure of write, or an interruption, leaves the results before it whole;
// what dead runs left is swept first. One process publishes one thing at a time.
func Publish(out, name string, write func(dir string) error) error {
	if !filepath.IsLocal(name) || filepath.Base(name) != name || name[0] == '.' {
		return fmt.Errorf("publish: %q is not the name of a results folder", name)
	}
	root, err := open(out)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := sweep(root); err != nil {
		return failed(out, "清理以前中断的运行失败", "what an interrupted run left cannot be removed", err)
	}
	if info, err := root.Lstat(name); err == nil && !info.IsDir() {
		return failed(filepath.Join(out, name), "这里应是文件夹，却是文件或链接；请先移走", "a file or link stands where the results go; move it away", nil)
	}
	stage := mark(staging, name)
	if err := atWork.begin(root, stage); err != nil {
		return failed(out, "不能建立临时文件夹", "no staging folder can be made", err)
	}
	defer root.RemoveAll(stage) // gone already where all went well
	err = write(filepath.Join(out, stage))
	atWork.Lock() // not where Abandon was called
	defer atWork.end()
	if err != nil {
		return full(root, out, stage, err)
	}
	if err := settle(root, stage); err != nil {
		return full(root, out, stage, failed(filepath.Join(out, stage), "写入磁盘失败", "cannot be brought to the disk", err))
	}
	return swap(root, stage, name)
}

// atWork is what the process publishes. It is locked while results are swapped,
// and for good once they are abandoned.
var atWork work

type work struct {
	sync.Mutex
	root  *os.Root
	stage string
}

// begin makes the staging folder; one that exists is known to Abandon.
func (w *work) begin(root *os.Root, stage string) error {
	w.Lock()
	defer w.Unlock()
	w.root, w.stage = root, stage
	return root.Mkdir(stage, 0o700)
}

func (w *work) end() {
	w.root, w.stage = nil, ""
	w.Unlock()
}

// Abandon is for a process that is told to end: it waits for a swap that has begun,
// or removes the staging folder, whatever is being written there. Publish does not
// return after it.
func Abandon() {
	atWork.Lock()
	for range 100 { // a file may come while others go
		if atWork.stage == "" || atWork.root.RemoveAll(atWork.stage) == nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// open makes the folder of results where it is missing, and takes the right to
// write into it from everybody else.
func open(out string) (*os.Root, error) {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return nil, failed(out, "不能建立结果文件夹", "the folder of results cannot be made", err)
	}
	info, err := os.Stat(out)
	if err != nil {
		return nil, failed(out, "结果文件夹打不开", "the folder of results cannot be opened", err)
	}
	if open := info.Mode().Perm() & 0o002; open != 0 && runtime.GOOS != "windows" {
		if err := os.Chmod(out, info.Mode().Perm()&^0o002); err != nil {
			return nil, failed(out, "别人也能写这个文件夹；请改权限或换一个文件夹", "others may write into this folder; change its rights or choose another", err)
		}
	}
	root, err := os.OpenRoot(out)
	if err != nil {
		return nil, failed(out, "结果文件夹打不开", "the folder of results cannot be opened", err)
	}
	return root, nil
}

// swap puts the staged folder in the place of the results before. Where the
// second rename fails, the results before are put back.
func swap(root *os.Root, stage, name string) error {
	target, old := filepath.Join(root.Name(), name), mark(before, name)
	err := root.Rename(name, old)
	had := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return failed(target, "以前的结果移不开，原样保留；如果其中的文件正打开着，请关闭后再运行", "the results before cannot be moved and stay as they were; close any of them that is open and run again", err)
	}
	if err := root.Rename(stage, name); err != nil {
		if had {
			err = errors.Join(err, root.Rename(old, name))
		}
		return failed(target, "新结果换不上去，以前的结果原样保留", "the new results cannot be moved in; the results before stay as they were", err)
	}
	if err := syncFolder(root, "."); err != nil {
		return failed(target, "写入磁盘失败", "cannot be brought to the disk", err)
	}
	if had {
		// what cannot be removed now, such as a file that is being read, the next run sweeps
		_ = root.RemoveAll(old)
	}
	return nil
}

// failed says what went wrong with a path, and why, in both languages.
func failed(path, zh, en string, cause error) error {
	if cause == nil {
		return fmt.Errorf("%s: %s / %s", path, zh, en)
	}
	return fmt.Errorf("%s: %s / %s: %w", path, zh, en, cause)
}

// full adds to a failure for want of room how much had been written by then.
func full(root *os.Root, out, stage string, err error) error {
	if !noRoom(err) {
		return err
	}
	var written int64
	_ = fs.WalkDir(root.FS(), stage, func(_ string, d fs.DirEntry, e error) error {
		if e != nil || d.IsDir() {
			return e
		}
		info, e := d.Info()
		if e == nil {
			written += info.Size()
		}
		return e
	}) // a count that is too low is better than none
	const mega = 1 << 20
	return fmt.Errorf("%s: 磁盘空间不够，已写 %d MiB，还没有写完；以前的结果原样保留 / no room on the disk: %[2]d MiB were written and more is needed; the results before stay as they were: %[3]w", out, (written+mega-1)/mega, err)
}

// noRoom tells whether a disk or quota is full; 112 is how Windows says so.
func noRoom(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || runtime.GOOS == "windows" && errors.Is(err, syscall.Errno(112))
}
