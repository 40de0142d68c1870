package table

import (
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	bomUTF8    = "\xef\xbb\xbf"
	bomUTF16LE = "\xff\xfe"
	bomUTF16BE = "\xfe\xff"
)

// decoding turns src into UTF-8 in dst and says how much of both it used; bad
// holds bytes that stand for nothing. end says that src is the end of the file.
type decoding func(dst, src []byte, end bool) (nDst, nSrc int, bad []byte)

var decodings = map[string]decoding{
	"utf-8":   decodeUTF8,
	"gb18030": decodeGB18030,
	"utf-16le": func(dst, src []byte, end bool) (int, int, []byte) {
		return decodeUTF16(dst, src, end, binary.LittleEndian)
	},
	"utf-16be": func(dst, src []byte, end bool) (int, int, []byte) {
		return decodeUTF16(dst, src, end, binary.BigEndian)
	},
	"windows-1252": decodeWindows1252,
}

// undecodable is the error of a decoder that met bad bytes.
type undecodable struct{ bytes []byte }

func (e undecodable) Error() string { return fmt.Sprintf("bytes % X stand for no character", e.bytes) }

// decoder reads an encoded text as UTF-8, at most left bytes of it. What comes
// before bad bytes is delivered before the error.
type decoder struct {
	src  io.Reader
	turn decoding
	in   []byte // read and not yet turned: in[from:to]
	from int
	to   int
	out  []byte // turned for a buffer too small for a character, not yet delivered
	left int64
	err  error // of src
	bad  error
}

func newDecoder(src io.Reader, turn decoding, left int64) *decoder {
	return &decoder{src: src, turn: turn, in: make([]byte, 256<<10), left: left}
}

func (d *decoder) Read(dst []byte) (int, error) {
	switch {
	case len(dst) == 0:
		return 0, nil
	case len(d.out) > 0:
		n := copy(dst, d.out)
		d.out = d.out[n:]
		return n, nil
	case d.left <= 0:
		return 0, io.EOF
	case len(dst) < utf8.UTFMax:
		small := make([]byte, utf8.UTFMax)
		n, err := d.Read(small)
		used := copy(dst, small[:n])
		d.out = small[used:n]
		return used, err
	}
	for {
		if d.bad != nil {
			return 0, d.bad
		}
		n, used, bad := d.turn(dst, d.in[d.from:d.to], d.err == io.EOF)
		d.from += used
		if bad != nil {
			d.bad = undecodable{append([]byte(nil), bad...)}
		}
		switch {
		case n > 0:
			n = int(min(int64(n), d.left))
			d.left -= int64(n)
			return n, nil
		case d.bad == nil && d.err != nil:
			return 0, d.err
		case d.bad == nil:
			d.fill()
		}
	}
}

func (d *decoder) fill() {
	d.to = copy(d.in, d.in[d.from:d.to])
	d.from = 0
	var n int
	n, d.err = d.src.Read(d.in[d.to:])
	d.to += n
}

func decodeUTF8(dst, src []byte, end bool) (nDst, nSrc int, bad []byte) {
	if len(src) > len(dst) {
		src, end = src[:len(dst)], false
	}
	if n := wholeRunes(src); utf8.Valid(src[:n]) && (n > 0 || !end || len(src) == 0) {
		return copy(dst, src[:n]), n, nil
	}
	for nSrc < len(src) {
		r, size := utf8.DecodeRune(src[nSrc:])
		if r == utf8.RuneError && size <= 1 {
			if !end && !utf8.FullRune(src[nSrc:]) {
				return nDst, nSrc, nil
			}
			return nDst, nSrc, src[nSrc : nSrc+1]
		}
		copy(dst[nSrc:], src[nSrc:nSrc+size])
		nDst, nSrc = nDst+size, nSrc+size
	}
	return nDst, nSrc, nil
}

// wholeRunes returns how much of b is left without a character cut at the end.
func wholeRunes(b []byte) int {
	for back := 1; back <= min(utf8.UTFMax, len(b)); back++ {
		if c := b[len(b)-back]; utf8.RuneStart(c) {
			if utf8.FullRune(b[len(b)-back:]) {
				return len(b)
			}
			return len(b) - back
		}
	}
	return len(b)
}

// decodeWindows1252 reads the code page of Western Europe, one byte a character;
// five bytes stand for none.
func decodeWindows1252(dst, src []byte, _ bool) (nDst, nSrc int, bad []byte) {
	for nSrc < len(src) && nDst+utf8.UTFMax <= len(dst) {
		switch src[nSrc] {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
			return nDst, nSrc, src[nSrc : nSrc+1]
		}
		nDst += utf8.EncodeRune(dst[nDst:], charmap.Windows1252.DecodeByte(src[nSrc]))
		nSrc++
	}
	return nDst, nSrc, nil
}

func decodeUTF16(dst, src []byte, end bool, order binary.ByteOrder) (nDst, nSrc int, bad []byte) {
	for nSrc < len(src) && nDst+utf8.UTFMax <= len(dst) {
		rest := src[nSrc:]
		if len(rest) < 2 || utf16.IsSurrogate(rune(order.Uint16(rest))) && len(rest) < 4 {
			if end {
				return nDst, nSrc, rest
			}
			return nDst, nSrc, nil
		}
		r, size := rune(order.Uint16(rest)), 2
		if utf16.IsSurrogate(r) {
			r, size = utf16.DecodeRune(r, rune(order.Uint16(rest[2:]))), 4
			if r == utf8.RuneError {
				return nDst, nSrc, rest[:2]
			}
		}
		nDst += utf8.EncodeRune(dst[nDst:], r)
		nSrc += size
	}
	return nDst, nSrc, nil
}

// lineEnds turns a lone CR into LF, for readers that know LF and CRLF only.
type lineEnds struct {
	src  io.Reader
	held bool // a CR at the end of the last read, not yet delivered
}

func (l *lineEnds) Read(dst []byte) (int, error) {
	if len(dst) < 2 {
		return 0, io.ErrShortBuffer
	}
	from := 0
	if l.held {
		dst[0], from = '\r', 1
	}
	n, err := l.src.Read(dst[from:])
	n += from
	l.held = n > 0 && dst[n-1] == '\r' && err == nil
	if l.held {
		n--
	}
	for i := range n {
		last := i+1 == n
		if dst[i] == '\r' && (!last && dst[i+1] != '\n' || last && !l.held && err != nil) {
			dst[i] = '\n'
		}
	}
	return n, err
}
