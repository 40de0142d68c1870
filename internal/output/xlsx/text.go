package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"telepay/internal/lang"
)

// longest is the most that a cell holds, in UTF-16 units.
const longest = 32767

// Escape writes text so that a workbook gives it back unchanged: the signs of
// XML as entities, characters that XML has not as _x0001_, and a piece that would
// be read as such an escape with its first sign escaped. What a cell cannot hold
// is cut, and the end says how long the whole is.
func Escape(s string, l lang.Lang) string {
	s = shorten(strings.ToValidUTF8(s, "\ufffd"), l)
	if !strings.ContainsFunc(s, special) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '_' && escapes(s[i:]):
			b.WriteString("_x005F_")
		case r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff':
			fmt.Fprintf(&b, "_x%04X_", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func special(r rune) bool {
	return r == '&' || r == '<' || r == '>' || r == '_' || r < ' ' && r != '\n' && r != '\t' || r == '\ufffe' || r == '\uffff'
}

// escapes tells whether s begins with what a workbook reads as an escape.
func escapes(s string) bool {
	const length = len("_x0041_")
	if len(s) < length || s[1] != 'x' || s[length-1] != '_' {
		return false
	}
	return strings.Trim(s[2:length-1], "0123456789abcdefABCDEF") == ""
}

// shorten cuts what is too long for a cell.
func shorten(s string, l lang.Lang) string {
	if len(s) <= longest || units(s) <= longest {
		return s
	}
	end := lang.F(" …（全文 %s 字）", " … (%s in full)", lang.Count(utf8.RuneCountInString(s), "character", "characters")).In(l)
	room := longest - units(end)
	for i, r := range s {
		if room -= width(r); room < 0 {
			return s[:i] + end
		}
	}
	return s
}

func units(s string) (n int) {
	for _, r := range s {
		n += width(r)
	}
	return n
}

// width is how many UTF-16 units a character takes.
func width(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// wrapped returns how many lines text takes in a column: it breaks at blanks and
// line ends and beside Han characters, and anywhere in a word that is too long.
func wrapped(s string, room int) int {
	lines, used, word := 1, 0, 0 // word: what of the line cannot be broken before
	for _, r := range s {
		switch w := cells(string(r)); {
		case r == '\n':
			lines, used, word = lines+1, 0, 0
		case r == ' ' || w > 1:
			word = 0
			if used += w; used > room {
				lines, used = lines+1, w
			}
		default:
			word++
			if used++; used > room {
				lines, used = lines+1, word
				if word > room {
					used, word = 1, 1
				}
			}
		}
	}
	return lines
}
