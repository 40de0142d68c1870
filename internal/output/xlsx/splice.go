package xlsx

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"

	"github.com/klauspost/compress/flate"
)

// splicer is the zip file under the workbook. Parts pass through it as the
// library makes them, but a sheet gets its rows on the way, so that rows are
// never held in memory and numbers never pass through the library.
type splicer struct {
	zip  *zip.Writer
	rows map[string]func(*bufio.Writer) // by name of the part
}

func newSplicer(w io.Writer) *splicer {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) }) // twice as fast as the standard one
	return &splicer{zip: z, rows: map[string]func(*bufio.Writer){}}
}

// Create starts a part; the library then writes all of it at once.
func (s *splicer) Create(name string) (io.Writer, error) {
	w, err := s.zip.Create(name)
	if rows, ok := s.rows[name]; ok && err == nil {
		return spliced{w, rows}, nil
	}
	return w, err
}

// AddFS is asked for by the library's interface and never called for a new workbook.
func (s *splicer) AddFS(fsys fs.FS) error { return s.zip.AddFS(fsys) }

// Close ends the file.
func (s *splicer) Close() error { return s.zip.Close() }

type spliced struct {
	w    io.Writer
	rows func(*bufio.Writer)
}

var noRows = []byte("<sheetData></sheetData>")

// Write takes a whole sheet without rows and writes it with them.
func (s spliced) Write(empty []byte) (int, error) {
	before, after, ok := bytes.Cut(empty, noRows)
	if !ok {
		return 0, errors.New("xlsx: the library wrote a sheet that is not empty")
	}
	out := bufio.NewWriterSize(s.w, 1<<16)
	out.Write(before)
	out.WriteString("<sheetData>")
	s.rows(out)
	out.WriteString("</sheetData>")
	out.Write(after)
	return len(empty), out.Flush()
}
