package page

import (
	"strings"
	"unicode"
)

// What may not start a line, and what may not end one (避头尾).
const (
	closers = "、。，．：；！？）】》」』〉〕…—％‰℃’”·,.;:!?)]}%"
	openers = "（【《「『〈〔“‘￥¥([{＃#$"
)

// Wrap breaks s into lines no wider than width. Chinese breaks anywhere but
// before closing and after opening punctuation, other text at blanks; a word
// wider than a line breaks where it must. The blank at a break stays at the end
// of its line, so that the lines joined are s again, less its line feeds. Even
// a width of nothing gives one character a line.
func (m Metrics) Wrap(s string, size int, bold bool, width int) []string {
	var lines []string
	for part := range strings.SplitSeq(s, "\n") {
		lines = append(lines, m.wrapPart(part, size, bold, width)...)
	}
	return lines
}

func (m Metrics) wrapPart(s string, size int, bold bool, width int) []string {
	text := []rune(s)
	var lines []string
	for len(text) > 0 {
		n := m.lineEnd(text, size, bold, width)
		lines = append(lines, string(text[:n]))
		text = text[n:]
	}
	if lines == nil {
		lines = []string{""}
	}
	return lines
}

// lineEnd returns how many characters the next line takes, at least one.
func (m Metrics) lineEnd(text []rune, size int, bold bool, width int) int {
	sum, best, fits := 0, 0, 0
	for i, r := range text {
		sum += m.advance(r, bold)
		// A blank may hang over the edge: nobody sees it.
		if !unicode.IsSpace(r) && scaled(sum, size) > width {
			break
		}
		fits = i + 1
		if fits == len(text) || mayBreak(r, text[fits]) {
			best = fits
		}
	}
	if best == 0 {
		best = fits
	}
	return max(best, 1)
}

// mayBreak tells whether a line may end between a and b.
func mayBreak(a, b rune) bool {
	switch {
	case unicode.IsSpace(b):
		return false // the blank goes with what is before it
	case unicode.IsSpace(a):
		return !strings.ContainsRune(closers, b)
	case strings.ContainsRune(closers, b), strings.ContainsRune(openers, a):
		return false
	}
	return wide(a) || wide(b)
}

// wide tells whether a character is one of those that are set without blanks.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF ||
		r >= 0xFE30 && r <= 0xFE4F || r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF
}

// Fit gives the largest type size from size down to floor, in steps of a tenth
// of a point, at which s stands on one line; where even floor is too large it
// wraps at floor. Nothing is cut.
func (m Metrics) Fit(s string, size, floor int, bold bool, width int) (int, []string) {
	if !strings.Contains(s, "\n") {
		for at := size; at > floor; at -= 10 {
			if m.Width(s, at, bold) <= width {
				return at, []string{s}
			}
		}
	}
	return floor, m.Wrap(s, floor, bold, width)
}
