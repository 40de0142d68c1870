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

// What joins sixteen digits to numbers of two, four and eight digits.
var (
	pairUp  = [16]int8{10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1}
	fourUp  = [8]int16{100, 1, 100, 1, 100, 1, 100, 1}
	eightUp = [8]int16{10000, 1, 10000, 1, 10000, 1, 10000, 1}
)

// numbered reads an id as the 16 characters that end where it ends. Each is taken
// down by the character that must stand there, or by '0', and may then be 0, or up to 9;
// what lies before the id is made 0.
func (s *shape) numbered(cells *column, out []uint64, first int) int {
	if !wide || s.size > 16 {
		return s.numberedPortable(cells, out, first)
	}
	var under, most, within [16]uint8
	for i := range s.size {
		at := 16 - s.size + i
		if under[at], within[at] = uint8(s.fixed[i/8]>>(i%8*8)), 0xff; s.mask[i/8]>>(i%8*8)&0xff == 0 {
			under[at], most[at] = '0', 9
		}
	}
	unders, mosts, withins := archsimd.LoadUint8x16(&under), archsimd.LoadUint8x16(&most), archsimd.LoadUint8x16(&within)
	by10, by100, by10000 := archsimd.LoadInt8x16(&pairUp), archsimd.LoadInt16x8(&fourUp), archsimd.LoadInt16x8(&eightUp)
	done := len(out)
	for r := range out {
		from, to := cells.inner(first + r)
		x := archsimd.LoadUint8x16Slice(cells.buf[to-16:]).Sub(unders).And(withins)
		if to-from != s.size || !x.SubSaturated(mosts).IsZero() {
			done = r
			break
		}
		fours := x.DotProductPairsSaturated(by10).DotProductPairs(by100)
		eights := fours.SaturateToInt16Concat(fours).DotProductPairs(by10000).AsUint64x2().GetElem(0)
		out[r] = s.high | (eights&0xffffffff)*100000000 + eights>>32
	}
	archsimd.ClearAVXUpperBits()
	return done
}

// lastOf16 keeps the last n of 16 bytes.
var lastOf16 = func() (keep [9][16]uint8) {
	for n := range keep {
		for i := 16 - n; i < 16; i++ {
			keep[n][i] = 0xff
		}
	}
	return keep
}()

// wholes is numbered without fixed characters and of any size up to eight.
func wholes(cells *column, out []int32, first int) int {
	if !wide {
		return wholesPortable(cells, out, first)
	}
	zeros, nines := archsimd.BroadcastUint8x16('0'), archsimd.BroadcastUint8x16(9)
	by10, by100, by10000 := archsimd.LoadInt8x16(&pairUp), archsimd.LoadInt16x8(&fourUp), archsimd.LoadInt16x8(&eightUp)
	done := len(out)
	for r := range out {
		from, to := cells.inner(first + r)
		n := to - from
		if n == 0 {
			out[r] = missing
			continue
		}
		if n > 8 {
			done = r
			break
		}
		x := archsimd.LoadUint8x16Slice(cells.buf[to-16:]).Sub(zeros).And(archsimd.LoadUint8x16(&lastOf16[n]))
		if !x.SubSaturated(nines).IsZero() {
			done = r
			break
		}
		fours := x.DotProductPairsSaturated(by10).DotProductPairs(by100)
		out[r] = int32(fours.SaturateToInt16Concat(fours).DotProductPairs(by10000).GetElem(1))
	}
	archsimd.ClearAVXUpperBits()
	return done
}
