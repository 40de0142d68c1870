package scan

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
)

// scratch is a private file for what passes the memory of a run. It has no name
// for longer than it takes to open it (on Windows, than it is open), so that
// nothing is left behind however the program ends.
type scratch struct {
	mu   sync.Mutex
	file *os.File
	size int64
	err  error // of the first failed reading
	last bool  // nobody asks for err any more
}

// deleteOnClose is FILE_FLAG_DELETE_ON_CLOSE of Windows.
const deleteOnClose = 0x04000000

func openScratch() (*os.File, error) {
	f, err := os.CreateTemp("", "telepay-*")
	if err != nil {
		return nil, err
	}
	name := f.Name()
	if runtime.GOOS != "windows" {
		return f, os.Remove(name)
	}
	f.Close()
	return os.OpenFile(name, os.O_RDWR|deleteOnClose, 0o600)
}

// reserve makes room for n bytes and returns where they go.
func (s *scratch) reserve(n int64) (at int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		if s.file, err = openScratch(); err != nil {
			return 0, fmt.Errorf("a temporary file: %w", err)
		}
	}
	at, s.size = s.size, s.size+n
	return at, nil
}

// put writes b and returns where it is. A failure is kept for failed.
func (s *scratch) put(b []byte) (at int64) {
	at, err := s.reserve(int64(len(b)))
	if err == nil {
		_, err = s.file.WriteAt(b, at)
	}
	if err != nil {
		s.keep(err)
	}
	return at
}

// writer writes words from a place on.
func (s *scratch) writer(at int64) *wordWriter {
	return &wordWriter{out: io.NewOffsetWriter(s.file, at), buf: make([]byte, 0, 64<<10)}
}

type wordWriter struct {
	out io.Writer
	buf []byte
	err error
}

func (w *wordWriter) write(words []uint64) {
	for _, x := range words {
		if w.buf = binary.LittleEndian.AppendUint64(w.buf, x); len(w.buf) == cap(w.buf) {
			w.flush()
		}
	}
}

func (w *wordWriter) flush() error {
	if w.err == nil {
		_, w.err = w.out.Write(w.buf)
	}
	w.buf = w.buf[:0]
	return w.err
}

// read fills b from a place. A failure is kept for failed; what comes after a
// run's end, when a table is asked, has nobody to return it to.
func (s *scratch) read(b []byte, at int64) bool {
	_, err := s.file.ReadAt(b, at)
	if err == nil {
		return true
	}
	s.keep(err)
	return false
}

func (s *scratch) keep(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last {
		panic(fmt.Sprintf("a temporary file: %v", err))
	}
	if s.err == nil {
		s.err = fmt.Errorf("a temporary file: %w", err)
	}
}

// failure returns what failed so far.
func (s *scratch) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// failed returns the failure of a reading before; from now on there is nobody to tell.
func (s *scratch) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = true
	return s.err
}

// page is what a reader of words needs, used again by the next one.
type page struct {
	raw   [8 * pieceWords]byte
	words [pieceWords]uint64
}

// pieceWords is as many rows of connects of either width.
const pieceWords = 100 * slimConnect * fullConnect

var pages = sync.Pool{New: func() any { return new(page) }}

// words calls f with n words from a place on, piece by piece.
func (s *scratch) words(at int64, n int, f func([]uint64)) {
	if n == 0 {
		return
	}
	p := pages.Get().(*page)
	defer pages.Put(p)
	for n > 0 {
		k := min(n, pieceWords)
		if !s.read(p.raw[:8*k], at) {
			return
		}
		for i := range k {
			p.words[i] = binary.LittleEndian.Uint64(p.raw[8*i:])
		}
		f(p.words[:k])
		at, n = at+int64(8*k), n-k
	}
}
