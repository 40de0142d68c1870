package scan

import (
	"bytes"

	"telepay/internal/query"
)

// A cell is an agent on a day: code × 32 + day from the begin of the month.
const (
	dayBits = 5
	maxDays = 1 << dayBits
)

// accounts is what one worker adds up: counters by cell, logs by agent, moments.
// Cell 0 takes the rows that do not count, so that no loop has to ask.
type accounts struct {
	prog    *program
	cells   []int64 // counters of a cell side by side
	logs    []agentLog
	met     [][]moment
	agents  int
	scratch []uint64
}

// moment is a row that a Moments query met, by codes.
type moment struct {
	key    int
	cell   uint32
	second int32
}

func (a *accounts) begin(p *program) {
	a.prog, a.logs, a.met = p, make([]agentLog, len(p.logs)), make([][]moment, len(p.moments))
}

func (a *accounts) bytes() (n int) {
	for i := range a.logs {
		n += a.logs[i].bytes()
	}
	return n
}

// room makes place for every agent met so far.
func (a *accounts) room(p *people) {
	n := len(p.all())
	if n <= a.agents && a.agents > 0 {
		return
	}
	a.agents = 2*n + 64 // what is not met takes no memory until it is written to
	cells := make([]int64, a.agents*maxDays*a.prog.width)
	copy(cells, a.cells)
	a.cells = cells
	for i := range a.logs {
		a.logs[i].room(a.agents)
	}
}

// measures adds the rows of f to all counters.
func (a *accounts) measures(f *frame) {
	p := a.prog
	if f.counts != nil {
		for i := range p.measures {
			a.measureCounts(&p.measures[i], f)
		}
		return
	}
	for i, where := range p.fours {
		a.count(4*i, where, f)
	}
	for i := range p.measures {
		if m := &p.measures[i]; m.kind != query.Count {
			a.measure(m, f)
		}
	}
}

// count adds the rows of f to four counters of their cells at once: the cell is
// found, and its line of memory fetched, once.
func (a *accounts) count(at int, where [4]int, f *frame) {
	width, counters, cell := a.prog.width, a.cells, f.cell[:f.rows]
	var masks [4][]byte
	for i, w := range where {
		masks[i] = f.mask(w)[:len(cell)]
	}
	m0, m1, m2, m3 := masks[0], masks[1][:len(cell)], masks[2][:len(cell)], masks[3][:len(cell)]
	for r, c := range cell {
		four := (*[4]int64)(counters[int(c)*width+at:])
		four[0] += int64(m0[r])
		four[1] += int64(m1[r])
		four[2] += int64(m2[r])
		four[3] += int64(m3[r])
	}
}

// measure adds the rows of f to the counters of any other measure. Each case is
// written out: no call and no test per row.
func (a *accounts) measure(m *measure, f *frame) {
	if m.num >= len(numberFields) {
		a.measureOwn(m, f)
		return
	}
	n, cell := a.prog.width, f.cell[:f.rows]
	counters := a.cells[m.at:]
	var mask []byte
	if m.where >= 0 {
		mask = f.masks[m.where][:len(cell)]
	}
	switch {
	case m.kind == query.Sum && mask == nil:
		for r, v := range f.values(m.num)[:len(cell)] {
			counters[int(cell[r])*n] += int64(v &^ (v >> 31))
		}
	case m.kind == query.Sum:
		for r, v := range f.values(m.num)[:len(cell)] {
			counters[int(cell[r])*n] += int64(v &^ (v >> 31) & -int32(mask[r]))
		}
	case m.kind == query.Slots:
		for r, v := range f.nums[numClock][:len(cell)] {
			in := int64(1)
			if mask != nil {
				in = int64(mask[r])
			}
			counters[int(cell[r])*n] |= in << (uint32(v) / query.Slot & 63)
		}
	case mask == nil:
		for r, v := range f.values(m.num)[:len(cell)] {
			p := &counters[int(cell[r])*n]
			*p = max(*p, int64(v))
		}
	default:
		for r, v := range f.values(m.num)[:len(cell)] {
			p := &counters[int(cell[r])*n]
			*p = max(*p, int64(v&-int32(mask[r])))
		}
	}
}

// measureOwn is measure for numbers of the company's own, which may be negative.
func (a *accounts) measureOwn(m *measure, f *frame) {
	n, counters, mask := a.prog.width, a.cells[m.at:], f.mask(m.where)
	values, cell := f.own[m.num-len(numberFields)][:f.rows], f.cell[:f.rows]
	if m.kind == query.Sum {
		for r, v := range values {
			counters[int(cell[r])*n] += v & -int64(mask[r]&bit(v != noOwn))
		}
		return
	}
	for r, v := range values {
		p := &counters[int(cell[r])*n]
		*p = max(*p, (v+m.lift)&-int64(mask[r]))
	}
}

// measureCounts is count and measure for rows that stand for many calls. They have no longest call and no hour.
func (a *accounts) measureCounts(m *measure, f *frame) {
	n, counters := a.prog.width, a.cells[m.at:]
	values := f.counts
	switch m.kind {
	case query.Sum:
		if m.num >= len(numberFields) {
			return // counters have no columns of the company's own
		}
		values = f.values(m.num)
	case query.Max, query.Slots:
		return
	}
	for r, c := range f.cell[:f.rows] {
		if m.where < 0 || f.masks[m.where][r] != 0 {
			counters[int(c)*n] += int64(max(0, values[r]))
		}
	}
}

// mask returns what a filter said of each row.
func (f *frame) mask(where int) []byte {
	if where >= 0 {
		return f.masks[where]
	}
	if len(f.every) < f.rows {
		f.none = make([]byte, f.rows+f.rows/4)
		f.every = bytes.Repeat([]byte{1}, len(f.none))
	}
	if where == noRow {
		return f.none
	}
	return f.every
}

// values returns a number column as sums take it.
func (f *frame) values(num int) []int32 {
	if num == numTalk {
		return f.paid
	}
	return f.nums[num]
}

// log notes value and day of each row that passes, by agent.
func (a *accounts) log(i int, l *logOf, f *frame) {
	var mask []byte
	if l.where >= 0 {
		mask = f.masks[l.where][:f.rows]
	}
	a.logs[i].add(a.codes(l.of, f), f.cell[:f.rows], mask)
}

// codes returns a text column as 64-bit codes, 0 where it is empty.
func (a *accounts) codes(v vector, f *frame) []uint64 {
	if v.class == idClass {
		return f.ids[v.at][:f.rows]
	}
	narrow := f.agent
	if v.class == wordClass {
		narrow = f.words[v.at]
	}
	a.scratch = grown(a.scratch, f.rows)
	for r, c := range narrow[:f.rows] {
		a.scratch[r] = uint64(c)
	}
	return a.scratch
}

func (a *accounts) moments(i int, m *momentsOf, f *frame) {
	if len(m.keys) == 0 {
		return
	}
	codes := a.codes(m.of, f)
	for r, c := range f.cell[:f.rows] {
		if c == 0 || codes[r] == 0 || m.where >= 0 && f.masks[m.where][r] == 0 {
			continue
		}
		for _, key := range m.keys[codes[r]] {
			a.met[i] = append(a.met[i], moment{key, c, f.nums[numClock][r]})
		}
	}
}
