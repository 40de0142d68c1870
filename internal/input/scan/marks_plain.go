//go:build !(goexperiment.simd && amd64)

package scan

func (m *marks) mark(buf []byte, n int, comma byte) { m.markPortable(buf, n, comma) }

func plainRun(b []byte) int { return plainRunPortable(b) }
