package scan

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// batch is the rows of one block with the place of every cell: cell c of row r
// lies in buf between pos[r*width+c] and pos[r*width+c+1].
type batch struct {
	file  int
	seq   int // block in its file
	buf   []byte
	pos   []int32
	rows  int
	width int
	comma byte
	plain bool // cells are bare text; else they may stand in quotes
	crlf  bool // the last cell of a row may have a CR behind it

	// Rows that were read one by one know their line and what is wrong with them;
	// both are nil in a regular block.
	lines    []int32 // from 0 in the block; absolute: the file's own number
	absolute bool
	why      []reason
	found    []int32 // cells the row really had
	raw      []byte  // the block as it was written; nil for a sheet
	starts   []int32 // of the rows in raw

	height    int  // physical lines in the block
	multiline bool // a quoted cell holds a newline
	splitter  splitter
	proof     proof
}

// begin makes b ready for rows that are added cell by cell.
func (b *batch) begin() {
	b.rows, b.plain, b.crlf, b.multiline = 0, true, false, false
	b.pos = append(b.pos[:0], int32(len(b.buf)-1))
	b.lines, b.why, b.found, b.starts = b.lines[:0], b.why[:0], b.found[:0], b.starts[:0]
}

func (b *batch) endCell() {
	b.pos = append(b.pos, int32(len(b.buf)))
	b.buf = append(b.buf, 0)
}

func (b *batch) endRow(line int32, why reason, found int) {
	b.rows++
	b.lines, b.why, b.found = append(b.lines, line), append(b.why, why), append(b.found, int32(found))
}

// column is the way through the cells of one column, quotes included: cell r
// lies between pos[r*width] and pos[r*width+1].
type column struct {
	buf   []byte
	pos   []int32
	width int
	crlf  bool   // a CR may stand behind the cell
	quote uint16 // what a cell in quotes begins with; no byte where all are bare
}

func (b *batch) column(c int) column {
	quote := uint16('"')
	if b.plain {
		quote = 1 << 8
	}
	return column{b.buf, b.pos[min(c, len(b.pos)):], b.width, b.crlf && c == b.width-1, quote}
}

// cell returns where cell r begins and ends in buf.
func (c *column) cell(r int) (from, to int) {
	at := r * c.width
	from, to = int(c.pos[at])+1, int(c.pos[at+1])
	if c.crlf && to > from && c.buf[to-1] == '\r' {
		to--
	}
	return from, to
}

// inner is cell without the quotes around it. Quotes within are still doubled.
func (c *column) inner(r int) (from, to int) {
	if from, to = c.cell(r); uint16(c.buf[from]) == c.quote {
		return from + 1, to - 1
	}
	return from, to
}

// bounds returns where a cell lies in buf, quotes included.
func (b *batch) bounds(r, c int) (from, to int) {
	col := b.column(c)
	return col.cell(r)
}

// text returns a cell without its quotes.
func (b *batch) text(r, c int) string {
	from, to := b.bounds(r, c)
	return b.bare(b.buf[from:to])
}

func (b *batch) bare(cell []byte) string {
	if b.plain || len(cell) < 2 || cell[0] != '"' {
		return string(cell)
	}
	return strings.ReplaceAll(string(cell[1:len(cell)-1]), `""`, `"`)
}

// blank tells whether nothing is written in any cell of a row.
func (b *batch) blank(r int) bool {
	for c := range b.width {
		from, to := b.bounds(r, c)
		cell := b.buf[from:to]
		if !b.plain && len(cell) > 1 && cell[0] == '"' {
			cell = cell[1 : len(cell)-1]
		}
		if len(bytes.TrimSpace(cell)) > 0 {
			return false
		}
	}
	return true
}

// line returns the line a row starts on, from 0 in the block or absolute.
func (b *batch) line(r int) int32 {
	switch {
	case len(b.lines) > 0:
		return b.lines[r]
	case b.multiline:
		return int32(bytes.Count(b.buf[pad:b.pos[r*b.width]+1], []byte{'\n'}))
	}
	return int32(r)
}

