package scan

import (
	"math/bits"
	"sync"

	"telepay/internal/query"
)

// Codes of words and agents: 0 is empty, odd and the index in the list of odd
// spellings what is not known.
const (
	odd     = uint32(1) << 31
	maxOdds = 1 << 16 // odd spellings kept by name; all others are one
	waiting = odd | maxOdds
	// elsewhere is the agent of calls that count in another reading.
	elsewhere = waiting + 1
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
	cells map[string]uint32 // cells as they are written, so that only the first worker has to ask
	known func(string) (string, bool)
	waits func(string) bool
	codes map[string]uint32
	names []string
	odds  oddWords
}

func newPeople(job Job) *people {
	return &people{cells: map[string]uint32{}, known: job.Known, waits: job.Waits, codes: map[string]uint32{}, names: []string{""}, odds: newOddWords()}
}

// cell resolves a cell of b.
func (p *people) cell(b *batch, cell []byte) uint32 {
	p.mu.Lock()
	code, ok := p.cells[string(cell)]
	p.mu.Unlock()
	if ok {
		return code
	}
	code = p.code(b.bare(cell))
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.cells) < maxSpellings {
		p.cells[string(cell)] = code
	}
	return code
}

// code resolves a spelling; 0 for none, odd for one that the roster does not have,
// waiting for one whose row there has a fault.
func (p *people) code(raw string) uint32 {
	if query.Normal(raw) == "" {
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
	shift uint8
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

// column codes the cells of a column; ask says what a spelling means that is met first.
func (t *spellings) column(b *batch, c int, out []uint32, ask func(cell []byte) uint32) {
	cells := b.column(c)
	for r := 0; r < len(out); r++ {
		if r += t.run(&cells, out[r:], r); r == len(out) {
			return
		}
		from, to := cells.cell(r)
		out[r] = t.find(b, from, to, ask)
	}
}

// run codes cells from cell first on, as long as each is found where it is looked
// for first, and returns how many.
func (t *spellings) run(cells *column, out []uint32, first int) int {
	slots, shift := t.slots, t.shift
	if len(slots) == 0 {
		return 0
	}
	for r := range out {
		from, to := cells.cell(first + r)
		n := uint(to - from)
		if n > 16 {
			return r
		}
		text, keep := cells.buf[from:from+16], &first16[n]
		low, high := load(text, 0)&keep[0], load(text, 8)&keep[1]
		s := &slots[slotOf(low, high, shift)&(len(slots)-1)]
		if s.low != low || s.high != high || s.size != uint32(n+1) {
			return r
		}
		out[r] = s.code
	}
	return len(out)
}

// first16 keeps the first n of 16 bytes.
var first16 = func() (keep [17][2]uint64) {
	for n := range keep {
		keep[n] = [2]uint64{firstBytes[min(n, 8)], firstBytes[max(n, 8)-8]}
	}
	return keep
}()

// slotOf spreads a cell over 2 to the power of 64 - shift slots: the top bits of a
// product depend on all of it.
func slotOf(low, high uint64, shift uint8) int {
	return int((low ^ high*eachByte) * 0x9e3779b97f4a7c15 >> (shift & 63))
}

// find returns the code of a cell, wherever it is.
func (t *spellings) find(b *batch, from, to int, ask func(cell []byte) uint32) uint32 {
	n := to - from
	if n > 16 {
		return t.findLong(b.buf[from:to], ask)
	}
	s := spelling{low: load(b.buf, from) & first16[n][0], high: load(b.buf, from+8) & first16[n][1], size: uint32(n + 1)}
	if len(t.slots) > 0 {
		if at := t.place(s); t.slots[at].size > 0 {
			return t.slots[at].code
		}
	}
	s.code = ask(b.buf[from:to])
	t.put(s)
	return s.code
}

// place returns the slot of a spelling, or the free one where it belongs.
func (t *spellings) place(s spelling) int {
	for i := slotOf(s.low, s.high, t.shift); ; i++ {
		at := i & (len(t.slots) - 1)
		o := &t.slots[at]
		if o.size == 0 || o.low == s.low && o.high == s.high && o.size == s.size {
			return at
		}
	}
}

// put keeps the table at most a quarter full, so that the first look nearly always hits.
func (t *spellings) put(s spelling) {
	if t.n >= maxSpellings {
		return
	}
	if 4*t.n >= len(t.slots) {
		old := t.slots
		t.slots, t.n = make([]spelling, max(256, 4*len(old))), 0
		t.shift = uint8(64 - bits.Len(uint(len(t.slots)-1)))
		for _, o := range old {
			if o.size > 0 {
				t.put(o)
			}
		}
	}
	t.slots[t.place(s)] = s
	t.n++
}

func (t *spellings) findLong(cell []byte, ask func(cell []byte) uint32) uint32 {
	if code, ok := t.long[string(cell)]; ok {
		return code
	}
	code := ask(cell)
	if len(t.long) < maxSpellings {
		if t.long == nil {
			t.long = map[string]uint32{}
		}
		t.long[string(cell)] = code
	}
	return code
}

// spread mixes a word so that its low bits depend on all of it.
func spread(x uint64) uint64 {
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>32
}
