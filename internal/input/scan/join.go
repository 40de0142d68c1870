package scan

// legs is the connects of the calls in a batch whose talk belongs to somebody
// else's cell than the call: transfers, and calls that another agent took.
type legs struct {
	f      frame
	rows   []int32 // of the batch
	agents []uint32
	conns  []int32
	slots  []int32
}

// join finds the connects of the calls in f and puts what they state in place
// of what the calls state.
func (w *worker) join(f *frame) {
	j := w.p.e.joined
	f.conn, f.connected = grown(f.conn, f.rows), grown(f.connected, f.rows)
	w.lookUp(j, f)
	p := w.p.e.prog
	for r, c := range f.conn[:f.rows] {
		f.connected[r] = bit(c != noConnect)
		if c == noConnect {
			continue
		}
		k := &j.list[c]
		if f.agent[r] == 0 {
			f.agent[r] = j.agentOf(c)
		}
		if p.nums[numTalk] && k.talk >= 0 {
			f.nums[numTalk][r] = k.talk
		}
		if p.nums[numRing] && k.ring >= 0 {
			f.nums[numRing][r] = k.ring
		}
		if p.words[wordIntent] && k.intent != 0 {
			f.words[wordIntent][r] = k.intent
		}
		if k.next != 0 {
			w.overrideNext(f, r, k.next)
		}
	}
}

func (w *worker) overrideNext(f *frame, r int, next uint64) {
	if w.p.e.prog.ids[idNext] {
		f.ids[idNext][r] = next
	}
	if w.p.e.prog.filled[idNext] {
		f.filled[idNext][r] = 1
	}
}

// lookUp goes over the batch twice: the first loop touches every slot, so that
// the waits for memory overlap.
func (w *worker) lookUp(j *joined, f *frame) {
	ids := f.ids[idCall][:f.rows]
	w.legs.slots = grown(w.legs.slots, f.rows)
	for r, id := range ids {
		w.legs.slots[r] = j.slots[j.slot(id)]
	}
	for r, id := range ids {
		f.conn[r] = noConnect
		if s := w.legs.slots[r]; s == 0 || id == 0 {
			continue
		}
		if c := j.find(id); c != noConnect && j.list[c].fate == fine {
			f.conn[r] = c
		}
	}
}

// agentOf returns the first agent that the connects of a call name.
func (j *joined) agentOf(c int32) uint32 {
	for ; c != noConnect; c = j.list[c].link {
		if j.list[c].agent != 0 {
			return j.list[c].agent
		}
	}
	return 0
}

// noteJoined marks the connects of the calls in f by what became of the calls.
func (w *worker) noteJoined(f *frame) {
	for r, c := range f.conn[:f.rows] {
		if c == noConnect {
			continue
		}
		switch {
		case f.cell[r] != 0:
			w.seen[c] |= callCounted
		case f.day[r] != badDay && !w.p.e.job.Days.Has(dayNumber(f.day[r])):
			w.seen[c] |= callOtherMonth
		default:
			w.seen[c] |= callOut
		}
	}
}

// noteCode marks the connects of an id.
func (w *worker) noteCode(code uint64, what uint8) {
	if c := w.p.e.joined.find(code); c != noConnect {
		w.seen[c] |= what
	}
}

// takeLegs gathers the talk that belongs elsewhere than to the call's agent. Counts
// stay with the call: the connect counts once, for the first.
func (w *worker) takeLegs(f *frame) {
	l, j := &w.legs, w.p.e.joined
	l.rows, l.agents, l.conns = l.rows[:0], l.agents[:0], l.conns[:0]
	if !w.p.e.prog.nums[numTalk] {
		l.f.rows = 0
		return
	}
	moved := false
	for r, c := range f.conn[:f.rows] {
		if c == noConnect || f.cell[r] == 0 {
			continue
		}
		own := f.agent[r]
		first := &j.list[c]
		if first.link == noConnect && (first.agent == own || first.agent == 0) {
			continue
		}
		for k := c; k != noConnect; k = j.list[k].link {
			agent := j.list[k].agent
			if agent == 0 {
				agent = own
			}
			if j.list[k].talk < 0 || k == c && agent == own {
				continue
			}
			l.rows, l.agents, l.conns = append(l.rows, int32(r)), append(l.agents, agent), append(l.conns, k)
			if k == c {
				moved = f.moveTalk(r, moved)
			}
		}
	}
	w.fillLegs(f)
}

// moveTalk takes the talk of a row out of the sums of its cell.
func (f *frame) moveTalk(r int, moved bool) bool {
	if !moved {
		f.paid = append([]int32(nil), f.nums[numTalk][:f.rows]...)
	}
	f.paid[r] = missing
	return true
}

// fillLegs makes a frame of the gathered legs: the call's row with the leg's
// agent, talk, ring, intent and next contact. What a leg does not state is as in
// the call's first connect.
func (w *worker) fillLegs(f *frame) {
	l, p, j := &w.legs, w.p.e.prog, w.p.e.joined
	g := &l.f
	g.rows = len(l.rows)
	if g.rows == 0 {
		return
	}
	g.cell = gathered(g.cell, f.cell, l.rows)
	g.agent = append(g.agent[:0], l.agents...)
	g.connected = gathered(g.connected, f.connected, l.rows)
	for i := range wordFields {
		if p.words[i] {
			g.words[i] = gathered(g.words[i], f.words[i], l.rows)
		}
	}
	for i := range idFields {
		if p.ids[i] {
			g.ids[i] = gathered(g.ids[i], f.ids[i], l.rows)
		}
		if p.filled[i] {
			g.filled[i] = gathered(g.filled[i], f.filled[i], l.rows)
		}
	}
	for i := range numberFields {
		if p.nums[i] {
			g.nums[i] = gathered(g.nums[i], f.nums[i], l.rows)
		}
	}
	for n, c := range l.conns {
		k := &j.list[c]
		g.cell[n] = l.agents[n]<<dayBits | g.cell[n]&(maxDays-1)
		g.nums[numTalk][n] = k.talk
		if p.nums[numRing] && k.ring >= 0 {
			g.nums[numRing][n] = k.ring
		}
		if p.words[wordIntent] && k.intent != 0 {
			g.words[wordIntent][n] = k.intent
		}
		if k.next != 0 {
			w.overrideNext(g, n, k.next)
		}
	}
}

// gathered copies the chosen rows of a column.
func gathered[T any](into, from []T, rows []int32) []T {
	into = grown(into, len(rows))
	for n, r := range rows {
		into[n] = from[r]
	}
	return into
}
