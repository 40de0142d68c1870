package scan

import "sync/atomic"

// connect is one row of an export of connects whose call has several.
type connect struct {
	stated
	code  uint64
	at    int64 // second of the answer, since 1970 in the project's zone
	link  int32 // the call's connect after this one, noConnect for none
	fate  reason
	place place
}

// stated is what a connect says of its call.
type stated struct {
	next          uint64
	agent, intent uint32
	talk, ring    int32
}

const noConnect = int32(-1)

// readConnects reads every connect once. What of it has to be known to join it
// is kept by parts of the ids; see joined.
func (e *engine) readConnects() error {
	p := e.newPass(e.connects, nil)
	for _, w := range p.workers {
		w.rowsOf = connectRows{width: e.prog.connectWidth(len(e.connects)), held: &p.held, budget: int64(e.opt.budget), scratch: e.scratch}
	}
	if err := p.run((*worker).connects); err != nil {
		return err
	}
	e.extra = p
	for _, w := range p.workers {
		if err := w.rowsOf.endChunk(); err != nil {
			return err
		}
		e.chunks = append(e.chunks, w.rowsOf.chunks...)
		w.rowsOf = connectRows{}
	}
	return nil
}

// connects reads blocks of connects until none is left.
func (w *worker) connects(f *feed) {
	for f.next(&w.block) {
		b, err := w.rows()
		if err == nil {
			err = w.connectBatch(b, w.decoder(b))
		}
		if err != nil {
			f.fail(err)
			return
		}
	}
}

func (w *worker) connectBatch(b *batch, d *decoder) error {
	f := &w.frame
	f.rows, f.faults = b.rows, f.faults[:0]
	d.instants(b, f)
	d.people(b, f)
	d.idsOf(b, f, idCall, w.textsFor(idCall))
	d.idsOf(b, f, idNext, w.textsFor(idNext))
	d.numbersOf(b, f, numTalk)
	d.numbersOf(b, f, numRing)
	d.wordsOf(b, f, wordIntent)
	f.cell = grown(f.cell, b.rows)
	for r := range b.rows {
		f.cell[r] = uint32(bit(w.goodConnect(b, f, r)))
	}
	for _, t := range f.faultsByRow() {
		if f.cell[t.row] != 0 {
			f.cell[t.row] = 0
			w.fault(b, t)
		}
	}
	switch again := w.p.aside; {
	case again != nil:
		for r, id := range f.ids[idCall][:b.rows] {
			if f.cell[r] != 0 && again.has(id) {
				w.list = append(w.list, f.connectOf(b, r))
			}
		}
		return nil
	default:
		return w.rowsOf.add(f, b.file)
	}
}

// goodConnect tells whether a connect can be used, and counts why not.
func (w *worker) goodConnect(b *batch, f *frame, r int) bool {
	x, t := w.p.exports[b.file], &w.tally.files[b.file]
	switch {
	case len(b.why) > 0 && b.why[r] != fine:
		t.add(b.why[r], b, r, noColumn)
	case f.day[r] == badDay && b.blank(r):
	case f.day[r] == badDay:
		t.add(badTime, b, r, x.when)
	case f.ids[idCall][r] == 0:
		t.add(noCallID, b, r, x.ids[idCall])
	case f.agent[r] == waiting:
		t.rows[agentWaits]++
	case f.agent[r] >= odd:
		t.named(unknownAgent, f.agent[r], noColumn, b, r, x.agent)
	default:
		return true
	}
	return false
}

func (f *frame) statedOf(r int) stated {
	return stated{next: f.ids[idNext][r], agent: f.agent[r], intent: f.words[wordIntent][r], talk: f.nums[numTalk][r], ring: f.nums[numRing][r]}
}

func (f *frame) connectOf(b *batch, r int) connect {
	return connect{stated: f.statedOf(r), code: f.ids[idCall][r], at: int64(f.day[r])*86400 + int64(f.nums[numClock][r]), link: noConnect, place: b.place(r)}
}

// A row of a connect is two words, id and agent with talk, or five where more is
// asked: ring with intent, next contact, file.
const slimConnect, fullConnect = 2, 5

func (p *program) connectWidth(files int) int {
	if files > 1 || p.nums[numRing] || p.words[wordIntent] || p.ids[idNext] || p.filled[idNext] {
		return fullConnect
	}
	return slimConnect
}

func (s stated) who() uint64  { return uint64(s.agent)<<32 | uint64(uint32(s.talk)) }
func (s stated) more() uint64 { return uint64(uint32(s.ring))<<32 | uint64(s.intent) }

// connectRows is a worker's connects: chunks of rows, sorted by part, in memory
// or, beyond half the budget, in the scratch file.
type connectRows struct {
	width   int
	rows    []uint64 // of the chunk to come, in the order of the file
	chunks  []connectChunk
	held    *atomic.Int64 // bytes of all workers' chunks in memory
	budget  int64
	scratch *scratch
}

type connectChunk struct {
	begins [joinParts + 1]int // of each part's rows, in words, and the end of the last one's
	words  []uint64
	away   *scratch // where the words are instead
	at     int64
}

const rowsInChunk = 16 << 10

// add keeps the rows of f that have a cell.
func (c *connectRows) add(f *frame, file int) error {
	for r, id := range f.ids[idCall][:f.rows] {
		if f.cell[r] == 0 {
			continue
		}
		if s := f.statedOf(r); c.width == slimConnect {
			c.rows = append(c.rows, id, s.who())
		} else {
			c.rows = append(c.rows, id, s.who(), s.more(), s.next, uint64(file))
		}
	}
	if len(c.rows) < rowsInChunk*c.width {
		return nil
	}
	return c.endChunk()
}

func (c *connectRows) endChunk() error {
	k := connectChunk{words: make([]uint64, len(c.rows))}
	for at := 0; at < len(c.rows); at += c.width {
		k.begins[partOf(c.rows[at])+1] += c.width
	}
	for p := range joinParts {
		k.begins[p+1] += k.begins[p]
	}
	next := k.begins
	for at := 0; at < len(c.rows); at += c.width {
		p := partOf(c.rows[at])
		next[p] += copy(k.words[next[p]:], c.rows[at:at+c.width])
	}
	c.rows = c.rows[:0]
	if size := int64(8 * len(k.words)); c.held.Add(size) > c.budget/2 {
		c.held.Add(-size)
		if err := k.spill(c.scratch); err != nil {
			return err
		}
	}
	c.chunks = append(c.chunks, k)
	return nil
}

func (k *connectChunk) spill(s *scratch) (err error) {
	if k.at, err = s.reserve(int64(8 * len(k.words))); err != nil {
		return err
	}
	w := s.writer(k.at)
	w.write(k.words)
	k.words, k.away = nil, s
	return w.flush()
}

// each calls f with the rows of a part, piece by piece.
func (k *connectChunk) each(part int, f func(rows []uint64)) {
	from, to := k.begins[part], k.begins[part+1]
	if k.away != nil {
		k.away.words(k.at+int64(8*from), to-from, f)
		return
	}
	f(k.words[from:to])
}
