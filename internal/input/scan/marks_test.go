package scan

import (
	"bytes"
	"math/rand/v2"
	"slices"
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
		if words := (n+63)/64 + 1; len(m.seps) != words || len(m.quotes) != words || len(m.doubts) != words || m.seps[words-1]|m.quotes[words-1]|m.doubts[words-1] != 0 {
			t.Fatalf("%d words for %d bytes, the last %x", len(m.seps), n, m.seps[len(m.seps)-1])
		}
		for i := range len(m.seps) * 64 {
			sep := i < n && (buf[i] == comma || buf[i] == '\n')
			quote := i < n && buf[i] == '"'
			doubt := i < n && (buf[i] < ' ' && buf[i] != '\n' || buf[i] >= 0x7f)
			if m.seps[i/64]>>(i%64)&1 == 1 != sep || m.quotes[i/64]>>(i%64)&1 == 1 != quote || m.doubts[i/64]>>(i%64)&1 == 1 != doubt {
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

// Both bodies write every set bit of words with 0 to 64 of them.
func TestPlaces(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 5))
	for round := range 4000 {
		words := make([]uint64, r.IntN(6))
		var want []int32
		for i := range words {
			words[i] = r.Uint64() & r.Uint64() & r.Uint64()
			if round%3 == 1 {
				words[i] = ^words[i]
			}
			for at := range 64 {
				if words[i]>>at&1 == 1 {
					want = append(want, int32(1000+64*i+at))
				}
			}
		}
		for name, body := range map[string]func([]int32, []uint64, int32) int{"portable": placesPortable, "wide": places} {
			into := make([]int32, len(want)+64)
			if n := body(into, words, 1000); !slices.Equal(into[:n], want) {
				t.Fatalf("%s: %x: %v, want %v", name, words, into[:n], want)
			}
		}
	}
}

// clean proves a text as a worker does, with either body.
func clean(t testing.TB, text []byte) bool {
	var m, portable marks
	buf := append(slices.Clone(text), strings.Repeat("\x00", slack)...)
	m.mark(buf, len(text), ',')
	portable.markPortable(buf, len(text), ',')
	a, b := m.prove(text), portable.prove(text)
	ends := bytes.Count(text, []byte("\r\n"))
	if a != b || a.returns != (ends > 0) || a.bare != (bytes.Count(text, []byte("\r")) > ends) {
		t.Fatalf("%q: %+v and %+v, %d CRLF", text, a, b, ends)
	}
	return a.clean
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
				if got, want := clean(t, b), cleanByRunes(string(b)); got != want {
					t.Fatalf("%q: clean %v, want %v", b, got, want)
				}
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("a,b\r\n通话，\ue000\x7f\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := clean(t, b), cleanByRunes(string(b)); got != want {
			t.Fatalf("%q: clean %v, want %v", b, got, want)
		}
	})
}
