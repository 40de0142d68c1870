package table

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"

	"telepay/internal/diag"
	"telepay/internal/lang"
)

// survey is what one look over a whole text file found out before its rows are
// read: nothing that comes later can turn out to be of another encoding.
type survey struct {
	encoding string
	length   int64 // bytes of UTF-8 to deliver
	lines    int
	loneCR   bool // a CR that no LF follows ends lines
	begin    bool // only the begin was looked at
	notes    []diag.Problem
}

// beginsPlain looks at the begin of a text and tells whether the rest may be read
// without a survey: UTF-8, with nothing in it that a survey would have to tell.
func (f *file) beginsPlain(kind container, wanted string) bool {
	r, err := f.unpacked(kind)
	if err != nil || wanted != "" && wanted != "utf-8" {
		return false
	}
	head := make([]byte, 64<<10)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return false
	}
	if err == nil {
		n = wholeRunes(head)
	}
	l := &look{at: at{1, 1}, first: true}
	if !utf8.Valid(head[:n]) || kind == gzipped && insideGzip(f.name, head[:n]) != nil {
		return false
	}
	l.read(head[:n])
	if l.control != nil || l.lost != nil || l.private != nil || l.tail != nil || l.loneCR {
		return false
	}
	f.seen = survey{encoding: "utf-8", begin: true}
	return true
}

// unpacked returns a fresh reader of the file's bytes, unpacked where it is gzip.
func (f *file) unpacked(kind container) (io.Reader, error) {
	if kind != gzipped {
		return f.raw(), nil
	}
	r, err := gzip.NewReader(f.raw())
	if err != nil || f.head == 0 {
		return r, err
	}
	return f.begin(r)
}

// text returns a fresh reader of the whole text as UTF-8, as the survey found it.
func (f *file) text(kind container) (io.Reader, error) {
	if f.seen.begin && f.head == 0 {
		if kind == gzipped {
			return gzip.NewReader(f.digested())
		}
		return f.digested(), nil
	}
	r, err := f.unpacked(kind)
	if err != nil {
		return nil, err
	}
	return newDecoder(r, decodings[f.seen.encoding], f.seen.length), nil
}

// survey decides the encoding: a byte-order mark, else what the profile says,
// else UTF-8 if every byte fits, else GB18030 if every byte fits.
func (f *file) survey(kind container, wanted, otherwise string) (*diag.Problem, error) {
	encoding, p, err := f.mark(kind, wanted)
	if p != nil || err != nil {
		return p, err
	}
	first := encoding
	if first == "" {
		first = "utf-8"
	}
	look, p, err := f.look(kind, first)
	if p != nil || err != nil {
		return p, err
	}
	// Eight characters in proper UTF-8 do not come about by chance in GB18030:
	// such a file is UTF-8 with damage, or two files of two encodings joined.
	if look.bad != nil && encoding == "" && look.wide < 8 {
		if first = otherwise; first == "" {
			first = "gb18030"
		}
		if look, p, err = f.look(kind, first); p != nil || err != nil {
			return p, err
		}
	}
	if look.bad != nil {
		return badEncoding(f.name, encoding, look.at, look.bad), nil
	}
	f.seen = look.survey(f.name, first)
	return nil, nil
}

// mark reads the byte-order mark, and refuses strangers inside gzip.
func (f *file) mark(kind container, wanted string) (string, *diag.Problem, error) {
	r, err := f.unpacked(kind)
	if err != nil {
		return "", f.gzipProblem(kind, err), machine(err)
	}
	head := make([]byte, 1024)
	n, err := io.ReadFull(r, head)
	if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
		return "", f.gzipProblem(kind, err), machine(err)
	}
	head = head[:n]
	if kind == gzipped {
		if p := insideGzip(f.name, head); p != nil {
			return "", p, nil
		}
	}
	switch start := string(head); {
	case strings.HasPrefix(start, bomUTF8):
		return "utf-8", nil, nil
	case strings.HasPrefix(start, bomUTF16LE), wanted == "utf-16":
		return "utf-16le", nil, nil
	case strings.HasPrefix(start, bomUTF16BE):
		return "utf-16be", nil, nil
	}
	return wanted, nil, nil
}

// gzipProblem tells a damaged gzip file from a failing disk.
func (f *file) gzipProblem(kind container, err error) *diag.Problem {
	if kind != gzipped || machine(err) != nil {
		return nil
	}
	return damagedGzip(f.name)
}

// machine returns err where it comes from the disk; the errors of the unpacker do not.
func machine(err error) error {
	var disk *fs.PathError
	if errors.As(err, &disk) {
		return err
	}
	return nil
}

// look reads the whole text in one encoding. A problem is a control character
// or a damaged container; bad bytes are left in the look for the caller to judge.
func (f *file) look(kind container, encoding string) (*look, *diag.Problem, error) {
	r, err := f.unpacked(kind)
	if err != nil {
		return nil, f.gzipProblem(kind, err), machine(err)
	}
	l := &look{at: at{1, 1}, first: true}
	buf := make([]byte, 256<<10)
	for src := newDecoder(r, decodings[encoding], math.MaxInt64); err == nil; {
		var n int
		n, err = src.Read(buf[l.part:])
		n += l.part
		l.part = n - wholeRunes(buf[:n])
		l.read(buf[:n-l.part])
		copy(buf, buf[n-l.part:n])
		if l.length > maxFile {
			return nil, tooLarge(f.name), nil
		}
	}
	l.close()
	var u undecodable
	switch {
	case errors.As(err, &u):
		l.bad = u.bytes
	case err != io.EOF:
		return nil, f.gzipProblem(kind, err), machine(err)
	}
	// A file that is no text in this encoding is judged by its bad bytes first.
	if l.bad == nil && l.control != nil {
		return nil, controlCharacter(f.name, l.control.at, l.control.r), nil
	}
	return l, nil, nil
}

