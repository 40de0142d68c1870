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
	a.agents = n + n/4 + 16
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
	codes := a.codes(l.of, f)
	var mask []byte
	if l.where >= 0 {
		mask = f.masks[l.where][:f.rows]
	}
	log := &a.logs[i]
	for r, c := range f.cell[:len(codes)] {
		keep := bit(codes[r] != 0) & bit(c != 0)
		if mask != nil {
			keep &= mask[r]
		}
		t := &log.tails[c>>dayBits]
		if t.used == chunkSize {
			if keep == 0 {
				continue
			}
			log.another(t)
		}
		// Words that are not kept are overwritten by the next one.
		t.words[t.used&(chunkSize-1)] = codes[r]<<dayBits | uint64(c&(maxDays-1))
		t.used += int32(keep)
	}
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

// agentLog is words by agent, in chunks: adding one is a store, without looking
// anything up.
type agentLog struct {
	chunks [][]uint64 // each chunkSize words
	before []int32    // chunk of the same agent before this one, −1 for none
	tails  []tail     // by agent
	away   []away
}

// away is a log that was written to the scratch file, sorted by agent.
type away struct {
	scratch *scratch
	at      int64
	begins  []int // of each agent's words, and the end of the last one's
}

// bytes is the memory that the words take.
func (l *agentLog) bytes() int { return len(l.chunks) * chunkSize * 8 }

// spill writes the log to the scratch file and begins anew.
func (l *agentLog) spill(s *scratch) error {
	a := away{scratch: s, begins: make([]int, len(l.tails)+1)}
	for agent := range l.tails {
		a.begins[agent+1] = a.begins[agent] + l.held(agent)
	}
	var err error
	if a.at, err = s.reserve(int64(8 * a.begins[len(l.tails)])); err != nil {
		return err
	}
	w := s.writer(a.at)
	for agent := range l.tails {
		l.eachHeld(agent, w.write)
	}
	l.chunks, l.before, l.away = nil, nil, append(l.away, a)
	for agent := range l.tails {
		l.tails[agent] = tail{chunk: -1, used: chunkSize}
	}
	return w.flush()
}

// tail is where an agent's next word goes.
type tail struct {
	words       *[chunkSize]uint64 // chunk, nil before the first word
	chunk, used int32
}

const chunkSize = 128

func (l *agentLog) room(agents int) {
	for len(l.tails) < agents {
		l.tails = append(l.tails, tail{chunk: -1, used: chunkSize})
	}
}

// another gives an agent a new chunk.
func (l *agentLog) another(t *tail) {
	l.chunks = append(l.chunks, l.newChunk())
	l.before = append(l.before, t.chunk)
	t.chunk = int32(len(l.chunks) - 1)
	t.words, t.used = (*[chunkSize]uint64)(l.chunks[t.chunk]), 0
}

// newChunk cuts chunks from pieces of 64, so that there are few allocations.
func (l *agentLog) newChunk() []uint64 {
	if n := len(l.chunks); n%64 != 0 {
		last := l.chunks[n-1]
		return last[chunkSize : 2*chunkSize : cap(last)]
	}
	piece := make([]uint64, 64*chunkSize)
	for at := 0; at < len(piece); at += pageWords {
		piece[at] = 0 // a fresh page that is read before it is written costs two faults, the second with both cores stopped
	}
	return piece[:chunkSize]
}

// pageWords is at most what a page of memory holds.
const pageWords = 512

// each calls f with the words of an agent, piece by piece.
func (l *agentLog) each(agent int, f func(words []uint64)) {
	for _, a := range l.away {
		if agent+1 < len(a.begins) {
			a.scratch.words(a.at+int64(8*a.begins[agent]), a.begins[agent+1]-a.begins[agent], f)
		}
	}
	l.eachHeld(agent, f)
}

func (l *agentLog) eachHeld(agent int, f func(words []uint64)) {
	if agent >= len(l.tails) {
		return
	}
	t := l.tails[agent]
	for chunk, used := t.chunk, t.used; chunk >= 0; chunk, used = l.before[chunk], chunkSize {
		f(l.chunks[chunk][:used])
	}
}

// size is how many words an agent has.
func (l *agentLog) size(agent int) int {
	n := l.held(agent)
	for _, a := range l.away {
		if agent+1 < len(a.begins) {
			n += a.begins[agent+1] - a.begins[agent]
		}
	}
	return n
}

func (l *agentLog) held(agent int) (n int) {
	l.eachHeld(agent, func(words []uint64) { n += len(words) })
	return n
}
