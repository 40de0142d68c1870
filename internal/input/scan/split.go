package scan

import (
	"bytes"
	"math/bits"
)

// splitter finds the separators, comma or newline outside quotes, of a piece of
// buf. Only text whose quotes are in order may be given to it.
type splitter struct {
	buf    []byte
	comma  byte
	pos    []int32
	inside int // newlines inside quotes
}

// run appends the places of the separators in buf[from:to] to pos. Slack bytes
// lie after to; what they hold does not matter.
func (s *splitter) run(from, to int) {
	commas := uint64(s.comma) * eachByte
	const newlines = '\n' * eachByte
	quote := s.nextQuote(from, to)
	open := uint64(0) // all ones while inside quotes
	k := len(s.pos)
	for at := from; at < to; at += 64 {
		var seps uint64
		words := s.buf[at : at+64 : at+64]
		for i := 0; i < 64; i += 8 {
			x := load(words, i)
			seps |= gather(zeroBytes(x^commas)|zeroBytes(x^newlines)) << i
		}
		if to-at < 64 {
			seps &= 1<<(to-at) - 1
		}
		if quote < at+64 || open != 0 {
			seps, open = s.outside(at, to, seps, open)
			quote = s.nextQuote(at+64, to)
		}
		if k+64 > cap(s.pos) {
			s.pos = append(s.pos[:k], make([]int32, cap(s.pos)+1024)...)
		}
		s.pos = s.pos[:k+64]
		store(s.pos[k:k+64], int32(at), seps)
		k += bits.OnesCount64(seps)
	}
	s.pos = s.pos[:k]
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

// outside drops the separators of 64 bytes that lie inside quotes.
func (s *splitter) outside(at, to int, seps, open uint64) (uint64, uint64) {
	var quotes, newlines uint64
	for i := 0; i < 64; i += 8 {
		x := load(s.buf, at+i)
		quotes |= gather(zeroBytes(x^'"'*eachByte)) << i
		newlines |= gather(zeroBytes(x^'\n'*eachByte)) << i
	}
	if to-at < 64 {
		quotes &= 1<<(to-at) - 1
	}
	in := running(quotes) ^ open
	s.inside += bits.OnesCount64(seps & newlines & in)
	return seps &^ in, uint64(int64(in) >> 63)
}

// running has bit i set where an odd number of bits up to i is set in w.
func running(w uint64) uint64 {
	for shift := 1; shift < 64; shift *= 2 {
		w ^= w << shift
	}
	return w
}

// nextQuote returns the place of the first quote in buf[from:to], or to+64.
func (s *splitter) nextQuote(from, to int) int {
	if from < to {
		if i := bytes.IndexByte(s.buf[from:to], '"'); i >= 0 {
			return from + i
		}
	}
	return to + 64
}
