package scan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestLogKeepsEveryWord compares a log with plain slices: upper halves that stay
// the same, that change now and then, and that change with every row.
func TestLogKeepsEveryWord(t *testing.T) {
	for name, spread := range map[string]uint64{"one upper half": 1, "two": 2, "many": 1 << 20} {
		for _, spills := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", spilled ", spills), func(t *testing.T) {
				const agents = 40
				r := rand.New(rand.NewPCG(1, spread))
				log, away, want := agentLog{}, &scratch{}, make([][]uint64, agents)
				log.room(agents)
				for batch := range 60 {
					codes, cells, mask := make([]uint64, 500), make([]uint32, 500), make([]byte, 500)
					for i := range codes {
						codes[i] = r.Uint64N(spread)<<30 | r.Uint64N(1<<20)
						cells[i] = r.Uint32N(agents)<<dayBits | r.Uint32N(maxDays)
						if mask[i] = byte(r.IntN(2)); r.IntN(9) == 0 {
							codes[i], cells[i] = codes[i]&uint64(-r.IntN(2)), 0
						}
						if codes[i] != 0 && cells[i] != 0 && (mask[i] == 1 || batch%2 == 0) {
							agent := cells[i] >> dayBits
							want[agent] = append(want[agent], codes[i]<<dayBits|uint64(cells[i]&(maxDays-1)))
						}
					}
					if batch%2 == 0 {
						mask = nil
					}
					log.add(codes, cells, mask)
					if spills && batch%20 == 7 {
						if err := log.spill(away); err != nil {
							t.Fatal(err)
						}
					}
				}
				if log.wide != (spread > 1) {
					t.Errorf("wide: %v", log.wide)
				}
				for agent := range want {
					var got []uint64
					log.each(agent, func(words []uint64) { got = append(got, words...) })
					if log.size(agent) != len(got) {
						t.Errorf("agent %d: %d words, said to be %d", agent, len(got), log.size(agent))
					}
					slices.Sort(got)
					slices.Sort(want[agent])
					if !slices.Equal(got, want[agent]) {
						t.Fatalf("agent %d: %d words, want %d", agent, len(got), len(want[agent]))
					}
				}
			})
		}
	}
}
