package query

import (
	"slices"
	"sync"

	"telepay/internal/period"
)

// Words hands over what a distinct query met of an agent, in any order and with
// repeats: each word is key × 32 + day, the day counted from the table's first.
// Equal keys are equal values within one table; 0 is no key.
type Words func(agent int, each func(words []uint64))

// wordDay is the part of a word that is the day.
const wordDay = 5

// log is a distinct query's answer: what is asked most, counted, and the words
// themselves for every other scope.
type log struct {
	words   Words
	workers int
	month   []int32 // different keys of each agent
	days    []int32 // of each agent on each day: agents × days
}

// SetLog answers the distinct query name by words, and counts every agent's own
// month and days, with so many goroutines.
func (t *Table) SetLog(name string, words Words, workers int) {
	l := t.logs[name]
	n := t.days.Days()
	l.words, l.workers, l.month, l.days = words, workers, make([]int32, len(t.agents)), make([]int32, len(t.agents)*n)
	var wait sync.WaitGroup
	for first := range workers {
		wait.Go(func() {
			var c dayCounter
			look, narrow, wide := c.look, c.narrow.add, c.wide.add
			for agent := first; agent < len(l.month); agent += workers {
				byDay := l.days[agent*n : (agent+1)*n]
				c.total, c.differ = 0, 0
				if words(agent, look); c.differ>>32 == 0 {
					c.narrow.begin(c.total, byDay)
					words(agent, narrow)
					l.month[agent] = c.narrow.n
				} else {
					c.wide.begin(c.total, byDay)
					words(agent, wide)
					l.month[agent] = c.wide.n
				}
			}
		})
	}
	wait.Wait()
}

// Distinct returns how many different values a scope had: the union, never a sum.
func (t *Table) Distinct(name string, over []Stretch) int64 {
	l := t.logs[name]
	if l.words == nil {
		return 0
	}
	if len(over) == 1 {
		agent, ok := t.agents[over[0].Agent]
		days := over[0].Days.And(t.days)
		switch {
		case !ok || days.Days() <= 0:
			return 0
		case days == t.days:
			return int64(l.month[agent])
		case days.Days() == 1:
			return int64(l.days[agent*t.days.Days()+int(days.From-t.days.From)])
		}
	}
	return t.union(l, over)
}

// union counts the keys of several agents, or of some days of one. Goroutines go
// through all words for each share of the keys; where a share does not fit a table,
// it is done again with smaller ones.
func (t *Table) union(l *log, over []Stretch) int64 {
	workers := max(1, min(l.workers, len(over)))
	for shares := workers; ; shares *= 4 {
		sets := slices.Repeat([]keySet{{most: t.mostSlots}}, workers)
		var wait sync.WaitGroup
		for w := range sets {
			wait.Go(func() {
				for share := w; share < shares && !sets[w].full; share += workers {
					sets[w].begin(share, shares)
					t.eachWord(l, over, sets[w].add)
				}
			})
		}
		wait.Wait()
		n, full := int64(0), false
		for i := range sets {
			n, full = n+sets[i].n, full || sets[i].full
		}
		if !full {
			return n
		}
	}
}

// eachWord calls f with the words of a scope, and the days of them that are wanted.
func (t *Table) eachWord(l *log, over []Stretch, f func(words []uint64, wanted uint32)) {
	for _, s := range over {
		if agent, ok := t.agents[s.Agent]; ok {
			wanted := t.mask(s.Days)
			l.words(agent, func(words []uint64) { f(words, wanted) })
		}
	}
}

// mask has bit i set where day i of the table lies in days.
func (t *Table) mask(days period.Span) (m uint32) {
	days = days.And(t.days)
	for d := days.From; d < days.To; d++ {
		m |= 1 << (d - t.days.From)
	}
	return m
}

// keySet counts different keys. Ids are mostly numbered in turn, so 64
// neighbours share a slot: a company's millions of customers stay in cache.
type keySet struct {
	share, shares uint64 // of all keys, those that are counted now
	slots         []keySlot
	used          int
	n             int64 // of this share and those before
	most          int   // slots
	full          bool  // a share needs more of them
}

