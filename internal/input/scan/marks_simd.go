//go:build goexperiment.simd && amd64

package scan

import "simd/archsimd"

// wide tells whether the processor has the instructions of this file.
var wide = archsimd.X86.AVX2()

func (m *marks) mark(buf []byte, n int, comma byte) {
	if !wide {
		m.markPortable(buf, n, comma)
		return
	}
	m.room(n)
	commas, newlines, quotes := archsimd.BroadcastUint8x32(comma), archsimd.BroadcastUint8x32('\n'), archsimd.BroadcastUint8x32('"')
	seps, quoted := m.seps[:len(m.seps)-1], m.quotes[:len(m.seps)-1]
	for i := range seps {
		b := buf[i*64 : i*64+64 : i*64+64]
		x, y := archsimd.LoadUint8x32Slice(b), archsimd.LoadUint8x32Slice(b[32:])
		low := x.Equal(commas).Or(x.Equal(newlines)).ToBits()
		high := y.Equal(commas).Or(y.Equal(newlines)).ToBits()
		seps[i] = uint64(low) | uint64(high)<<32
		quoted[i] = uint64(x.Equal(quotes).ToBits()) | uint64(y.Equal(quotes).ToBits())<<32
	}
	archsimd.ClearAVXUpperBits()
	m.cutOff(n)
}

func plainRun(b []byte) int {
	if !wide {
		return plainRunPortable(b)
	}
	// As signed numbers one up, DEL and what is not ASCII are negative.
	one, blank, newlines := archsimd.BroadcastInt8x32(1), archsimd.BroadcastInt8x32(' '+1), archsimd.BroadcastUint8x32('\n')
	n := 0
	for ; n+32 <= len(b); n += 32 {
		x := archsimd.LoadUint8x32Slice(b[n:])
		odd := blank.Greater(x.AsInt8x32().Add(one))
		if odd.ToBits()&^x.Equal(newlines).ToBits() != 0 {
			break
		}
	}
	archsimd.ClearAVXUpperBits()
	return n
}
