// Package table turns one file of the user into rows of text cells that know
// where they stand. Bytes come in: CSV with comma, tab or semicolon, the same
// inside gzip, or the first visible sheet of an XLSX workbook, told apart by
// content and never by name. Cells go out as the text a person sees, with
// line and column or sheet and cell. It never guesses at a damaged file, never
// converts money or dates beyond a workbook's own serial numbers, never knows
// what a column means, and never writes.
package table

import (
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"telepay/internal/diag"
)

// Options are what a profile fixes about a file; the zero value finds out.
type Options struct {
	Encoding string // utf-8, gb18030, utf-16; empty: by BOM, else by content
	Comma    byte   // separator; 0: from the header line

	// Narrowest is the least number of named columns that a header has. Lines
	// before it with fewer cells are titles; they are passed over and noted.
	Narrowest int

	Otherwise string // encoding of a text that is no UTF-8, where Encoding is empty; empty: gb18030
	Lenient   bool   // text after a closing quote belongs to the cell
	Sheet     string // of a workbook; empty: the first visible one

	Head int64 // read no more than the lines in so many bytes of a text; 0: everything

	// Like is an open table of the same workbook, whose texts and styles are taken
	// over, so that a file that is opened many times is unpacked once.
	Like *Table

	// Whole hands out every row as it stands, of whatever width, and looks for no
	// header: Header stays empty.
	Whole bool

	// Stream spares a UTF-8 text the look over the whole file beforehand: only its
	// begin is looked at. Whoever reads Text must then prove it, see Unproven.
	Stream bool

	NoDigest bool // leave Info.SHA256 empty

	// Lend makes the list of Cells of a text's row valid until the next one is read, for
	// who keeps none. The texts themselves stay valid.
	Lend bool
}

// Info describes a file for the manifest.
type Info struct {
	Name     string // as messages name it
	Encoding string // utf-8, gb18030, utf-16le, utf-16be; xlsx for workbooks
	Size     int64  // bytes on disk
	SHA256   string // of the bytes on disk, in hexadecimal; empty where none was wanted
	Rows     int64  // data rows seen so far, faulty ones included, blank ones not
}

// Table is an open file, its header read. It is used by one goroutine.
type Table struct {
	Header    Row
	Comma     byte // separator of a text file, 0 for a workbook
	info      Info
	kind      container
	text      *tokenizer // nil for a workbook
	headerEnd int        // line after the header of a text file
	opts      Options
	titles    []Row   // lines before the header
	twoRows   bool    // the header has two of them
	row       Row     // that was read last
	peeked    *peeked // behind the header, still to be read
	sheet     *sheet  // nil for a text file
	ahead     *ahead  // what unpacks its rows, if anything has to be unpacked
	file      *file
	problems  []diag.Problem
	notes     int              // how many of them are notes on the file as a whole
	bad       map[string]int64 // faulty rows by code
	err       error
	ended     bool
}

// Open opens the file at path; messages call it name. Where the file cannot be
// used the table is nil and the problems say why. The error is a failure of the
// machine. A table that was opened must be closed.
func Open(path, name string, opts Options) (*Table, []diag.Problem, error) {
	f, p, err := openFile(path, name, opts.Head)
	if p != nil || err != nil {
		return nil, list(p), err
	}
	t := &Table{file: f, bad: map[string]int64{}, opts: opts}
	if f.quick = opts.NoDigest; !opts.Stream && !opts.NoDigest {
		f.beginDigest()
	}
	kind, p, err := f.container()
	t.kind = kind
	if p == nil && err == nil {
		if kind == workbook {
			p, err = t.openSheet()
		} else {
			p, err = t.openText(kind)
		}
	}
	if p != nil || err != nil {
		t.endAhead()
		f.Close()
		return nil, append(t.problems, list(p)...), err
	}
	t.Lend(opts.Lend)
	t.noteHeader()
	t.notes = len(t.problems)
	return t, nil, nil
}

func list(p *diag.Problem) []diag.Problem {
	if p == nil {
		return nil
	}
	return []diag.Problem{*p}
}

// Info returns what the manifest says of the file; Rows grows while rows are
// read. It waits for the digest.
func (t *Table) Info() Info {
	if !t.file.quick {
		sum := t.file.sum()
		t.info.SHA256 = hex.EncodeToString(sum[:])
	}
	return t.info
}

