package scan

import (
	"math/rand/v2"
	"slices"
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
		if open {
			continue // no such block is handed out
		}
		s := splitter{buf: buf, comma: ','}
		s.run(pad, pad+len(text))
		if !slices.Equal(s.pos, want) || s.inside != inside {
			t.Fatalf("%q: separators at %v, want %v; %d newlines inside, want %d", text, s.pos, want, s.inside, inside)
		}
	}
}
