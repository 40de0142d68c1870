package scan

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The splitter equals a plain loop over bytes, for quoted cells of any length
// and whatever lies behind the text.
func TestSplitterEqualsPlainLoop(t *testing.T) {
	r := rand.New(rand.NewPCG(64, 8))
	pieces := []string{",", "\n", "\"", "\"", "a", "bc", "\r\n", "中", "\x80\xac\x8a", "0123456789012345678901234567890123456789012345678901234567890123456789"}
	for range 3000 {
		text := ""
		for range r.IntN(60) {
			text += pieces[r.IntN(len(pieces))]
		}
		buf := append(make([]byte, pad), text...)
		for range slack {
			buf = append(buf, ",\n\"x"[r.IntN(4)])
		}
		var want []int32
		open, inside := false, 0
		for i := range len(text) {
			switch c := text[i]; {
			case c == '"':
				open = !open
			case open && c == '\n':
				inside++
			case !open && (c == ',' || c == '\n'):
				want = append(want, int32(pad+i))
			}
		}
		var s splitter
		s.marks.mark(buf[pad:], len(text), ',')
		if inOrder := s.run(buf, pad, pad+len(text), pad-1); inOrder != quotesInOrder(text) {
			t.Fatalf("%q: quotes in order %v", text, inOrder)
		} else if !inOrder {
			continue
		}
		want = append([]int32{pad - 1}, want...)
		if !slices.Equal(s.pos, want) || s.inside != inside {
			t.Fatalf("%q: separators at %v, want %v; %d newlines inside, want %d", text, s.pos, want, s.inside, inside)
		}
	}
}

// quotesInOrder tells the same of a text that begins at the start of a row, byte by byte.
func quotesInOrder(text string) bool {
	for at := 0; at < len(text); at++ {
		if text[at] != '"' {
			continue
		}
		if at > 0 && text[at-1] != ',' && text[at-1] != '\n' {
			return false
		}
		for at++; at < len(text) && (text[at] != '"' || at+1 < len(text) && text[at+1] == '"'); at++ {
			if text[at] == '"' {
				at++
			}
		}
		if at == len(text) {
			return false
		}
		if rest := text[at+1:]; rest == "" || rest[0] != ',' && rest[0] != '\n' && !strings.HasPrefix(rest, "\r\n") {
			return false
		}
	}
	return true
}
