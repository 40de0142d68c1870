package scan

// legs is the connects of the calls in a batch whose talk belongs to somebody
// else's cell than the call: transfers, and calls that another agent took.
type legs struct {
	f      frame
	rows   []int32 // of the batch
	agents []uint32
	stated []stated
	begins []uint32 // of the buckets of a batch's ids
	codes  []uint64 // that stand there
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
		k := j.stated(c)
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

// lookUp goes over the batch three times: the first loops touch every bucket and
// its first id, so that the waits for memory overlap.
func (w *worker) lookUp(j *joined, f *frame) {
	ids, l := f.ids[idCall][:f.rows], &w.legs
	l.begins, l.codes = grown(l.begins, f.rows), grown(l.codes, f.rows)
	for r, id := range ids {
		f.conn[r] = noConnect
		if j.has(id) {
			l.begins[r] = j.begins[j.bucket(id)]
			continue
		}
		ids[r], f.agent[r], l.begins[r] = 0, elsewhere, 0
	}
	if len(j.codes) == 0 {
		return
	}
	for r, at := range l.begins {
		l.codes[r] = j.codes[min(int(at), len(j.codes)-1)]
	}
	for r, id := range ids {
		if l.codes[r] == 0 || id == 0 {
			continue
		}
		c := int32(l.begins[r])
		if l.codes[r] != id {
			if c = j.find(id); c == noConnect {
				continue
			}
		}
		if at, several := j.first(c); !several || at != noConnect {
			f.conn[r] = c
		}
	}
}

// agentOf returns the first agent that the connects of a call name.
func (j *joined) agentOf(c int32) uint32 {
	at, several := j.first(c)
	if !several {
		return uint32(j.who[c] >> 32)
	}
	for ; at != noConnect; at = j.chains[at].link {
		if j.chains[at].agent != 0 {
			return j.chains[at].agent
		}
	}
	return 0
}

// noteJoined marks the connects of the calls in f by what became of the calls.
func (w *worker) noteJoined(f *frame) {
	j := w.p.e.joined
	for r, c := range f.conn[:f.rows] {
		switch {
		case c == noConnect:
		case f.cell[r] != 0:
			j.note(c, callCounted)
		case f.day[r] != badDay && !w.p.e.job.Days.Has(dayNumber(f.day[r])):
			j.note(c, callOtherMonth)
		default:
			j.note(c, callOut)
		}
	}
}

// takeLegs gathers the talk that belongs elsewhere than to the call's agent. Counts
// stay with the call: the connect counts once, for the first.
func (w *worker) takeLegs(f *frame) {
	l, j := &w.legs, w.p.e.joined
	l.rows, l.agents, l.stated = l.rows[:0], l.agents[:0], l.stated[:0]
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
		at, several := j.first(c)
		if !several {
			if s := j.stated(c); s.agent != own && s.agent != 0 && s.talk >= 0 {
				l.add(r, s.agent, s)
				moved = f.moveTalk(r, moved)
			}
			continue
		}
		for first := at; at != noConnect; at = j.chains[at].link {
			s := j.chains[at].stated
			agent := s.agent
			if agent == 0 {
				agent = own
			}
			if s.talk < 0 || at == first && agent == own {
				continue
			}
			l.add(r, agent, s)
			if at == first {
				moved = f.moveTalk(r, moved)
			}
		}
	}
	w.fillLegs(f)
}

func (l *legs) add(r int, agent uint32, s stated) {
	l.rows, l.agents, l.stated = append(l.rows, int32(r)), append(l.agents, agent), append(l.stated, s)
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
	l, p := &w.legs, w.p.e.prog
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
	for i := range p.ids {
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
	for i := range f.own {
		if p.nums[len(numberFields)+i] {
			g.own[i] = gathered(g.own[i], f.own[i], l.rows)
		}
	}
	for n, k := range l.stated {
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
