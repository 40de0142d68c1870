package table

import (
	"io"
	"os"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// maxDocument is how much of a document is read: one byte more than its own reader takes.
const maxDocument = 1<<20 + 1

// ReadDocument reads a text of the project's own, such as a plan or a profile:
// a regular file, and no more of it than its reader would refuse.
func ReadDocument(path, name string) ([]byte, *diag.Problem, error) {
	f, stat, p, err := openRegular(path, name)
	if p != nil && p.Code == "not-a-file" {
		p.Want = lang.T("一个文本文件", "a text file")
	}
	if p != nil || err != nil {
		return nil, p, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxDocument))
	if err != nil {
		return nil, nil, err
	}
	now, err := f.Stat()
	if err != nil || !sameState(stat, now) {
		return nil, changedFile(name), nil
	}
	return data, nil, nil
}

// openRegular opens path if it is a regular file, before and after it is opened.
func openRegular(path, name string) (*os.File, os.FileInfo, *diag.Problem, error) {
	before, err := os.Stat(path)
	if err != nil {
		return nil, nil, nil, err
	}
	if !before.Mode().IsRegular() {
		return nil, nil, notAFile(name), nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, err
	}
	stat, err := f.Stat()
	if err != nil || !os.SameFile(before, stat) || !stat.Mode().IsRegular() {
		f.Close()
		if err != nil {
			return nil, nil, nil, err
		}
		return nil, nil, changedFile(name), nil
	}
	return f, stat, nil, nil
}

// sameState tells whether a file has the size and time that it had.
func sameState(was, now os.FileInfo) bool {
	return now.Size() == was.Size() && now.ModTime().Equal(was.ModTime())
}