// Unproven tells whether nobody has looked at the whole text yet: it is UTF-8
// without control characters only as far as its reader finds it so. Where it is
// not, the file has to be opened again without Stream.
func (t *Table) Unproven() bool { return t.file.seen.begin }

// MostRows returns how much room to make for the data rows: no less than there
// are, save in files of more than a million lines; 0 where nothing is known.
func (t *Table) MostRows() int {
	if t.sheet != nil {
		return 0
	}
	return max(0, min(t.file.seen.lines-t.headerEnd+1, 1<<20))
}

// IsWorkbook tells whether the rows come from a sheet.
func (t *Table) IsWorkbook() bool { return t.sheet != nil }

// Sheets returns the names of the visible sheets of a workbook, the one that is read first.
func (t *Table) Sheets() []string {
	if t.sheet == nil {
		return nil
	}
	return append([]string{t.sheet.name}, t.sheet.others...)
}

// Problems returns the faulty rows and the notes found so far, in order.
func (t *Table) Problems() []diag.Problem { return t.problems }

// Bad returns how many rows were left out, by the code of their problem.
func (t *Table) Bad() map[string]int64 { return t.bad }

// Err returns the failure of the machine that ended the rows early, if any.
func (t *Table) Err() error { return t.err }

// Next returns the next row that has the header's width. Rows of another
// width or with stray quotes become problems; blank rows are passed over; a
// fault after which nothing can be trusted ends the rows with a Stop problem.
func (t *Table) Next() (Row, bool) {
	if !t.step() {
		return Row{}, false
	}
	return t.row.settled(), true
}

// Lend changes Options.Lend from the next row on.
func (t *Table) Lend(lend bool) {
	if t.text != nil {
		t.text.lend = lend
	}
}

// NextBytes is Next for who looks at each of millions of rows once: the row is
// valid until the next one is read, and has Bytes in place of Cells.
func (t *Table) NextBytes() (*Row, bool) {
	ok := t.step()
	if ok && t.row.Bytes == nil {
		for _, c := range t.row.Cells {
			t.row.Bytes = append(t.row.Bytes, []byte(c))
		}
	}
	return &t.row, ok
}

// step reads the next good row.
func (t *Table) step() bool {
	for !t.ended {
		p, err := t.read()
		switch {
		case err == io.EOF:
			t.ended = true
		case err != nil:
			t.err, t.ended = err, true
		case p != nil && p.Reach == diag.Stop:
			t.problems, t.ended = append(t.problems, *p), true
		case p != nil:
			t.reject(*p)
		case t.row.blank():
		case t.row.width() != len(t.Header.Cells) && !t.opts.Whole:
			t.reject(t.ragged(&t.row))
		default:
			t.info.Rows++
			return true
		}
	}
	return false
}

// read reads the next row, whatever is wrong with it.
func (t *Table) read() (p *diag.Problem, err error) {
	switch next := t.peeked; {
	case next != nil:
		t.peeked = nil
		t.row, p, err = next.row, next.p, next.err
	case t.sheet != nil:
		t.row, p, err = t.sheet.next(len(t.Header.Cells))
	default:
		t.row, p, err = t.text.next()
	}
	return p, err
}

func (t *Table) reject(p diag.Problem) {
	t.info.Rows++
	t.bad[p.Code]++
	if t.bad[p.Code] <= diag.PerKind {
		t.problems = append(t.problems, p)
		return
	}
	for i := len(t.problems) - 1; ; i-- {
		if t.problems[i].Code == p.Code {
			t.problems[i].Another++
			return
		}
	}
}

// Text hands over the rows of a text file as UTF-8, from the line after the
// header on; line ends are LF or CRLF. Each call starts anew, and ends Next. A
// failure of the disk comes out as the reader's error.
func (t *Table) Text() (io.Reader, error) {
	if err := t.Restart(); err != nil {
		return nil, err
	}
	t.ended = true
	if t.file.seen.loneCR {
		return &lineEnds{src: t.text.src}, nil
	}
	return t.text.src, nil
}

// FirstLine returns the line after the header of a text file.
func (t *Table) FirstLine() int { return t.headerEnd }

