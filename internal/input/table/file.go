package table

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"io"
	"os"
	"sync/atomic"

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
	size   int64 // bytes that are read
	seen   survey
	quick  bool         // no digest is wanted
	head   int64        // of what gzip unpacks, how much is read; 0: everything
	passed atomic.Int64 // bytes read since the rows were begun
	digest chan [sha256.Size]byte
	result *[sha256.Size]byte
}

// openFile opens path if it is a regular file of sane size.
func openFile(path, name string, head int64) (*file, *diag.Problem, error) {
	f, stat, p, err := openRegular(path, name)
	if p != nil || err != nil {
		return nil, p, err
	}
	if p := sizeProblem(name, stat.Size()); p != nil {
		f.Close()
		return nil, p, nil
	}
	t := &file{File: f, name: name, stat: stat, size: stat.Size(), head: head}
	if head > 0 && t.size > head {
		t.cut(head)
	}
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

// cut lets only the lines in the first bytes of a text be read. Packed files and
// two-byte encodings stay whole.
func (f *file) cut(head int64) {
	b := make([]byte, head)
	if _, err := f.ReadAt(b, 0); err != nil || bytes.HasPrefix(b, []byte("PK")) || bytes.HasPrefix(b, []byte("\x1f\x8b")) || bytes.IndexByte(b, 0) >= 0 {
		return
	}
	if n := wholeLines(b); n > 0 {
		f.size = int64(n)
	}
}

// wholeLines is how many bytes the lines take that are whole.
func wholeLines(b []byte) int { return bytes.LastIndexByte(b, '\n') + 1 }

// begin is the first lines of what gzip unpacks, in no more than f.head bytes.
func (f *file) begin(unpacked io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(io.LimitReader(unpacked, f.head))
	if err != nil {
		return nil, err
	}
	if n := wholeLines(b); int64(len(b)) == f.head && n > 0 {
		b = b[:n]
	}
	return bytes.NewReader(b), nil
}

// beginDigest digests the bytes on disk beside the survey, which reads the same pages.
func (f *file) beginDigest() {
	f.digest = make(chan [sha256.Size]byte, 1)
	go func() { f.digest <- f.hash() }()
}

func (f *file) hash() [sha256.Size]byte {
	h := sha256.New()
	// A failed read gives a digest of what could be read; whoever reads the rows meets the same failure and reports it.
	_, _ = io.CopyBuffer(struct{ io.Writer }{h}, io.NewSectionReader(f.File, 0, f.size), make([]byte, 256<<10))
	return [sha256.Size]byte(h.Sum(nil))
}

// sum returns the digest; where neither beginDigest nor a reader of the whole
// file has made it, it reads the file.
func (f *file) sum() [sha256.Size]byte {
	if f.result == nil {
		var s [sha256.Size]byte
		if f.digest != nil {
			s = <-f.digest
		} else {
			s = f.hash()
		}
		f.result = &s
	}
	return *f.result
}

// raw returns a fresh reader of the bytes on disk.
func (f *file) raw() io.Reader {
	return struct{ io.Reader }{io.NewSectionReader(watched{f}, 0, f.size)}
}

// watched counts the bytes that are read of a file.
type watched struct{ f *file }

func (w watched) ReadAt(b []byte, at int64) (int, error) {
	n, err := w.f.ReadAt(b, at)
	w.f.passed.Add(int64(n))
	return n, err
}

// digesting reads the bytes on disk and digests them on the way: at their end the
// digest is known, and the file was read once.
type digesting struct {
	f    *file
	src  io.Reader
	hash hash.Hash
	left int64
}

func (f *file) digested() io.Reader {
	if f.quick || f.result != nil {
		return f.raw()
	}
	return &digesting{f: f, src: f.raw(), hash: sha256.New(), left: f.size}
}

func (d *digesting) Read(b []byte) (int, error) {
	n, err := d.src.Read(b)
	d.hash.Write(b[:n])
	if d.left -= int64(n); d.left == 0 && n > 0 {
		s := [sha256.Size]byte(d.hash.Sum(nil))
		d.f.result = &s
	}
	return n, err
}

// Close makes the digest, which may still have to read, and closes the file.
func (f *file) Close() {
	if !f.quick {
		f.sum()
	}
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
