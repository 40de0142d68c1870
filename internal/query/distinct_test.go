package query

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"telepay/internal/period"
)

// Every scope's distinct count equals that of a map, for keys that lie close
// together, far apart and mixed, over any stretches.
func TestDistinctEqualsMaps(t *testing.T) {
	month := period.Span{From: period.MustDay("2026-10-01"), To: period.MustDay("2026-11-01")}
	r := rand.New(rand.NewPCG(5, 3))
	for round := range 40 {
		names := []string{"A", "B", "C", "D"}
		words := make([][]uint64, len(names))
		keys := []uint64{1 << 10, 1 << 58, 1 << 6, 3}[round%4]
		for a := range names {
			for range r.IntN(3000) {
				words[a] = append(words[a], (1+r.Uint64N(keys))<<wordDay|r.Uint64N(31))
			}
		}
		table := NewTable(Set{Distincts: []Distinct{{Name: "d"}}}, names, month)
		if round%5 == 0 {
			table.mostSlots = 1024
		}
		table.SetLog("d", func(agent int, each func([]uint64)) {
			half := len(words[agent]) / 2
			each(words[agent][:half])
			each(words[agent][half:])
		}, 1+round%3)
		scopes := [][]Stretch{{{"A", month}}, {{"nobody", month}}, {{"B", period.Span{From: month.From + 3, To: month.From + 4}}}, {{"C", period.Span{From: month.To, To: month.To + 9}}}, nil}
		for range 20 {
			var over []Stretch
			for range 1 + r.IntN(6) {
				from := month.From + period.Day(r.IntN(40)-5)
				over = append(over, Stretch{names[r.IntN(4)], period.Span{From: from, To: from + period.Day(r.IntN(40))}})
			}
			scopes = append(scopes, over)
		}
		for _, over := range scopes {
			seen := map[uint64]bool{}
			for _, s := range over {
				for a, name := range names {
					for _, w := range words[a] {
						if name == s.Agent && s.Days.Has(month.From+period.Day(w&31)) {
							seen[w>>wordDay] = true
						}
					}
				}
			}
			if got := table.Distinct("d", over); got != int64(len(seen)) {
				t.Fatal(fmt.Sprintf("round %d over %v: %d, want %d", round, over, got, len(seen)))
			}
		}
	}
}
