package scan

import (
	"sync"
)

// Codes of words and agents: 0 is empty, odd and the index in the list of odd
// spellings what is not known.
const (
	odd     = uint32(1) << 31
	maxOdds = 1 << 16 // odd spellings kept by name; all others are one
	waiting = odd | maxOdds
)

// dictionary numbers the values of one word field, normalised, as they come.
// Numbers depend on timing: they never reach an output or a sort.
type dictionary struct {
	mu    sync.Mutex
	codes map[string]uint32
	texts []string
	odds  oddWords
}

// oddWords is the spellings that mean nothing; index 0 stands for all beyond maxOdds.
type oddWords struct {
	codes map[string]uint32
	texts []string
}

func newOddWords() oddWords { return oddWords{codes: map[string]uint32{}, texts: []string{""}} }

func newDictionary() *dictionary {
	return &dictionary{codes: map[string]uint32{"": 0}, texts: []string{""}, odds: newOddWords()}
}

// code numbers a normalised text.
func (d *dictionary) code(text string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, ok := d.codes[text]
	if !ok {
		n = uint32(len(d.texts))
		d.codes[text] = n
		d.texts = append(d.texts, text)
	}
	return n
}

// all returns the texts known so far, by number.
func (d *dictionary) all() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.texts
}

// oddCode numbers a spelling that means nothing.
func (d *dictionary) oddCode(raw string) uint32 {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.odds.code(raw)
}

func (o *oddWords) code(raw string) uint32 {
	n, ok := o.codes[raw]
	if !ok && len(o.texts) < maxOdds {
		n = uint32(len(o.texts))
		o.codes[raw] = n
		o.texts = append(o.texts, raw)
	}
	return odd | n
}

// people numbers agents by the roster's spelling, from 1.
type people struct {
	mu    sync.Mutex
	known func(string) (string, bool)
	waits func(string) bool
	codes map[string]uint32
	names []string
	odds  oddWords
}

func newPeople(job Job) *people {
	return &people{known: job.Known, waits: job.Waits, codes: map[string]uint32{}, names: []string{""}, odds: newOddWords()}
}

// code resolves a spelling; 0 for none, odd for one that the roster does not have,
// waiting for one whose row there has a fault.
func (p *people) code(raw string) uint32 {
	if normal(raw) == "" {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	id, ok := p.known(raw)
	switch {
	case !ok && p.waits != nil && p.waits(raw):
		return waiting
	case !ok:
		return p.odds.code(raw)
	}
	n, ok := p.codes[id]
	if !ok {
		n = uint32(len(p.names))
		p.codes[id] = n
		p.names = append(p.names, id)
	}
	return n
}

// all returns the agents met so far, by number.
func (p *people) all() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.names
}

// spellings is a worker's table from cells as they are written to codes, without
// a lock. Cells of up to 16 bytes are compared as two words.
type spellings struct {
	slots []spelling
	n     int
	long  map[string]uint32
}

type spelling struct {
	low, high uint64
	size      uint32 // bytes + 1; 0 is free
	code      uint32
}

// maxSpellings is how many a table holds; what is beyond is asked for each time.
const maxSpellings = 1 << 18

// find returns the code of buf[from:to], asking ask where it is met first.
func (t *spellings) find(buf []byte, from, to int, ask func() uint32) uint32 {
	n := to - from
	if n > 16 {
		return t.findLong(buf[from:to], ask)
	}
	low, high := load(buf, from)&firstBytes[min(n, 8)], uint64(0)
	if n > 8 {
		high = load(buf, from+8) & firstBytes[n-8]
	}
	size := uint32(n + 1)
	mask := uint64(len(t.slots) - 1)
	for i := spread(low^high*eachByte^uint64(n)) & mask; len(t.slots) > 0; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.low == low && s.high == high && s.size == size {
			return s.code
		}
		if s.size == 0 {
			break
		}
	}
	code := ask()
	t.put(spelling{low, high, size, code})
	return code
}

// spread mixes a word so that its low bits depend on all of it.
func spread(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>32
}

func (t *spellings) put(s spelling) {
	if t.n >= maxSpellings {
		return
	}
	if 2*t.n >= len(t.slots) {
		old := t.slots
		t.slots, t.n = make([]spelling, max(256, 4*len(old))), 0
		for _, o := range old {
			if o.size > 0 {
				t.put(o)
			}
		}
	}
	mask := uint64(len(t.slots) - 1)
	i := spread(s.low^s.high*eachByte^uint64(s.size-1)) & mask
	for t.slots[i].size > 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = s
	t.n++
}

func (t *spellings) findLong(cell []byte, ask func() uint32) uint32 {
	if code, ok := t.long[string(cell)]; ok {
		return code
	}
	code := ask()
	if len(t.long) < maxSpellings {
		if t.long == nil {
			t.long = map[string]uint32{}
		}
		t.long[string(cell)] = code
	}
	return code
}