// sighting is the first of some characters in a text, and how many there are.
type sighting struct {
	at
	r rune
}

// look walks over a text and remembers what a reader must know beforehand.
type look struct {
	at
	length  int64
	part    int // bytes of a character that the last read cut
	first   bool
	cr      bool // the last character was a CR
	wide    int  // characters of more than one byte
	loneCR  bool
	control *sighting
	lost    *sighting // U+FFFD: somebody's conversion lost a character
	private *sighting
	tail    *sighting // the first of the NULs or the Ctrl-Z that the text has last
	tailed  int64     // how many there are
	bad     []byte
}

func (l *look) read(b []byte) {
	l.length += int64(len(b))
	for i := 0; i < len(b); {
		if !l.cr && l.tail == nil && !l.first {
			n := printable(b[i:])
			l.col += n
			if i += n; i == len(b) {
				return
			}
			// Three bytes below U+E000: most Chinese, and nothing to remember of it.
			if b[i] >= 0xe1 && b[i] <= 0xed {
				l.wide, l.col, i = l.wide+1, l.col+1, i+3
				continue
			}
		}
		r, size := utf8.DecodeRune(b[i:])
		i += size
		l.character(r, size)
	}
}

// printable returns how many bytes from the start of b on are ASCII letters,
// digits, signs or blanks, looking at eight at a time.
func printable(b []byte) int {
	const each, tops = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; n+8 <= len(b); n += 8 {
		x := binary.LittleEndian.Uint64(b[n:])
		del := x ^ 0x7f*each
		if (x|(x-0x20*each)&^x|(del-each)&^del)&tops != 0 {
			break
		}
	}
	for n < len(b) && b[n] >= 0x20 && b[n] < 0x7f {
		n++
	}
	return n
}

func (l *look) character(r rune, size int) {
	if l.first {
		l.first = false
		if r == 0xfeff {
			return
		}
	}
	l.ends(r)
	switch {
	case r == '\n' || r == '\r':
		return
	case r == 0x1a || r == 0:
		l.tail, l.tailed = l.remember(l.tail, r), l.tailed+1
	case r < 0x20 && r != '\t' || r == 0x7f:
		l.control = l.remember(l.control, r)
	case size > 1:
		l.wideCharacter(r)
	}
	l.col++
}

func (l *look) wideCharacter(r rune) {
	l.wide++
	switch {
	case r == utf8.RuneError:
		l.lost = l.remember(l.lost, r)
	case r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000:
		l.private = l.remember(l.private, r)
	}
}

// ends counts lines: a CR ends one, and an LF does unless it belongs to a CR.
func (l *look) ends(r rune) {
	if l.tail != nil && (r != 0 || l.tail.r != 0) { // more follows: it is no tail
		if l.control == nil {
			l.control = l.tail
		}
		l.tail, l.tailed = nil, 0
	}
	if r == '\r' || r == '\n' && !l.cr {
		l.line, l.col = l.line+1, 1
	}
	if l.cr && r != '\n' {
		l.loneCR = true
	}
	l.cr = r == '\r'
}

func (l *look) close() {
	l.loneCR = l.loneCR || l.cr
}

func (l *look) remember(s *sighting, r rune) *sighting {
	if s == nil {
		return &sighting{l.at, r}
	}
	return s
}

var encodingNames = map[string]lang.Text{
	"gb18030":      lang.T("GB18030（GBK）", "GB18030 (GBK)"),
	"utf-16le":     lang.Same("UTF-16"),
	"utf-16be":     lang.Same("UTF-16"),
	"windows-1252": lang.T("Windows-1252（西欧）", "Windows-1252"),
}

func (l *look) survey(name, encoding string) survey {
	s := survey{encoding: encoding, length: l.length, lines: l.line, loneCR: l.loneCR}
	if what, ok := encodingNames[encoding]; ok {
		s.notes = append(s.notes, note(name, "encoding-taken", at{}, lang.F("编码是 %s，已按此读取", "text in %s, read as such", what), lang.Text{}))
	}
	s.length -= l.tailed
	switch {
	case l.tail == nil:
	case l.tail.r == 0x1a:
		s.notes = append(s.notes, note(name, "ctrl-z-at-end", l.tail.at, lang.T("文件末尾的 Ctrl-Z，已忽略", "a Ctrl-Z at the very end, ignored"), lang.Text{}))
	default:
		s.notes = append(s.notes, note(name, "nul-tail", l.tail.at, lang.F("文件末尾补的 %d 个空字符（U+0000），已忽略", "NUL characters that fill up the end of the file, ignored: %d", l.tailed),
			lang.T("打卡机按块写盘时会这样；若最后几行不全，重新导出", "clocks that write whole blocks do so; if the last rows are not whole, export again")))
	}
	if l.lost != nil {
		s.notes = append(s.notes, note(name, "lost-character", l.lost.at, lang.T("替换符 �（U+FFFD）：以前的转码丢了字", "the replacement character � (U+FFFD): an earlier conversion lost a character"),
			lang.T("若在姓名或编号里，请从原系统重新导出", "if it stands in a name or an id, export the file again from its system")))
	}
	if l.private != nil {
		s.notes = append(s.notes, note(name, "private-character", l.private.at, lang.F("专用区字符 U+%04X：别的电脑上可能显示不出来", "the private-use character U+%04X, which other computers may not show", l.private.r),
			lang.T("改用国家标准里的正式字", "use the standard's own character instead")))
	}
	return s
}
