package publish

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// tree lists everything under dir with what the files hold.
func tree(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		fmt.Fprintf(&b, "%s", filepath.ToSlash(rel))
		if d.Type().IsRegular() {
			data, e := os.ReadFile(path)
			fmt.Fprintf(&b, "=%s", data)
			err = errors.Join(err, e)
		}
		b.WriteString(" ")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// filled returns a writer of results that hold text.
func filled(text string) func(string) error {
	return func(dir string) error {
		if err := os.MkdirAll(filepath.Join(dir, "data"), 0o755); err != nil {
			return err
		}
		return errors.Join(os.WriteFile(filepath.Join(dir, "a"), []byte(text), 0o644), os.WriteFile(filepath.Join(dir, "data", "b"), []byte(text), 0o666))
	}
}

func publish(t *testing.T, out, text string) {
	t.Helper()
	if err := Publish(out, "2026-10", filled(text)); err != nil {
		t.Fatal(err)
	}
}

const (
	olds = "2026-10 2026-10/a=old 2026-10/data 2026-10/data/b=old"
	news = "2026-10 2026-10/a=new 2026-10/data 2026-10/data/b=new"
)

func TestPublish(t *testing.T) {
	out := filepath.Join(t.TempDir(), "deep", "out")
	publish(t, out, "old")
	if got := tree(t, out); got != olds {
		t.Errorf("first: %s", got)
	}
	publish(t, out, "new")
	if got := tree(t, out); got != news {
		t.Errorf("second: %s", got)
	}
}

// A file of the results before that the new ones do not have is gone.
func TestNothingOfBeforeIsLeft(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "old")
	err := Publish(out, "2026-10", func(dir string) error { return os.WriteFile(filepath.Join(dir, "c"), []byte("new"), 0o600) })
	if got := tree(t, out); err != nil || got != "2026-10 2026-10/c=new" {
		t.Errorf("%s (%v)", got, err)
	}
}

func TestFailureLeavesTheResultsBefore(t *testing.T) {
	fault := errors.New("injected")
	for _, c := range []struct {
		name  string
		write func(string) error
	}{
		{"before the first file", func(string) error { return fault }},
		{"after some files", func(dir string) error { return errors.Join(filled("new")(dir), fault) }},
		{"a link among the files", func(dir string) error { return os.Symlink("/etc/passwd", filepath.Join(dir, "link")) }},
		{"staging taken away", func(dir string) error { return os.RemoveAll(dir) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			publish(t, out, "old")
			err := Publish(out, "2026-10", c.write)
			if got := tree(t, out); err == nil || got != olds || strings.Contains(err.Error(), "MiB") {
				t.Errorf("%s (%v)", got, err)
			}
		})
	}
}

func TestPanicLeavesTheResultsBefore(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "old")
	func() {
		defer func() { _ = recover() }()
		_ = Publish(out, "2026-10", func(dir string) error { panic(filled("new")(dir)) })
	}()
	if got := tree(t, out); got != olds {
		t.Error(got)
	}
}

// Only what stands in the way of the second rename is simulated: the target is
// there again by the time the new results come.
func TestFailedSwapPutsBack(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "old")
	root, err := os.OpenRoot(out)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := swap(root, "no-such-stage", "2026-10"); err == nil || !strings.Contains(err.Error(), filepath.Join(out, "2026-10")) {
		t.Errorf("error %v", err)
	}
	if got := tree(t, out); got != olds {
		t.Error(got)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		make func(target string) error
	}{
		{"a file", func(target string) error { return os.WriteFile(target, []byte("mine"), 0o600) }},
		{"a link to a folder", func(target string) error { return os.Symlink(filepath.Dir(filepath.Dir(target)), target) }},
		{"a link to nothing", func(target string) error { return os.Symlink("/nowhere", target) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			if err := os.Mkdir(out, 0o700); err != nil {
				t.Fatal(err)
			}
			target := filepath.Join(out, "2026-10")
			if err := c.make(target); err != nil {
				t.Fatal(err)
			}
			called := false
			err := Publish(out, "2026-10", func(string) error { called = true; return nil })
			if err == nil || called || !strings.Contains(err.Error(), target) {
				t.Errorf("called %t, error %v", called, err)
			}
			if _, err := os.Lstat(target); err != nil {
				t.Error("what stood there is gone")
			}
		})
	}
}

