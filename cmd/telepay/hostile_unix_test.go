//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestNoRegularFile: pipes, devices and links that lead to them or to themselves
// are refused before they are opened; a pipe would be waited for without an end,
// a device read without one.
func TestNoRegularFile(t *testing.T) {
	kinds := map[string]func(path string) error{
		"a pipe":           func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a link to zero":   func(path string) error { return os.Symlink("/dev/zero", path) },
		"a folder":         func(path string) error { return os.Mkdir(path, 0o700) },
		"a loop of two":    func(path string) error { return loop(path) },
		"a dangling link":  func(path string) error { return os.Symlink("nowhere", path) },
		"a link to a pipe": func(path string) error { return pipeBehind(path) },
	}
	for name, place := range kinds {
		for _, file := range []string{"telepay.yaml", "plan.yaml", "roster.csv", "opening.csv", "law/x.yaml", "exports/2026-10/payments.csv", "exports/2026-10/calls.xlsx"} {
			t.Run(name+" as "+file, func(t *testing.T) {
				dir := exhibit(t)
				path := filepath.Join(dir, filepath.FromSlash(file))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
					t.Fatal(err)
				}
				if err := place(path); err != nil {
					t.Fatal(err)
				}
				done := make(chan string, 1)
				go func() {
					status, said := check(dir)
					if status != exitProblems && status != exitMachine && name != "a folder" {
						said = "ended with success: " + said
					}
					done <- said
				}()
				select {
				case said := <-done:
					if strings.HasPrefix(said, "ended with success") || !strings.Contains(said, filepath.Base(file)) && name != "a folder" {
						t.Errorf("said %s", said)
					}
				case <-time.After(time.Minute):
					t.Fatal("never ends")
				}
			})
		}
	}
}

func loop(path string) error {
	if err := os.Symlink(filepath.Base(path), path+".2"); err != nil {
		return err
	}
	return os.Symlink(filepath.Base(path)+".2", path)
}

func pipeBehind(path string) error {
	if err := syscall.Mkfifo(path+".pipe", 0o600); err != nil {
		return err
	}
	return os.Symlink(filepath.Base(path)+".pipe", path)
}
