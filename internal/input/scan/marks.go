package scan

import (
	"bytes"
	"math/bits"
)

// marks is a text as bits, 64 bytes a word, first byte lowest: where a
// separator stands (the comma or a newline, in quotes or not), where a quote, and
// where a byte that is neither printable ASCII nor a newline. All have one word
// more than the text needs, which is 0.
//
// mark and places have two bodies each. The portable one looks at eight bytes
// at a time and runs everywhere. The other is chosen by GOEXPERIMENT=simd on
// amd64 and compares 32 bytes with one instruction. A test holds them equal.
type marks struct {
	seps, quotes, doubts []uint64
}

// room makes place for n bytes of text.
func (m *marks) room(n int) {
	words := (n+63)/64 + 1
	m.seps, m.quotes, m.doubts = grown(m.seps, words), grown(m.quotes, words), grown(m.doubts, words)
	m.seps[words-1], m.quotes[words-1], m.doubts[words-1] = 0, 0, 0
}

// cutOff drops what was marked behind the n bytes of the text.
func (m *marks) cutOff(n int) {
	if n%64 != 0 {
		within := uint64(1)<<(n%64) - 1
		m.seps[n/64] &= within
		m.quotes[n/64] &= within
		m.doubts[n/64] &= within
	}
}

// markPortable marks n bytes of buf. buf is readable up to the next multiple of 64.
func (m *marks) markPortable(buf []byte, n int, comma byte) {
	m.room(n)
	commas := uint64(comma) * eachByte
	const newlines = '\n' * eachByte
	for i := range m.seps[:len(m.seps)-1] {
		words := buf[i*64 : i*64+64 : i*64+64]
		var seps, doubts uint64
		for at := 0; at < 64; at += 8 {
			x := load(words, at)
			newline := zeroBytes(x ^ newlines)
			seps |= gather(zeroBytes(x^commas)|newline) << at
			doubts |= unprintable(x) &^ newline
		}
		if m.seps[i] = seps; doubts != 0 {
			doubts = doubtsOf(words)
		}
		m.doubts[i] = doubts
	}
	m.markQuotes(buf[:n])
	m.cutOff(n)
}

// unprintable has the top bit set in each byte of x that is no printable ASCII.
func unprintable(x uint64) uint64 {
	low := x & lowBits
	return (^(low + 0x60*eachByte) | (low + eachByte) | x) & topBits // below blank, DEL, not ASCII
}

// doubtsOf marks the bytes of 64 that are neither printable ASCII nor a newline.
func doubtsOf(words []byte) (w uint64) {
	for at := 0; at < 64; at += 8 {
		x := load(words, at)
		w |= gather(unprintable(x)&^zeroBytes(x^'\n'*eachByte)) << at
	}
	return w
}

// markQuotes finds quotes one by one, as long as they are few.
func (m *marks) markQuotes(text []byte) {
	clear(m.quotes)
	const many = 8 // quotes in a row of words: then looking at every byte is cheaper
	for at := 0; ; {
		i := bytes.IndexByte(text[at:], '"')
		if i < 0 {
			return
		}
		at += i
		for near := 0; near < many && at < len(text); {
			word := at / 64
			w := m.quotesOf(text[word*64:])
			m.quotes[word] = w
			at, near = (word+1)*64, near+1
			if w != 0 {
				near = 0
			}
		}
		if at >= len(text) {
			return
		}
	}
}

// quotesOf marks the quotes of up to 64 bytes; text may be longer or shorter.
func (m *marks) quotesOf(text []byte) (w uint64) {
	const quotes = '"' * eachByte
	if len(text) >= 64 {
		for at := 0; at < 64; at += 8 {
			w |= gather(zeroBytes(load(text, at)^quotes)) << at
		}
		return w
	}
	for i, c := range text {
		w |= uint64(bit(c == '"')) << i
	}
	return w
}

// placesPortable writes the places of the set bits of words, the first bit being
// place first, and returns how many there are. into has room for 64 more.
func placesPortable(into []int32, words []uint64, first int32) (n int) {
	for _, w := range words {
		store(into[n:n+64:n+64], first, w)
		n += bits.OnesCount64(w)
		first += 64
	}
	return n
}

// store writes the places of the set bits of w: eight untested, then four, since
// most words have no more and a test costs more than a store.
func store(into []int32, first int32, w uint64) {
	_ = into[63]
	for i := range 8 {
		into[i] = first + int32(bits.TrailingZeros64(w))
		w &= w - 1
	}
	if w == 0 {
		return
	}
	for i := range 4 {
		into[8+i] = first + int32(bits.TrailingZeros64(w))
		w &= w - 1
	}
	for i := 12; w != 0; i++ {
		into[i] = first + int32(bits.TrailingZeros64(w))
		w &= w - 1
	}
}
