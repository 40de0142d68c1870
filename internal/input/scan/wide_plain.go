//go:build !(goexperiment.simd && amd64)

package scan

func (m *marks) mark(buf []byte, n int, comma byte) { m.markPortable(buf, n, comma) }

func places(into []int32, words []uint64, first int32) int {
	return placesPortable(into, words, first)
}

func (s *shape) numbered(cells *column, out []uint64, first int) int {
	return s.numberedPortable(cells, out, first)
}

func wholes(cells *column, out []int32, first int) int { return wholesPortable(cells, out, first) }
