package scan

import (
	"math/bits"
	"slices"
)

// splitter finds the separators, comma or newline outside quotes, of a text
// that begins at the start of a row, and tells whether its quotes are in order.
type splitter struct {
	marks  marks
	pos    []int32
	inside int // newlines inside quotes
}

// run sets pos to first and then the places of the separators in buf[from:to], which
// is marked. It returns false where a quote stands inside a bare cell or text behind
// a closing quote, or where a quote is left open.
func (s *splitter) run(buf []byte, from, to int, first int32) bool {
	if s.pos = append(s.pos[:0], first); !s.unquote(buf[from:to]) {
		return false
	}
	const piece = 64 // words at a time, so that pos grows with what it holds
	words := s.marks.seps
	for at := 0; at < len(words); at += piece {
		n := len(s.pos)
		s.pos = slices.Grow(s.pos, 64*piece+64)
		n += places(s.pos[n:cap(s.pos)], words[at:min(at+piece, len(words))], int32(from+at*64))
		s.pos = s.pos[:n]
	}
	return true
}

// unquote takes the separators inside quotes away, counts the newlines among them,
// and tells whether the quotes are in order. Most words have none and none is open.
func (s *splitter) unquote(text []byte) bool {
	s.inside = 0
	seps, quotes := s.marks.seps, s.marks.quotes
	open := uint64(0) // all ones while inside quotes
	for i, q := range quotes {
		if q|open == 0 {
			continue
		}
		in := running(q) ^ open
		if !s.placed(text, i, in) {
			return false
		}
		s.countInside(text, i, seps[i]&in)
		seps[i] &^= in
		open = uint64(int64(in) >> 63)
	}
	return open == 0
}

// placed tells whether the quotes of a word stand where quotes may: an opening
// one behind a separator, a closing one before a separator or a line end, and
// two together, which are one quote of the text. in is set from each opening
// quote up to before its closing one.
func (s *splitter) placed(text []byte, i int, in uint64) bool {
	seps, quotes := s.marks.seps, s.marks.quotes
	either, before, next := seps[i]|quotes[i], uint64(1), uint64(0)
	if i > 0 {
		before = (seps[i-1] | quotes[i-1]) >> 63
	}
	if i+1 < len(seps) {
		next = (seps[i+1] | quotes[i+1]) << 63
	}
	opening, closing := quotes[i]&in, quotes[i]&^in
	if opening&^(either<<1|before) != 0 {
		return false
	}
	for c := closing &^ (either>>1 | next); c != 0; c &= c - 1 {
		at := i*64 + bits.TrailingZeros64(c)
		if at+2 >= len(text) || text[at+1] != '\r' || text[at+2] != '\n' {
			return false
		}
	}
	return true
}

// countInside counts the newlines among separators inside quotes.
func (s *splitter) countInside(text []byte, i int, w uint64) {
	for ; w != 0; w &= w - 1 {
		s.inside += int(bit(text[i*64+bits.TrailingZeros64(w)] == '\n'))
	}
}

// running has bit i set where an odd number of bits up to i is set in w.
func running(w uint64) uint64 {
	for shift := 1; shift < 64; shift *= 2 {
		w ^= w << shift
	}
	return w
}
