package table

import (
	"crypto/sha256"
	"io"
	"os"

	"telepay/internal/diag"
)

// maxFile is the largest file that is read, and the most that gzip may unpack to.
const maxFile = 4 << 30

// file is a regular file on disk with its digest. All reads go through ReadAt,
// so that the digest, the survey and the rows do not disturb each other.
type file struct {
	*os.File
	name   string
	stat   os.FileInfo
	seen   survey
	digest chan [sha256.Size]byte
	result *[sha256.Size]byte
}

// openFile opens path if it is a regular file of sane size, and starts its digest.
func openFile(path, name string) (*file, *diag.Problem, error) {
	f, stat, p, err := openRegular(path, name)
	if p != nil || err != nil {
		return nil, p, err
	}
	if p := sizeProblem(name, stat.Size()); p != nil {
		f.Close()
		return nil, p, nil
	}
	t := &file{File: f, name: name, stat: stat, digest: make(chan [sha256.Size]byte, 1)}
	go t.hash()
	return t, nil, nil
}

func sizeProblem(name string, size int64) *diag.Problem {
	switch {
	case size == 0:
		return emptyFile(name)
	case size > maxFile:
		return tooLarge(name)
	}
	return nil
}

// hash digests the bytes on disk beside the survey, which reads the same pages.
func (f *file) hash() {
	h := sha256.New()
	// A failed read gives a digest of what could be read; the survey meets the same failure and reports it.
	_, _ = io.CopyBuffer(struct{ io.Writer }{h}, f.raw(), make([]byte, 256<<10))
	f.digest <- [sha256.Size]byte(h.Sum(nil))
}

func (f *file) sum() [sha256.Size]byte {
	if f.result == nil {
		s := <-f.digest
		f.result = &s
	}
	return *f.result
}

// raw returns a fresh reader of the bytes on disk.
func (f *file) raw() io.Reader {
	return struct{ io.Reader }{io.NewSectionReader(f.File, 0, f.stat.Size())}
}

// Close waits for the digest, which still reads, and closes the file.
func (f *file) Close() {
	f.sum()
	f.File.Close()
}

// changed reports a file whose size or time is no longer what it was when it was opened.
func (f *file) changed() *diag.Problem {
	now, err := f.Stat()
	if err != nil || !sameState(f.stat, now) {
		return changedFile(f.name)
	}
	return nil
}
