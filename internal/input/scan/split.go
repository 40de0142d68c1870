package scan

import "math/bits"

// splitter finds the separators, comma or newline outside quotes, of a text
// that begins at the start of a row, and tells whether its quotes are in order.
type splitter struct {
	marks  marks
	pos    []int32
	inside int // newlines inside quotes
}

// run sets pos to first and then the places of the separators in buf[from:to],
// which must be followed by slack bytes. It returns false where a quote stands
// inside a bare cell or text behind a closing quote, or where a quote is left open.
func (s *splitter) run(buf []byte, from, to int, comma byte, first int32) bool {
	text := buf[from:to]
	s.marks.mark(buf[from:to+slack], len(text), comma)
	s.pos, s.inside = append(s.pos[:0], first), 0
	seps, quotes := s.marks.seps, s.marks.quotes
	open := uint64(0)   // all ones while inside quotes
	before := uint64(1) // whether the byte before is a separator or a quote
	k := 1
	for i, w := range seps[:len(seps)-1] {
		if quotes[i]|open != 0 {
			in := running(quotes[i]) ^ open
			if !s.placed(text, i, in, before) {
				return false
			}
			s.countInside(text, i, w&in)
			open = uint64(int64(in) >> 63)
			w &^= in
		}
		before = (seps[i] | quotes[i]) >> 63
		if k+64 > cap(s.pos) {
			s.pos = append(s.pos[:k], make([]int32, cap(s.pos)+4096)...)
		}
		store(s.pos[k:k+64:k+64], int32(from+i*64), w)
		k += bits.OnesCount64(w)
	}
	s.pos = s.pos[:k]
	return open == 0
}

// placed tells whether the quotes of a word stand where quotes may: an opening
// one behind a separator, a closing one before a separator or a line end, and
// two together, which are one quote of the text. in is set from each opening
// quote up to before its closing one.
func (s *splitter) placed(text []byte, i int, in, before uint64) bool {
	either := s.marks.seps[i] | s.marks.quotes[i]
	opening, closing := s.marks.quotes[i]&in, s.marks.quotes[i]&^in
	if opening&^(either<<1|before) != 0 {
		return false
	}
	next := (s.marks.seps[i+1] | s.marks.quotes[i+1]) << 63
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

// store writes the places of the set bits of w: eight untested, since most
// words have fewer and a test costs more than a store.
func store(into []int32, base int32, w uint64) {
	_ = into[63]
	for i := range 8 {
		into[i] = base + int32(bits.TrailingZeros64(w))
		w &= w - 1
	}
	for i := 8; w != 0; i++ {
		into[i] = base + int32(bits.TrailingZeros64(w))
		w &= w - 1
	}
}

// running has bit i set where an odd number of bits up to i is set in w.
func running(w uint64) uint64 {
	for shift := 1; shift < 64; shift *= 2 {
		w ^= w << shift
	}
	return w
}
