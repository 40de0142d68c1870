package table

import (
	"bytes"
	"io"
	"strconv"
	"unicode/utf8"
)

// maxMarkup is the longest tag or text of a workbook's part.
const maxMarkup = 4 << 20

// What markup is made of.
const (
	startTag = iota
	endTag
	charData
)

// event is a tag or a text. Its bytes stay valid until the next one is read.
type event struct {
	kind  int
	name  []byte // of a tag, without its prefix
	attrs []byte // of a start tag, as written
	text  []byte // of a text, entities resolved
}

func (e event) starts(name string) bool { return e.kind == startTag && string(e.name) == name }
func (e event) ends(name string) bool   { return e.kind == endTag && string(e.name) == name }

// markup reads the XML of a workbook's part: UTF-8, no document type, no
// entities but the five and character numbers. It checks as much of the form as
// keeps cells from going astray; matching of tags is left to the archive's checksum.
type markup struct {
	src    io.Reader
	part   string
	buf    []byte
	from   int
	to     int
	err    error  // of src
	closed []byte // name of a tag that closes itself: its end is still to come
	bad    error
}

func newMarkup(src io.Reader, part string) *markup {
	return &markup{src: src, part: part, buf: make([]byte, 256<<10)}
}

// next returns the next event; io.EOF at the end of the part.
func (m *markup) next() (event, error) {
	if m.closed != nil {
		name := m.closed
		m.closed = nil
		return event{kind: endTag, name: name}, nil
	}
	for m.bad == nil {
		n, ok := m.find("<", 0)
		if !ok && n > 0 && len(bytes.TrimSpace(m.buf[m.from:m.from+n])) > 0 {
			m.fail("text after the last tag")
			break
		}
		if !ok {
			if m.err != io.EOF {
				return event{}, damaged(m.part, "%v", m.err)
			}
			return event{}, io.EOF
		}
		if n > 0 {
			text := m.take(n)
			return event{kind: charData, text: m.resolve(text)}, m.bad
		}
		if e, ok := m.tag(); ok {
			return e, m.bad
		}
	}
	return event{}, m.bad
}

func (m *markup) fail(what string) { m.bad = damaged(m.part, "%s", what) }

func (m *markup) take(n int) []byte {
	b := m.buf[m.from : m.from+n]
	m.from += n
	return b
}

// find returns how many bytes lie before sub, looking from start on; where sub
// does not come, how many bytes are left.
func (m *markup) find(sub string, start int) (n int, ok bool) {
	for {
		if i := index(m.buf[m.from+start:m.to], sub); i >= 0 {
			return start + i, true
		}
		left := m.to - m.from
		if !m.fill() {
			return left, false
		}
		start = max(start, left-len(sub)+1)
	}
}

func index(b []byte, sub string) int {
	if len(sub) == 1 {
		return bytes.IndexByte(b, sub[0])
	}
	return bytes.Index(b, []byte(sub))
}

// fill reads more behind what is not yet taken; false at the end or at the limit.
func (m *markup) fill() bool {
	if m.err != nil {
		return false
	}
	m.to = copy(m.buf, m.buf[m.from:m.to])
	m.from = 0
	if m.to == len(m.buf) {
		if m.to >= maxMarkup {
			m.err = damaged(m.part, "a tag or text above 4 MiB")
			return false
		}
		m.buf = append(m.buf, make([]byte, len(m.buf))...)
	}
	var n int
	n, m.err = m.src.Read(m.buf[m.to:])
	m.to += n
	return n > 0 || m.err == nil
}

// tag reads what begins with <; ok is false for what says nothing: comments and instructions.
func (m *markup) tag() (e event, ok bool) {
	if head := m.buf[m.from:m.to]; len(head) > 1 && head[1] != '!' && head[1] != '?' {
		return m.element()
	}
	m.find(">", 0) // have the first bytes at hand
	switch head := m.buf[m.from:m.to]; {
	case bytes.HasPrefix(head, []byte("<!--")):
		m.skip("-->", 4)
		return e, false
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		text := m.skip("]]>", 9)
		return event{kind: charData, text: text}, true
	case bytes.HasPrefix(head, []byte("<?")):
		if text := m.skip("?>", 2); bytes.HasPrefix(text, []byte("xml ")) && !utf8Declared(text) {
			m.fail("an encoding other than UTF-8")
		}
		return e, false
	case bytes.HasPrefix(head, []byte("<!")):
		m.fail("a document type declaration")
		return e, false
	}
	return m.element()
}

