package scan

import "encoding/binary"

// Word tricks: eight bytes at a time, first byte lowest. Each is tested over
// every byte value at every place.
const (
	eachByte = 0x0101010101010101
	zeros    = 0x3030303030303030 // eight times '0'
	lowBits  = 0x7f7f7f7f7f7f7f7f
	topBits  = ^uint64(lowBits)
)

// pad is how many bytes lie before the text of a buffer, slack how many after
// it, so that whole words may be read around any cell.
const (
	pad   = 16
	slack = 72
)

func load(buf []byte, at int) uint64 { return binary.LittleEndian.Uint64(buf[at:]) }

// zeroBytes has the top bit set in each byte of x that is 0, and no other bit.
func zeroBytes(x uint64) uint64 { return ^((x&lowBits + lowBits) | x | lowBits) }

// gather packs the top bits of eight bytes into one byte, first byte lowest.
func gather(x uint64) uint64 { return (x >> 7) * 0x0102040810204080 >> 56 }

// eightDigits reads eight characters as a number; ok is false unless all are digits.
func eightDigits(x uint64) (n uint64, ok bool) {
	const high = 0xf0f0f0f0f0f0f0f0
	ok = x&high|(x+6*eachByte)&high>>4 == 0x3333333333333333
	x &= 0x0f0f0f0f0f0f0f0f
	x = x*10 + x>>8 // pairs, in every second byte
	x = (x&0x000000ff000000ff)*(100+1000000<<32) + (x>>16&0x000000ff000000ff)*(1+10000<<32)
	return x >> 32, ok
}

// lowered turns the letters of eight ASCII characters into small ones.
func lowered(x uint64) uint64 {
	const fromA, pastZ = (0x80 - 'A') * eachByte, (0x80 - 'Z' - 1) * eachByte
	capitals := (x + fromA) &^ (x + pastZ) & topBits
	return x + capitals>>2
}

// eightHex reads eight hexadecimal digits, small or capital, as four bytes; ok is
// false unless all are digits. Letters are taken down to stand behind '9'.
func eightHex(x uint64) (four uint32, ok bool) {
	const low, high = 0x0f0f0f0f0f0f0f0f, 0xf0f0f0f0f0f0f0f0
	visible := (x|x<<1)&(0x40*eachByte) == 0x40*eachByte // else a small letter's bit would make digits of what is below blank
	letters := x >> 6 & eachByte
	x |= letters << 5
	x -= letters * ('a' - '0' - 10)
	aboveNine := (x&low + 6*eachByte) >> 4 & eachByte
	ok = visible && x&high == zeros && aboveNine == letters
	x &= low
	x = (x<<4 | x>>8) & 0x00ff00ff00ff00ff
	x = (x | x>>8) & 0x0000ffff0000ffff
	return uint32(x | x>>16), ok
}

// firstBytes keeps the first n bytes of a word.
var firstBytes = [9]uint64{0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff, ^uint64(0)}

// digits reads the n characters before end as a number, n from 1 to 16. At
// least 16 bytes must lie before end.
func digits(buf []byte, end, n int) (uint64, bool) {
	x := load(buf, end-8)
	if n <= 8 {
		cut := firstBytes[8-n]
		return eightDigits(x&^cut | zeros&cut)
	}
	low, ok := eightDigits(x)
	cut := firstBytes[16-n]
	high, okHigh := eightDigits(load(buf, end-16)&^cut | zeros&cut)
	return high*100000000 + low, ok && okHigh
}

// clockOf reads 07:00:15 as a second of the day.
func clockOf(x uint64) (second int32, ok bool) {
	const colons, colonPlaces = 0x00003a00003a0000, 0x0000ff0000ff0000
	_, ok = eightDigits(x&^colonPlaces | zeros&colonPlaces)
	ok = ok && x&colonPlaces == colons
	x &= 0x0f0f0f0f0f0f0f0f
	x = x*10 + x>>8
	h, m, s := x&0xff, x>>24&0xff, x>>48&0xff
	return int32(h*3600 + m*60 + s), ok && h < 24 && m < 60 && s < 60
}
