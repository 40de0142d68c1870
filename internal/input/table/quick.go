package table

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Sheets of calls have millions of cells, nearly all of two forms:
//
//	<c r="B7" s="1" t="s"><v>1234</v></c>
//	<c r="B7"><v>65.5</v></c>
//
// quickRow and quickText read these, and texts in the cell, straight from the
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

// plain returns the text up to the next tag, if it needs no resolving.
func (c *cursor) plain() (text []byte, ok bool) {
	text = c.upTo('<')
	return text, text != nil && len(text) <= maxField && bytes.IndexByte(text, '&') < 0 && utf8.Valid(text)
}

// attr reads an attribute of the form name="value" behind one blank.
func (c *cursor) attr() (name, value []byte, ok bool) {
	if !c.skip(" ") {
		return nil, nil, false
	}
	name = c.upTo('=')
	if name == nil || len(name) > 20 || !c.skip(`="`) {
		return nil, nil, false
	}
	value = c.upTo('"')
	ok = value != nil && bytes.IndexByte(value, '&') < 0 && bytes.IndexByte(name, ':') < 0 && utf8.Valid(value)
	return name, value, ok && c.skip(`"`)
}

// quickRow reads the next row if it lies in the buffer and every cell of it has
// one of the common forms.
func (s *sheet) quickRow(width int) (row Row, ok bool) {
	m := s.xml
	if m.closed != nil || s.ended {
		return row, false
	}
	for m.to-m.from < quickRoom && m.fill() {
	}
	c := cursor{b: m.buf[m.from:m.to]}
	if !c.skip("<row") {
		return row, false
	}
	for !c.skip(">") {
		name, value, ok := c.attr()
		if !ok {
			return row, false
		}
		if string(name) == "r" {
			if row.Line, ok = wholeNumber(value); !ok || row.Line <= s.row {
				return row, false
			}
		}
	}
	if row.Line == 0 {
		return row, false
	}
	row.Cells = make([]string, 0, max(width, 8))
	for next := 0; !c.skip("</row>"); {
		col, text, ok := s.quickCell(&c, next)
		if !ok {
			return row, false
		}
		if next = col + 1; text == "" {
			continue
		}
		for len(row.Cells) < col {
			row.Cells = append(row.Cells, "")
		}
		row.Cells = append(row.Cells, text)
	}
	for len(row.Cells) < width {
		row.Cells = append(row.Cells, "")
	}
	s.row = row.Line
	m.from += c.at
	return row, true
}

// usualCell reads <c r="B7" t="s"><v>1234</v></c> and <c r="B7"><v>65</v></c>.
func (s *sheet) usualCell(c *cursor, next int) (col int, text string, ok bool) {
	if !c.skip(`<c r="`) {
		return 0, "", false
	}
	for ; c.at < len(c.b) && c.b[c.at] >= 'A' && c.b[c.at] <= 'Z' && col < maxColumns; c.at++ {
		col = col*26 + int(c.b[c.at]-'A') + 1
	}
	if _, _, ok := c.digits(); !ok || col <= next || col > maxColumns {
		return 0, "", false
	}
	switch {
	case c.skip(`" t="s"><v>`):
		i, _, ok := c.digits()
		if ok = ok && i < len(s.shared) && !s.controls && c.skip("</v></c>"); ok {
			text = s.shared[i]
		}
		return col - 1, text, ok
	case c.skip(`"><v>`):
		n, digits, ok := c.digits()
		if ok = ok && (digits[0] != '0' || n == 0 && len(digits) == 1) && c.skip("</v></c>") && (len(s.formats) == 0 || s.formats[0] == format{}); ok {
			text = string(digits)
		}
		return col - 1, text, ok
	}
	return 0, "", false
}

// digits reads one to nine digits.
func (c *cursor) digits() (n int, digits []byte, ok bool) {
	from := c.at
	for c.at < len(c.b) && c.b[c.at]-'0' < 10 {
		n = n*10 + int(c.b[c.at]-'0')
		if c.at++; c.at-from > 9 {
			return 0, nil, false
		}
	}
	return n, c.b[from:c.at], c.at > from
}

// quickCell reads a cell of a common form; next is the first column it may stand in.
func (s *sheet) quickCell(c *cursor, next int) (col int, text string, ok bool) {
	begin := c.at
	if col, text, ok = s.usualCell(c, next); ok {
		return col, text, ok
	}
	c.at = begin
	if !c.skip("<c") {
		return 0, "", false
	}
	col = next
	var kind []byte
	style := 0
	for !c.skip(">") {
		if c.skip("/>") {
			return col, "", true
		}
		name, value, ok := c.attr()
		if !ok {
			return 0, "", false
		}
		switch string(name) {
		case "r":
			if col = columnOf(value); col < next || col >= maxColumns {
				return 0, "", false
			}
		case "s":
			if style, ok = wholeNumber(value); !ok {
				return 0, "", false
			}
		case "t":
			kind = value
		}
	}
	if string(kind) == "inlineStr" {
		if !c.skip("<is><t>") && !c.skip(`<is><t xml:space="preserve">`) {
			return 0, "", false
		}
		value, ok := c.plain()
		text = unescape(string(value))
		return col, text, ok && c.skip("</t></is></c>") && strings.IndexFunc(text, isControl) < 0
	}
	if !c.skip("<v>") {
		return 0, "", false
	}
	value, ok := c.plain()
	if !ok || !c.skip("</v></c>") {
		return 0, "", false
	}
	text, ok = s.quickValue(string(kind), style, value)
	return col, text, ok
}

func (s *sheet) quickValue(kind string, style int, value []byte) (text string, ok bool) {
	switch kind {
	case "s":
		i, ok := wholeNumber(value)
		if !ok || i >= len(s.shared) || s.controls {
			return "", false
		}
		return s.shared[i], true
	case "str":
		text = unescape(string(value))
	case "", "n":
		text = s.number(style, string(value))
	default:
		return "", false
	}
	return text, strings.IndexFunc(text, isControl) < 0
}

// anyControl tells whether a control character stands in any of the texts.
func anyControl(texts []string) bool {
	return slices.ContainsFunc(texts, func(t string) bool {
		for i := range len(t) {
			if t[i] < ' ' || t[i] == 0x7f {
				return strings.IndexFunc(t, isControl) >= 0
			}
		}
		return false
	})
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

// quickText reads the next shared string if it is one plain text.
func (m *markup) quickText() (text string, ok bool) {
	if m.closed != nil {
		return "", false
	}
	for m.to-m.from < quickRoom && m.fill() {
	}
	c := cursor{b: m.buf[m.from:m.to]}
	if !c.skip("<si><t>") && !c.skip(`<si><t xml:space="preserve">`) {
		return "", false
	}
	value, ok := c.plain()
	if !ok || !c.skip("</t></si>") {
		return "", false
	}
	m.from += c.at
	return unescape(string(value)), true
}