// Restart makes Next begin again at the first row after the header.
func (t *Table) Restart() error {
	t.endAhead()
	t.file.passed.Store(0)
	t.problems, t.bad, t.err, t.ended, t.info.Rows, t.titles, t.peeked = t.problems[:t.notes], map[string]int64{}, nil, false, 0, nil, nil
	if t.sheet != nil {
		p, err := t.openSheet()
		if p != nil {
			return fmt.Errorf("%s: damaged since it was opened", t.info.Name)
		}
		return err
	}
	src, err := t.file.text(t.kind)
	if err != nil {
		return err
	}
	if t.kind == gzipped {
		t.ahead = newAhead(src)
		src = t.ahead
	}
	t.text = newTokenizer(src, t.file.name)
	t.text.comma, t.text.lenient = t.Comma, t.opts.Lenient
	for t.text.line < t.headerEnd {
		t.text.skipLine()
	}
	t.Lend(t.opts.Lend)
	return nil
}

func (t *Table) endAhead() {
	if t.ahead != nil {
		t.ahead.Close()
		t.ahead = nil
	}
}

// Passed returns how many bytes on disk the reading of the rows has passed, and
// how many there are. It may be called while rows are read.
func (t *Table) Passed() (bytes, of int64) {
	size := t.file.size
	return min(t.file.passed.Load(), size), size
}

// Changed returns a problem where the file changed since it was opened.
func (t *Table) Changed() *diag.Problem { return t.file.changed() }

// Close ends the reading. Its problem is a file that changed meanwhile.
func (t *Table) Close() []diag.Problem {
	t.endAhead()
	p := t.file.changed()
	t.file.Close()
	if p == nil {
		return nil
	}
	t.problems = append(t.problems, *p)
	return []diag.Problem{*p}
}

func (t *Table) describe(encoding string) {
	t.info = Info{Name: t.file.name, Encoding: encoding, Size: t.file.stat.Size()}
}

// Pos returns the place of a cell; col counts from 0, and −1 means the row.
func (t *Table) Pos(r Row, col int) diag.Pos {
	col = r.origin(col)
	p := diag.Pos{File: t.info.Name, Line: r.Line}
	if t.sheet != nil {
		p.Sheet, p.Cell = t.sheet.name, cellName(max(col, 0), r.Line)
		return p
	}
	if col < 0 {
		return p
	}
	if at := t.places(r); col < len(at) {
		if before := r.text[:at[col]]; !strings.ContainsAny(before, "\r\n") {
			p.Col = characters(before) + 1
		}
	}
	return p
}

// Place returns the place of a cell that was counted elsewhere: row is the line
// or row of the sheet; col is a character of the line, or a column of the sheet from 1.
func (t *Table) Place(row, col int) diag.Pos {
	p := diag.Pos{File: t.info.Name, Line: row, Col: col}
	if t.sheet != nil && row > 0 {
		p.Sheet, p.Cell, p.Col = t.sheet.name, cellName(max(col, 1)-1, row), 0
	}
	return p
}

// Excerpt returns the first line of a text row for a message. Cells for which
// show is false are covered character by character, so that the marker still
// points and no customer's number is printed. It is empty for a workbook.
func (t *Table) Excerpt(r Row, show func(col int) bool) string {
	if t.sheet != nil {
		return ""
	}
	var b strings.Builder
	at := t.places(r)
	for i, from := range at {
		to := len(r.text)
		if i+1 < len(at) {
			to = at[i+1] - 1
		}
		if i > 0 {
			b.WriteByte(t.Comma)
		}
		if cell := r.text[from:to]; r.shows(i, show) {
			b.WriteString(cell)
		} else {
			b.WriteString(strings.Map(cover, cell))
		}
	}
	line, _, _ := strings.Cut(strings.ReplaceAll(b.String(), "\r", "\n"), "\n")
	return line
}

func (t *Table) openText(kind container) (*diag.Problem, error) {
	if !t.opts.Stream || !t.file.beginsPlain(kind, t.opts.Encoding) {
		if p, err := t.file.survey(kind, t.opts.Encoding, t.opts.Otherwise); p != nil || err != nil {
			return p, err
		}
	}
	t.describe(t.file.seen.encoding)
	src, err := t.file.text(kind)
	if err != nil {
		return nil, err
	}
	t.problems = append(t.problems, t.file.seen.notes...)
	t.text = newTokenizer(src, t.file.name)
	t.text.lenient = t.opts.Lenient
	return t.readHeader(t.opts.Comma)
}
