package scan

import (
	"math/rand/v2"
	"testing"
)

// A code passes exactly where its table has a 1, whatever the size of the table;
// odd codes and codes beyond it never pass.
func TestInTable(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 56))
	for size := range 600 {
		table, codes := make([]byte, size), make([]uint32, 2000)
		for i := range table {
			table[i] = byte(r.IntN(2))
		}
		for i := range codes {
			if codes[i] = uint32(r.IntN(700)); i%9 == 0 {
				codes[i] |= odd
			}
		}
		out := make([]byte, 2000)
		inTable(out, codes, table)
		for i, c := range codes {
			if want := c < uint32(size) && table[c] == 1; out[i] != bit(want) {
				t.Fatalf("a table of %d: code %x is %d", size, c, out[i])
			}
		}
	}
}
