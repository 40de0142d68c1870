package csv

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// triggers begin a formula in one spreadsheet or another.
const triggers = "=+-@\t\r\n＝＋－＠"

// Guard puts an apostrophe before text that a spreadsheet would run: text that
// begins, after blanks, with the sign of a formula, or has one after ; or a tab,
// where Excel may split the cell. Text that is such text behind apostrophes gets
// one more, so that Unguard gives back every text.
func Guard(s string) string {
	if risky(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Unguard takes back what Guard did.
func Unguard(s string) string {
	if bare := strings.TrimLeft(s, "'"); len(bare) < len(s) && risky(bare) {
		return s[1:]
	}
	return s
}

// risky tells whether a piece of s, as cut at ; and tabs, begins like a formula.
func risky(s string) bool {
	for {
		r, size := utf8.DecodeRuneInString(s)
		if size > 0 && strings.ContainsRune(triggers, r) {
			return true
		}
		if rest := strings.TrimLeftFunc(s, blank); len(rest) < len(s) {
			s = rest
			continue
		}
		cut := strings.IndexAny(s, ";\t")
		if cut < 0 {
			return false
		}
		s = s[cut+1:]
	}
}

// blank is what a spreadsheet may drop before it looks at a cell: blanks of any
// width and marks without one. A tab or line end is no blank but a trigger.
func blank(r rune) bool {
	return unicode.IsSpace(r) && !strings.ContainsRune(triggers, r) || r == '\ufeff' || r >= '\u200b' && r <= '\u200f' || r < ' ' && !strings.ContainsRune(triggers, r)
}
