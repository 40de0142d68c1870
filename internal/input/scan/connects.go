package scan

import (
	"cmp"
	"slices"
)

// connect is one row of an export of connects.
type connect struct {
	code   uint64
	at     int64 // second of the answer, since 1970 in the project's zone
	next   uint64
	agent  uint32
	intent uint32
	talk   int32
	ring   int32
	link   int32 // the call's connect after this one, −1 for none
	fate   reason
	place  place
}

// joined is all connects, found by the id of their call.
type joined struct {
	list  []connect
	slots []int32 // place in list + 1 of a call's first connect; 0 is free
	shift uint
	names []string // of agents, for an order that does not depend on timing
}

// What the calls of a connect came to; several calls of one id unite theirs.
const (
	callCounted = 1 << iota
	callOtherMonth
	callOut
)

const noConnect = int32(-1)

// readConnects reads every connect and builds the table of joined.
func (e *engine) readConnects() error {
	p := &pass{e: e, exports: e.connects, late: newTallies(len(e.connects))}
	if err := p.run((*worker).connects); err != nil {
		return err
	}
	e.extra = p
	j := &joined{names: e.people.all()}
	for _, w := range p.workers {
		j.list = append(j.list, w.list...)
		w.list = nil
	}
	j.build()
	for _, head := range j.slots {
		if head > 0 {
			p.settleChain(j, head-1)
		}
	}
	e.joined = j
	return nil
}

// connects reads blocks of connects until none is left.
func (w *worker) connects(f *feed) {
	for f.next(&w.block) {
		b, err := w.rows()
		if err != nil {
			f.fail(err)
			return
		}
		w.connectBatch(b, w.decoder(b.file))
	}
}

func (w *worker) connectBatch(b *batch, d *decoder) {
	f := &w.frame
	f.rows, f.faults = b.rows, f.faults[:0]
	d.instants(b, f)
	d.people(b, f)
	d.idsOf(b, f, idCall)
	d.idsOf(b, f, idNext)
	d.numbersOf(b, f, numTalk)
	d.numbersOf(b, f, numRing)
	d.wordsOf(b, f, wordIntent)
	f.cell = grown(f.cell, b.rows)
	for r := range b.rows {
		f.cell[r] = uint32(bit(w.goodConnect(b, f, r)))
	}
	for _, t := range f.faults {
		if f.cell[t.row] != 0 {
			f.cell[t.row] = 0
			w.fault(b, t)
		}
	}
	for r := range b.rows {
		if f.cell[r] != 0 {
			w.list = append(w.list, f.connectOf(b, r))
		}
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

func (f *frame) connectOf(b *batch, r int) connect {
	return connect{
		code: f.ids[idCall][r], next: f.ids[idNext][r],
		at:    int64(f.day[r])*86400 + int64(f.nums[numClock][r]),
		agent: f.agent[r], intent: f.words[wordIntent][r],
		talk: f.nums[numTalk][r], ring: f.nums[numRing][r],
		link: noConnect, place: b.place(r),
	}
}

// build makes the table at a load of at most 2/3; the connects of one call hang on its first.
func (j *joined) build() {
	size := 64
	j.shift = 58
	for 2*size < 3*len(j.list) {
		size *= 2
		j.shift--
	}
	j.slots = make([]int32, size)
	for i := range j.list {
		c := &j.list[i]
		s := j.slot(c.code)
		for j.slots[s] != 0 && j.list[j.slots[s]-1].code != c.code {
			s = (s + 1) & (size - 1)
		}
		c.link = j.slots[s] - 1
		j.slots[s] = int32(i + 1)
	}
}

func (j *joined) slot(code uint64) int { return int(code * 0x9e3779b97f4a7c15 >> j.shift) }

// find returns the first connect of a call.
func (j *joined) find(code uint64) int32 {
	for s := j.slot(code); j.slots[s] != 0; s = (s + 1) & (len(j.slots) - 1) {
		if j.list[j.slots[s]-1].code == code {
			return j.slots[s] - 1
		}
	}
	return noConnect
}

// settleChain puts the connects of one call in order of time and takes out
// repeats: of equal rows one stays; where two differ but in content, none does.
func (p *pass) settleChain(j *joined, head int32) {
	if j.list[head].link == noConnect {
		return
	}
	var chain []int32
	for i := head; i != noConnect; i = j.list[i].link {
		chain = append(chain, i)
	}
	slices.SortFunc(chain, func(a, b int32) int { return j.compare(&j.list[a], &j.list[b]) })
	kept := chain[:0:0]
	for len(chain) > 0 {
		n := 1
		for n < len(chain) && sameKey(&j.list[chain[n]], &j.list[chain[0]]) {
			n++
		}
		kept = append(kept, p.settleSame(j, chain[:n])...)
		chain = chain[n:]
	}
	j.relink(head, kept)
}

// settleSame settles connects of one call, agent and moment.
func (p *pass) settleSame(j *joined, same []int32) (kept []int32) {
	first := &j.list[same[0]]
	for _, i := range same[1:] {
		if !sameContent(&j.list[i], first) {
			p.connectConflict(j, same)
			return nil
		}
	}
	for _, i := range same[1:] {
		j.list[i].fate = duplicateRow
	}
	return same[:1]
}

func (p *pass) connectConflict(j *joined, same []int32) {
	places := make([]place, len(same))
	for n, i := range same {
		j.list[i].fate = duplicateConnect
		places[n] = j.list[i].place
	}
	p.late.conflicts = append(p.late.conflicts, conflict{why: duplicateConnect, places: places})
}

// relink hangs the kept connects on the call's slot. Without any, the slot stays
// taken by a connect that joins nothing.
func (j *joined) relink(head int32, kept []int32) {
	s := j.slot(j.list[head].code)
	for j.slots[s] != head+1 {
		s = (s + 1) & (len(j.slots) - 1)
	}
	for n, i := range kept {
		j.list[i].link = noConnect
		if n+1 < len(kept) {
			j.list[i].link = kept[n+1]
		}
	}
	if len(kept) > 0 {
		j.slots[s] = kept[0] + 1
	}
}

func (j *joined) compare(a, b *connect) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(j.names[a.agent], j.names[b.agent]), a.place.compare(b.place))
}

func sameKey(a, b *connect) bool { return a.at == b.at && a.agent == b.agent }

func sameContent(a, b *connect) bool {
	return a.talk == b.talk && a.ring == b.ring && a.intent == b.intent && a.next == b.next
}
