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

// nears answers the Near queries one after the other. Where the values of one pass
// the budget it is answered for a part of them at a time.
func (p *pass) nears(t *query.Table, order []int) {
	for i, n := range p.e.prog.near {
		parts := uint64(1 + min(p.wordsIn(n.other)*codeDaysBytes/p.e.opt.budget, mostParts))
		for part := range parts {
			others := p.others(n.other, part, parts)
			if others.n == 0 {
				continue
			}
			p.eachAgent(order, func(place, code int, seen *wordCounts) { p.near(t, i, place, code, seen, others) })
		}
	}
}

// wordsIn is how many words all workers have in a log.
func (p *pass) wordsIn(log int) (n int) {
	for _, w := range p.workers {
		for agent := range w.acc.logs[log].tails {
			n += w.acc.logs[log].size(agent)
		}
	}
	return n
}

// others finds on which days each value of a part stands in a log.
func (p *pass) others(log int, part, parts uint64) *codeDays {
	out := &codeDays{part: part, parts: parts}
	for _, w := range p.workers {
		log := &w.acc.logs[log]
		for agent := range log.tails {
			log.each(agent, out.add)
		}
	}
	return out
}

// codeDays has a bit for each day of each code of its part.
type codeDays struct {
	codes []uint64 // 0 is free
	days  []uint32
	n     int

	part, parts uint64
}

// codeDaysBytes is the memory of a code, at most.
const codeDaysBytes = 48

// mostParts is in how many parts, and one, values are taken at most.
const mostParts = 15

func (c *codeDays) add(words []uint64) {
	for _, w := range words {
		if c.parts > 1 && joinHash(w>>dayBits)>>32%c.parts != c.part {
			continue
		}
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

// of returns the days of a code, none of one that is not here.
func (c *codeDays) of(code uint64) uint32 { return c.days[c.find(code)] }

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
func (p *pass) near(t *query.Table, i, place, code int, seen *wordCounts, others *codeDays) {
	n, at := p.e.prog.near[i], len(p.e.prog.measures)+len(p.e.prog.repeats)+i
	p.wordsOf(n.rows, code, seen)
	seen.each(func(word uint64, rows int64) {
		day := word & (maxDays - 1)
		if uint64(others.of(word>>dayBits))<<(maxDays-day)&n.days != 0 {
			t.Cell(place, p.e.job.Days.From+period.Day(day))[at] += rows
		}
	})
}
