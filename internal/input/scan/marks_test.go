package scan

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// marked checks a marker over every byte value at each place of 64, and over
// texts of every length with whatever behind them.
func marked(t *testing.T, mark func(m *marks, buf []byte, n int, comma byte)) {
	r := rand.New(rand.NewPCG(6, 4))
	var m marks
	check := func(buf []byte, n int, comma byte) {
		mark(&m, buf, n, comma)
		if words := (n+63)/64 + 1; len(m.seps) != words || len(m.quotes) != words || m.seps[words-1]|m.quotes[words-1] != 0 {
			t.Fatalf("%d words for %d bytes, the last %x", len(m.seps), n, m.seps[len(m.seps)-1])
		}
		for i := range len(m.seps) * 64 {
			sep := i < n && (buf[i] == comma || buf[i] == '\n')
			quote := i < n && buf[i] == '"'
			if m.seps[i/64]>>(i%64)&1 == 1 != sep || m.quotes[i/64]>>(i%64)&1 == 1 != quote {
				t.Fatalf("%q with %q: byte %d of %d is marked wrong", buf[:n], comma, i, n)
			}
		}
	}
	for place := range 64 {
		for v := range 256 {
			buf := []byte(strings.Repeat("ab,\"\n\r\x80", 20)[:128])
			buf[place] = byte(v)
			check(buf, 64, ",;\t"[v%3])
		}
	}
	for n := range 400 {
		buf := make([]byte, n+slack)
		for i := range buf {
			buf[i] = "abc,,\n\"\"\x00\xff"[r.IntN(10)]
			if n%2 == 0 && r.IntN(20) > 0 && buf[i] == '"' {
				buf[i] = '-' // quotes far apart
			}
		}
		check(buf, n, ',')
	}
}

func TestMarks(t *testing.T) {
	marked(t, (*marks).markPortable)
	marked(t, (*marks).mark)
}

func TestPlainRun(t *testing.T) {
	for _, run := range []func([]byte) int{plainRunPortable, plainRun} {
		for place := range 64 {
			for v := range 256 {
				b := []byte(strings.Repeat("azAZ09 ~\n,.:", 10)[:96])
				b[place] = byte(v)
				n := run(b)
				plain := v >= ' ' && v < 0x7f || v == '\n'
				if plain && n < len(b)-31 || !plain && (n > place || n < place-31) {
					t.Fatalf("byte %x at %d of %d: a run of %d", v, place, len(b), n)
				}
			}
		}
	}
}

// cleanByRunes says the same as clean, character by character.
func cleanByRunes(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for i, r := range s {
		switch {
		case r == '\r' && !strings.HasPrefix(s[i:], "\r\n"):
			return false
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r == 0x7f, r == utf8.RuneError, r >= 0xe000 && r <= 0xf8ff, r >= 0xf0000:
			return false
		}
	}
	return true
}

func TestCleanOverAllBytes(t *testing.T) {
	for _, text := range []string{strings.Repeat("a", 80), strings.Repeat("话，\r\n\t𬱖", 6)} {
		for place := range 80 {
			for v := range 256 {
				b := []byte(text)
				b[place%len(b)] = byte(v)
				if got, want := clean(b), cleanByRunes(string(b)); got != want {
					t.Fatalf("%q: clean %v, want %v", b, got, want)
				}
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("a,b\r\n通话，\ue000\x7f\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := clean(b), cleanByRunes(string(b)); got != want {
			t.Fatalf("%q: clean %v, want %v", b, got, want)
		}
	})
}
