package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
)

// interrupted runs the program, sends it a signal some time after begun tells that
// it is so far, and returns its status and how long it took to end.
func interrupted(t *testing.T, dir string, begun func(pid int) bool, after time.Duration) (status int, took time.Duration, said string) {
	t.Helper()
	c := exec.Command(os.Args[0], "-C", dir, "--quiet", "run", "2026-10")
	c.Env = append(os.Environ(), "TELEPAY_CHILD=main")
	var b bytes.Buffer
	c.Stdout, c.Stderr = &b, &b
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- c.Wait() }()
	ended := false
	for !ended && !begun(c.Process.Pid) {
		select {
		case err := <-done:
			done <- err
			ended = true
		case <-time.After(time.Millisecond):
		}
	}
	time.Sleep(after)
	at := time.Now()
	_ = c.Process.Signal(syscall.SIGINT) // it may have ended by now
	err := <-done
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return failed.ExitCode(), time.Since(at), b.String()
	}
	return 0, time.Since(at), b.String()
}

// contents is every file below a folder with what it holds.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[strings.TrimPrefix(path, dir)] = string(data)
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return all
}

func empty(t *testing.T, dir string, allowed ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.Contains(fmt.Sprint(allowed), e.Name()) {
			t.Errorf("left in %s: %s", dir, e.Name())
		}
	}
}

// TestInterruptedWhileCallsAreRead: 300 MB of calls; the program ends at once,
// without results and without a temporary file.
func TestInterruptedWhileCallsAreRead(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := exampleProject(t)
	month := filepath.Join(dir, "exports", "2026-10")
	text, err := os.ReadFile(filepath.Join(month, "calls.csv"))
	if err != nil {
		t.Fatal(err)
	}
	head, rows, _ := bytes.Cut(text, []byte("\n"))
	var packed bytes.Buffer
	z, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	fmt.Fprintf(z, "%s\n", head)
	for written := 0; written < 300<<20; written += len(rows) {
		_, _ = z.Write(rows)
	}
	if err := errors.Join(z.Close(), os.Remove(filepath.Join(month, "calls.csv")), os.WriteFile(filepath.Join(month, "calls.csv.gz"), packed.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	reads := func(pid int) bool {
		fds, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
		for _, fd := range fds {
			if to, _ := os.Readlink(fd); strings.HasSuffix(to, "calls.csv.gz") {
				return true
			}
		}
		return false
	}
	status, took, said := interrupted(t, dir, reads, 100*time.Millisecond)
	if status != exitInterrupted || took > 2*time.Second || strings.TrimSpace(said) != "" {
		t.Errorf("status %d after %v, said %q", status, took, said)
	}
	empty(t, filepath.Join(dir, "out"))
	empty(t, os.Getenv("TMPDIR"))
}

// TestInterruptedWhileResultsAreWritten: the results of before stand, whole, and
// nothing else; or the new ones do.
func TestInterruptedWhileResultsAreWritten(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := exampleProject(t)
	out := filepath.Join(dir, "out")
	mustRun(t, "-C", dir, "--quiet", "run", "2026-10")
	whole := contents(t, out)
	writes := func(int) bool {
		staged, _ := filepath.Glob(filepath.Join(out, ".staging-*"))
		return len(staged) > 0
	}
	hit := 0
	for i := range 8 {
		status, took, said := interrupted(t, dir, writes, time.Duration(i*i)*3*time.Millisecond)
		switch {
		case status == exitInterrupted && took < 2*time.Second && strings.TrimSpace(said) == "":
			hit++
		case status != exitDone:
			t.Errorf("status %d after %v, said %q", status, took, said)
		}
		empty(t, out, "2026-10")
		for name, text := range contents(t, out) {
			if whole[name] != text {
				t.Errorf("%s is not as it was", name)
			}
			delete(whole, name)
		}
		if len(whole) > 0 {
			t.Errorf("%d files are missing", len(whole))
		}
		whole = contents(t, out)
	}
	if hit == 0 {
		t.Error("no run was interrupted")
	}
	empty(t, os.Getenv("TMPDIR"))
}
