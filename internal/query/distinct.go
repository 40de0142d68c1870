package query

import (
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
	words Words
	month []int32 // different keys of each agent
	days  []int32 // of each agent on each day: agents × days
}

// SetLog answers the distinct query name by words, and counts every agent's own
// month and days, with so many goroutines.
func (t *Table) SetLog(name string, words Words, workers int) {
	l := t.logs[name]
	n := t.days.Days()
	l.words, l.month, l.days = words, make([]int32, len(t.agents)), make([]int32, len(t.agents)*n)
	var wait sync.WaitGroup
	for first := range workers {
		wait.Go(func() {
			var seen dayMasks
			size, add := seen.size, seen.add
			for agent := first; agent < len(l.month); agent += workers {
				seen.total, seen.n, seen.byDay = 0, 0, l.days[agent*n:(agent+1)*n]
				words(agent, size)
				seen.begin()
				words(agent, add)
				l.month[agent] = seen.n
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
	var seen keySet
	for _, s := range over {
		if agent, ok := t.agents[s.Agent]; ok {
			wanted := t.mask(s.Days)
			l.words(agent, func(words []uint64) { seen.add(words, wanted) })
		}
	}
	return seen.n
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
	slots []keySlot
	used  int
	n     int64
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
			s.grow()
		}
		key := w >> wordDay
		slot := s.find(key>>6 + 1)
		if slot.at == 0 {
			slot.at = key>>6 + 1
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

// dayMasks counts one agent's keys in all and by day; its table is used again
// for the next agent.
type dayMasks struct {
	slots []dayMask
	total int     // words to come
	n     int32   // different keys
	byDay []int32 // different keys of each day
}

type dayMask struct {
	key  uint64 // 0 is free
	days uint32
}

func (s *dayMasks) size(words []uint64) { s.total += len(words) }

// begin clears a table that is large enough for all words.
func (s *dayMasks) begin() {
	size := 64
	for 2*size < 3*s.total {
		size *= 2
	}
	if cap(s.slots) < size {
		s.slots = make([]dayMask, size)
	}
	s.slots = s.slots[:size]
	clear(s.slots)
}

func (s *dayMasks) add(words []uint64) {
	slots := s.slots
	mask := uint64(len(slots) - 1)
	for _, w := range words {
		key, day := w>>wordDay, w&(1<<wordDay-1)
		i := mix(key) & mask
		for slots[i].key != key && slots[i].key != 0 {
			i = (i + 1) & mask
		}
		slot := &slots[i]
		if slot.key == 0 {
			slot.key = key
			s.n++
		}
		if slot.days>>day&1 == 0 {
			slot.days |= 1 << day
			s.byDay[day]++
		}
	}
}
