package scan

import (
	"sync/atomic"

	"telepay/internal/query"
)

// pass is one reading of all calls, or of all connects.
type pass struct {
	e       *engine
	exports []*export
	aside   *codeSet // ids whose rows are set aside; nil in the first reading
	workers []*worker
	past    []*tallies   // of readings before
	late    *tallies     // what is decided after the reading
	held    atomic.Int64 // bytes of logged rows in the memory of all workers
}

// worker takes blocks through all stages, each while it is in cache, and adds
// up in counters of its own.
type worker struct {
	p        *pass
	decoders []*decoder // by export, and whether cells are bare
	block    block
	split    batch
	rewrote  batch
	frame    frame
	legs     legs
	tally    *tallies
	acc      accounts
	ids      idLog
	texts    textLog
	set      []setAside
	scratch  []byte
	rowsOf   connectRows // of a pass over connects
	list     []connect   // of a second one: those of calls that have several
	held     int         // bytes of logged rows in memory
	sizes    []uint64    // of own numbers, added up without their signs
}

func newWorker(p *pass) *worker {
	w := &worker{p: p, decoders: make([]*decoder, 2*len(p.exports)), tally: newTallies(len(p.exports)), texts: textLog{shared: &p.e.textRoom}, frame: newFrame(p.e.fields)}
	w.legs.f, w.sizes = newFrame(p.e.fields), make([]uint64, len(p.e.fields.own))
	w.acc.begin(p.e.prog)
	return w
}

// decoder returns what remembers the spellings of b. What a quote means depends on
// whether cells are bare.
func (w *worker) decoder(b *batch) *decoder {
	at := 2*b.file + int(bit(b.plain))
	if w.decoders[at] == nil {
		w.decoders[at] = newDecoder(w.p.e, w.p.exports[b.file])
	}
	return w.decoders[at]
}

// calls reads blocks until none is left.
func (w *worker) calls(f *feed) {
	for f.next(&w.block) {
		b, err := w.rows()
		if err != nil {
			f.fail(err)
			return
		}
		w.batch(b, w.p.aside, w.p.aside == nil)
		if err := w.keepWithin(w.p.e.opt.budget); err != nil {
			f.fail(err)
			return
		}
	}
}

// keepWithin writes the worker's logs to the scratch file where all workers
// together hold more than the budget.
func (w *worker) keepWithin(budget int) error {
	now := w.acc.bytes() + w.ids.bytes()
	total := w.p.held.Add(int64(now - w.held))
	if w.held = now; total <= int64(budget) {
		return nil
	}
	for i := range w.acc.logs {
		if err := w.acc.logs[i].spill(w.p.e.scratch); err != nil {
			return err
		}
	}
	if err := w.ids.spill(w.p.e.scratch); err != nil {
		return err
	}
	w.p.held.Add(int64(-w.held))
	w.held = 0
	return nil
}

// rows cuts the worker's block into cells, proving its text where that is still to be done.
func (w *worker) rows() (*batch, error) {
	x := w.p.exports[w.block.file]
	b := w.split.split(&w.block, x, &w.rewrote, w.p.e.opt.record)
	if x.src.Prove && !w.split.proof.clean {
		return nil, Unproven{x.src.File}
	}
	if b == nil {
		return nil, irregular{x.src.File}
	}
	if j := w.p.e.joined; j == nil || j.from == 0 { // else the file was read before
		w.tally.height(b)
	}
	return b, nil
}

// batch counts the rows of b. Rows whose id is in aside are kept for later;
// logged tells whether ids are noted to find repeats.
func (w *worker) batch(b *batch, aside *codeSet, logged bool) {
	f, d := &w.frame, w.decoder(b)
	w.decode(b, d, f)
	w.settle(b, f)
	if d.x.ids[idCall] != noColumn {
		if aside != nil {
			w.setAside(b, f, aside)
		}
		if logged {
			w.ids.add(f.ids[idCall][:b.rows], f.cell[:b.rows])
		}
	}
	if w.p.e.joined != nil {
		w.noteJoined(f)
	}
	w.account(f)
}

func (w *worker) decode(b *batch, d *decoder, f *frame) {
	p := w.p.e.prog
	f.rows, f.faults = b.rows, f.faults[:0]
	d.instants(b, f)
	if p.nums[numWeekday] {
		f.weekdays()
	}
	d.people(b, f)
	for i := range wordFields {
		if p.words[i] || i == wordResult && w.byResult(d) {
			d.wordsOf(b, f, i)
		}
	}
	for i := range p.ids {
		if p.ids[i] || i == idCall {
			d.idsOf(b, f, i, w.textsFor(i))
		}
		if p.filled[i] {
			d.filledOf(b, f, i)
		}
	}
	for _, i := range []int{numTalk, numRing} {
		if p.nums[i] || i == numTalk && w.byTalk(d) {
			d.numbersOf(b, f, i)
		}
	}
	for i := range f.own {
		if p.nums[len(numberFields)+i] {
			w.sizes[i] = d.ownNumbers(b, f, i, w.sizes[i])
		}
	}
	if w.p.e.joined != nil {
		w.join(f)
	} else if p.connected {
		w.connect(d, f)
	}
	f.paid = f.nums[numTalk]
	d.countsOf(b, f)
	f.apart()
}

