//go:build goexperiment.simd && amd64

package scan

import (
	"math/bits"
	"simd/archsimd"
)

// wide and packing tell whether the processor has the instructions of this file.
var wide, packing = archsimd.X86.AVX2(), archsimd.X86.AVX512VBMI2()

func (m *marks) mark(buf []byte, n int, comma byte) {
	if !wide {
		m.markPortable(buf, n, comma)
		return
	}
	m.room(n)
	commas, newlines, quotes := archsimd.BroadcastUint8x32(comma), archsimd.BroadcastUint8x32('\n'), archsimd.BroadcastUint8x32('"')
	// As signed numbers one up, DEL and what is not ASCII are negative.
	one, blank := archsimd.BroadcastInt8x32(1), archsimd.BroadcastInt8x32(' '+1)
	words := len(m.seps) - 1
	seps, quoted, doubts := m.seps[:words], m.quotes[:words], m.doubts[:words]
	for i := range seps {
		b := buf[i*64 : i*64+64 : i*64+64]
		x, y := archsimd.LoadUint8x32Slice(b), archsimd.LoadUint8x32Slice(b[32:])
		xEnds, yEnds := x.Equal(newlines), y.Equal(newlines)
		seps[i] = uint64(x.Equal(commas).Or(xEnds).ToBits()) | uint64(y.Equal(commas).Or(yEnds).ToBits())<<32
		quoted[i] = uint64(x.Equal(quotes).ToBits()) | uint64(y.Equal(quotes).ToBits())<<32
		// A newline is no doubt; it is below blank, so that taking it away is exclusive or.
		xOdd, yOdd := blank.Greater(x.AsInt8x32().Add(one)), blank.Greater(y.AsInt8x32().Add(one))
		doubts[i] = uint64(xOdd.ToBits()^xEnds.ToBits()) | uint64(yOdd.ToBits()^yEnds.ToBits())<<32
	}
	archsimd.ClearAVXUpperBits()
	m.cutOff(n)
}

// eachPlace is 0 to 63.
var eachPlace = func() (all [64]uint8) {
	for i := range all {
		all[i] = uint8(i)
	}
	return all
}()

// places has the processor move the places whose bit is set to the front, up to 32 of
// a word; sixteen are written at once, whether there are so many or not.
func places(into []int32, words []uint64, first int32) (n int) {
	if !packing {
		return placesPortable(into, words, first)
	}
	all, base, step := archsimd.LoadUint8x64(&eachPlace), archsimd.BroadcastInt32x16(first), archsimd.BroadcastInt32x16(64)
	for _, w := range words {
		out := into[n : n+64 : n+64]
		found := bits.OnesCount64(w)
		packed := all.Compress(archsimd.Mask8x64FromBits(w)).GetLo()
		packed.GetLo().ExtendToUint32().AsInt32x16().Add(base).StoreSlice(out)
		if found > 16 {
			packed.GetHi().ExtendToUint32().AsInt32x16().Add(base).StoreSlice(out[16:])
		}
		if found > 32 {
			store(out, first, w)
		}
		base, first, n = base.Add(step), first+64, n+found
	}
	archsimd.ClearAVXUpperBits()
	return n
}