// maxSlots are 64 MB: two million keys that have no neighbours.
const maxSlots = 1 << 22

func (s *keySet) begin(share, shares int) {
	s.share, s.shares, s.used = uint64(share), uint64(shares), 0
	clear(s.slots)
}

type keySlot struct {
	at   uint64 // key / 64 + 1; 0 is free
	bits uint64
}

// add counts the keys of the words whose day is wanted.
func (s *keySet) add(words []uint64, wanted uint32) {
	for _, w := range words {
		if wanted>>(w&(1<<wordDay-1))&1 == 0 {
			continue
		}
		if 2*s.used >= len(s.slots) {
			if s.full = len(s.slots) >= s.most; s.full {
				return
			}
			s.grow()
		}
		key := w >> wordDay
		at := key>>6 + 1
		if mix(at)>>32*s.shares>>32 != s.share {
			continue
		}
		slot := s.find(at)
		if slot.at == 0 {
			slot.at = at
			s.used++
		}
		bit := uint64(1) << (key & 63)
		if slot.bits&bit == 0 {
			slot.bits |= bit
			s.n++
		}
	}
}

func (s *keySet) find(at uint64) *keySlot {
	mask := uint64(len(s.slots) - 1)
	for i := mix(at) & mask; ; i = (i + 1) & mask {
		if slot := &s.slots[i]; slot.at == at || slot.at == 0 {
			return slot
		}
	}
}

func (s *keySet) grow() {
	old := s.slots
	s.slots = make([]keySlot, max(1024, 2*len(old)))
	for _, o := range old {
		if o.at != 0 {
			*s.find(o.at) = o
		}
	}
}

// mix spreads a key so that its low bits depend on all of it.
func mix(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>32
}

// dayCounter counts one agent's keys in all and by day; its tables are used again
// for the next agent. Mostly words differ in their lower halves only: then a table
// of half the size does.
type dayCounter struct {
	total  int    // words to come
	one    uint64 // of them
	differ uint64 // where any of them differs from it
	narrow dayMasks[uint32]
	wide   dayMasks[uint64]
}

func (c *dayCounter) look(words []uint64) {
	if c.total == 0 && len(words) > 0 {
		c.one = words[0]
	}
	c.total += len(words)
	for _, w := range words {
		c.differ |= w ^ c.one
	}
}

// dayMasks is a table from keys, or what differs in them, to the days they were met on.
type dayMasks[Key uint32 | uint64] struct {
	slots []dayMask[Key]
	n     int32   // different keys
	byDay []int32 // different keys of each day
}

type dayMask[Key uint32 | uint64] struct {
	key  Key
	days uint32 // 0 is free
}

// begin clears a table for so many words. Up to 64 Ki of them, three slots of four
// stay free, so that the first one looked at nearly always is the right one.
func (s *dayMasks[Key]) begin(total int, byDay []int32) {
	size := 64
	for 2*size < 3*total || size < min(4*total, 1<<18) {
		size *= 2
	}
	if cap(s.slots) < size {
		s.slots = make([]dayMask[Key], size)
	}
	s.slots, s.n, s.byDay = s.slots[:size], 0, byDay
	clear(s.slots)
}

func (s *dayMasks[Key]) add(words []uint64) {
	slots, byDay, n := s.slots, s.byDay, s.n
	mask := uint64(len(slots) - 1)
	for _, w := range words {
		key, day := Key(w>>wordDay), w&(1<<wordDay-1)
		i := mix(uint64(key)) & mask
		for slots[i].key != key && slots[i].days != 0 {
			i = (i + 1) & mask
		}
		slot := &slots[i]
		before := slot.days
		slot.key, slot.days = key, before|1<<day
		n += flag(before == 0)
		byDay[day] += flag(before>>day&1 == 0)
	}
	s.n = n
}

// flag is 1 for true; it compiles to no branch.
func flag(b bool) (n int32) {
	if b {
		n = 1
	}
	return n
}
