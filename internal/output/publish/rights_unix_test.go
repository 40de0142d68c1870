//go:build unix

package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Whatever the umask and whatever wrote the files, nobody else reads them, and
// nobody else may put a link where the results go.
func TestRights(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if err := errors.Join(os.Mkdir(out, 0o777), os.Chmod(out, 0o777)); err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0))
	publish(t, out, "x")
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		info, e := os.Stat(path)
		if err != nil || e != nil {
			return errors.Join(err, e)
		}
		want := fs.FileMode(0o600)
		switch {
		case path == out:
			want = 0o775
		case d.IsDir():
			want = 0o700
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s: %o, want %o", path, got, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
