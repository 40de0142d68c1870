package table

import (
	"bufio"
	"encoding/binary"
	"io"
	"math/bits"
	"strings"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// Limits of one record; what passes them is no export but damage or an attack.
const (
	maxField   = 1 << 20
	maxRecord  = 4 << 20
	maxColumns = 1024
)

// tokenizer cuts UTF-8 text into records after RFC 4180: a field may stand in
// double quotes, a doubled quote in it is one, line ends are LF, CRLF or CR.
// Blanks after a closing quote are dropped, as banks write them; anything else
// there makes the row faulty. A quote inside a field that does not begin with
// one belongs to its text.
type tokenizer struct {
	src     *bufio.Reader
	name    string
	comma   byte
	line    int  // line the next record begins on
	lenient bool // text after a closing quote belongs to the cell
	lend    bool // see Options.Lend

	cells []string // of the last row, where they are lent
	buf   []byte   // the record, without its line end
	state int      // of the field that is read
	at    []int    // where its fields begin
	now   at       // line, and byte offset in buf where that line begins
	open  at       // now, when the last opening quote was met
	quote int      // offset of that quote
	cr    int      // offset of the last CR in quotes
	stray int      // offset of the first stray quote, −1 for none
	inner bool     // some field has quotes
}

func newTokenizer(src io.Reader, name string) *tokenizer {
	t := &tokenizer{src: bufio.NewReaderSize(src, 256<<10), name: name, comma: ',', line: 1}
	if mark, err := t.src.Peek(len(bomUTF8)); err == nil && string(mark) == bomUTF8 {
		t.src.Discard(len(bomUTF8))
	}
	return t
}

// peekLine returns the line to come without consuming it, as far as it fits the buffer.
func (t *tokenizer) peekLine() (string, error) {
	b, err := t.src.Peek(64 << 10)
	line, _, _ := strings.Cut(strings.ReplaceAll(string(b), "\r", "\n"), "\n")
	return line, err
}

// skipLine consumes the line to come, which has no quotes.
func (t *tokenizer) skipLine() {
	for {
		c, err := t.src.ReadByte()
		if c == '\r' {
			t.swallowLF()
		}
		if err != nil || c == '\n' || c == '\r' {
			t.line++
			return
		}
	}
}

func (t *tokenizer) begin() {
	t.buf, t.at, t.state = t.buf[:0], append(t.at[:0], 0), fieldStart
	t.now, t.cr, t.stray, t.inner = at{t.line, 0}, -1, -1, false
}

// Where the reading of a field stands.
const (
	fieldStart = iota
	bare
	quoted
	quoteInQuoted // a quote that ends the field, or the first of a doubled one
	afterQuoted   // a blank after the closing quote
)

// next reads one record. At the end of the text it returns io.EOF.
func (t *tokenizer) next() (Row, *diag.Problem, error) {
	t.begin()
	for {
		if _, err := t.src.Peek(1); err != nil {
			return t.end(err)
		}
		b, _ := t.src.Peek(t.src.Buffered()) // these bytes are there
		n := t.read(b)
		if n == len(b) {
			t.buf = append(t.buf, b...)
			t.src.Discard(n)
			continue
		}
		t.buf = append(t.buf, b[:n]...)
		c := b[n]
		t.src.Discard(n + 1)
		if c != '\n' && c != '\r' || t.state == quoted {
			return Row{}, t.tooLong(c), nil
		}
		if c == '\r' {
			t.swallowLF()
		}
		t.now.line++
		return t.record()
	}
}

// read reads on in b, up to the line end of the record or to what makes it too
// long, and returns how many bytes come before that.
func (t *tokenizer) read(b []byte) int {
	for i := 0; i < len(b); i++ {
		c, offset := b[i], len(t.buf)+i
		if (c == '\n' || c == '\r') && t.state != quoted || t.isLong(offset, c) {
			return i
		}
		t.step(offset, c)
		i += t.inside(b[i+1:], offset+1)
	}
	return len(b)
}

// inside returns how many bytes at the begin of b change nothing.
func (t *tokenizer) inside(b []byte, offset int) int {
	stop := t.comma
	switch t.state {
	case quoted:
		stop = '"'
	case bare:
	default:
		return 0
	}
	return before(b[:max(0, min(len(b), maxRecord-offset, maxField-(offset-t.at[len(t.at)-1])))], stop)
}

// before returns how many bytes of b come before the first stop or line end. Of
// the bytes that are marked in a word the lowest is one; above it a borrow may mark others.
func before(b []byte, stop byte) int {
	at, stops := 0, uint64(stop)*ones
	for ; at+8 <= len(b); at += 8 {
		x := binary.LittleEndian.Uint64(b[at:])
		s, n, r := x^stops, x^'\n'*ones, x^'\r'*ones
		if marks := ((s-ones)&^s | (n-ones)&^n | (r-ones)&^r) & tops; marks != 0 {
			return at + bits.TrailingZeros64(marks)/8
		}
	}
	for at < len(b) && b[at] != stop && b[at] != '\n' && b[at] != '\r' {
		at++
	}
	return at
}

// step moves on by one character of a record.
func (t *tokenizer) step(offset int, c byte) {
	switch {
	case t.state == quoted:
		t.inQuotes(offset, c)
	case c == t.comma:
		t.at = append(t.at, offset+1)
		t.state = fieldStart
	case c == '"' && t.state == fieldStart:
		t.inner, t.open, t.quote, t.state = true, t.now, offset, quoted
	case c == '"' && t.state == quoteInQuoted:
		t.state = quoted
	case (c == ' ' || c == '\t') && t.state >= quoteInQuoted:
		t.state = afterQuoted
	default:
		if t.state >= quoteInQuoted && t.stray < 0 && !t.lenient {
			t.stray = offset
		}
		t.state = bare
	}
}

func (t *tokenizer) inQuotes(offset int, c byte) {
	switch {
	case c == '"':
		t.state = quoteInQuoted
	case c == '\r':
		t.now, t.cr = at{t.now.line + 1, offset + 1}, offset
	case c == '\n' && t.cr == offset-1: // the CR before has ended the line
		t.now.col = offset + 1
	case c == '\n':
		t.now = at{t.now.line + 1, offset + 1}
	}
}

// swallowLF passes over the LF of a CRLF.
func (t *tokenizer) swallowLF() {
	if b, err := t.src.Peek(1); err == nil && b[0] == '\n' {
		t.src.Discard(1)
	}
}

// isLong tells whether the character at an offset of the record is one too many.
func (t *tokenizer) isLong(offset int, c byte) bool {
	switch {
	case offset-t.at[len(t.at)-1] >= maxField && (t.state == quoted || c != t.comma), offset >= maxRecord:
		return true
	}
	return len(t.at) >= maxColumns && c == t.comma && t.state != quoted
}

// tooLong says what is too long.
func (t *tokenizer) tooLong(c byte) *diag.Problem {
	switch {
	case t.state == quoted:
		return t.unclosed()
	case len(t.buf)-t.at[len(t.at)-1] >= maxField && c != t.comma:
		return t.limit("field-too-long", lang.T("一个单元格超过 1 MiB", "a cell above 1 MiB"), lang.T("单元格不超过 1 MiB", "cells of at most 1 MiB"))
	case len(t.buf) >= maxRecord:
		return t.limit("record-too-long", lang.T("一行超过 4 MiB", "a row above 4 MiB"), lang.T("每行不超过 4 MiB", "rows of at most 4 MiB"))
	}
	return t.limit("too-many-columns", lang.F("一行超过 %d 列", "a row of more than %d columns", maxColumns), lang.F("最多 %d 列", "at most %d columns", maxColumns))
}

func (t *tokenizer) limit(code string, found, want lang.Text) *diag.Problem {
	p := stop(t.name, code, found, want, lang.T("检查导出设置：分隔符、换行或引号可能不对", "check how the file was exported: separators, line ends or quotes may be wrong"))
	p.Pos.Line = t.line
	return p
}

func (t *tokenizer) unclosed() *diag.Problem {
	p := stop(t.name, "unclosed-quote", lang.T("双引号开了没有关", "a double quote that is never closed"),
		lang.T("成对的双引号", "double quotes in pairs"),
		lang.T(`补上收尾的双引号；文字里本来就有的双引号要写成两个（""）`, `add the closing quote; a quote that belongs to the text is written twice ("")`))
	p.Pos = at{t.open.line, characters(string(t.buf[t.open.col:t.quote])) + 1}.pos(t.name)
	return p
}

func (t *tokenizer) end(err error) (Row, *diag.Problem, error) {
	switch {
	case err != io.EOF:
		return Row{}, nil, err
	case t.state == quoted:
		return Row{}, t.unclosed(), nil
	case len(t.buf) == 0:
		return Row{}, nil, io.EOF
	}
	return t.record()
}

// record makes a row of the buffer and moves the line on.
func (t *tokenizer) record() (Row, *diag.Problem, error) {
	row := Row{Line: t.line, text: string(t.buf)}
	t.line = t.now.line
	if t.stray >= 0 {
		return row, t.strayQuote(row), nil
	}
	if row.Cells = t.cells; !t.lend || cap(t.cells) < len(t.at) {
		row.Cells = make([]string, len(t.at))
	}
	if row.Cells = row.Cells[:len(t.at)]; t.lend {
		t.cells = row.Cells
	}
	for i, from := range t.at {
		to := len(row.text)
		if i+1 < len(t.at) {
			to = t.at[i+1] - 1
		}
		row.Cells[i] = row.text[from:to]
		if t.inner {
			row.Cells[i] = unquote(row.Cells[i])
		}
	}
	return row, nil, nil
}

// places returns where the cells of a row begin in its text.
func (t *Table) places(r Row) []int {
	if r.text == "" {
		return nil
	}
	again := tokenizer{comma: t.Comma, lenient: t.opts.Lenient}
	again.begin()
	again.read([]byte(r.text))
	return again.at
}

func unquote(s string) string {
	if s == "" || s[0] != '"' {
		return s
	}
	s = strings.TrimRight(s, " \t")
	end := strings.LastIndexByte(s, '"') // at the end, save in a lenient reading
	inner := s[1:end]
	if strings.IndexByte(inner, '"') >= 0 {
		inner = strings.ReplaceAll(inner, `""`, `"`)
	}
	if end+1 == len(s) {
		return inner
	}
	return inner + s[end+1:]
}

func (t *tokenizer) strayQuote(r Row) *diag.Problem {
	p := &diag.Problem{Code: "stray-quote", Reach: diag.Row, Pos: diag.Pos{File: t.name, Line: r.Line},
		Found: lang.T("收尾的双引号后面还有文字", "text after a closing double quote"),
		Want:  lang.T("整个单元格用双引号括起，里面的双引号写两个", "the whole cell in double quotes, and a quote inside it written twice"),
		Mend:  lang.T(`例如 "他说""好"""`, `for example "he said ""yes"""`)}
	if before := r.text[:t.stray]; !strings.ContainsAny(before, "\r\n") {
		p.Pos.Col = characters(before) + 1
	}
	return p
}
