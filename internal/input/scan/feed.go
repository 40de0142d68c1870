package scan

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// feed hands out the rows of several exports block by block, to any number of
// workers. A block holds whole rows, whatever quotes they contain.
type feed struct {
	mu      sync.Mutex
	exports []*export
	opt     options
	at      int    // export being read
	opened  int    // exports that were opened
	seq     int    // block of it to be handed out next
	carry   []byte // the begin of that block, read with the one before
	ended   bool   // nothing of the export is left to read
	skip    bool   // the text goes on within a line that was too long
	bytes   int64  // read of the export so far
	err     error
}

// block is what a worker holds: its own buffer, filled anew each time.
type block struct {
	file    int
	seq     int // from 0 in its file
	room    []byte
	text    []byte // whole rows in room, each ended
	careful bool   // quotes stand where they should not
	sheet   *batch // rows of a workbook; text is empty
	cells   batch  // what sheet is made in
}

// next fills b and tells whether there was anything left.
func (f *feed) next(b *block) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for f.err == nil && f.at < len(f.exports) {
		b.file, b.seq, b.sheet, b.text = f.at, f.seq, nil, nil
		if f.fill(b) {
			f.seq++
			return true
		}
		f.at, f.seq, f.carry, f.ended = f.at+1, 0, f.carry[:0], false
		f.skip, f.bytes = false, 0
	}
	return false
}

func (f *feed) fill(b *block) bool {
	x := f.exports[f.at]
	if f.seq == 0 && f.opened == f.at { // one file may come as several exports, one after the other
		f.opened++
		if err := x.open(); err != nil {
			f.err = fmt.Errorf("%s: %w", x.src.File, err)
			return false
		}
	}
	switch {
	case x.src.Open == nil:
		b.sheet = b.cells.fromSheet(x, f.at, f.opt.block)
		return b.sheet.rows > 0
	}
	return f.fillText(b, x)
}

// fillText reads until the buffer holds at least one whole row.
func (f *feed) fillText(b *block, x *export) bool {
	size := f.opt.block
	for len(f.carry) >= size {
		size *= 2
	}
	n := len(f.carry)
	for {
		b.room = roomFor(b.room, size)
		copy(b.room[pad:], f.carry)
		got, err := f.read(x, b.room[pad+n:pad+size])
		n += got
		if err != nil {
			f.err = err
			return false
		}
		data := b.room[pad : pad+n]
		if f.ended && n > 0 && data[n-1] != '\n' {
			data = append(data, '\n')
			n++
		}
		if n == 0 {
			return false
		}
		if f.skip {
			f.skipLine(data)
			return f.fillText(b, x)
		}
		end, careful := f.cut(data, x)
		if f.err != nil {
			return false
		}
		if end > 0 {
			f.carry = append(f.carry[:0], data[end:]...)
			b.text, b.careful = f.closeLine(data[:end]), careful
			return true
		}
		f.carry = append(f.carry[:0], data...)
		size *= 2
	}
}

// closeLine ends a line of which only the begin is handed out.
func (f *feed) closeLine(text []byte) []byte {
	if last := text[len(text)-1]; last == '\n' || last == '\r' {
		return text
	}
	f.skip = true
	return append(text, '\n')
}

// skipLine drops the rest of such a line.
func (f *feed) skipLine(data []byte) {
	f.carry = f.carry[:0]
	i := bytes.IndexAny(data, "\r\n")
	if i < 0 {
		return
	}
	if data[i] == '\r' && i+1 == len(data) && !f.ended {
		f.carry = append(f.carry, '\r')
		return
	}
	f.carry = append(f.carry, data[i+ending(data[i:]):]...)
	f.skip = false
}

func (f *feed) read(x *export, into []byte) (int, error) {
	if f.ended {
		return 0, nil
	}
	n, err := io.ReadFull(x.text, into)
	f.bytes += int64(n)
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		f.ended, err = true, nil
	case x.src.Prove && (err != nil || f.bytes > maxText):
		err = Unproven{x.src.File} // the look at the whole file says what is wrong
	case err != nil:
		err = fmt.Errorf("%s: %w", x.src.File, err)
	}
	return n, err
}

// maxText is the most text that a file may hold that nobody has looked at as a whole.
const maxText = 4 << 30

// fail ends the pass; the error of the earliest block does not matter, any will do.
func (f *feed) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err == nil {
		f.err = err
	}
}