// skip takes up to the end of a comment, text section or instruction, and returns what is inside.
func (m *markup) skip(end string, start int) []byte {
	n, ok := m.find(end, start)
	if !ok {
		m.fail("cut short")
		return nil
	}
	return m.take(n + len(end))[start:n]
}

func utf8Declared(instruction []byte) bool {
	i := bytes.Index(instruction, []byte("encoding"))
	return i < 0 || bytes.Contains(bytes.ToLower(instruction[i:]), []byte("utf-8"))
}

// tagEnd returns how many bytes lie before the > that ends a tag: the first one
// outside quotes.
func (m *markup) tagEnd() (n int, ok bool) {
	var open byte
	for ; m.from+n < m.to || m.fill(); n++ {
		if m.from+n >= m.to { // a read that brought nothing yet
			n--
			continue
		}
		switch c := m.buf[m.from+n]; {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case open == 0 && c == '>':
			return n, true
		case c == open:
			open = 0
		}
	}
	return n, false
}

// element reads a start or end tag.
func (m *markup) element() (e event, ok bool) {
	n, found := m.tagEnd()
	if !found {
		m.fail("a tag is cut short")
		return e, false
	}
	n++
	tag := m.take(n)
	tag = tag[1 : len(tag)-1]
	if len(tag) > 0 && tag[0] == '/' {
		return event{kind: endTag, name: local(bytes.TrimSpace(tag[1:]))}, true
	}
	closes := len(tag) > 0 && tag[len(tag)-1] == '/'
	tag = bytes.TrimSuffix(tag, []byte{'/'})
	at := 0
	for at < len(tag) && !isSpace(tag[at]) {
		at++
	}
	e = event{kind: startTag, name: local(tag[:at]), attrs: tag[at:]}
	if closes {
		m.closed = append([]byte(nil), e.name...)
	}
	if len(e.name) == 0 {
		m.fail("a tag without a name")
	}
	return e, true
}

func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// attr returns an attribute of a start tag, without regard to its prefix; nil
// where there is none. Attributes that are not well formed damage the part.
func (m *markup) attr(e event, name string) []byte {
	rest := e.attrs
	for {
		if rest = trimSpace(rest); len(rest) == 0 {
			return nil
		}
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			m.fail("an attribute without a value")
			return nil
		}
		key := local(bytes.TrimSpace(rest[:eq]))
		rest = trimSpace(rest[eq+1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			m.fail("an attribute without quotes")
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			m.fail("an attribute without its closing quote")
			return nil
		}
		if string(key) == name {
			return m.resolve(rest[1 : 1+end])
		}
		rest = rest[end+2:]
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

var entities = map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`, "apos": "'"}

// resolve replaces entities; what is no entity of XML itself damages the part,
// as does text that is not UTF-8.
func (m *markup) resolve(b []byte) []byte {
	if !utf8.Valid(b) {
		m.fail("text that is not UTF-8")
	}
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	var out []byte
	for len(b) > 0 {
		at := bytes.IndexByte(b, '&')
		if at < 0 {
			return append(out, b...)
		}
		out = append(out, b[:at]...)
		name, rest, ok := bytes.Cut(b[at+1:], []byte{';'})
		text, known := entity(string(name))
		if !ok || !known {
			m.fail("an entity of its own")
			return nil
		}
		out = append(out, text...)
		b = rest
	}
	return out
}

func entity(name string) (string, bool) {
	if len(name) < 2 || name[0] != '#' {
		text, ok := entities[name]
		return text, ok
	}
	base, digits := 10, name[1:]
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}