// textsFor returns the log for the texts of an id field whose codes are asked to be
// exact. The first reading notes all of them.
func (w *worker) textsFor(field int) *textLog {
	e := w.p.e
	asked := e.prog.ids[field] || field == idCall && len(e.job.Connects) > 0
	if !asked || w.p.aside != nil || e.joined != nil && e.joined.from > 0 {
		return nil
	}
	return &w.texts
}

// byResult and byTalk tell how calls count as connected without connects.
func (w *worker) byResult(d *decoder) bool {
	return w.p.e.joined == nil && w.p.e.prog.connected && d.x.words[wordResult] != noColumn
}

func (w *worker) byTalk(d *decoder) bool {
	return w.p.e.joined == nil && w.p.e.prog.connected && d.x.words[wordResult] == noColumn
}

func (w *worker) connect(d *decoder, f *frame) {
	f.connected = grown(f.connected, f.rows)
	if w.byTalk(d) {
		for r, v := range f.nums[numTalk][:f.rows] {
			f.connected[r] = bit(v > 0)
		}
		return
	}
	yes := w.p.e.words[wordResult].code(answered)
	for r, v := range f.words[wordResult][:f.rows] {
		f.connected[r] = bit(v == yes)
	}
}

// settle finds each row's cell: agent and day, or cell 0 with the reason why it
// does not count.
func (w *worker) settle(b *batch, f *frame) {
	f.cell = grown(f.cell, b.rows)
	from, days := int32(w.p.e.job.Days.From), uint32(w.p.e.job.Days.Days())
	hasID := w.p.exports[b.file].ids[idCall] != noColumn
	ids, day, agent := f.ids[idCall][:b.rows], f.day[:b.rows], f.agent[:b.rows]
	good := int64(0)
	for r := range f.cell {
		on := uint32(day[r] - from)
		if on < days && agent[r]-1 < odd-1 && (ids[r] != 0 || !hasID) && (len(b.why) == 0 || b.why[r] == fine) {
			f.cell[r] = agent[r]<<dayBits | on
			good++
			continue
		}
		f.cell[r] = 0
		w.blame(b, f, r)
	}
	w.tally.files[b.file].rows[fine] += good
	w.settleFaults(b, f)
}

// nobody is the cell of rows that lack nothing but an agent, until it is known
// whether they are in error besides. Like cell 0 it is no agent's.
const nobody = 1

// settleFaults puts rows in error for a cell that cannot be read.
func (w *worker) settleFaults(b *batch, f *frame) {
	t := &w.tally.files[b.file]
	for _, bad := range f.faultsByRow() {
		switch f.cell[bad.row] {
		case 0:
			continue
		case nobody:
		default:
			t.rows[fine]--
		}
		f.cell[bad.row] = 0
		w.fault(b, bad)
	}
	for r, c := range f.cell {
		if c == nobody {
			f.cell[r] = 0
			t.add(noAgent, b, r, noColumn)
		}
	}
}

// blame finds the reason why a row does not count, the most basic one first.
func (w *worker) blame(b *batch, f *frame, r int) {
	x, t := w.p.exports[b.file], &w.tally.files[b.file]
	switch {
	case f.agent[r] == elsewhere:
	case len(b.why) > 0 && b.why[r] != fine:
		t.add(b.why[r], b, r, noColumn)
	case b.blank(r):
	case f.day[r] == badDay:
		t.add(badTime, b, r, x.when)
	case !w.p.e.job.Days.Has(dayNumber(f.day[r])):
		t.add(otherMonth, b, r, noColumn)
	case x.ids[idCall] != noColumn && f.ids[idCall][r] == 0:
		t.add(noCallID, b, r, x.ids[idCall])
	case f.agent[r] == waiting:
		t.rows[agentWaits]++
	case f.agent[r] >= odd:
		t.named(unknownAgent, f.agent[r], noColumn, b, r, x.agent)
	default:
		f.cell[r] = nobody
	}
}

// fault puts a row in error for one cell of it.
func (w *worker) fault(b *batch, t fault) {
	if t.why == unknownWord {
		w.tally.files[b.file].named(unknownWord, t.word, int(t.at), b, int(t.row), int(t.col))
		return
	}
	w.tally.files[b.file].add(t.why, b, int(t.row), int(t.col))
}

// account adds the rows of f to the counters.
func (w *worker) account(f *frame) {
	if w.p.e.joined != nil {
		w.takeLegs(f)
	}
	w.acc.room(w.p.e.people)
	p := w.p.e.prog
	p.evaluate(f)
	w.acc.measures(f)
	for i := range p.logs {
		w.acc.log(i, &p.logs[i], f)
	}
	for i := range p.moments {
		w.acc.moments(i, &p.moments[i], f)
	}
	if w.legs.f.rows > 0 {
		w.countLegs()
	}
}

// countLegs adds the talk of connects that belongs to other agents than the
// call's, and nothing else of them.
func (w *worker) countLegs() {
	p, f := w.p.e.prog, &w.legs.f
	f.paid = f.nums[numTalk]
	p.evaluate(f)
	for i, m := range p.measures {
		if m.kind != query.Count && m.num == numTalk {
			w.acc.measure(&p.measures[i], f)
		}
	}
}
