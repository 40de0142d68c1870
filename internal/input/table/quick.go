package table

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Sheets of calls have millions of cells, nearly all of two forms:
//
//	<c r="B7" s="1" t="s"><v>1234</v></c>
//	<c r="B7"><v>65.5</v></c>
//
// quickRow and quickTexts read these, and texts in the cell, straight from the
// buffer. Whatever else they meet, however well formed, they leave to the
// reading tag by tag, from the begin of that row or text on. So they decide
// nothing of their own, and a test holds the two equal.

// quickRoom is how much of the part should lie in the buffer before a row is read so.
const quickRoom = 32 << 10

// cursor walks over bytes as long as they are what is expected.
type cursor struct {
	b  []byte
	at int
}

// skip passes over text if it comes next.
func (c *cursor) skip(text string) bool {
	end := c.at + len(text)
	if end > len(c.b) || string(c.b[c.at:end]) != text {
		return false
	}
	c.at = end
	return true
}

// upTo returns what comes before stop, and passes over it; nil where stop does not come.
func (c *cursor) upTo(stop byte) []byte {
	n := bytes.IndexByte(c.b[c.at:], stop)
	if n < 0 {
		return nil
	}
	text := c.b[c.at : c.at+n : c.at+n]
	c.at += n
	return text
}

// text returns the text up to the next tag, if it needs no resolving. What it
// looks at last is whether it is bare: most are.
func (c *cursor) text() (text []byte, bare, ok bool) {
	n := bareBytes(c.b[c.at:])
	if c.at+n < len(c.b) && c.b[c.at+n] == '<' {
		text = c.b[c.at : c.at+n : c.at+n]
		c.at += n
		return text, true, n <= maxField
	}
	text = c.upTo('<')
	return text, false, text != nil && len(text) <= maxField && bytes.IndexByte(text, '&') < 0 && utf8.Valid(text)
}

// attr reads an attribute of the form name="value" behind one blank; its name
// comes without its prefix.
func (c *cursor) attr() (name, value []byte, ok bool) {
	if !c.skip(" ") {
		return nil, nil, false
	}
	from := c.at
	for c.at < len(c.b) && isNameByte(c.b[c.at]) {
		c.at++
	}
	name = c.b[from:c.at]
	if len(name) == 0 || !c.skip(`="`) {
		return nil, nil, false
	}
	value = c.upTo('"')
	ok = value != nil && bytes.IndexByte(value, '&') < 0 && utf8.Valid(value)
	return local(name), value, ok && c.skip(`"`)
}

func isNameByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == ':'
}

// quickRow reads the next row if it lies in the buffer and every cell of it has
// one of the common forms.
func (s *sheet) quickRow() (line int, ok bool) {
	m := s.xml
	if m.closed != nil || s.ended {
		return 0, false
	}
	for m.to-m.from < quickRoom && m.fill() {
	}
	c := cursor{b: m.buf[m.from:m.to]}
	if line, ok = c.row(); !ok || line <= s.line {
		return 0, false
	}
	for next := 0; !c.skip("</row>"); {
		col, text, ok := s.usualCell(&c, next)
		if !ok {
			col, text, ok = s.quickCell(&c, next)
		}
		if !ok {
			return 0, false
		}
		if next = col + 1; len(text) > 0 {
			s.put(col, text)
		}
	}
	s.line = line
	m.from += c.at
	return line, true
}

// row reads the first tag of a row that says its number.
func (c *cursor) row() (line int, ok bool) {
	if !c.skip("<row") {
		return 0, false
	}
	for !c.skip(">") {
		name, value, ok := c.attr()
		if !ok {
			return 0, false
		}
		if string(name) == "r" {
			if line, ok = wholeNumber(value); !ok {
				return 0, false
			}
		}
	}
	return line, line > 0
}

// usualRoom is more than any cell takes that usualCell reads.
const usualRoom = 64

// usualCell reads <c r="B7" s="1" t="s"><v>1234</v></c> and <c r="B7"><v>65</v></c>;
// next is the first column the cell may stand in.
func (s *sheet) usualCell(c *cursor, next int) (col int, text []byte, ok bool) {
	b := c.b[c.at:]
	if len(b) < usualRoom || string(b[:6]) != `<c r="` {
		return 0, nil, false
	}
	at := 6
	for ; at < 9 && b[at]-'A' < 26; at++ {
		col = col*26 + int(b[at]-'A') + 1
	}
	n := digits(b[at:])
	if at += n; n%8 == 0 || col <= next || col > maxColumns {
		return 0, nil, false
	}
	style := 0
	if string(b[at:at+5]) == `" s="` {
		n = digits(b[at+5:])
		style = valueOf(b[at+5:], n)
		if at += 5 + n; n%8 == 0 {
			return 0, nil, false
		}
	}
	switch {
	case string(b[at:at+11]) == `" t="s"><v>`:
		at += 11
		n = digits(b[at:])
		if i := valueOf(b[at:], n); n > 0 && i < s.shared.len() && !s.shared.controls {
			text = s.shared.at(i)
		} else {
			return 0, nil, false
		}
	case string(b[at:at+5]) == `"><v>` && (style >= len(s.formats) || s.formats[style] == format{}):
		at += 5
		n = max(0, bytes.IndexByte(b[at:at+16], '<'))
		if text = b[at : at+n : at+n]; !isPlain(text) {
			return 0, nil, false
		}
	default:
		return 0, nil, false
	}
	if at += n; string(b[at:at+8]) != `</v></c>` {
		return 0, nil, false
	}
	c.at += at + 8
	return col - 1, text, true
}