func TestNames(t *testing.T) {
	for _, name := range []string{"", ".", "..", "../x", "a/b", "/tmp", ".hidden"} {
		out := t.TempDir()
		if err := Publish(out, name, filled("x")); err == nil || tree(t, out) != "" {
			t.Errorf("%q: %v, %s", name, err, tree(t, out))
		}
	}
}

func TestOutIsAFile(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(out, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Publish(out, "2026-10", filled("x")); err == nil || !strings.Contains(err.Error(), out) {
		t.Errorf("error %v", err)
	}
}

// dead returns the number of a process that is no more.
func dead(t *testing.T) int {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^$")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	return c.Process.Pid
}

func TestSweep(t *testing.T) {
	gone, here := dead(t), os.Getppid()
	for _, c := range []struct {
		name, left, want string
		results          bool
	}{
		{"staging of a dead run", fmt.Sprintf(".staging-2026-10-%d", gone), news, true},
		{"staging of another month", fmt.Sprintf(".staging-2026-09-%d", gone), news, true},
		{"staging of an earlier process of this number", mark(staging, "2026-10"), news, true},
		{"staging of a run at work", fmt.Sprintf(".staging-2026-10-%d", here), fmt.Sprintf(".staging-2026-10-%d .staging-2026-10-%[1]d/f=left ", here) + news, true},
		{"results moved aside and replaced", fmt.Sprintf(".before-2026-10-%d", gone), news, true},
		{"results moved aside, another month", fmt.Sprintf(".before-2026-09-%d", gone), "2026-09 2026-09/f=left " + news, true},
		{"a folder of the user", ".staging-mine", ".staging-mine .staging-mine/f=left " + news, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := t.TempDir()
			publish(t, out, "old")
			leave(t, filepath.Join(out, c.left))
			publish(t, out, "new")
			if got := tree(t, out); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func leave(t *testing.T, dir string) {
	t.Helper()
	if err := errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "f"), []byte("left"), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// A run that died between its two renames is mended by the next one, even where
// that one fails.
func TestResultsMovedAsideComeBack(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "old")
	if err := os.Rename(filepath.Join(out, "2026-10"), filepath.Join(out, fmt.Sprintf(".before-2026-10-%d", dead(t)))); err != nil {
		t.Fatal(err)
	}
	err := Publish(out, "2026-10", func(string) error { return errors.New("injected") })
	if got := tree(t, out); err == nil || got != olds {
		t.Errorf("%s (%v)", got, err)
	}
}

// TestKilled kills a process in the middle of its writing and lets the next run follow.
func TestKilled(t *testing.T) {
	if out := os.Getenv("PUBLISH_AND_WAIT"); out != "" {
		_ = Publish(out, "2026-10", func(dir string) error {
			if err := filled("half")(dir); err != nil {
				return err
			}
			fmt.Println("written")
			select {}
		})
		return
	}
	out := t.TempDir()
	publish(t, out, "old")
	c := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	c.Env = append(os.Environ(), "PUBLISH_AND_WAIT="+out)
	pipe, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(pipe).ReadString('\n'); line != "written\n" {
		t.Fatalf("%q (%v)", line, err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // it was killed
	if got := tree(t, out); !strings.HasSuffix(got, olds) || !strings.Contains(got, "half") {
		t.Errorf("after the kill: %s", got)
	}
	publish(t, out, "new")
	if got := tree(t, out); got != news {
		t.Errorf("after the next run: %s", got)
	}
}

// Nothing outside the folder changes, also where a link waits in it.
func TestLinkInTheFolder(t *testing.T) {
	base := t.TempDir()
	out, other := filepath.Join(base, "out"), filepath.Join(base, "other")
	publish(t, other, "theirs")
	if err := errors.Join(os.Mkdir(out, 0o700), os.Symlink(other, filepath.Join(out, mark(staging, "2026-10")))); err != nil {
		t.Fatal(err)
	}
	publish(t, out, "new")
	if got := tree(t, out); got != news {
		t.Error(got)
	}
	if got := tree(t, other); !strings.Contains(got, "a=theirs") {
		t.Errorf("outside: %s", got)
	}
}

func TestNoRoomSaysHowMuch(t *testing.T) {
	out := t.TempDir()
	publish(t, out, "old")
	err := Publish(out, "2026-10", func(dir string) error {
		path := filepath.Join(dir, "big")
		return errors.Join(os.WriteFile(path, make([]byte, 3<<20), 0o600), &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC})
	})
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), "3 MiB") || !strings.Contains(err.Error(), "big") {
		t.Errorf("error %v", err)
	}
	if got := tree(t, out); got != olds {
		t.Error(got)
	}
}
