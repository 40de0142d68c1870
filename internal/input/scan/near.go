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

// others finds, for each Near query, on which days each value passes its Other.
func (p *pass) others() []codeDays {
	out := make([]codeDays, len(p.e.prog.near))
	for i, n := range p.e.prog.near {
		for _, w := range p.workers {
			log := &w.acc.logs[n.other]
			for agent := range log.tails {
				log.each(agent, out[i].add)
			}
		}
	}
	return out
}

// codeDays has a bit for each day of each code.
type codeDays struct {
	codes []uint64 // 0 is free
	days  []uint32
	n     int
}

func (c *codeDays) add(words []uint64) {
	for _, w := range words {
		if 2*c.n >= len(c.codes) {
			c.grow()
		}
		i := c.find(w >> dayBits)
		if c.codes[i] == 0 {
			c.codes[i] = w >> dayBits
			c.n++
		}
		c.days[i] |= 1 << (w & (maxDays - 1))
	}
}

// of returns the days of a code.
func (c *codeDays) of(code uint64) uint32 {
	if c.n == 0 {
		return 0
	}
	return c.days[c.find(code)]
}

func (c *codeDays) find(code uint64) int {
	mask := len(c.codes) - 1
	for i := int(spread(code)) & mask; ; i = (i + 1) & mask {
		if c.codes[i] == code || c.codes[i] == 0 {
			return i
		}
	}
}

func (c *codeDays) grow() {
	old := *c
	c.codes, c.days = make([]uint64, max(1024, 2*len(old.codes))), make([]uint32, max(1024, 2*len(old.codes)))
	for i, code := range old.codes {
		if code != 0 {
			at := c.find(code)
			c.codes[at], c.days[at] = code, old.days[i]
		}
	}
}

// near counts the rows of an agent that have one of the others near.
func (p *pass) near(t *query.Table, place, code int, seen *wordCounts, others []codeDays) {
	at := len(p.e.prog.measures) + len(p.e.prog.repeats)
	for i, n := range p.e.prog.near {
		if others[i].n == 0 {
			continue
		}
		p.wordsOf(n.rows, code, seen)
		seen.each(func(word uint64, rows int64) {
			day := word & (maxDays - 1)
			if uint64(others[i].of(word>>dayBits))<<(maxDays-day)&n.days != 0 {
				t.Cell(place, p.e.job.Days.From+period.Day(day))[at+i] += rows
			}
		})
	}
}