// character returns the character, from 1, at which a cell starts in its line; of
// a sheet the column, from 1.
func (b *batch) character(r, c int) int {
	var before []byte // of the row, up to the cell
	switch {
	case b.absolute:
		return c + 1
	case !b.plain:
		from, _ := b.bounds(r, c)
		before = b.buf[b.pos[r*b.width]+1 : from]
	default:
		row := b.raw[b.starts[r]:]
		end := 0
		for range c {
			end += cellEnd(row[end:], b.comma) + 1
		}
		before = row[:end]
	}
	return utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
}

// split turns a block into a batch, row by row where the block is not regular.
// own is a buffer of the worker for rows that have to be written anew. It returns
// nil where quotes are out of order and the file is not read with care yet.
func (b *batch) split(k *block, x *export, own *batch, limit int) *batch {
	if k.sheet != nil {
		k.sheet.seq, b.proof = k.seq, proof{clean: true}
		return k.sheet
	}
	b.file, b.seq, b.width, b.buf = k.file, k.seq, x.src.Width, k.room
	b.splitter.marks.mark(b.buf[pad:], len(k.text), x.comma)
	b.proof = b.splitter.marks.prove(k.text)
	if !k.careful {
		inOrder := b.splitter.run(b.buf, pad, pad+len(k.text), pad-1)
		switch {
		case !inOrder && !x.careful:
			return nil
		case inOrder && len(k.text) <= limit && b.regular(k.text):
			return b
		}
	}
	own.file, own.seq, own.width, own.comma = k.file, k.seq, x.src.Width, x.comma
	own.rewrite(k.text, limit)
	return own
}

// regular tells whether every row of text has width cells and every line end is
// LF or CRLF; the separators are found.
func (b *batch) regular(text []byte) bool {
	if b.crlf = b.proof.returns; b.proof.bare {
		return false
	}
	b.pos = b.splitter.pos
	b.height = bytes.Count(text, []byte{'\n'})
	b.multiline = b.splitter.inside > 0
	b.rows = b.height - b.splitter.inside
	if b.rows*b.width != len(b.pos)-1 {
		return false
	}
	for i := b.width; i < len(b.pos); i += b.width {
		if b.buf[b.pos[i]] != '\n' {
			return false
		}
	}
	return !b.hasEmptyLine()
}

// hasEmptyLine finds empty lines in a file of one column, where they look like rows.
func (b *batch) hasEmptyLine() bool {
	for r := 0; b.width == 1 && r < b.rows; r++ {
		if from, to := b.bounds(r, 0); from == to {
			return true
		}
	}
	return false
}

// rewrite reads text row by row and writes each cell bare into buf.
func (b *batch) rewrite(text []byte, limit int) {
	b.buf = append(b.buf[:0], make([]byte, pad)...)
	b.begin()
	b.height, b.raw = 0, text
	var cells []int
	for len(text) > 0 {
		n, why := row(text, b.comma, true, limit)
		if line := bytes.TrimRight(text[:n], "\r\n"); len(line) > 0 {
			b.starts = append(b.starts, int32(len(b.raw)-len(text)))
			cells = b.writeRow(line, why, cells)
		}
		b.height += lineEnds(text[:n])
		text = text[n:]
	}
	b.buf = append(b.buf, make([]byte, slack)...)
}

// writeRow adds the row that line holds; one that cannot be used gets empty cells.
func (b *batch) writeRow(line []byte, why reason, ends []int) []int {
	ends = ends[:0]
	for at := 0; why == fine && at <= len(line); {
		at += cellEnd(line[at:], b.comma)
		ends = append(ends, at)
		at++
	}
	if why == fine && len(ends) != b.width {
		why = raggedRow
	}
	from := 0
	for c := range b.width {
		if why == fine {
			b.buf = appendBare(b.buf, line[from:ends[c]])
			from = ends[c] + 1
		}
		b.endCell()
	}
	b.endRow(int32(b.height), why, len(ends))
	return ends
}

