package scan

import (
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// Unproven is the error of a Source whose text was to be proved while it is read
// and is not what it was taken for: it has to be looked at as a whole first.
type Unproven struct{ File string }

func (u Unproven) Error() string {
	return fmt.Sprintf("%s: not UTF-8 throughout, or control or private-use characters in it", u.File)
}

// proof is what the doubts of a text came to.
type proof struct {
	clean   bool // UTF-8 without what a look over the whole file would have to tell of
	returns bool // some lines end with CRLF
	bare    bool // a CR stands without LF
}

// prove looks at the characters of text in doubt, which is marked. Not clean are
// control characters (tab, LF and CRLF are none), U+FFFD, private-use characters.
func (m *marks) prove(text []byte) proof {
	p := proof{clean: true}
	for i, w := range m.doubts {
		for w != 0 {
			at := i*64 + bits.TrailingZeros64(w)
			size := 1
			switch c := text[at]; {
			case c == '\t':
			case c == '\r' && at+1 < len(text) && text[at+1] == '\n':
				p.returns = true
			case c == '\r':
				p.bare, p.clean = true, false
			default:
				var r rune
				r, size = utf8.DecodeRune(text[at:])
				if r < 0x80 || r == utf8.RuneError || r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 {
					p.clean = false
				}
			}
			if at%64+size > 64 { // the character goes on in the next word
				m.doubts[i+1] &^= 1<<(at%64+size-64) - 1
			}
			w &^= (1<<size - 1) << (at % 64)
		}
	}
	return p
}
