package scan

import (
	"telepay/internal/period"
	"telepay/internal/query"
)

// nearOf is a Near query by the logs behind it: its rows, and those that have to
// stand near. days has a bit for each distance that counts: bit maxDays would be 0 days.
type nearOf struct {
	rows, other int
	days        uint64
}

// span sets the bits of the distances from a to b days.
func span(a, b int) (days uint64) {
	for d := max(a, 1-maxDays); d <= min(b, maxDays-1); d++ {
		if d != 0 {
			days |= 1 << (maxDays + d)
		}
	}
	return days
}

// others finds, for each Near query, on which days each value passes its Other:
// a bit for each day of the month.
func (p *pass) others() []map[uint64]uint32 {
	out := make([]map[uint64]uint32, len(p.e.prog.near))
	for i, n := range p.e.prog.near {
		out[i] = map[uint64]uint32{}
		for _, w := range p.workers {
			for agent := range w.acc.logs[n.other].tails {
				w.acc.logs[n.other].each(agent, func(word uint64) {
					out[i][word>>dayBits] |= 1 << (word & (maxDays - 1))
				})
			}
		}
	}
	return out
}

// near counts the rows of an agent that have one of the others near.
func (p *pass) near(t *query.Table, place, code int, seen *wordCounts, others []map[uint64]uint32) {
	at := len(p.e.prog.measures) + len(p.e.prog.repeats)
	for i, n := range p.e.prog.near {
		if len(others[i]) == 0 {
			continue
		}
		p.wordsOf(n.rows, code, seen)
		seen.each(func(word uint64, rows int64) {
			day := word & (maxDays - 1)
			if uint64(others[i][word>>dayBits])<<(maxDays-day)&n.days != 0 {
				t.Cell(place, p.e.job.Days.From+period.Day(day))[at+i] += rows
			}
		})
	}
}
