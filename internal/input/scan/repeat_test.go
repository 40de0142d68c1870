package scan

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestIDsComeBack notes blocks of ids whose steps are equal, alternate, or are of any
// size, with rows that do not count between, and reads them again.
func TestIDsComeBack(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var log idLog
	var want []uint64
	for block := range 200 {
		id, ids, cells := uint64(1+block*1_000_000_000), make([]uint64, 1+r.IntN(300)), make([]uint32, 300)
		for i := range ids {
			ids[i], cells[i] = id, uint32(r.IntN(40))
			if block%5 == 4 {
				id += 1 + r.Uint64N(3_000_000)
			} else if i%(1+block%5) == 0 {
				id++
			} else {
				id += 200
			}
			if cells[i] != 0 {
				want = append(want, ids[i])
			}
		}
		if block%7 == 6 && len(ids) > 1 { // not ascending
			slices.Reverse(ids)
			slices.Reverse(cells[:len(ids)])
		}
		log.add(ids, cells[:len(ids)])
		if block == 100 {
			if err := log.spill(&scratch{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	var got []uint64
	for i := range log.runs {
		log.runs[i].each(func(id uint64) { got = append(got, id) })
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%d ids come back, want %d", len(got), len(want))
	}
}
