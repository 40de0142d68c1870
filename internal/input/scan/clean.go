package scan

import (
	"fmt"
	"unicode/utf8"
)

// Unproven is the error of a Source whose text was to be proved while it is read
// and is not what it was taken for: it has to be looked at as a whole first.
type Unproven struct{ File string }

func (u Unproven) Error() string {
	return fmt.Sprintf("%s: not UTF-8 throughout, or control or private-use characters in it", u.File)
}

// clean tells whether text is UTF-8 and holds nothing that a look over the whole
// file would have to tell of: control characters (tab, LF and CRLF are none),
// U+FFFD, private-use characters. It stops at the first doubt.
func clean(text []byte) bool {
	for at := 0; ; {
		at += plainRun(text[at:])
		// Once something stopped the run, a few characters are looked at one by one.
		for end := min(at+32, len(text)); at < end; {
			c := text[at]
			switch {
			case c >= ' ' && c < 0x7f, c == '\n', c == '\t':
				at++
			case c == '\r':
				if at+1 == len(text) || text[at+1] != '\n' {
					return false
				}
				at += 2
			case c < 0x80:
				return false
			default:
				r, size := utf8.DecodeRune(text[at:])
				if r == utf8.RuneError || r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 {
					return false
				}
				at += size
			}
		}
		if at == len(text) {
			return true
		}
	}
}
