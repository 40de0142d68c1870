package table

import (
	"crypto/sha256"
	"io"
	"slices"
	"strings"
)

// Row is one record. Its texts stay valid.
type Row struct {
	Cells []string
	Line  int                // physical line it begins on, or the row of the sheet
	Bytes [][]byte           // what stands in place of Cells after NextBytes
	text  string             // as it was written; empty in a workbook
	raw   []string           // of a row made With other cells: its own
	from  []int              // of a row made With other cells: the column each one comes from, −1 for none
	fault map[int]*cellFault // cells of a workbook that hold no usable value
}

func (r *Row) blank() bool {
	if len(r.fault) > 0 {
		return false
	}
	return !slices.ContainsFunc(r.Cells, filled[string]) && !slices.ContainsFunc(r.Bytes, filled[[]byte])
}

func filled[text string | []byte](cell text) bool {
	for i := range len(cell) {
		if !isSpace(cell[i]) {
			return cell[i] > ' ' && cell[i] < 0x80 || strings.TrimSpace(string(cell[i:])) != ""
		}
	}
	return false
}

func (r *Row) width() int { return max(len(r.Cells), len(r.Bytes)) }

// settled returns the row with cells that stay valid, all texts in one.
func (r Row) settled() Row {
	if r.Bytes == nil {
		return r
	}
	n := 0
	for _, c := range r.Bytes {
		n += len(c)
	}
	var all strings.Builder
	all.Grow(n)
	for _, c := range r.Bytes {
		all.Write(c)
	}
	rest := all.String()
	r.Cells = make([]string, len(r.Bytes))
	for i, c := range r.Bytes {
		r.Cells[i], rest = rest[:len(c)], rest[len(c):]
	}
	r.Bytes = nil
	return r
}

// With returns a row of other cells that stands where r stands: cell i was read
// from the column from[i] of the file, or from none where that is −1.
func (r Row) With(cells []string, from []int) Row {
	if r.raw == nil {
		r.raw = r.Cells
	}
	r.Cells, r.from, r.fault = cells, from, nil
	return r
}

// Digest tells rows of unlike contents apart, by every cell that the file has.
func (r Row) Digest() [16]byte {
	cells := r.raw
	if cells == nil {
		cells = r.Cells
	}
	h := sha256.New()
	for _, c := range cells {
		io.WriteString(h, strings.TrimSpace(c))
		h.Write([]byte{0xff}) // no byte of UTF-8
	}
	return [16]byte(h.Sum(nil)[:16])
}

// origin returns the column of the file that a cell comes from.
func (r Row) origin(col int) int {
	if r.from == nil || col < 0 || col >= len(r.from) {
		return col
	}
	return r.from[col]
}

// shows tells whether a column of the file may be shown: some cell that was read
// from it may, and none may not.
func (r Row) shows(col int, show func(col int) bool) bool {
	if r.from == nil {
		return show(col)
	}
	may := false
	for i, from := range r.from {
		if from == col {
			if !show(i) {
				return false
			}
			may = true
		}
	}
	return may
}

func cover(r rune) rune {
	switch {
	case r == '\r' || r == '\n' || r == '"':
		return r
	case r >= 0x1100:
		return '＊' // as wide as what it covers
	}
	return '*'
}