// roomFor returns a buffer for size bytes of text, with a margin on both sides.
func roomFor(room []byte, size int) []byte {
	if need := pad + size + slack; cap(room) < need {
		return make([]byte, need)
	}
	return room[:pad+size+slack]
}

// fromSheet takes about a block's worth of rows out of a workbook.
func (b *batch) fromSheet(x *export, file, size int) *batch {
	room := b.buf
	if cap(room) < pad {
		room = make([]byte, pad, pad+size+size/8)
	}
	*b = batch{file: file, width: x.src.Width, plain: true, absolute: true, buf: room[:pad], pos: b.pos, lines: b.lines, why: b.why, found: b.found}
	b.begin()
	for len(b.buf) < size {
		cells, line, ok := x.rows()
		if !ok {
			break
		}
		if !slices.ContainsFunc(cells, filled) {
			continue
		}
		for len(cells) > b.width && len(cells[len(cells)-1]) == 0 {
			cells = cells[:len(cells)-1]
		}
		why, n := fine, len(cells)
		if n > b.width {
			why, cells = raggedRow, nil
		}
		for c := range b.width {
			if c < len(cells) {
				b.buf = append(b.buf, cells[c]...)
			}
			b.endCell()
		}
		b.endRow(int32(line), why, n)
	}
	b.buf = append(b.buf, make([]byte, slack)...)
	return b
}

func filled(cell []byte) bool { return len(bytes.TrimSpace(cell)) > 0 }

// cut returns where the last whole row of data ends, 0 where more must be read
// first. Data begins at the start of a row, so an odd number of quotes tells that it
// ends inside a quoted cell. Whether every quote stands where it may is the
// workers' to find out: the first one that does not lies in a block that was cut right.
func (f *feed) cut(data []byte, x *export) (end int, careful bool) {
	if x.careful {
		return carefulCut(data, x.comma, f.ended, f.opt.record)
	}
	inside := bytes.Count(data, []byte{'"'})%2 == 1
	switch {
	case f.ended && !inside:
		return len(data), false
	case !f.ended:
		end = rowsEnd(data, inside)
	}
	if end == 0 && (f.ended || len(data) > f.opt.record) {
		f.err = irregular{x.src.File}
	}
	return end, false
}

// carefulCut is cut for a file with quotes out of order. careful tells that the
// rows up to the end need reading one by one.
func carefulCut(data []byte, comma byte, ended bool, limit int) (end int, careful bool) {
	end, odd := regularEnd(data, comma)
	if end > 0 {
		return end, false
	}
	full := ended || len(data) > limit
	if !odd && !full && bytes.IndexByte(data, '\r') < 0 {
		return 0, false
	}
	for end < len(data) {
		n, _ := row(data[end:], comma, ended, limit)
		if n == 0 {
			break
		}
		end += n
	}
	return end, true
}

// regularEnd returns the end of the last whole row before the first quote that
// stands where it should not, or before a quoted cell that has no end yet. odd
// tells that there was such a quote.
func regularEnd(data []byte, comma byte) (end int, odd bool) {
	for at := 0; ; {
		q := bytes.IndexByte(data[at:], '"')
		if q < 0 {
			return rowsEnd(data, false), false
		}
		open := at + q
		if open > 0 && data[open-1] != comma && data[open-1] != '\n' {
			return rowsEnd(data[:open], false), true
		}
		shut := closing(data, open)
		if shut < 0 || shut+1 == len(data) {
			return rowsEnd(data[:open], false), false
		}
		switch c := data[shut+1]; {
		case c == comma || c == '\n':
		case c == '\r' && shut+2 == len(data):
			return rowsEnd(data[:open], false), false
		case c == '\r' && data[shut+2] == '\n':
		default:
			return rowsEnd(data[:open], false), true
		}
		at = shut + 1
	}
}

// closing returns the quote that ends the cell opened at open, −1 where none does.
func closing(data []byte, open int) int {
	for at := open + 1; ; {
		q := bytes.IndexByte(data[at:], '"')
		if q < 0 {
			return -1
		}
		at += q
		if at+1 == len(data) || data[at+1] != '"' {
			return at
		}
		at += 2
	}
}

// rowsEnd returns the place after the last newline outside quotes; inside tells
// whether data ends inside.
func rowsEnd(data []byte, inside bool) int {
	for i := len(data) - 1; i >= 0; i-- {
		switch {
		case data[i] == '"':
			inside = !inside
		case data[i] == '\n' && !inside:
			return i + 1
		}
	}
	return 0
}
