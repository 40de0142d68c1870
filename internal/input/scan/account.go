package scan

import (
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
	cells := make([]int64, a.agents*maxDays*len(a.prog.measures))
	copy(cells, a.cells)
	a.cells = cells
	for i := range a.logs {
		a.logs[i].room(a.agents)
	}
}

// measure adds the rows of f to counter i of their cells. Each case is written
// out: no call and no test per row.
func (a *accounts) measure(m *measure, i int, f *frame) {
	if f.counts != nil {
		a.measureCounts(m, i, f)
		return
	}
	n, cell := len(a.prog.measures), f.cell[:f.rows]
	counters := a.cells[i:]
	var mask []byte
	if m.where >= 0 {
		mask = f.masks[m.where][:len(cell)]
	}
	switch {
	case m.kind == query.Count && mask == nil:
		for _, c := range cell {
			counters[int(c)*n]++
		}
	case m.kind == query.Count:
		for r, c := range cell {
			counters[int(c)*n] += int64(mask[r])
		}
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

// measureCounts is measure for rows that stand for many calls. They have no longest call and no hour.
func (a *accounts) measureCounts(m *measure, i int, f *frame) {
	n, counters := len(a.prog.measures), a.cells[i:]
	values := f.counts
	switch m.kind {
	case query.Sum:
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
