package scan

import (
	"bytes"
)

// marks is a text as bits, 64 bytes a word, first byte lowest: where a
// separator stands (the comma or a newline, in quotes or not) and where a quote.
// Both have one word more than the text needs, which is 0.
//
// mark and plainRun have two bodies each. The portable one looks at eight bytes
// at a time and runs everywhere. The other is chosen by GOEXPERIMENT=simd on
// amd64 and compares 32 bytes with one instruction. A test holds them equal.
type marks struct {
	seps, quotes []uint64
}

// room makes place for n bytes of text.
func (m *marks) room(n int) {
	words := (n+63)/64 + 1
	m.seps, m.quotes = grown(m.seps, words), grown(m.quotes, words)
	m.seps[words-1], m.quotes[words-1] = 0, 0
}

// cutOff drops what was marked behind the n bytes of the text.
func (m *marks) cutOff(n int) {
	if n%64 != 0 {
		within := uint64(1)<<(n%64) - 1
		m.seps[n/64] &= within
		m.quotes[n/64] &= within
	}
}

// markPortable marks n bytes of buf. buf is readable up to the next multiple of 64.
func (m *marks) markPortable(buf []byte, n int, comma byte) {
	m.room(n)
	commas := uint64(comma) * eachByte
	const newlines = '\n' * eachByte
	for i := range m.seps[:len(m.seps)-1] {
		words := buf[i*64 : i*64+64 : i*64+64]
		var seps uint64
		for at := 0; at < 64; at += 8 {
			x := load(words, at)
			seps |= gather(zeroBytes(x^commas)|zeroBytes(x^newlines)) << at
		}
		m.seps[i] = seps
	}
	m.markQuotes(buf[:n])
	m.cutOff(n)
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

// plainRunPortable returns how many bytes from the start of b on are printable
// ASCII, newlines or tabs; it may stop up to 31 bytes early.
func plainRunPortable(b []byte) int {
	const tops = 0x80 * eachByte
	n := 0
	for ; n+8 <= len(b); n += 8 {
		x := load(b, n)
		low := x & lowBits
		odd := (^(low + 0x60*eachByte) | (low + eachByte) | x) & tops // below blank, DEL, not ASCII
		if odd&^zeroBytes(x^'\n'*eachByte) != 0 {
			return n
		}
	}
	return n
}
