// Package publish writes results whole or not at all. A folder of the user and a
// function that fills a staging folder come in; either all of it stands in the
// end, or everything is as it was.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

const staging = ".staging-"

// Publish fills a staging folder beside out/name and swaps it in by two renames.
// A failure of write, or an interruption, leaves the results before it whole.
func Publish(out, name string, write func(dir string) error) error {
	if err := ready(out, name); err != nil {
		return err
	}
	stage, err := os.MkdirTemp(out, staging+name+"-")
	if err != nil {
		return fmt.Errorf("publish: no staging folder in %s: %w", out, err)
	}
	defer os.RemoveAll(stage)
	if err := write(stage); err != nil {
		return err
	}
	if err := syncTree(stage); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return swap(stage, filepath.Join(out, name))
}

// ready makes the folder of results and sweeps what dead runs left.
func ready(out, name string) error {
	if err := os.MkdirAll(out, 0o700); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	target := filepath.Join(out, name)
	if info, err := os.Lstat(target); err == nil && !info.IsDir() {
		return fmt.Errorf("publish: %s is not a folder; move it away", target)
	}
	left, err := filepath.Glob(filepath.Join(out, staging+name+"-*"))
	if err != nil {
		return err
	}
	for _, dir := range left {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("publish: a leftover of an earlier run: %w", err)
		}
	}
	return nil
}

// syncTree brings every file to the disk, and makes it readable by its owner alone.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(path, 0o700)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
	})
}

// swap puts the staged folder in the place of the target. Where the second
// rename fails (a workbook of the old results is open on Windows), the old
// results are put back.
func swap(stage, target string) error {
	old := filepath.Join(filepath.Dir(stage), "."+filepath.Base(target)+"-before")
	if err := os.RemoveAll(old); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	err := os.Rename(target, old)
	had := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("publish: the results before cannot be moved, is one of them open? Close it and run again: %w", err)
	}
	if err := os.Rename(stage, target); err != nil {
		if had {
			err = errors.Join(err, os.Rename(old, target))
		}
		return fmt.Errorf("publish: %w", err)
	}
	return os.RemoveAll(old)
}

// slugBytes is the most that a part of a file name takes.
const slugBytes = 60

// Slug keeps letters of any script, digits, _ and -, and makes everything else a
// dash; it never begins with a dot or dash and is never empty.
func Slug(s string) string {
	var b strings.Builder
	for _, r := range s {
		if !keeps(r) {
			r = '-'
		}
		if b.Len()+len(string(r)) > slugBytes {
			break
		}
		b.WriteRune(r)
	}
	if out := strings.Trim(b.String(), "-"); out != "" {
		return out
	}
	return "x"
}