// cellEnd returns the length of the first cell of a row without faults.
func cellEnd(line []byte, comma byte) int {
	at := 0
	if len(line) > 0 && line[0] == '"' {
		at = closing(line, 0) + 1
	}
	if i := bytes.IndexByte(line[at:], comma); i >= 0 {
		return at + i
	}
	return len(line)
}

func appendBare(buf, cell []byte) []byte {
	if len(cell) < 2 || cell[0] != '"' {
		return append(buf, cell...)
	}
	cell = bytes.TrimRight(cell, " \t")
	for i := 1; i < len(cell)-1; i++ {
		buf = append(buf, cell[i])
		if cell[i] == '"' {
			i++
		}
	}
	return buf
}

// row returns the length of the first row of data with its line end, and what is
// wrong with its quotes or length. A faulty row is its first physical line only,
// so that one stray quote never swallows the rows behind it. 0: more must be read
// first. A line ends with LF, CRLF or CR; blanks behind a closing quote do not
// count. What lies behind the limit is not looked at: the answer does not depend
// on how much of the file was read.
func row(data []byte, comma byte, ended bool, limit int) (n int, why reason) {
	all := data
	full := ended
	if len(data) > limit {
		data, ended, full = data[:limit+1], false, true
	}
	for at := 0; at < len(data); at++ {
		if data[at] == '"' {
			shut := closing(data, at)
			if shut < 0 || shut+1 == len(data) && !ended {
				return faulty(all, strayQuote, full, limit)
			}
			if at = afterBlanks(data, shut+1); at == len(data) {
				return atEnd(all, ended, full, limit)
			}
			if data[at] != comma && data[at] != '\n' && data[at] != '\r' {
				return faulty(all, strayQuote, full || bytes.IndexByte(data, '\n') >= 0, limit)
			}
		} else {
			for at < len(data) && data[at] != comma && data[at] != '\n' && data[at] != '\r' {
				at++
			}
		}
		if at < len(data) && data[at] != comma {
			switch {
			case data[at] == '\r' && at+1 == len(data) && !ended && !full:
				return 0, fine
			case at+ending(data[at:]) > limit:
				return faulty(all, longRow, true, limit)
			}
			return at + ending(data[at:]), fine
		}
	}
	return atEnd(all, ended, full, limit)
}

func afterBlanks(data []byte, at int) int {
	for at < len(data) && (data[at] == ' ' || data[at] == '\t') {
		at++
	}
	return at
}

// atEnd is the answer where data ends before the row does.
func atEnd(data []byte, ended, full bool, limit int) (int, reason) {
	if ended {
		return len(data), fine
	}
	return faulty(data, longRow, full, limit)
}

// faulty returns the first physical line of data, or asks for more where it is not
// known yet to be faulty. Without any line end it is all of data. A row that is too
// long though its first line is not goes on in quotes: with that line alone, a
// quote is open.
func faulty(data []byte, why reason, known bool, limit int) (int, reason) {
	if !known {
		return 0, fine
	}
	i := bytes.IndexAny(data, "\r\n")
	if i < 0 {
		return len(data), why
	}
	if i += ending(data[i:]); why == longRow && i <= limit {
		why = strayQuote
	}
	return i, why
}

// ending returns the length of the line end that data starts with.
func ending(data []byte) int {
	if len(data) > 1 && data[0] == '\r' && data[1] == '\n' {
		return 2
	}
	return 1
}

// lineEnds counts LF, CRLF and CR.
func lineEnds(text []byte) int {
	return bytes.Count(text, []byte{'\n'}) + bytes.Count(text, []byte{'\r'}) - bytes.Count(text, []byte("\r\n"))
}