// quickCell reads a cell of a common form; next is the first column it may stand in.
func (s *sheet) quickCell(c *cursor, next int) (col int, text []byte, ok bool) {
	if !c.skip("<c") {
		return 0, nil, false
	}
	col = next
	var kind []byte
	style := 0
	for !c.skip(">") {
		if c.skip("/>") {
			return col, nil, col < maxColumns
		}
		name, value, ok := c.attr()
		if !ok {
			return 0, nil, false
		}
		switch string(name) {
		case "r":
			if col = columnOf(value); col < next {
				return 0, nil, false
			}
		case "s":
			if style, ok = wholeNumber(value); !ok {
				return 0, nil, false
			}
		case "t":
			kind = value
		}
	}
	if col >= maxColumns {
		return 0, nil, false
	}
	if string(kind) == "inlineStr" {
		text, ok = s.quickText(c)
		return col, text, ok
	}
	if !c.skip("<v>") {
		return 0, nil, false
	}
	value, bare, ok := c.text()
	if !ok || !c.skip("</v></c>") {
		return 0, nil, false
	}
	text, ok = s.quickValue(string(kind), style, value, bare)
	return col, text, ok
}

func (s *sheet) quickValue(kind string, style int, value []byte, bare bool) (text []byte, ok bool) {
	switch kind {
	case "s":
		i, ok := wholeNumber(value)
		if !ok || i >= s.shared.len() || s.shared.controls {
			return nil, false
		}
		return s.shared.at(i), true
	case "str":
		if bare {
			return value, true
		}
		text = s.keep(unescape(string(value)))
	case "", "n":
		text = s.keep(s.number(style, string(value)))
	default:
		return nil, false
	}
	return text, control(text) < 0
}

// quickText reads a text that stands in the cell itself.
func (s *sheet) quickText(c *cursor) (text []byte, ok bool) {
	text, bare, ok := c.element("<is><t", "</t></is>")
	if ok && !bare {
		text = s.keep(unescape(string(text)))
	}
	return text, ok && c.skip("</c>") && (bare || control(text) < 0)
}

// element reads the text of the elements that head and tail are of.
func (c *cursor) element(head, tail string) (text []byte, bare, ok bool) {
	if !c.skip(head) || !c.skip(">") && !c.skip(` xml:space="preserve">`) {
		return nil, false, false
	}
	text, bare, ok = c.text()
	return text, bare, ok && c.skip(tail)
}

// quickTexts reads shared strings as long as each is one plain text.
func (m *markup) quickTexts(all *texts) {
	for m.closed == nil {
		for m.to-m.from < quickRoom && m.fill() {
		}
		c := cursor{b: m.buf[m.from:m.to]}
		end := 0 // of the last whole one
		for all.len() < maxShared {
			text, bare, ok := c.element("<si><t", "</t></si>")
			if !ok {
				break
			}
			if !bare {
				text = []byte(unescape(string(text)))
			}
			all.add(text, bare)
			end = c.at
		}
		if m.from += end; end == 0 {
			return
		}
	}
}

// isBare tells of bytes that a text may have without being looked at again:
// printable ASCII, neither markup nor the begin of what unescape undoes.
func isBare(c byte) bool { return c >= ' ' && c < 0x7f && c != '<' && c != '&' && c != '_' }

// Eight bytes at a time: one in each, and the top bit of each.
const ones, tops = 0x0101010101010101, 0x8080808080808080

// bareBytes returns how many bytes are bare at the begin of b. Of the bytes that
// are marked in a word the lowest is one that is not; above it a borrow may mark others.
func bareBytes(b []byte) int {
	at := 0
	for ; at+8 <= len(b); at += 8 {
		x := binary.LittleEndian.Uint64(b[at:])
		marks := x | (x - ' '*ones) | ((x ^ 0x7f*ones) - ones) | ((x ^ '<'*ones) - ones) | ((x ^ '&'*ones) - ones) | ((x ^ '_'*ones) - ones)
		if marks &= tops; marks != 0 {
			return at + bits.TrailingZeros64(marks)/8
		}
	}
	for at < len(b) && isBare(b[at]) {
		at++
	}
	return at
}

// digits returns how many digits b begins with, of eight bytes at most.
func digits(b []byte) int {
	x := binary.LittleEndian.Uint64(b) ^ '0'*ones
	return bits.TrailingZeros64((x|(x+0x76*ones))&tops) / 8
}

// valueOf returns the number that the first n bytes of b say, which are digits.
func valueOf(b []byte, n int) int {
	x := (binary.LittleEndian.Uint64(b) ^ '0'*ones) << (64 - 8*n)
	x = x * 2561 >> 8 & 0x00ff00ff00ff00ff
	x = x * 6553601 >> 16 & 0x0000ffff0000ffff
	return int(x * 42949672960001 >> 32)
}

// wholeNumber reads up to nine digits.
func wholeNumber(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0 && len(b) < 10
}
